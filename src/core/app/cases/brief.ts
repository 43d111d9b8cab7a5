/** Writing a session brief: chosen hits as one file. */
import type { Parsed } from '../../../contract/api.ts';
import { type BriefEntry, type BriefInput, briefDocument, briefSheet } from '../../cases/brief.ts';
import { DUTY_KINDS } from '../../cases/brief-words.ts';
import { basisAt } from '../../cases/decision-basis.ts';
import { writeXlsx } from '../../documents/xlsx.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { Hit } from '../../domain/hit.ts';
import { readableMinute } from '../../domain/zone.ts';
import { partiesOfCase } from '../../storage/cases/cases.ts';
import { decisionsOfCase } from '../../storage/cases/decisions.ts';
import { hitsByIds } from '../../storage/detection/hits.ts';
import { dutyRows } from '../../storage/duties/duties.ts';
import { messageContext, messageRowId } from '../../storage/messages/messages.ts';
import { showDuty } from '../duties/duties.ts';
import { logView } from '../review/view-log.ts';
import { documentContent } from '../write-document.ts';
import { handOut, type WrittenFile } from '../write-file.ts';
import { type CaseDesk, dbOf } from './case-desk.ts';
import { citation } from './letters.ts';

type Input = Parsed<'briefs.write'>;

/** Characters of a neighbouring message that a brief shows. */
const NEIGHBOUR = 160;

/**
 * Writes the hits in the order given. What a brief shows is content: it is logged as a view, and the file
 * by its digest. Throws `no-page-printer` for PDF where nothing draws pages.
 */
export async function writeBrief(desk: CaseDesk, input: Input): Promise<WrittenFile & { hits: number }> {
  const { session } = desk;
  const hits = hitsByIds(desk.reading, [...new Set(input.hitIds)]);
  const at = session.environment.now();
  const { zone } = session.environment;
  const minutes = (instant: number) => readableMinute(instant, zone);
  const brief: BriefInput = {
    language: input.language,
    title: input.title,
    officer: session.officer.name,
    made: minutes(at),
    at,
    entries: hits.map((hit) => entryOf(desk, input, hit, minutes)),
  };
  const content =
    input.format === 'xlsx'
      ? await writeXlsx([briefSheet(brief)], { title: brief.title, at })
      : await documentContent(desk, briefDocument(brief), input.format);
  const written = handOut(session, input.file, content, {
    type: 'brief.written',
    subject: { type: 'brief', id: hits[0]?.id ?? '' },
    after: { hits: hits.map(({ id }) => id), format: input.format, language: input.language },
  });
  logView(session, { type: 'brief', id: written.sha256 }, hits.length);
  return { ...written, hits: hits.length };
}

function entryOf(
  desk: CaseDesk,
  { language, context }: Input,
  hit: Hit,
  minutes: (at: number) => string,
): BriefEntry {
  const db = dbOf(desk);
  const around =
    hit.subject.type === 'message' && context > 0
      ? messageContext(db, messageRowId(db, hit.subject.id), context, context).messages
      : [];
  const place = around.findIndex(({ id }) => id === hit.subject.id);
  const line = ({ sender, text }: (typeof around)[number]) =>
    `${sender ?? ''}：${text.length > NEIGHBOUR ? `${text.slice(0, NEIGHBOUR)}…` : text}`;
  return {
    hit,
    basis: basisAt(hit.basis, hit.sentAt, desk.policies.law).map((one) => citation(desk, one, language)),
    time: hit.sentAt === null ? hit.sentAtText : minutes(hit.sentAt),
    before: place < 0 ? [] : around.slice(0, place).map(line),
    after: place < 0 ? [] : around.slice(place + 1).map(line),
    measure: measureOf(desk, hit, language),
    duties: openDuties(desk, hit, language, minutes),
  };
}

const pick = (text: Bilingual, language: Input['language']) => (language === 'en' ? text.en : text.zh);

function measureOf(desk: CaseDesk, hit: Hit, language: Input['language']): string {
  if (hit.caseId === null) return '';
  const party = partiesOfCase(dbOf(desk), hit.caseId).find(({ accountId }) => accountId === hit.senderId);
  const decision = decisionsOfCase(dbOf(desk), hit.caseId)
    .filter(({ partyId, state }) => partyId === party?.id && state === 'final')
    .at(-1);
  return decision ? pick(decision.measureTitle, language) : '';
}

function openDuties(
  desk: CaseDesk,
  hit: Hit,
  language: Input['language'],
  minutes: (at: number) => string,
): string[] {
  if (hit.caseId === null) return [];
  return dutyRows(dbOf(desk), hit.caseId)
    .filter(({ state }) => state !== 'closed')
    .map((row) => showDuty(dbOf(desk), desk.reading.prefix, desk.session.environment.now(), row))
    .map(({ kind, receiver, dueAt }) => {
      const [zh, en] = DUTY_KINDS[kind] ?? [kind, kind];
      return [language === 'en' ? en : zh, pick(receiver, language), dueAt === null ? '' : minutes(dueAt)]
        .filter(Boolean)
        .join(' · ');
    });
}
