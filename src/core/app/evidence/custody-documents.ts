/** Papers of custody: the form that goes with an exhibit, the extraction record with its list, the device sheet. */
import type { Block, Document } from '../../documents/document.ts';
import type { CaseDetail } from '../../domain/case.ts';
import type { CaseSource, ExtractionBody } from '../../domain/custody.ts';
import { CUSTODY_WORDS } from './custody-words.ts';

export interface CustodyPapers {
  readonly language: 'zh-CN' | 'en';
  readonly detail: CaseDetail;
  readonly sources: readonly CaseSource[];
  readonly timeOf: (at: number) => string;
  readonly at: number;
}

const BLANK = '________________';

function paper({ language, detail, at }: CustodyPapers, title: string, blocks: readonly Block[]): Document {
  const { number } = detail.summary;
  return {
    language,
    title: `${title} ${number}`,
    header: `${title} · ${number}`,
    footer: number,
    at,
    blocks: [{ kind: 'title', text: title }, ...blocks],
  };
}

function sourceFacts(
  { language, timeOf }: CustodyPapers,
  { source, authority, acquisition }: CaseSource,
): (readonly [string, string])[] {
  const words = CUSTODY_WORDS[language];
  return [
    [words.sourceFile, source.file],
    ['SHA-256', source.sha256],
    [words.format, source.formatTitle[language === 'en' ? 'en' : 'zh']],
    [words.bytes, String(source.bytes)],
    [words.importedAt, `${timeOf(source.importedAt)} · ${source.officer}`],
    [words.custodian, acquisition?.custodian || authority?.holder || words.unknown],
    [words.consent, acquisition?.consent || words.unknown],
    [words.medium, acquisition?.medium || authority?.device || words.unknown],
    [words.method, acquisition?.method || authority?.tool || words.unknown],
    [words.place, acquisition?.place || words.unknown],
    [words.authority, authority ? `${authority.authorisedBy} · ${authority.basis}` : words.unknown],
  ];
}

/** One page for each exhibit: what it is, where it came from, and every hand it went through, with room for more. */
export function custodyForm(papers: CustodyPapers, pack: { id: string; root: string } | null): Document {
  const { language, detail, sources, timeOf } = papers;
  const words = CUSTODY_WORDS[language];
  const blocks = detail.exhibits.flatMap((exhibit, index): Block[] => {
    const source = sources.find(({ source: { id } }) => id === exhibit.sourceId);
    return [
      ...(index > 0 ? [{ kind: 'page-break' } as const] : []),
      { kind: 'heading', level: 1, text: `${words.exhibit} ${exhibit.number}` },
      {
        kind: 'facts',
        rows: [
          [words.description, exhibit.description],
          [words.messages, String(exhibit.messages)],
          [words.digest, exhibit.sha256],
          [words.addedAt, `${timeOf(exhibit.addedAt)} · ${exhibit.officer}`],
          ...(pack ? [[words.pack, `${pack.id} · ${pack.root}`] as const] : []),
          ...(source ? sourceFacts(papers, source) : []),
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: words.time, share: 3 },
          { title: words.action, share: 2 },
          { title: words.from, share: 2 },
          { title: words.purpose, share: 4 },
          { title: words.sign, share: 2 },
        ],
        rows: [
          ...exhibit.custody.map(({ at, action, officer, purpose }) => [
            timeOf(at),
            words.actions[action],
            officer,
            purpose,
            '',
          ]),
          ...Array.from({ length: 4 }, () => ['__________', '', '', '', '__________']),
        ],
      },
    ];
  });
  return paper(papers, words.formTitle, blocks);
}

/** Record and list of extraction. `body` is what the two operators state; the rest is what the workspace holds. */
export function extractionRecord(papers: CustodyPapers, body: ExtractionBody): Document {
  const { language, detail, sources, timeOf } = papers;
  const words = CUSTODY_WORDS[language];
  const anew = (one: CaseSource) =>
    one.extraction === null
      ? words.notExtractedAnew
      : `${timeOf(one.extraction.at)} · ${one.extraction.outcome.same ? words.same : words.differs(one.extraction.outcome.different)}`;
  return paper(papers, words.recordTitle, [
    { kind: 'paragraph', look: 'notice', text: words.internal },
    {
      kind: 'facts',
      rows: [
        [words.caseNumber, `${detail.summary.number} ${detail.summary.title}`],
        [words.cause, body.cause],
        [words.object, sources.map(({ source }) => source.file).join('; ')],
        [words.content, words.contentText(detail.exhibits.length, detail.hits.length)],
        [words.startedAt, timeOf(body.startedAt)],
        [words.endedAt, timeOf(body.endedAt)],
        [words.place, body.place],
        [words.holder, body.holder || words.unknown],
        [words.equipment, body.equipment || words.unknown],
        [words.methodTaken, body.method],
        [words.process, body.process],
        [words.recording, body.recording || words.noRecording],
      ],
    },
    {
      kind: 'facts',
      rows: [
        [`${words.operator} 1`, `${body.operators[0]}    ${words.sign} ${BLANK}`],
        [`${words.operator} 2`, `${body.operators[1]}    ${words.sign} ${BLANK}`],
        [words.witness, `${body.witness}    ${words.sign} ${BLANK}`],
        [words.holderSign, `${words.sign} ${BLANK}`],
      ],
    },
    { kind: 'page-break' },
    { kind: 'heading', level: 1, text: words.listTitle },
    {
      kind: 'table',
      columns: [
        { title: '№', share: 1 },
        { title: words.name, share: 4 },
        { title: words.category, share: 3 },
        { title: words.format, share: 4 },
        { title: words.bytes, share: 2 },
        { title: words.check, share: 7 },
        { title: words.anew, share: 3 },
      ],
      rows: sources.map((one, index) => [
        String(index + 1),
        one.source.file,
        words.chat,
        one.source.formatTitle[language === 'en' ? 'en' : 'zh'],
        String(one.source.bytes),
        one.source.sha256,
        anew(one),
      ]),
    },
    { kind: 'heading', level: 2, text: words.exhibits },
    {
      kind: 'table',
      columns: [
        { title: words.exhibit, share: 5 },
        { title: words.description, share: 8 },
        { title: words.messages, share: 3 },
        { title: words.check, share: 10 },
      ],
      rows: detail.exhibits.map(({ number, description, messages, sha256 }) => [
        number,
        description,
        String(messages),
        sha256,
      ]),
    },
    { kind: 'paragraph', look: 'small', text: words.checkHelp },
  ]);
}

/** What to look at before the original device, with room to write; nothing is filled in but what is to be compared. */
export function deviceSheet(
  papers: CustodyPapers,
  shown: readonly {
    readonly exhibit: string;
    readonly sentAt: string;
    readonly sender: string;
    readonly text: string;
  }[],
): Document {
  const { language, detail } = papers;
  const words = CUSTODY_WORDS[language];
  return paper(papers, words.sheetTitle, [
    { kind: 'paragraph', look: 'notice', text: words.sheetHelp },
    { kind: 'facts', rows: words.deviceFields.map((label) => [label, BLANK] as const) },
    { kind: 'heading', level: 1, text: words.checksTitle },
    {
      kind: 'table',
      columns: [
        { title: words.checkItem, share: 6 },
        { title: words.yesNo, share: 2 },
        { title: words.remark, share: 4 },
      ],
      rows: words.deviceChecks.map((item) => [item, '□ / □', '']),
    },
    { kind: 'heading', level: 1, text: words.profilesTitle },
    {
      kind: 'table',
      columns: [
        { title: words.party, share: 3 },
        { title: words.platformId, share: 3 },
        { title: words.onDevice, share: 4 },
        { title: words.agrees, share: 2 },
      ],
      rows: detail.parties.map(({ name, platformId }) => [name, platformId ?? '', '', '□ / □']),
    },
    { kind: 'heading', level: 1, text: words.compareTitle },
    {
      kind: 'table',
      columns: [
        { title: words.exhibit, share: 2 },
        { title: words.time, share: 3 },
        { title: words.sender, share: 2 },
        { title: words.text, share: 6 },
        { title: words.agrees, share: 2 },
      ],
      rows: shown.map(({ exhibit, sentAt, sender, text }) => [exhibit, sentAt, sender, text, '□ / □']),
    },
    {
      kind: 'facts',
      rows: [
        [`${words.operator} 1`, `${words.sign} ${BLANK}`],
        [`${words.operator} 2`, `${words.sign} ${BLANK}`],
        [words.holder, `${words.sign} ${BLANK}`],
        [words.witness, `${words.sign} ${BLANK}`],
        [words.time, BLANK],
      ],
    },
  ]);
}
