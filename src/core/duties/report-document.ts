/** The report form as a document: the same blocks for DOCX and for the page that prints. */
import type { Block, Document } from '../documents/document.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import { categoryOf } from '../domain/category.ts';
import { PLATFORM_NAMES } from '../domain/document-words.ts';
import type { FormGap, ReportForm } from '../domain/duty.ts';
import type { DutyAction } from '../domain/duty-words.ts';
import { formatInstant, readableMinute, readableTime } from '../domain/zone.ts';

const ACTIONS: Record<DutyAction, Bilingual> = {
  'stop-transmission': { zh: '停止传输', en: 'Stop transmission' },
  'stop-service': { zh: '停止服务', en: 'Stop the service' },
  remove: { zh: '予以消除', en: 'Remove the content' },
  'delete-as-required': { zh: '按主管部门要求删除', en: 'Delete as the authority requires' },
  remedy: { zh: '采取补救措施', en: 'Take remedies' },
  'save-records': { zh: '保存有关记录', en: 'Save the records' },
};

const GAPS: Record<FormGap, Bilingual> = {
  organisation: { zh: '报告单位未填写', en: 'the organisation is not named' },
  contact: { zh: '联系方式未填写', en: 'no contact is given' },
  facts: { zh: '事实未填写', en: 'the facts are not stated' },
  items: { zh: '没有内容条目', en: 'there is no item' },
  person: { zh: '行为人没有账号信息', en: 'the person has no known account' },
  exhibits: { zh: '有条目尚未固定为证物', en: 'an item is no exhibit yet' },
  'notice-items': { zh: '法定告知事项不全', en: 'a statutory notice item is missing' },
  basis: { zh: '没有依据', en: 'there is no basis' },
};

/** How an article was read; the letters are those of the law library. */
const MARKS: Record<string, Bilingual> = {
  V: { zh: '读过原文', en: 'text read' },
  V2: { zh: '二手页面', en: 'secondary page' },
  M: { zh: '未核对', en: 'not checked' },
  inferred: { zh: '推定', en: 'inferred' },
};

const WORDS = {
  title: { zh: '违法信息情况报告（草稿）', en: 'Report on illegal information (draft)' },
  test: { zh: '测试：不是真实报告，请勿报送', en: 'TEST: not a real report, do not file' },
  to: { zh: '报送', en: 'To' },
  or: { zh: '法律允许的其他受理机关', en: 'Receivers that the law allows instead' },
  from: { zh: '报告单位', en: 'From' },
  contact: { zh: '联系方式', en: 'Contact' },
  caseNumber: { zh: '案卷号', en: 'Case' },
  prepared: { zh: '制作', en: 'Prepared' },
  person: { zh: '涉及人员', en: 'Person concerned' },
  accounts: { zh: '账号', en: 'Accounts' },
  categories: { zh: '内容类别', en: 'Kinds of content' },
  basis: { zh: '报告依据', en: 'Basis of this report' },
  marks: { zh: '核对程度（内容/条号/日期）', en: 'How known (content/number/dates)' },
  facts: { zh: '事实', en: 'Facts' },
  measures: { zh: '已采取的处置', en: 'Measures taken' },
  actions: { zh: '法律要求的措施', en: 'What the law asks to be done' },
  notice: { zh: '法定告知事项', en: 'What the notice has to say' },
  items: { zh: '内容清单', en: 'Items' },
  attachments: { zh: '附件清单', en: 'Attachments' },
  gaps: { zh: '尚不完整', en: 'Still incomplete' },
  none: { zh: '无', en: 'none' },
  withheld: {
    zh: '（隔离内容不转载，只列校验值和位置）',
    en: '(quarantined: digest and place only)',
  },
  unknown: { zh: '不明', en: 'unknown' },
  number: { zh: '编号', en: 'No.' },
  time: { zh: '时间', en: 'Time' },
  place: { zh: '会话与发送人', en: 'Conversation and sender' },
  text: { zh: '内容', en: 'Text' },
  exhibit: { zh: '证物', en: 'Exhibit' },
  description: { zh: '说明', en: 'Description' },
  digest: { zh: '校验值 SHA-256', en: 'SHA-256' },
  law: { zh: '条文', en: 'Article' },
  summary: { zh: '概括（非原文）', en: 'In our own words' },
} satisfies Record<string, Bilingual>;

/** Lays a form out. `zone` is the IANA zone of its times. */
export function reportDocument(form: ReportForm, language: 'zh-CN' | 'en', zone: string): Document {
  const say = (text: Bilingual) => (language === 'en' ? text.en : text.zh);
  const time = (at: number) => readableMinute(at, zone);
  const second = (at: number) => readableTime(formatInstant(at, zone));
  const orNone = (text: string) => text.trim() || say(WORDS.none);
  const list = (texts: readonly string[]) => orNone(texts.join(language === 'en' ? '; ' : '；'));
  const heading = (text: Bilingual): Block => ({ kind: 'heading', level: 1, text: say(text) });
  const warning = (text: string): Block => ({ kind: 'paragraph', look: 'notice', text });
  const column = (title: Bilingual, share: number) => ({ title: say(title), share });
  const accounts = (form.person?.accounts ?? []).map(({ platform, platformId, name }) =>
    [say(PLATFORM_NAMES[platform]), name, platformId].filter(Boolean).join(' '),
  );
  const blocks: Block[] = [
    ...(form.test ? [warning(say(WORDS.test))] : []),
    { kind: 'title', text: say(WORDS.title) },
    {
      kind: 'facts',
      rows: [
        [say(WORDS.to), say(form.receiver)],
        [say(WORDS.or), list(form.alternatives.map(say))],
        [say(WORDS.from), orNone(form.organisation)],
        [say(WORDS.contact), orNone(form.contact)],
        [say(WORDS.caseNumber), form.caseNumber],
        [say(WORDS.prepared), `${form.preparedBy} · ${time(form.preparedAt)}`],
        [say(WORDS.person), form.person?.name || say(WORDS.unknown)],
        [say(WORDS.accounts), list(accounts)],
        [say(WORDS.categories), list(form.categories.map((id) => say(categoryOf(id))))],
        [say(WORDS.actions), list(form.actions.map((action) => say(ACTIONS[action])))],
      ],
    },
    ...(form.gaps.length > 0
      ? [warning(`${say(WORDS.gaps)}: ${list(form.gaps.map((gap) => say(GAPS[gap])))}`)]
      : []),
    heading(WORDS.facts),
    { kind: 'paragraph', text: orNone(form.facts) },
    heading(WORDS.measures),
    {
      kind: 'list',
      items:
        form.measures.length === 0
          ? [say(WORDS.none)]
          : form.measures.map(({ party, measure, at }) => `${party}: ${say(measure)} · ${time(at)}`),
    },
    ...(form.notice.length === 0
      ? []
      : [
          heading(WORDS.notice),
          {
            kind: 'facts' as const,
            rows: form.notice.map(({ title, text }) => [say(title), orNone(text)] as const),
          },
        ]),
    heading(WORDS.basis),
    {
      kind: 'table',
      columns: [column(WORDS.law, 3), column(WORDS.summary, 6), column(WORDS.marks, 3)],
      rows: form.basis.map(({ citation, summary, marks }) => [
        say(citation),
        summary ? say(summary) : '',
        marks
          .split('/')
          .map((mark) => say(MARKS[mark] ?? { zh: mark, en: mark }))
          .join(' / '),
      ]),
    },
    heading(WORDS.items),
    {
      kind: 'table',
      columns: [
        column(WORDS.number, 1),
        column(WORDS.time, 3),
        column(WORDS.place, 3),
        column(WORDS.text, 7),
        column(WORDS.exhibit, 2),
      ],
      rows: form.items.map((item, index) => [
        String(index + 1),
        item.sentAt === null ? item.sentAtText : second(item.sentAt),
        [item.conversation, item.sender].filter(Boolean).join(' · '),
        `${item.text ?? say(WORDS.withheld)}\n${say(item.rule)} · ${item.file}:${item.line}`,
        item.exhibit ?? say(WORDS.none),
      ]),
    },
    heading(WORDS.attachments),
    {
      kind: 'table',
      columns: [column(WORDS.exhibit, 2), column(WORDS.description, 5), column(WORDS.digest, 6)],
      rows: form.attachments.map(({ number, description, sha256 }) => [number, description, sha256]),
    },
  ];
  return {
    language,
    title: say(WORDS.title),
    header: `${form.caseNumber} · ${say(form.receiver)}${form.test ? ` · ${say(WORDS.test)}` : ''}`,
    footer: form.organisation,
    at: form.preparedAt,
    blocks,
  };
}
