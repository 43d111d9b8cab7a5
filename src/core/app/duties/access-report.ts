/**
 * What is kept about one person, printed for that person (Personal Information Protection Law, art. 45:
 * the right to see and copy one's own personal information, in time). Other people are masked.
 */
import type { Parsed } from '../../../contract/api.ts';
import { maskOthers } from '../../cases/mask-names.ts';
import type { Block, Document } from '../../documents/document.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { MeasureProposal } from '../../domain/case.ts';
import { CategoryId, categoryOf } from '../../domain/category.ts';
import { fieldName, fieldValue, PLATFORM_NAMES, ROLE_NAMES } from '../../domain/document-words.ts';
import { formatInstant, readableMinute } from '../../domain/zone.ts';
import { participantRowId } from '../../storage/cases/cases.ts';
import { caseNumber } from '../../storage/detection/hits.ts';
import { type OwnData, otherNames, ownData } from '../../storage/own-data.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { documentContent } from '../write-document.ts';
import { handOut, type WrittenFile } from '../write-file.ts';

/** Messages printed; more belong in an evidence pack of their own. */
const MESSAGES = 5000;

const WORDS = {
  'zh-CN': {
    title: '个人信息查阅报告',
    intro: '依据《个人信息保护法》第四十五条，应本人请求提供。其他人的姓名、号码已遮盖。',
    account: '账号信息',
    platform: '平台',
    id: '标识',
    name: '名称',
    names: '使用过的名称',
    groups: '所在会话',
    receipts: '签收的规章',
    decisions: '处置决定',
    findings: '检测命中与核实结果',
    messages: '本人发言',
    some: (shown: number, total: number) => `共 ${total} 条，以下为最近 ${shown} 条。`,
    sources: '来源文件',
    none: '无',
    columns: {
      source: '来源',
      role: '身份',
      day: '日期',
      time: '时间',
      place: '会话',
      text: '内容',
      category: '类别',
      verdict: '核实',
      number: '案号',
      measure: '措施',
      state: '状态',
      version: '版本',
    },
    verdicts: { confirmed: '属实', dismissed: '不成立', duplicate: '重复', unsure: '待复核', none: '未核实' },
    states: { final: '已生效', 'awaiting-approval': '待复核', refused: '复核未通过' },
    footer: '仅提供给本人',
  },
  en: {
    title: 'Your personal information',
    intro:
      'Provided at your request under art. 45 of the Personal Information Protection Law. Names and numbers of other people are masked.',
    account: 'Account',
    platform: 'Platform',
    id: 'Id',
    name: 'Name',
    names: 'Names used',
    groups: 'Conversations',
    receipts: 'House rules received',
    decisions: 'Decisions',
    findings: 'Findings and what came of them',
    messages: 'What you wrote',
    some: (shown: number, total: number) => `${total} messages in all; the latest ${shown} follow.`,
    sources: 'Source files',
    none: 'None',
    columns: {
      source: 'Source',
      role: 'Role',
      day: 'Day',
      time: 'Time',
      place: 'Conversation',
      text: 'Text',
      category: 'Category',
      verdict: 'Verified',
      number: 'Case',
      measure: 'Measure',
      state: 'State',
      version: 'Version',
    },
    verdicts: {
      confirmed: 'confirmed',
      dismissed: 'dismissed',
      duplicate: 'duplicate',
      unsure: 'unsure',
      none: 'not looked at',
    },
    states: { final: 'final', 'awaiting-approval': 'waiting for approval', refused: 'refused' },
    footer: 'For this person only',
  },
} as const;

/** Writes the report to a file and logs that it was handed out. */
export async function writeAccessReport(
  desk: CaseDesk,
  input: Parsed<'accessReports.write'>,
): Promise<WrittenFile> {
  const accountId = participantRowId(dbOf(desk), 'accounts', input.accountId);
  const content = await documentContent(desk, accessReport(desk, accountId, input.language), input.format);
  return handOut(desk.session, input.file, content, {
    type: 'account.access-report',
    subject: { type: 'account', id: input.accountId },
    after: { reason: input.reason, language: input.language },
  });
}

function accessReport(desk: CaseDesk, accountId: number, language: 'zh-CN' | 'en'): Document {
  const db = dbOf(desk);
  const { environment } = desk.session;
  const data = ownData(db, accountId, MESSAGES);
  const names = new Map<number, string[]>();
  const masked = (conversation: number, text: string) => {
    let others = names.get(conversation);
    if (!others) {
      others = otherNames(db, conversation, accountId);
      names.set(conversation, others);
    }
    return maskOthers(text, others);
  };
  const words = WORDS[language];
  const at = environment.now();
  return {
    language,
    title: words.title,
    header: words.title,
    footer: words.footer,
    at,
    blocks: [
      { kind: 'title', text: words.title },
      { kind: 'paragraph', text: words.intro },
      ...personBlocks(data, words, desk, language),
      { kind: 'heading', level: 1, text: words.messages },
      { kind: 'paragraph', text: words.some(data.messages.length, data.total), look: 'small' },
      table(
        [words.columns.time, words.columns.place, words.columns.text],
        [2, 2, 6],
        data.messages.map((message) => [
          message.sent_at === null ? message.sent_at_text : readableMinute(message.sent_at, environment.zone),
          message.conversation,
          masked(message.conversation_id, message.text),
        ]),
        words.none,
      ),
    ],
  };
}

function personBlocks(
  data: OwnData,
  words: (typeof WORDS)[keyof typeof WORDS],
  desk: CaseDesk,
  language: 'zh-CN' | 'en',
): Block[] {
  const { columns } = words;
  const pick = (text: Bilingual) => (language === 'en' ? text.en : text.zh);
  const roleName = (role: string | null) =>
    role === null
      ? ''
      : Object.hasOwn(ROLE_NAMES, role)
        ? pick(ROLE_NAMES[role as keyof typeof ROLE_NAMES])
        : role;
  const day = (at: number) => formatInstant(at, desk.session.environment.zone).slice(0, 10);
  const category = (id: string) => {
    const known = CategoryId.safeParse(id);
    return known.success ? pick(categoryOf(known.data)) : id;
  };
  const title = (row: OwnData['decisions'][number]) => {
    const option = (JSON.parse(row.proposal) as MeasureProposal).options.find(({ id }) => id === row.measure);
    return option ? pick(option.title) : row.measure;
  };
  return [
    { kind: 'heading', level: 1, text: words.account },
    {
      kind: 'facts',
      rows: [
        [words.platform, pick(PLATFORM_NAMES[data.account.platform])],
        [words.id, data.account.platform_id ?? ''],
        [words.name, data.account.name ?? ''],
        ...Object.entries(data.account.fields).map(
          ([name, value]) => [pick(fieldName(name)), pick(fieldValue(value))] as const,
        ),
      ],
    },
    { kind: 'heading', level: 2, text: words.names },
    table(
      [words.name, columns.source],
      [3, 4],
      data.names.map(({ name, source }) => [name, source]),
      words.none,
    ),
    { kind: 'heading', level: 2, text: words.groups },
    table(
      [columns.place, columns.role],
      [4, 2],
      data.memberships.map(({ conversation, role }) => [conversation, roleName(role)]),
      words.none,
    ),
    { kind: 'heading', level: 2, text: words.receipts },
    table(
      [words.name, columns.version, columns.day],
      [4, 2, 2],
      data.receipts.map(({ title: name, version, on }) => [name, version, on]),
      words.none,
    ),
    { kind: 'heading', level: 1, text: words.decisions },
    table(
      [columns.number, columns.day, columns.measure, columns.state],
      [2, 2, 4, 2],
      data.decisions.map((row) => [
        caseNumber(desk.reading.prefix, row.case_no),
        day(row.at),
        title(row),
        words.states[row.state],
      ]),
      words.none,
    ),
    { kind: 'heading', level: 1, text: words.findings },
    table(
      [columns.time, columns.category, columns.verdict],
      [2, 4, 2],
      data.findings.map((row) => [
        row.sent_at === null ? row.sent_at_text : readableMinute(row.sent_at, desk.session.environment.zone),
        category(row.category),
        words.verdicts[(row.verdict ?? 'none') as keyof typeof words.verdicts] ?? '',
      ]),
      words.none,
    ),
    { kind: 'heading', level: 2, text: words.sources },
    table(
      [columns.source, columns.day],
      [4, 2],
      data.sources.map(({ file, imported_at }) => [file, day(imported_at)]),
      words.none,
    ),
  ];
}

function table(titles: string[], shares: number[], rows: string[][], none: string): Block {
  if (rows.length === 0) return { kind: 'paragraph', text: none, look: 'small' };
  return {
    kind: 'table',
    columns: titles.map((title, index) => ({ title, share: shares[index] ?? 1 })),
    rows,
  };
}
