/** The yearly self-assessment of management systems (S3-4, S3-5), and what falls due. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Block, Document } from '../../documents/document.ts';
import type { Control, ControlState, Reminder } from '../../domain/bulletin.ts';
import { DestructionOrder } from '../../domain/retention.ts';
import { formatInstant, wallToInstant } from '../../domain/zone.ts';
import { controlRows, putControl } from '../../storage/cases/bulletins.ts';
import { dueBefore } from '../../storage/duties/reminders.ts';
import { unfinishedDestructions } from '../../storage/retention/retention.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { listStamps, stampSchedule } from '../evidence/audit-stamps.ts';
import { change, record } from '../session.ts';
import { documentContent } from '../write-document.ts';
import { handOut, type WrittenFile } from '../write-file.ts';
import { bulletinFigures } from './bulletins.ts';

/** Every control of the catalogue with what was written about it. */
export function listControls(desk: CaseDesk): Control[] {
  const rows = new Map(controlRows(dbOf(desk)).map((row) => [row.control, row]));
  return desk.session.environment.resources.controls.controls.map(({ id, title, help }) => {
    const row = rows.get(id);
    return {
      control: id,
      title,
      help,
      state: row?.state ?? 'not-assessed',
      owner: row?.owner ?? '',
      evidence: row?.evidence ?? '',
      note: row?.note ?? '',
      nextReview: row?.next_review ?? null,
      officer: row?.officer ?? null,
      at: row?.at ?? null,
    };
  });
}

/** Throws `not-found`, and `reason-required` for one said to be in place without anything that shows it. */
export function setControl(desk: CaseDesk, input: Parsed<'controls.set'>): Control[] {
  const { session } = desk;
  if (!session.environment.resources.controls.controls.some(({ id }) => id === input.control))
    throw new DocketError('not-found', 'no such control', input.control);
  if (input.state === 'in-place' && input.evidence === '')
    throw new DocketError('reason-required', 'what shows that it is in place', 'evidence');
  const { control, nextReview = null, ...said } = input;
  change(session, () => {
    const before = putControl(session.workspace.store, {
      control,
      ...said,
      next_review: nextReview,
      officer_id: session.officer.id,
      at: session.environment.now(),
    });
    record(session, {
      type: 'control.assessed',
      subject: { type: 'control', id: control },
      before: before && {
        state: before.state,
        owner: before.owner,
        evidence: before.evidence,
        note: before.note,
        nextReview: before.next_review,
      },
      after: { ...said, nextReview },
    });
  });
  return listControls(desk);
}

const DAY = 86_400_000;
/** Reminders shown at once. */
const MOST = 500;

/** What falls due within some days, and what is overdue, the first due first. */
export function listReminders(desk: CaseDesk, { days }: Parsed<'reminders.list'>): Reminder[] {
  const { now, zone } = desk.session.environment;
  const at = now();
  const until = at + days * DAY;
  const controls = listControls(desk).flatMap(({ control, title, nextReview }): Reminder[] => {
    if (nextReview === null) return [];
    const dueAt = wallToInstant(Date.parse(`${nextReview}T00:00:00Z`), zone);
    if (dueAt >= until) return [];
    const place = { id: control, caseId: null, caseNumber: null };
    return [{ kind: 'control-due', ...place, about: title, dueAt, overdue: dueAt < at }];
  });
  const found = [...dueBefore(dbOf(desk), desk.reading.prefix, until, at, MOST), ...controls];
  return [...found, ...stampReminders(desk, until, at), ...unfinished(desk)]
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, MOST);
}

/** Days after which the answer of a time stamp authority is overdue. */
const ANSWERED_WITHIN = 3;

/** The next request for a stamp of the audit log's head, and requests since the last stamp without an answer. */
function stampReminders(desk: CaseDesk, until: number, at: number): Reminder[] {
  const nowhere = { caseId: null, caseNumber: null };
  const stamps = listStamps(desk);
  const stamped = stamps.find((one) => one.stamped !== null)?.sequence ?? 0;
  const waiting = stamps
    .filter((one) => one.stamped === null && one.sequence > stamped)
    .map(({ id, sequence, at: requested }): Reminder => {
      const dueAt = requested + ANSWERED_WITHIN * DAY;
      const about = {
        zh: `第 ${sequence} 条日志的时间戳回执`,
        en: `Answer for entry ${sequence} of the log`,
      };
      return { kind: 'stamp-unanswered', id, ...nowhere, about, dueAt, overdue: dueAt < at };
    });
  const soon = waiting.filter((one) => one.dueAt < until);
  const { dueAt, due } = stampSchedule(desk);
  // Only once it is due: a weekly interval would otherwise remind all week.
  if (dueAt === null || !due) return soon;
  const about = { zh: '为审计日志链首申请时间戳', en: 'Have the head of the audit log time-stamped' };
  return [{ kind: 'stamp-due', id: 'head', ...nowhere, about, dueAt, overdue: dueAt < at }, ...soon];
}

/** Destructions that began and have to be ended. */
const unfinished = (desk: CaseDesk): Reminder[] =>
  unfinishedDestructions(dbOf(desk)).map(({ id, ordered, at: dueAt }) => {
    const { name } = DestructionOrder.parse(JSON.parse(ordered));
    const about = { zh: name, en: name };
    return {
      kind: 'destruction-unfinished',
      id,
      caseId: null,
      caseNumber: null,
      about,
      dueAt,
      overdue: true,
    };
  });

const WORDS = {
  'zh-CN': {
    title: (year: number) => `${year} 年度管理制度自查报告`,
    states: { 'in-place': '已建立', partly: '部分建立', missing: '未建立', 'not-assessed': '未评估' },
    summary: '概况',
    control: '制度',
    state: '状态',
    owner: '负责人',
    evidence: '依据材料',
    next: '下次复核',
    figures: '全年数据',
    confirmed: '核实违规内容',
    cases: '立案 / 结案',
    measures: '执行处置',
    leads: '收到线索',
    gaps: '待完善',
    none: '无',
  },
  en: {
    title: (year: number) => `Self-assessment of management systems, ${year}`,
    states: { 'in-place': 'in place', partly: 'in part', missing: 'missing', 'not-assessed': 'not assessed' },
    summary: 'In all',
    control: 'System',
    state: 'State',
    owner: 'Responsible',
    evidence: 'Shown by',
    next: 'Next review',
    figures: 'Figures of the year',
    confirmed: 'Confirmed items',
    cases: 'Cases opened / closed',
    measures: 'Measures carried out',
    leads: 'Leads received',
    gaps: 'To be put right',
    none: 'None',
  },
} as const;

/** Writes the self-assessment of a year, with the figures of its cases. */
export async function writeSelfAssessment(
  desk: CaseDesk,
  { year, format, language, file }: Parsed<'controls.write'>,
): Promise<WrittenFile> {
  const { zone } = desk.session.environment;
  const bound = (of: number) => wallToInstant(Date.UTC(of, 0, 1), zone);
  const figures = bulletinFigures(desk, { from: bound(year), to: bound(year + 1), categories: [] });
  const controls = listControls(desk);
  const content = await documentContent(desk, document(desk, { year, language, figures, controls }), format);
  return handOut(desk.session, file, content, {
    type: 'control.report-written',
    subject: { type: 'control', id: String(year) },
    after: { year, language, format },
  });
}

function document(
  desk: CaseDesk,
  {
    year,
    language,
    figures,
    controls,
  }: {
    year: number;
    language: 'zh-CN' | 'en';
    figures: ReturnType<typeof bulletinFigures>;
    controls: readonly Control[];
  },
): Document {
  const w = WORDS[language];
  const { now, zone, resources } = desk.session.environment;
  const pick = (text: { zh: string; en: string }) => (language === 'en' ? text.en : text.zh);
  const title = w.title(year);
  const count = (state: ControlState) => controls.filter((one) => one.state === state).length;
  const gaps = controls.filter(({ state }) => state !== 'in-place');
  const blocks: Block[] = [
    { kind: 'title', text: title },
    { kind: 'heading', level: 1, text: w.summary },
    {
      kind: 'facts',
      rows: (Object.keys(w.states) as ControlState[]).map((state) => [w.states[state], String(count(state))]),
    },
    {
      kind: 'table',
      columns: [
        { title: w.control, share: 3 },
        { title: w.state, share: 1 },
        { title: w.owner, share: 1 },
        { title: w.evidence, share: 3 },
        { title: w.next, share: 1.4 },
      ],
      rows: controls.map((one) => [
        pick(one.title),
        w.states[one.state],
        one.owner,
        one.evidence,
        one.nextReview ?? '',
      ]),
    },
    { kind: 'heading', level: 1, text: w.figures },
    {
      kind: 'facts',
      rows: [
        [w.confirmed, String(figures.hits.reduce((sum, { confirmed }) => sum + confirmed, 0))],
        [w.cases, `${figures.cases.opened} / ${figures.cases.closed}`],
        [w.measures, String(figures.rows.length)],
        [w.leads, String(figures.leads.reduce((sum, { received }) => sum + received, 0))],
      ],
    },
    { kind: 'heading', level: 1, text: w.gaps },
    gaps.length === 0
      ? { kind: 'paragraph', text: w.none }
      : { kind: 'list', items: gaps.map((one) => `${pick(one.title)}${one.note ? `：${one.note}` : ''}`) },
    { kind: 'paragraph', look: 'small', text: pick(resources.controls.note) },
  ];
  const at = now();
  return { language, title, header: title, footer: formatInstant(at, zone).slice(0, 10), at, blocks };
}
