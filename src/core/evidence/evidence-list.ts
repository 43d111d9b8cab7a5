/**
 * The list of evidence of a pack as a document to file: what the pack is, then the sections of its profile
 * (profiles.ts), of which the exhibits say what they are to prove and on which pages they are. Both languages
 * side by side, because the reader's is not known.
 */
import type { Block, Document } from '../documents/document.ts';
import { attachmentCounts } from './attachments.ts';
import { ROLE_WORDS } from './filing-words.ts';
import * as sections from './list-sections.ts';
import { shownTime } from './message-blocks.ts';
import type { PackInput } from './pack-content.ts';
import { statementOf } from './pack-documents.ts';
import { PROFILES, type Section } from './profiles.ts';

type Time = sections.Time;

const TITLES: Readonly<Record<Section, string>> = {
  referral: '移送事项 Referral',
  exhibits: '证据目录 Exhibits',
  'data-list': '电子数据清单 Electronic data',
  completeness: '完整性 Completeness',
  acquisition: '取得方式 Acquisition',
  rules: '规则及其签收 Rules and their receipt',
  hearing: '陈述与申辩 Answers',
  letters: '文书与送达 Letters and service',
  decisions: '处置决定 Decisions',
  appeals: '申诉 Appeals',
  reports: '报告与回执 Reports and receipts',
  receipt: '接收回执 Receipt',
};
const NUMERALS = '一二三四五六七八九十';

/** `pages` tells where an exhibit is printed; null in a document without the messages. */
function exhibits(input: PackInput, time: Time, pages: ((exhibit: string) => string) | null): Block[] {
  return [
    {
      kind: 'table',
      columns: [
        { title: '编号\nNo.', share: 5.6 },
        { title: '内容\nContents', share: 7 },
        { title: '证明目的\nTo prove', share: 5 },
        { title: '条数\nCount', share: 2.6 },
        { title: '加入\nAdded', share: 5.2 },
        ...(pages === null ? [] : [{ title: '页码\nPages', share: 3 }]),
      ],
      rows: input.exhibits.map((exhibit) => [
        exhibit.number,
        exhibit.sha256 === null
          ? `${exhibit.description}\n部分内容已隐去 parts withheld`
          : `${exhibit.description}\nSHA-256 ${exhibit.sha256}`,
        exhibit.proves || input.purpose,
        String(exhibit.messages),
        `${shownTime(time(exhibit.addedAt))}\n${exhibit.officer}`,
        ...(pages === null ? [] : [pages(exhibit.number)]),
      ]),
    },
  ];
}

function acquisition(input: PackInput, time: Time): Block[] {
  return input.sources.flatMap((source): Block[] => {
    const { formatTitle, acquisition: acquired } = source;
    const title = formatTitle ? `${formatTitle.zh} ${formatTitle.en}` : source.format;
    return [
      { kind: 'heading', level: 2, text: source.file },
      {
        kind: 'facts',
        rows: [
          ['SHA-256', source.sha256],
          ['大小 Bytes', String(source.bytes)],
          ['导入 Imported', `${shownTime(time(source.importedAt))} · ${source.officer}`],
          ['格式 Format', [title, source.formatVersion].filter((part) => part).join(' · ')],
          ...(source.authority === null
            ? ([['授权 Authority', '未记录 not recorded']] as const)
            : ([
                ['授权人 Authorised by', source.authority.authorisedBy],
                ['目的 Purpose', source.authority.purpose],
                ['范围 Scope', source.authority.scope],
                ['依据 Basis', source.authority.basis],
                ['设备 Device', source.authority.device ?? '—'],
                ['持有人 Holder', source.authority.holder ?? '—'],
                ['工具 Tool', source.authority.tool ?? '—'],
              ] as const)),
          ...(acquired == null
            ? []
            : (
                [
                  ['原持有人 Original custodian', acquired.custodian],
                  ['同意情况 Consent', acquired.consent],
                  ['原始介质 Original medium', acquired.medium],
                  ['取得方法 Method', acquired.method],
                  ['地点 Place', acquired.place],
                  ['备注 Note', acquired.note],
                  ['登记 Entered', `${shownTime(time(acquired.at))} · ${acquired.officer}`],
                ] as const
              ).filter(([, value]) => value !== '')),
        ],
      },
    ];
  });
}

function completeness(input: PackInput, time: Time): Block[] {
  const { zh, en } = statementOf(input.completeness);
  const media = attachmentCounts(input.attachments);
  const at = (instant: number | null) => (instant === null ? '—' : shownTime(time(instant)));
  return [
    { kind: 'paragraph', text: zh, look: 'notice' },
    { kind: 'paragraph', text: en, look: 'notice' },
    {
      kind: 'paragraph',
      text: `媒体 Media: 提及 named ${media.named} · 收录 included ${media.included} · 未找到 missing ${media.missing} · 隐去 withheld ${media.withheld} · 隔离 quarantined ${media.quarantined} · 未选 not chosen ${media.notChosen}`,
    },
    {
      kind: 'paragraph',
      text: '导出之前已经删除或撤回的消息，在任何导出文件中都看不到。Messages deleted or recalled before the export are in no export.',
      look: 'small',
    },
    {
      kind: 'table',
      columns: [
        { title: '会话\nConversation', share: 4 },
        { title: '期间\nPeriod', share: 5 },
        { title: '已导入\nImported', share: 3 },
        { title: '期间内\nIn period', share: 3 },
        { title: '收录\nShown', share: 3 },
        { title: '未收录\nLeft out', share: 3 },
      ],
      rows: input.completeness.map((one) => [
        one.name ?? one.conversationId,
        `${at(one.from)} — ${at(one.to)}`,
        String(one.total),
        String(one.inPeriod),
        String(one.selected + one.context),
        String(one.leftOut.reduce((sum, { count }) => sum + count, 0)),
      ]),
    },
  ];
}

/** The list; `fingerprint` is the signing key's. */
export function evidenceList(
  input: PackInput,
  fingerprint: string,
  time: Time,
  pages: ((exhibit: string) => string) | null = null,
): Document {
  const profile = PROFILES[input.profile];
  const made: Readonly<Record<Section, () => Block[]>> = {
    referral: () => sections.referral(input),
    exhibits: () => exhibits(input, time, pages),
    'data-list': () => sections.dataList(input),
    completeness: () => completeness(input, time),
    acquisition: () => acquisition(input, time),
    rules: () => sections.rules(input),
    hearing: () => sections.hearing(input, time),
    letters: () => sections.letters(input, time),
    decisions: () => sections.decisions(input, time),
    appeals: () => sections.appeals(input, time),
    reports: () => sections.reports(input, time),
    receipt: () => sections.receipt(),
  };
  return {
    ...documentFrame(input, fingerprint),
    blocks: [
      { kind: 'title', text: `${profile.title.zh}\n${profile.title.en}` },
      {
        kind: 'facts',
        rows: [
          ['案卷 Case', `${input.case.number} ${input.case.title}`],
          ['证据包 Pack', input.id],
          ['用途 For', `${profile.name.zh} ${profile.name.en}`],
          ['接收方 Recipient', input.recipient || '—'],
          ['目的 Purpose', input.purpose || '—'],
          ['制作 Made', `${shownTime(time(input.createdAt))} · ${input.officer.name} · ${input.software}`],
          ['公钥指纹 Fingerprint', fingerprint],
          [
            '当事人 Parties',
            input.parties
              .map(({ name, role, platformId }) =>
                [name, ROLE_WORDS[role], platformId].filter((part) => part).join(' · '),
              )
              .join('\n') || '—',
          ],
        ],
      },
      ...profile.sections.flatMap((section, i): Block[] => [
        { kind: 'heading', level: 1, text: `${NUMERALS[i]}、${TITLES[section]}` },
        ...made[section](),
      ]),
    ],
  };
}

/** Whom the copy is for and which one it is; empty where the officer wanted no watermark. */
export function watermarkOf(input: PackInput): string {
  return input.watermark ? [input.recipient, input.id].filter((part) => part).join(' · ') : '';
}

/** What stands on every page of the documents to file. */
export function documentFrame(input: PackInput, fingerprint: string): Omit<Document, 'blocks'> {
  return {
    language: 'zh-CN',
    title: `${PROFILES[input.profile].title.zh} ${input.case.number}`,
    header: `${input.case.number} · ${input.id}${input.recipient ? ` · ${input.recipient}` : ''}`,
    footer: `公钥指纹 key ${fingerprint}`,
    at: input.createdAt,
    ...(input.watermark ? { watermark: watermarkOf(input) } : {}),
  };
}
