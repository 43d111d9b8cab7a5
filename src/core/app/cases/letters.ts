/** Writing letters about a case, and recording what proves that they arrived. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { basisAt } from '../../cases/decision-basis.ts';
import { buildLetter, type LetterFacts } from '../../cases/letters.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { Decision, MeasureOption, MeasureTerms } from '../../domain/case.ts';
import type { Letter } from '../../domain/hearing.ts';
import type { Hit } from '../../domain/hit.ts';
import { formatInstant, readableMinute } from '../../domain/zone.ts';
import { citeArticle } from '../../law/law-library.ts';
import { caseRow, partiesOfCase } from '../../storage/cases/cases.ts';
import { decisionsOfCase } from '../../storage/cases/decisions.ts';
import {
  appealOf,
  hearingOf,
  insertLetter,
  letterRow,
  lettersOfCase,
  serveLetter,
} from '../../storage/cases/hearings.ts';
import { caseNumber } from '../../storage/detection/hits.ts';
import { change, newUid, record } from '../session.ts';
import { documentContent } from '../write-document.ts';
import { handOut } from '../write-file.ts';
import { type CaseDesk, caseHits, dbOf } from './case-desk.ts';
import { proposeDecision } from './decisions.ts';

export function listLetters(desk: CaseDesk, input: Parsed<'letters.list'>): Letter[] {
  return lettersOfCase(dbOf(desk), input.caseId);
}

/** A reference in words; a house clause with its title. */
export function citation(desk: CaseDesk, reference: string, language: Letter['language']): string {
  const pick = (text: { zh: string; en: string }) => (language === 'en' ? text.en : text.zh);
  const { law, houseRules } = desk.policies;
  const [kind, id = ''] = reference.split(':');
  const article = kind === 'law' ? law.articles.get(id) : undefined;
  if (article) return pick(citeArticle(article));
  const clause = kind === 'house' ? houseRules.get(id) : undefined;
  return clause ? pick(clause.title) : reference;
}

/** The messages of a letter: at most so many; the rest is in the file. */
const MESSAGES = 20;

/**
 * Writes a letter to a file and records it. An invitation tells what is proposed; the other two need a
 * decision (`invalid-input`), the outcome a decided appeal. Throws `no-page-printer` for PDF where nothing
 * draws pages.
 */
export async function writeLetter(desk: CaseDesk, input: Parsed<'letters.write'>): Promise<Letter[]> {
  const { session } = desk;
  const row = caseRow(dbOf(desk), input.caseId);
  const content = await documentContent(desk, buildLetter(letterFacts(desk, input)), input.format);
  const id = newUid(session);
  const written = handOut(session, input.file, content, {
    type: 'letter.written',
    subject: { type: 'letter', id },
    caseId: row.id,
    after: { party: input.partyId, kind: input.kind, language: input.language, format: input.format },
  });
  change(session, () =>
    insertLetter(session.workspace.store, {
      id,
      case_id: row.id,
      party_id: input.partyId,
      decision_id: decisionOf(desk, input)?.id ?? null,
      kind: input.kind,
      language: input.language,
      format: input.format,
      file: input.file,
      sha256: written.sha256,
      at: session.environment.now(),
      officer_id: session.officer.id,
      served_at: null,
      served_how: '',
      service_proof: '',
    }),
  );
  return listLetters(desk, { caseId: row.id });
}

function decisionOf(desk: CaseDesk, input: Parsed<'letters.write'>): Decision | undefined {
  return decisionsOfCase(dbOf(desk), input.caseId)
    .filter(({ partyId }) => partyId === input.partyId)
    .at(-1);
}

function letterFacts(desk: CaseDesk, input: Parsed<'letters.write'>): LetterFacts {
  const db = dbOf(desk);
  const { environment } = desk.session;
  const row = caseRow(db, input.caseId);
  const party = partiesOfCase(db, row.id).find(({ id }) => id === input.partyId);
  if (!party) throw new DocketError('not-found', 'no such party in this case', input.partyId);
  const { language, kind } = input;
  const decision = decisionOf(desk, input);
  if (kind !== 'invitation' && decision?.state !== 'final')
    throw new DocketError('invalid-input', 'there is no final decision to tell of', 'kind');
  const appeal = decision ? appealOf(db, decision.id) : null;
  if (kind === 'appeal-outcome' && !appeal?.outcome)
    throw new DocketError('invalid-input', 'no appeal was decided', 'kind');
  const hits = ownHits(desk, row.id, party);
  const proposal =
    kind === 'invitation' ? proposeDecision(desk, { caseId: row.id, partyId: party.id }) : decision?.proposal;
  if (!proposal) throw new DocketError('invalid-input', 'nothing is proposed', 'kind');
  const measure = measureTold(kind, proposal.proposed, decision, appeal);
  const option = proposal.options.find(({ id }) => id === measure);
  const day = (at: number) => formatInstant(at, environment.zone).slice(0, 10);
  const hearing = hearingOf(db, party.id);
  const until = input.until ?? (kind === 'invitation' && hearing?.answer_due ? day(hearing.answer_due) : '');
  const worst = hits[0]?.sentAt ?? null;
  const basis =
    decision?.basis ?? basisAt([...new Set(hits.flatMap((hit) => hit.basis))], worst, desk.policies.law);
  const { rules, receivedOn, proved = true } = proposal.basis ?? {};
  return {
    kind,
    language,
    caseNumber: caseNumber(desk.reading.prefix, row.number),
    party: party.name,
    platformId: party.platformId,
    facts: kind === 'invitation' ? (input.facts ?? '') : (decision?.facts ?? ''),
    messages: eachOnce(hits)
      .slice(0, MESSAGES)
      .map((hit) => ({
        at: hit.sentAt === null ? hit.sentAtText : readableMinute(hit.sentAt, environment.zone),
        place: hit.conversation ?? '',
        text: hit.text,
      })),
    basis: basis.map((reference) => citation(desk, reference, language)),
    rules: rules
      ? language === 'en'
        ? `${rules.title} ${rules.version}, in force since ${rules.effectiveFrom}${receivedOn ? `, received on ${receivedOn}` : ''}`
        : `《${rules.title}》${rules.version}，${rules.effectiveFrom} 起施行${receivedOn ? `，您于 ${receivedOn} 签收` : ''}`
      : '',
    proved,
    measures: measuresTold(desk, row.profile, option, proposal.terms ?? null, language),
    said: appeal?.outcome
      ? `${OUTCOMES[appeal.outcome][language]}${language === 'en' ? '. ' : '。'}${appeal.reason}`
      : '',
    contact: input.contact,
    until,
    today: day(environment.now()),
    organisation: input.organisation,
    at: environment.now(),
  };
}

const OUTCOMES = {
  upheld: { 'zh-CN': '维持原决定', en: 'the decision stands' },
  reduced: { 'zh-CN': '减轻处置', en: 'the measure is reduced' },
  overturned: { 'zh-CN': '撤销原决定', en: 'the decision is overturned' },
} as const;

function measureTold(
  kind: Letter['kind'],
  proposed: string,
  decision: Decision | undefined,
  appeal: ReturnType<typeof appealOf>,
): string {
  if (kind === 'invitation' || !decision) return proposed;
  if (kind === 'decision') return decision.measure;
  if (appeal?.outcome === 'overturned') return 'no-measure';
  return appeal?.outcome === 'reduced' ? (appeal.measure ?? decision.measure) : decision.measure;
}

function measuresTold(
  desk: CaseDesk,
  profile: Parameters<CaseDesk['policies']['schedule']>[0],
  option: MeasureOption | undefined,
  terms: MeasureTerms | null,
  language: Letter['language'],
): string[] {
  const schedule = desk.policies.schedule(profile);
  const en = language === 'en';
  const pick = ({ zh, en: english }: Bilingual) => (en ? english : zh);
  return [option?.id, ...(option?.accompanying ?? [])].flatMap((id, index) => {
    const measure = schedule.measures.find((one) => one.id === id);
    if (!measure) return [];
    const own = index === 0 ? terms : null;
    const days = own?.days ?? measure.duration?.default ?? null;
    const off = (measure.functions ?? []).filter((one) => own?.functions.includes(one.id));
    const parts = [
      pick(measure.title),
      ...(off.length === 0
        ? []
        : [(en ? 'switched off: ' : '限制：') + off.map(({ title }) => pick(title)).join(en ? '; ' : '、')]),
      ...(days === null ? [] : [en ? `for ${days} days` : `期限 ${days} 天`]),
    ];
    return [parts.join(en ? ', ' : '，')];
  });
}

/** What the person sent; for a group, what was said in it; else all of the case. Quoted or forwarded words of others stay. */
function ownHits(
  desk: CaseDesk,
  caseId: string,
  party: { accountId: string | null; conversationId: string | null },
): Hit[] {
  const confirmed = caseHits(desk.reading, caseId).filter(
    ({ disposition }) => disposition?.verdict === 'confirmed',
  );
  const own = confirmed.filter((hit) =>
    party.accountId ? hit.senderId === party.accountId : hit.conversationId === party.conversationId,
  );
  return own.length > 0 ? own : confirmed;
}

/** Several rules may have found the same words; they are quoted once. */
function eachOnce(hits: readonly Hit[]): Hit[] {
  return [...new Map(hits.map((hit) => [`${hit.subject.id} ${hit.part}`, hit])).values()];
}

/** Records how and when a letter arrived. Throws `conflict` where that is recorded already. */
export function recordService(desk: CaseDesk, input: Parsed<'letters.serve'>): Letter[] {
  const letter = letterRow(dbOf(desk), input.letterId);
  if (letter.served_at !== null) throw new DocketError('conflict', 'service is recorded already', letter.id);
  change(desk.session, () => {
    serveLetter(desk.session.workspace.store, letter.id, {
      served_at: input.at,
      served_how: input.how,
      service_proof: input.proof,
    });
    record(desk.session, {
      type: 'letter.served',
      subject: { type: 'letter', id: letter.id },
      caseId: letter.case_id,
      after: { servedAt: input.at, how: input.how, proof: input.proof },
    });
  });
  return listLetters(desk, { caseId: letter.case_id });
}
