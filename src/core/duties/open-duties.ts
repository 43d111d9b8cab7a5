/**
 * Which duties the confirmed items of a case open, and when a duty may end.
 *
 * On a platform every confirmed item of a route opens three duties (S1-13, S1-14): the content is
 * disposed of, its records are saved, the receivers are told. Items of one case share the first two;
 * reports are merged by person and receiver. Elsewhere one assessment per case asks whether to report.
 */

import type { z } from 'zod';
import type { Bilingual } from '../domain/bilingual.ts';
import type { AssessmentOutcome } from '../domain/case.ts';
import { type CategoryId, categoryOf } from '../domain/category.ts';
import type { DutyAction, DutyMark, DutyRoute, DutyRoutes } from './duty-routes.ts';

/** A hit that an officer confirmed. */
export interface ConfirmedItem {
  readonly id: string;
  readonly category: CategoryId;
  /** The rule that made the hit; null for an item an officer found. */
  readonly rule: string | null;
  readonly marks: readonly DutyMark[];
  /** UTC milliseconds. */
  readonly confirmedAt: number;
  /** Who is behind it, over all of their accounts; null where nobody is known. */
  readonly person: ReportedPerson | null;
}

/** Whom a report is about: a person whose accounts were joined, else an account. */
export interface ReportedPerson {
  readonly id: string;
  readonly name: string;
}

/** What is done about the content and what is kept of it, for all items of a case together. */
interface ContentDuty {
  readonly routes: readonly string[];
  readonly basis: readonly string[];
  readonly actions: readonly DutyAction[];
  readonly itemIds: readonly string[];
  readonly categories: readonly CategoryId[];
}

/** A receiver that may be told, with why. */
export interface DutyReceiver {
  readonly receiver: string;
  readonly title: Bilingual;
  /** Does this receiver confirm a filing with a number? */
  readonly givesReceipt: boolean;
  /** Receivers that the law allows instead. */
  readonly alternatives: readonly { readonly receiver: string; readonly title: Bilingual }[];
  /** Routes that led here, in the order of the table. */
  readonly routes: readonly string[];
  /** Basis references; the law library picks the version by the day of the act. */
  readonly basis: readonly string[];
  readonly actions: readonly DutyAction[];
  readonly noticeItems: readonly { readonly id: string; readonly title: Bilingual }[];
  /** Null where nobody is known to be behind the items. */
  readonly person: ReportedPerson | null;
  readonly itemIds: readonly string[];
  readonly categories: readonly CategoryId[];
}

interface DutyClock {
  /** UTC milliseconds of the earliest confirmation. */
  readonly startsAt: number;
  readonly dueAt: number;
  /** The organisation's own hours. `statutory` is the word of the law, `statutoryHours` its number, if any. */
  readonly hours: number;
  readonly statutory: Bilingual;
  readonly statutoryHours: number | null;
}

export type DutyDraft =
  | ({
      readonly kind: 'disposal' | 'records';
      readonly caseId: string;
      readonly clock: DutyClock;
    } & ContentDuty)
  | ({ readonly kind: 'report'; readonly caseId: string; readonly clock: DutyClock } & DutyReceiver)
  | {
      readonly kind: 'assessment';
      readonly caseId: string;
      readonly clock: DutyClock;
      /** Whom a report would go to, should the assessment end in one. */
      readonly suggested: readonly DutyReceiver[];
      readonly itemIds: readonly string[];
      readonly categories: readonly CategoryId[];
    };

/** Routes that hold for an item: all that claim it, else the default if law forbids the content. */
function routesFor(table: DutyRoutes, item: ConfirmedItem): readonly DutyRoute[] {
  const claimed = table.routes.filter(
    ({ when }) =>
      when.categories.includes(item.category) ||
      (item.rule !== null && when.rules.includes(item.rule)) ||
      when.marks.some((mark) => item.marks.includes(mark)),
  );
  if (claimed.length > 0) return claimed;
  if (categoryOf(item.category).tier !== 'illegal') return [];
  return table.routes.filter(({ id }) => id === table.defaultRoute);
}

/**
 * The duties that the confirmed items of one case open: disposal, records and reports merged by person
 * and receiver, or one assessment. No items that law forbids: no duties. `hours` replaces the table's own
 * clock. Called again with more items it gives the same duties with more in them: a report is known by
 * its case, receiver and person, the others by their case.
 */
export function dutiesFor(
  table: DutyRoutes,
  caseId: string,
  items: readonly ConfirmedItem[],
  hours: number = table.clock.hours,
): DutyDraft[] {
  const receivers = receiversOf(table, items);
  if (table.opens === 'report')
    return [
      ...contentDuties(table, caseId, items, hours),
      ...receivers.map((receiver) => ({
        kind: 'report' as const,
        caseId,
        clock: clockOf(table, itemsOf(receiver, items), hours),
        ...receiver,
      })),
    ];
  if (receivers.length === 0) return [];
  const routed = items.filter(({ id }) => receivers.some(({ itemIds }) => itemIds.includes(id)));
  return [
    {
      kind: 'assessment',
      caseId,
      clock: clockOf(table, routed, hours),
      suggested: receivers,
      itemIds: routed.map(({ id }) => id),
      categories: [...new Set(routed.map(({ category }) => category))],
    },
  ];
}

/** The reports to open after an assessment ended with `report`: one for each receiver it suggested. */
export function reportsAfterAssessment(
  assessment: Extract<DutyDraft, { kind: 'assessment' }>,
): Extract<DutyDraft, { kind: 'report' }>[] {
  const { caseId, clock, suggested } = assessment;
  return suggested.map((receiver) => ({ kind: 'report', caseId, clock, ...receiver }));
}

/** Disposal and records: each where some route of the items asks for it. */
function contentDuties(
  table: DutyRoutes,
  caseId: string,
  items: readonly ConfirmedItem[],
  hours: number,
): DutyDraft[] {
  const kinds = [
    { kind: 'disposal' as const, wanted: (action: DutyAction) => action !== 'save-records' },
    { kind: 'records' as const, wanted: (action: DutyAction) => action === 'save-records' },
  ];
  return kinds.flatMap(({ kind, wanted }) => {
    const asking = (route: DutyRoute) => route.actions.some(wanted);
    const concerned = items.filter((item) => routesFor(table, item).some(asking));
    if (concerned.length === 0) return [];
    const routes = table.routes.filter(
      (route) => asking(route) && concerned.some((item) => routesFor(table, item).includes(route)),
    );
    return [
      {
        kind,
        caseId,
        clock: clockOf(table, concerned, hours),
        routes: routes.map(({ id }) => id),
        basis: [...new Set(routes.flatMap(({ basis }) => basis))],
        actions: [...new Set(routes.flatMap(({ actions }) => actions.filter(wanted)))],
        itemIds: concerned.map(({ id }) => id),
        categories: [...new Set(concerned.map(({ category }) => category))],
      },
    ];
  });
}

function itemsOf({ itemIds }: DutyReceiver, items: readonly ConfirmedItem[]): ConfirmedItem[] {
  return items.filter(({ id }) => itemIds.includes(id));
}

function clockOf({ clock }: DutyRoutes, items: readonly ConfirmedItem[], hours: number): DutyClock {
  const startsAt = items.reduce(
    (earliest, item) => Math.min(earliest, item.confirmedAt),
    Number.POSITIVE_INFINITY,
  );
  const { statutory, statutoryHours } = clock;
  return { startsAt, dueAt: startsAt + hours * 3_600_000, hours, statutory, statutoryHours };
}

function receiversOf(table: DutyRoutes, items: readonly ConfirmedItem[]): DutyReceiver[] {
  const known = new Map(table.receivers.map((receiver) => [receiver.id, receiver]));
  // The schema refuses routes to receivers that the table does not name.
  const find = (id: string) => known.get(id) as DutyRoutes['receivers'][number];
  const byReceiver = new Map<
    string,
    {
      receiver: string;
      person: ReportedPerson | null;
      routes: Set<DutyRoute>;
      alternatives: Set<string>;
      items: Set<ConfirmedItem>;
    }
  >();
  for (const route of table.routes) {
    for (const item of items) {
      if (!routesFor(table, item).includes(route)) continue;
      for (const { receiver, alternatives } of route.reports) {
        const key = `${receiver} ${item.person?.id ?? ''}`;
        const group = byReceiver.get(key) ?? {
          receiver,
          person: item.person,
          routes: new Set(),
          alternatives: new Set(),
          items: new Set(),
        };
        group.routes.add(route);
        for (const alternative of alternatives) group.alternatives.add(alternative);
        group.items.add(item);
        byReceiver.set(key, group);
      }
    }
  }
  return [...byReceiver.values()].map(({ receiver, person, ...group }) => {
    const routes = [...group.routes];
    return {
      receiver,
      title: find(receiver).title,
      givesReceipt: find(receiver).givesReceipt,
      alternatives: [...group.alternatives].map((id) => ({ receiver: id, title: find(id).title })),
      routes: routes.map(({ id }) => id),
      basis: [...new Set(routes.flatMap(({ basis }) => basis))],
      actions: [...new Set(routes.flatMap(({ actions }) => actions))],
      noticeItems: [
        ...new Map(routes.flatMap(({ noticeItems }) => noticeItems).map((item) => [item.id, item])).values(),
      ],
      person,
      itemIds: [...group.items].map(({ id }) => id),
      categories: [...new Set([...group.items].map(({ category }) => category))],
    };
  });
}

/** Codes of what still stands between a duty and its end; the screen has words for each. */
export const CLOSING_REQUIREMENTS = [
  'disposal',
  'proof',
  'records',
  'notice-items',
  'filed-at',
  'receipt-number',
  'outcome',
  'reason',
  'approver',
  'report',
] as const;
export type ClosingRequirement = (typeof CLOSING_REQUIREMENTS)[number];

/** What is known about a duty when somebody wants to end it. */
export type DutyProgress =
  /** CSL 47: stop and remove. */
  | {
      readonly kind: 'disposal';
      /** Is there a final decision about the content? */
      readonly decided: boolean;
      /** Is it proved that it was carried out: by whom, when, with what? */
      readonly proved: boolean;
    }
  /** CSL 47: save the records. */
  | {
      readonly kind: 'records';
      /** Are the records kept as exhibits? */
      readonly recordsSaved: boolean;
    }
  | {
      readonly kind: 'report';
      /** As in the draft. */
      readonly givesReceipt: boolean;
      /** UTC milliseconds. */
      readonly filedAt: number | null;
      readonly receiptNumber: string | null;
      /** Notice items of the route, and those that the notice covers. */
      readonly noticeItems: readonly string[];
      readonly noticeCovered: readonly string[];
    }
  | {
      readonly kind: 'assessment';
      readonly outcome: z.infer<typeof AssessmentOutcome> | null;
      readonly reason: string;
      readonly approver: string | null;
      /** Reports opened because of this assessment. */
      readonly reportIds: readonly string[];
    };

export type ClosingResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly missing: ClosingRequirement[] };

/** May this duty end? If not, `missing` names everything that stands in the way. */
export function canClose(duty: DutyProgress): ClosingResult {
  const missing: ClosingRequirement[] = [];
  const need = (met: boolean, code: ClosingRequirement) => {
    if (!met) missing.push(code);
  };
  if (duty.kind === 'disposal') {
    need(duty.decided, 'disposal');
    need(duty.proved, 'proof');
  } else if (duty.kind === 'records') {
    need(duty.recordsSaved, 'records');
  } else if (duty.kind === 'report') {
    need(
      duty.noticeItems.every((item) => duty.noticeCovered.includes(item)),
      'notice-items',
    );
    need(duty.filedAt !== null, 'filed-at');
    need(!duty.givesReceipt || !isBlank(duty.receiptNumber), 'receipt-number');
  } else {
    need(duty.outcome !== null, 'outcome');
    need(!isBlank(duty.reason), 'reason');
    need(duty.approver !== null, 'approver');
    need(duty.outcome !== 'report' || duty.reportIds.length > 0, 'report');
  }
  return missing.length === 0 ? { ok: true } : { ok: false, missing };
}

const isBlank = (text: string | null) => text === null || text.trim() === '';
