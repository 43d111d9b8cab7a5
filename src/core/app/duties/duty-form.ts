/** A duty in full, and the draft of the report that it asks for. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { DutyDetail, FormGap, ReportForm, ReportItem } from '../../domain/duty.ts';
import type { Hit } from '../../domain/hit.ts';
import { citeArticle } from '../../law/law-library.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { decisionsOfCase } from '../../storage/cases/decisions.ts';
import { caseNumber, hitsByIds } from '../../storage/detection/hits.ts';
import { type DutyRow, dutyRow, exhibitsOfItems, termsOf } from '../../storage/duties/duties.ts';
import {
  dutyReport,
  isHeld,
  lastSender,
  stepsOfDuty,
  writeDutyReport,
} from '../../storage/duties/duty-records.ts';
import { exhibitOfMessage, exhibitRow, exhibitRows, toExhibit } from '../../storage/evidence/exhibits.ts';
import { messageRowId } from '../../storage/messages/messages.ts';
import { isQuarantined } from '../../storage/messages/quarantine.ts';
import { accountLabel, identityOf } from '../../storage/people/people.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, record } from '../session.ts';
import { noticeOf, settleDuties, showDuty } from './duties.ts';
import { clockHours } from './duty-clock.ts';

/** A duty with its clock, its steps and, for a report, its draft. Throws `not-found`. */
export function dutyDetail(desk: CaseDesk, id: string): DutyDetail {
  const db = dbOf(desk);
  const row = dutyRow(db, id);
  const terms = termsOf(row);
  const table = desk.policies.routes(caseRow(db, row.case_id).profile);
  const { statutory, statutoryHours, note } = table.clock;
  return {
    duty: showDuty(db, desk.reading.prefix, desk.session.environment.now(), row),
    actions: terms.kind === 'assessment' ? [] : [...terms.actions],
    clock: { hours: clockHours(db, table), statutory, statutoryHours, note },
    steps: stepsOfDuty(db, id),
    exhibits:
      terms.kind === 'records'
        ? exhibitsOfItems(db, row.case_id, terms.itemIds).map((position) =>
            exhibitNumber(desk, row, position),
          )
        : [],
    form: terms.kind === 'report' ? reportForm(desk, row) : null,
    held: isHeld(db, row.case_id),
  };
}

function exhibitNumber(desk: CaseDesk, row: DutyRow, position: number): string {
  const found = exhibitRows(dbOf(desk), row.case_id).find((exhibit) => exhibit.position === position);
  return found ? toExhibit(dbOf(desk), desk.reading.prefix, found).number : String(position);
}

/** The form as it stands. `test` marks it as a trial on every page. Throws `conflict` for other duties. */
export function reportForm(desk: CaseDesk, row: DutyRow, test = false): ReportForm {
  const db = dbOf(desk);
  const terms = termsOf(row);
  if (terms.kind !== 'report') throw new DocketError('conflict', 'this duty is no report', row.id);
  const draft = dutyReport(db, row.id);
  const sender = draft ?? lastSender(db);
  const decisions = decisionsOfCase(db, row.case_id).filter(({ state }) => state === 'final');
  const notice = noticeOf(db, row.id);
  const items = oneEach(hitsByIds(desk.reading, terms.itemIds)).map((hits) =>
    reportItem(desk, row.case_id, hits),
  );
  const kept = new Set(items.flatMap(({ exhibit }) => (exhibit === null ? [] : [exhibit])));
  const form: Omit<ReportForm, 'gaps'> = {
    caseNumber: caseNumber(desk.reading.prefix, caseRow(db, row.case_id).number),
    test,
    preparedAt: desk.session.environment.now(),
    preparedBy: desk.session.officer.name,
    receiver: terms.title,
    alternatives: terms.alternatives.map(({ title }) => title),
    organisation: sender.organisation,
    contact: sender.contact,
    person: terms.person ? { name: terms.person.name, accounts: accountsOf(desk, terms.itemIds) } : null,
    categories: [...terms.categories],
    basis: (JSON.parse(row.basis) as string[]).map((reference) => cited(desk, reference)),
    // Until somebody writes the facts, those that the decisions found stand for them.
    facts: draft?.facts || [...new Set(decisions.map(({ facts }) => facts))].join('\n'),
    measures: decisions.map(({ party, measureTitle, at }) => ({ party, measure: measureTitle, at })),
    actions: [...terms.actions],
    notice: terms.noticeItems.map(({ id, title }) => ({ id, title, text: notice[id] ?? '' })),
    items,
    attachments: exhibitRows(db, row.case_id)
      .map((exhibit) => toExhibit(db, desk.reading.prefix, exhibit))
      .filter(({ number }) => kept.has(number))
      .map(({ number, description, sha256, messages }) => ({ number, description, sha256, messages })),
  };
  return { ...form, gaps: gapsOf(form) };
}

/** Hits on one text are one item of a report, with the rules of all of them. */
function oneEach(hits: readonly Hit[]): [Hit, ...Hit[]][] {
  const items = new Map<string, [Hit, ...Hit[]]>();
  for (const hit of hits) {
    const key = `${hit.subject.id} ${hit.part}`;
    const known = items.get(key);
    if (known) known.push(hit);
    else items.set(key, [hit]);
  }
  return [...items.values()];
}

function reportItem(desk: CaseDesk, caseId: string, hits: readonly [Hit, ...Hit[]]): ReportItem {
  const db = dbOf(desk);
  const [hit] = hits;
  const rules = [...new Map(hits.map(({ rule, ruleTitle }) => [rule, ruleTitle])).values()];
  const message = hit.subject.type === 'message' ? messageRowId(db, hit.subject.id) : null;
  const exhibitId = message === null ? null : exhibitOfMessage(db, caseId, message);
  const exhibit = exhibitId === null ? null : toExhibit(db, desk.reading.prefix, exhibitRow(db, exhibitId));
  return {
    hitId: hit.id,
    sentAt: hit.sentAt,
    sentAtText: hit.sentAtText,
    conversation: hit.conversation,
    sender: hit.sender,
    category: hit.category,
    rule: { zh: rules.map(({ zh }) => zh).join('、'), en: rules.map(({ en }) => en).join(', ') },
    basis: [...new Set(hits.flatMap(({ basis }) => basis))],
    text: message !== null && isQuarantined(db, message) ? null : hit.text,
    exhibit: exhibit?.number ?? null,
    sha256: exhibit?.sha256 ?? null,
    file: hit.source.file,
    line: hit.source.locator.line,
  };
}

/** Accounts behind the items: all that were joined to the person, else the senders. */
function accountsOf(desk: CaseDesk, itemIds: readonly string[]) {
  const db = dbOf(desk);
  const senders = new Set(
    hitsByIds(desk.reading, itemIds).flatMap(({ senderId }) => (senderId === null ? [] : [senderId])),
  );
  const accounts = [...senders].flatMap((uid) => {
    const { person } = identityOf(db, uid);
    if (person)
      return person.accounts
        .filter(({ undone }) => undone === null)
        .map(({ accountId, platform, platformId, name }) => ({ accountId, platform, platformId, name }));
    return [{ accountId: uid, ...accountLabel(db, uid) }];
  });
  return [...new Map(accounts.map(({ accountId, ...account }) => [accountId, account])).values()];
}

function cited(desk: CaseDesk, reference: string): ReportForm['basis'][number] {
  const article = desk.policies.law.articles.get(reference.replace(/^law:/, ''));
  if (!article) return { reference, citation: { zh: reference, en: reference }, summary: null, marks: '' };
  const { verification, numberVerification, datesVerification } = article;
  return {
    reference,
    citation: citeArticle(article),
    summary: article.summary,
    marks: [verification, numberVerification, datesVerification].join('/'),
  };
}

/** What makes a form incomplete. Not every law asks for all of it; filing early needs a reason then. */
function gapsOf(form: Omit<ReportForm, 'gaps'>): FormGap[] {
  const missing: [FormGap, boolean][] = [
    ['organisation', form.organisation.trim() === ''],
    ['contact', form.contact.trim() === ''],
    ['facts', form.facts.trim() === ''],
    ['items', form.items.length === 0],
    [
      'person',
      form.person?.accounts.every(({ platformId, name }) => platformId === null && name === null) ?? false,
    ],
    ['exhibits', form.items.some(({ exhibit, sentAtText }) => exhibit === null && sentAtText !== '')],
    ['notice-items', form.notice.some(({ text }) => text.trim() === '')],
    ['basis', form.basis.length === 0],
  ];
  return missing.flatMap(([gap, here]) => (here ? [gap] : []));
}

/** What still makes the form of a report incomplete. */
export function formGaps(desk: CaseDesk, row: DutyRow): FormGap[] {
  return reportForm(desk, row).gaps;
}

/** Writes what an officer says in a report. Absent fields stay. Throws `conflict` once the duty has ended. */
export function draftReport(desk: CaseDesk, input: Parsed<'duties.draft'>): DutyDetail {
  const row = dutyRow(dbOf(desk), input.dutyId);
  const terms = termsOf(row);
  if (terms.kind !== 'report') throw new DocketError('conflict', 'this duty is no report', row.id);
  if (row.state === 'closed') throw new DocketError('conflict', 'this duty has ended', row.id);
  const known = new Set(terms.noticeItems.map(({ id }) => id));
  for (const id of Object.keys(input.notice ?? {}))
    if (!known.has(id)) throw new DocketError('invalid-input', `this notice has no item ${id}`, id);
  const { session } = desk;
  const before = reportForm(desk, row);
  const after = {
    organisation: input.organisation?.trim() ?? before.organisation,
    contact: input.contact?.trim() ?? before.contact,
    facts: input.facts?.trim() ?? before.facts,
    notice: { ...noticeOf(dbOf(desk), row.id), ...input.notice },
  };
  change(session, () => {
    writeDutyReport(session.workspace.store, {
      duty_id: row.id,
      ...after,
      notice: JSON.stringify(after.notice),
      updated_at: session.environment.now(),
      officer_id: session.officer.id,
    });
    record(session, {
      type: 'duty.drafted',
      subject: { type: 'duty', id: row.id },
      caseId: row.case_id,
      after: { organisation: after.organisation, notice: Object.keys(after.notice) },
    });
    settleDuties(desk, row.case_id);
  });
  return dutyDetail(desk, row.id);
}
