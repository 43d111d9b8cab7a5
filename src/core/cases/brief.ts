/**
 * The session brief: hits that an officer explains to somebody else, each with what was said around it,
 * which rule found it and by which words, what it rests on, what was decided and why, and what is owed.
 */
import type { Block, Document, Run } from '../documents/document.ts';
import type { Cell, Sheet } from '../documents/xlsx.ts';
import { categoryOf } from '../domain/category.ts';
import type { Hit } from '../domain/hit.ts';
import type { TransformName } from '../normalization/transforms.ts';
import { BRIEF, type Pair, REASONS, TIERS, TRANSFORM_WORDS, VERDICTS } from './brief-words.ts';

export type BriefLanguage = 'zh-CN' | 'en';

export interface BriefEntry {
  readonly hit: Hit;
  /** Citations in the brief's language. */
  readonly basis: readonly string[];
  /** `2026-03-01 09:10` in the workstation's zone, or as the export wrote it. */
  readonly time: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** What was decided about the sender in the hit's case; empty where nothing was. */
  readonly measure: string;
  /** Duties of the case that have not ended. */
  readonly duties: readonly string[];
}

export interface BriefInput {
  readonly language: BriefLanguage;
  readonly title: string;
  readonly officer: string;
  readonly made: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly entries: readonly BriefEntry[];
}

const of = (pair: Pair, language: BriefLanguage) => pair[language === 'en' ? 1 : 0];

/** The text with what the rule found marked. Spans are of the text and do not overlap. */
function marked({ text, spans }: Hit): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    runs.push(text.slice(at, start), { text: text.slice(start, end), mark: true });
    at = end;
  }
  runs.push(text.slice(at));
  return runs.filter((run) => run !== '');
}

const disguises = (hit: Hit, language: BriefLanguage) =>
  hit.transforms
    .map((name) => {
      const pair = TRANSFORM_WORDS[name as TransformName];
      return pair ? of(pair, language) : name;
    })
    .join(language === 'en' ? ', ' : '、');

function verdictOf({ disposition }: Hit, language: BriefLanguage): string {
  return disposition ? of(VERDICTS[disposition.verdict], language) : of(BRIEF.undecided, language);
}

function reasonOf({ disposition }: Hit, language: BriefLanguage): string {
  if (!disposition) return '';
  const reason = disposition.reason ? of(REASONS[disposition.reason], language) : '';
  return [reason, disposition.note].filter(Boolean).join(language === 'en' ? '; ' : '；');
}

const categoryName = (hit: Hit, language: BriefLanguage) =>
  categoryOf(hit.category)[language === 'en' ? 'en' : 'zh'];

export function briefDocument(input: BriefInput): Document {
  const { language, entries } = input;
  const w = (name: keyof typeof BRIEF) => of(BRIEF[name], language);
  return {
    language,
    title: input.title || w('title'),
    header: input.title || w('title'),
    footer: w('footer'),
    at: input.at,
    blocks: [
      { kind: 'title', text: input.title || w('title') },
      {
        kind: 'paragraph',
        text: `${w('count').replace('#', String(entries.length))} · ${w('made')} ${input.officer} · ${input.made}`,
        look: 'small',
      },
      { kind: 'heading', level: 1, text: w('overview') },
      {
        kind: 'table',
        columns: [
          { title: w('category'), share: 5 },
          { title: w('hits'), share: 2 },
          { title: w('confirmed'), share: 2 },
        ],
        rows: overview(entries, language),
      },
      ...entries.flatMap((entry, index) => entryBlocks(entry, index, language)),
    ],
  };
}

function overview(entries: readonly BriefEntry[], language: BriefLanguage): string[][] {
  const counts = new Map<string, { hits: number; confirmed: number }>();
  for (const { hit } of entries) {
    const name = categoryName(hit, language);
    const count = counts.get(name) ?? { hits: 0, confirmed: 0 };
    count.hits++;
    if (hit.disposition?.verdict === 'confirmed') count.confirmed++;
    counts.set(name, count);
  }
  return [...counts]
    .sort(([, a], [, b]) => b.hits - a.hits)
    .map(([name, count]) => [name, String(count.hits), String(count.confirmed)]);
}

function entryBlocks(entry: BriefEntry, index: number, language: BriefLanguage): Block[] {
  const { hit } = entry;
  const w = (name: keyof typeof BRIEF) => of(BRIEF[name], language);
  const title = language === 'en' ? hit.ruleTitle.en : hit.ruleTitle.zh;
  const disguise = disguises(hit, language);
  const reason = reasonOf(hit, language);
  return [
    {
      kind: 'heading',
      level: 2,
      text: `${index + 1}. ${categoryName(hit, language)} · ${hit.sender ?? ''} · ${verdictOf(hit, language)}`,
    },
    ...(entry.before.length > 0
      ? [{ kind: 'paragraph', text: entry.before.join('\n'), look: 'small' } as const]
      : []),
    { kind: 'paragraph', text: marked(hit), look: 'quote' },
    ...(entry.after.length > 0
      ? [{ kind: 'paragraph', text: entry.after.join('\n'), look: 'small' } as const]
      : []),
    {
      kind: 'facts',
      rows: [
        [w('time'), `${entry.time} · ${hit.conversation ?? ''}`],
        [
          w('rule'),
          `${title} (${hit.rule} ${hit.ruleVersion}) · ${of(TIERS[hit.tier], language)} · ${w('severity')} ${hit.severity}/5`,
        ],
        ...(disguise ? [[w('transforms'), disguise] as const] : []),
        [w('clause'), entry.basis.join(language === 'en' ? '; ' : '；') || w('none')],
        [w('verdict'), [verdictOf(hit, language), hit.disposition?.officer].filter(Boolean).join(' · ')],
        ...(reason ? [[w('reason'), reason] as const] : []),
        ...(hit.caseNumber
          ? [[w('case'), [hit.caseNumber, entry.measure].filter(Boolean).join(' · ')] as const]
          : []),
        ...(hit.caseId ? [[w('duties'), entry.duties.join('\n') || w('none')] as const] : []),
        [w('source'), `${hit.source.file} · ${hit.source.locator.line}`],
      ],
    },
  ];
}

/** The same as a table, one hit a row. */
export function briefSheet({ language, title, entries }: BriefInput): Sheet {
  const w = (name: keyof typeof BRIEF) => of(BRIEF[name], language);
  const columns: [keyof typeof BRIEF, number][] = [
    ['number', 6],
    ['time', 17],
    ['place', 20],
    ['sender', 14],
    ['text', 50],
    ['category', 14],
    ['severity', 8],
    ['rule', 24],
    ['transforms', 18],
    ['clause', 36],
    ['verdict', 10],
    ['reason', 22],
    ['case', 14],
    ['measure', 18],
    ['duties', 30],
    ['context', 50],
    ['source', 26],
  ];
  return {
    name: title || w('title'),
    columns: columns.map(([name, width]) => ({ title: w(name), width })),
    rows: entries.map(({ hit, basis, time, before, after, measure, duties }, index): Cell[] => [
      index + 1,
      time,
      hit.conversation,
      hit.sender,
      hit.text,
      categoryName(hit, language),
      hit.severity,
      language === 'en' ? hit.ruleTitle.en : hit.ruleTitle.zh,
      disguises(hit, language),
      basis.join('\n'),
      verdictOf(hit, language),
      reasonOf(hit, language),
      hit.caseNumber,
      measure,
      duties.join('\n'),
      [...before, `> ${hit.text}`, ...after].join('\n'),
      `${hit.source.file}:${hit.source.locator.line}`,
    ]),
  };
}
