/** The words and blocks of a bulletin: counts first, then masked examples. */
import type { Block, Document } from '../documents/document.ts';
import type { Sheet } from '../documents/xlsx.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { BulletinFigures } from '../domain/bulletin.ts';
import type { MeasureSubject } from '../domain/case.ts';
import { categoryOf } from '../domain/category.ts';
import { SUBJECT_NAMES } from '../domain/document-words.ts';

type Language = 'zh-CN' | 'en';

const WORDS = {
  'zh-CN': {
    period: '统计期间',
    categories: '范围',
    allCategories: '全部类别',
    basis: '依据',
    number: '编号',
    totals: '总体情况',
    opened: '立案',
    closed: '结案',
    confirmed: '核实违规内容',
    carried: '执行处置',
    bySubject: '按对象和类别',
    byMeasure: '按对象和措施',
    byMonth: '按月份',
    leads: '线索来源',
    examples: '处置公示（名称已遮盖）',
    subject: '对象',
    category: '类别',
    measure: '措施',
    month: '月份',
    count: '数量',
    name: '名称',
    day: '执行日期',
    source: '来源',
    received: '收到',
    cases: '转为案件',
    caseNumber: '案号',
    digest: '数据摘要（SHA-256）',
    none: '无',
    sum: '合计',
    method:
      '统计口径：违规内容按发布时间计入，处置按执行时间计入；申诉推翻的不计。同一查询在数据未变时得到同一摘要。',
    sources: { 'user-report': '用户举报', detection: '技术检测', inspection: '人工巡查' },
  },
  en: {
    period: 'Period',
    categories: 'Scope',
    allCategories: 'All categories',
    basis: 'Basis',
    number: 'Number',
    totals: 'In all',
    opened: 'Cases opened',
    closed: 'Cases closed',
    confirmed: 'Confirmed items',
    carried: 'Measures carried out',
    bySubject: 'By subject and category',
    byMeasure: 'By subject and measure',
    byMonth: 'By month',
    leads: 'Where leads came from',
    examples: 'Measures taken (names covered)',
    subject: 'Subject',
    category: 'Category',
    measure: 'Measure',
    month: 'Month',
    count: 'Count',
    name: 'Name',
    day: 'Carried out',
    source: 'Source',
    received: 'Received',
    cases: 'Became a case',
    caseNumber: 'Case',
    digest: 'Digest of the figures (SHA-256)',
    none: 'None',
    sum: 'Sum',
    method:
      'Items count by when they were said, measures by when they were carried out; what an appeal overturned does not count. The same query over the same data gives the same digest.',
    sources: { 'user-report': 'Users', detection: 'Detection', inspection: 'Inspection' },
  },
} as const;

export interface BulletinContent {
  readonly language: Language;
  readonly title: string;
  readonly number: string;
  readonly introduction: string;
  readonly basis: string;
  readonly figures: BulletinFigures;
  readonly figuresSha256: string;
  readonly examples: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** Civil day of an instant. */
  readonly dayOf: (at: number) => string;
}

const pick = ({ zh, en }: Bilingual, language: Language) => (language === 'en' ? en : zh);

function tables({ language, figures, examples, dayOf }: BulletinContent) {
  const w = WORDS[language];
  const subject = (id: MeasureSubject) => pick(SUBJECT_NAMES[id], language);
  const category = (id: string | null) => (id === null ? '—' : pick(categoryOf(id as never), language));
  return [
    {
      title: w.confirmed,
      columns: [w.category, w.count],
      rows: figures.hits.map((row) => [category(row.category), row.confirmed]),
    },
    {
      title: w.bySubject,
      columns: [w.subject, w.category, w.count],
      rows: figures.bySubject.map((row) => [subject(row.subjectType), category(row.category), row.count]),
    },
    {
      title: w.byMeasure,
      columns: [w.subject, w.measure, w.count],
      rows: figures.measures.map((row) => [subject(row.subjectType), pick(row.measure, language), row.count]),
    },
    {
      title: w.byMonth,
      columns: [w.month, w.subject, w.count],
      rows: figures.byMonth.map((row) => [row.month, subject(row.subjectType), row.count]),
    },
    {
      title: w.leads,
      columns: [w.source, w.received, w.cases],
      rows: figures.leads.map((row) => [w.sources[row.source], row.received, row.cases]),
    },
    {
      title: w.examples,
      columns: [w.subject, w.name, w.category, w.measure, w.day],
      rows: figures.rows
        .slice(0, examples)
        .map((row) => [
          subject(row.subjectType),
          row.target,
          category(row.category),
          pick(row.measure, language),
          dayOf(row.executedAt),
        ]),
    },
  ] as const;
}

function facts(content: BulletinContent): [string, string][] {
  const { language, figures, dayOf, basis, number, figuresSha256 } = content;
  const w = WORDS[language];
  const { from, to, categories } = figures.query;
  const scope = categories.map((id) => pick(categoryOf(id), language)).join(language === 'en' ? ', ' : '、');
  return [
    [w.number, number],
    [w.period, `${dayOf(from)} – ${dayOf(to - 1)}`],
    [w.categories, scope || w.allCategories],
    ...(basis ? [[w.basis, basis] as [string, string]] : []),
    [w.confirmed, String(figures.hits.reduce((sum, { confirmed }) => sum + confirmed, 0))],
    [w.opened, String(figures.cases.opened)],
    [w.closed, String(figures.cases.closed)],
    [w.carried, String(figures.rows.length)],
    [w.digest, figuresSha256],
  ];
}

/** The bulletin as a document. */
export function bulletinDocument(content: BulletinContent): Document {
  const { language, title, number, introduction, at } = content;
  const w = WORDS[language];
  const blocks: Block[] = [
    { kind: 'title', text: title },
    ...(introduction ? [{ kind: 'paragraph', text: introduction } as const] : []),
    { kind: 'heading', level: 1, text: w.totals },
    { kind: 'facts', rows: facts(content) },
  ];
  for (const { title: heading, columns, rows } of tables(content)) {
    blocks.push({ kind: 'heading', level: 1, text: heading });
    if (rows.length === 0) blocks.push({ kind: 'paragraph', text: w.none });
    else
      blocks.push({
        kind: 'table',
        columns: columns.map((column, index) => ({
          title: column,
          share: index === columns.length - 1 && columns.length < 4 ? 1 : 2,
        })),
        rows: rows.map((row) => row.map(String)),
      });
  }
  blocks.push({ kind: 'paragraph', look: 'small', text: w.method });
  return { language, title, header: number, footer: title, at, blocks };
}

/** The bulletin as sheets: the totals, then one for each table, with every measure counted. */
export function bulletinSheets(content: BulletinContent): Sheet[] {
  const w = WORDS[content.language];
  return [
    {
      name: w.totals,
      columns: [
        { title: content.title, width: 28 },
        { title: '', width: 70 },
      ],
      rows: facts(content),
    },
    ...tables({ ...content, examples: content.figures.rows.length }).map(({ title, columns, rows }) => ({
      name: title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
      columns: columns.map((column) => ({ title: column, width: 24 })),
      rows: rows as readonly (readonly (string | number)[])[],
    })),
  ];
}
