/** Bulletins and campaigns: what was found and done in a period, with names covered (S2-9, S2-10, S4-11). */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { canonicalJson, sha256 } from '../../audit/digest.ts';
import { type BulletinContent, bulletinDocument, bulletinSheets } from '../../cases/bulletin-document.ts';
import { maskName } from '../../cases/mask-names.ts';
import { writeXlsx } from '../../documents/xlsx.ts';
import type {
  Bulletin,
  BulletinFigures,
  BulletinQuery,
  BulletinRow,
  Campaign,
} from '../../domain/bulletin.ts';
import type { CategoryId } from '../../domain/category.ts';
import { formatInstant } from '../../domain/zone.ts';
import {
  type BulletinRecord,
  bulletinRows,
  type CampaignRow,
  campaignRow,
  campaignRows,
  confirmedHits,
  countCases,
  countedMeasures,
  countLeads,
  insertBulletin,
  insertCampaign,
  type NamedCampaign,
  nextNumber,
  readCategories,
  titleOf,
  updateCampaign,
} from '../../storage/cases/bulletins.ts';
import { measureNumber } from '../../storage/cases/measures.ts';
import { caseNumber } from '../../storage/detection/hits.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { inSlices } from '../pace.ts';
import { change, newUid, record } from '../session.ts';
import { documentContent } from '../write-document.ts';
import { handOut } from '../write-file.ts';

/** The figures of a period, with what the decisions were about read in slices before. Throws as `bulletinFigures`. */
export async function figuresInSlices(desk: CaseDesk, query: BulletinQuery): Promise<BulletinFigures> {
  await inSlices(readCategories(dbOf(desk)));
  return bulletinFigures(desk, query);
}

/** What was found and done in a period. Throws `invalid-input` for one that ends before it begins. */
export function bulletinFigures(desk: CaseDesk, query: BulletinQuery): BulletinFigures {
  if (query.to <= query.from)
    throw new DocketError('invalid-input', 'the period ends before it begins', 'to');
  const db = dbOf(desk);
  const { prefix } = desk.reading;
  const { zone } = desk.session.environment;
  const rows = countedMeasures(db, query).map(
    (row): BulletinRow => ({
      measureId: row.id,
      number: measureNumber(prefix, row.number),
      caseId: row.case_id,
      caseNumber: caseNumber(prefix, row.case_number),
      subjectType: row.subject_type,
      target: row.subject_type === 'link' ? row.target : maskName(row.target),
      measure: titleOf(row),
      permanent: row.permanent === 1,
      category: row.category,
      executedAt: row.executed_at,
    }),
  );
  const counted = <K>(
    nameOf: (row: BulletinRow) => string,
    keyOf: (row: BulletinRow) => K,
  ): (K & { count: number })[] => {
    const groups = new Map<string, K & { count: number }>();
    for (const row of rows) {
      const name = nameOf(row);
      const group = groups.get(name);
      if (group) group.count += 1;
      else groups.set(name, { ...keyOf(row), count: 1 });
    }
    return [...groups.values()]
      .map((group) => [canonicalJson({ ...group, count: 0 }), group] as const)
      .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
      .map(([, group]) => group);
  };
  const months = new Map<number, string>();
  const monthOf = (at: number) => {
    // No zone changes its offset within a quarter of an hour, and no month begins within one.
    const quarter = Math.floor(at / 900_000);
    const month = months.get(quarter) ?? formatInstant(at, zone).slice(0, 7);
    months.set(quarter, month);
    return month;
  };
  return {
    query,
    hits: confirmedHits(db, query),
    cases: countCases(db, query),
    measures: counted(
      ({ subjectType, measure, permanent }) => `${subjectType} ${permanent} ${measure.zh}\n${measure.en}`,
      ({ subjectType, measure, permanent }) => ({ subjectType, measure, permanent }),
    ),
    bySubject: counted(
      ({ subjectType, category }) => `${subjectType} ${category}`,
      ({ subjectType, category }) => ({ subjectType, category }),
    ),
    byMonth: counted(
      ({ executedAt, subjectType }) => `${subjectType} ${monthOf(executedAt)}`,
      ({ executedAt, subjectType }) => ({ month: monthOf(executedAt), subjectType }),
    ).sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0)),
    leads: countLeads(db, query),
    rows,
  };
}

const digestOf = (figures: BulletinFigures): string => sha256(canonicalJson(figures));

/** Writes a bulletin, keeps its figures and their digest. */
export async function writeBulletin(desk: CaseDesk, input: Parsed<'bulletins.write'>): Promise<Bulletin> {
  const { session } = desk;
  const db = dbOf(desk);
  const campaign = input.campaignId ? campaignOf(desk, input.campaignId) : null;
  const figures = await figuresInSlices(desk, input.query);
  const figuresSha256 = digestOf(figures);
  const { zone, now } = session.environment;
  const at = now();
  const number = nextNumber(db, 'bulletins');
  const content: BulletinContent = {
    language: input.language,
    title: input.title,
    number: numberOf('B', desk, number),
    introduction: input.introduction || (campaign?.announcement ?? ''),
    basis: campaign?.basis ?? '',
    figures,
    figuresSha256,
    examples: input.examples,
    at,
    dayOf: (instant) => formatInstant(instant, zone).slice(0, 10),
  };
  const bytes =
    input.format === 'xlsx'
      ? await writeXlsx(bulletinSheets(content), { title: input.title, at })
      : await documentContent(desk, bulletinDocument(content), input.format);
  const id = newUid(session);
  const { rows: _, ...kept } = figures;
  return change(session, () => {
    const written = handOut(session, input.file, bytes, {
      type: 'bulletin.written',
      subject: { type: 'bulletin', id },
      after: { number: content.number, title: input.title, query: input.query, figuresSha256 },
    });
    insertBulletin(session.workspace.store, {
      id,
      number,
      campaign_id: campaign?.id ?? null,
      title: input.title,
      query: JSON.stringify(input.query),
      figures: JSON.stringify(kept),
      figures_sha256: figuresSha256,
      file: written.file,
      sha256: written.sha256,
      officer_id: session.officer.id,
      at,
    });
    return shownBulletin(
      desk,
      bulletinRows(db).find((row) => row.id === id),
    );
  });
}

const numberOf = (letter: 'B' | 'S', desk: CaseDesk, number: number): string =>
  `${letter}-${desk.reading.prefix}-${String(number).padStart(4, '0')}`;

function shownBulletin(desk: CaseDesk, row: (BulletinRecord & { officer: string }) | undefined): Bulletin {
  if (!row) throw new DocketError('not-found', 'no such bulletin');
  const query = JSON.parse(row.query) as BulletinQuery;
  return {
    id: row.id,
    number: numberOf('B', desk, row.number),
    campaignId: row.campaign_id,
    title: row.title,
    query,
    figuresSha256: row.figures_sha256,
    file: row.file,
    sha256: row.sha256,
    officer: row.officer,
    at: row.at,
  };
}

/** Every bulletin, the latest first. */
export const listBulletins = (desk: CaseDesk): Bulletin[] =>
  bulletinRows(dbOf(desk)).map((row) => shownBulletin(desk, row));

/** Counts a bulletin's query anew: whether the figures are still those it was written with. */
export function checkBulletin(
  desk: CaseDesk,
  { bulletinId }: Parsed<'bulletins.check'>,
): { unchanged: boolean; figuresSha256: string } {
  const row = bulletinRows(dbOf(desk)).find(({ id }) => id === bulletinId);
  const bulletin = shownBulletin(desk, row);
  const figuresSha256 = digestOf(bulletinFigures(desk, bulletin.query));
  return { unchanged: figuresSha256 === bulletin.figuresSha256, figuresSha256 };
}

const shownCampaign = (desk: CaseDesk, row: NamedCampaign): Campaign => ({
  id: row.id,
  number: numberOf('S', desk, row.number),
  title: row.title,
  basis: row.basis,
  categories: JSON.parse(row.categories) as CategoryId[],
  announcement: row.announcement,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  officer: row.officer,
});

function campaignOf(desk: CaseDesk, id: string): Campaign {
  const row = campaignRow(dbOf(desk), id);
  if (!row) throw new DocketError('not-found', 'no such campaign', id);
  return shownCampaign(desk, row);
}

export const listCampaigns = (desk: CaseDesk): Campaign[] =>
  campaignRows(dbOf(desk)).map((row) => shownCampaign(desk, row));

export function openCampaign(desk: CaseDesk, input: Parsed<'campaigns.open'>): Campaign {
  const { session } = desk;
  const id = newUid(session);
  change(session, () => {
    const row: CampaignRow = {
      id,
      number: nextNumber(dbOf(desk), 'campaigns'),
      title: input.title,
      basis: input.basis,
      categories: JSON.stringify(input.categories),
      announcement: input.announcement,
      started_at: input.startedAt,
      ended_at: null,
      officer_id: session.officer.id,
      at: session.environment.now(),
    };
    insertCampaign(session.workspace.store, row);
    record(session, {
      type: 'campaign.opened',
      subject: { type: 'campaign', id },
      after: { number: numberOf('S', desk, row.number), ...input },
    });
  });
  return campaignOf(desk, id);
}

/** Throws `conflict` for a campaign that has ended. */
export function updateCampaignText(desk: CaseDesk, input: Parsed<'campaigns.update'>): Campaign {
  const before = running(desk, input.campaignId);
  const after = {
    title: input.title ?? before.title,
    basis: input.basis ?? before.basis,
    announcement: input.announcement ?? before.announcement,
  };
  const { title, basis, announcement } = before;
  change(desk.session, () => {
    updateCampaign(desk.session.workspace.store, before.id, after);
    record(desk.session, {
      type: 'campaign.changed',
      subject: { type: 'campaign', id: before.id },
      before: { title, basis, announcement },
      after,
    });
  });
  return campaignOf(desk, before.id);
}

/** Throws `conflict` for one that has ended, `invalid-input` for an end before its start. */
export function endCampaign(desk: CaseDesk, input: Parsed<'campaigns.end'>): Campaign {
  const before = running(desk, input.campaignId);
  if (input.endedAt <= before.startedAt)
    throw new DocketError('invalid-input', 'it ends before it starts', 'endedAt');
  change(desk.session, () => {
    updateCampaign(desk.session.workspace.store, before.id, { ended_at: input.endedAt });
    record(desk.session, {
      type: 'campaign.ended',
      subject: { type: 'campaign', id: before.id },
      before: { endedAt: null },
      after: { endedAt: input.endedAt },
    });
  });
  return campaignOf(desk, before.id);
}

function running(desk: CaseDesk, id: string): Campaign {
  const campaign = campaignOf(desk, id);
  if (campaign.endedAt !== null) throw new DocketError('conflict', 'the campaign has ended', campaign.number);
  return campaign;
}
