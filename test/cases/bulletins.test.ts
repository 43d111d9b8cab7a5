/** Campaigns, bulletins, reminders, the self-assessment, and the checklist of a case. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { decideAppeal, lodgeAppeal } from '../../src/core/app/cases/appeals.ts';
import { addCaseTask, caseTasks, setCaseTask } from '../../src/core/app/cases/case-tasks.ts';
import { closeCase, getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { putPartyHearing } from '../../src/core/app/cases/hearings.ts';
import { executeMeasures, instructMeasures, listMeasures } from '../../src/core/app/cases/measures.ts';
import {
  bulletinFigures,
  checkBulletin,
  endCampaign,
  listBulletins,
  openCampaign,
  updateCampaignText,
  writeBulletin,
} from '../../src/core/app/duties/bulletins.ts';
import {
  listControls,
  listReminders,
  setControl,
  writeSelfAssessment,
} from '../../src/core/app/duties/controls.ts';
import { createOfficer } from '../../src/core/app/workspace.ts';
import { tasksFor } from '../../src/core/cases/playbooks.ts';
import { CATEGORY_IDS } from '../../src/core/domain/category.ts';
import { type CaseWorkspace, caseWorkspace, START } from '../builders/case-workspace.ts';

const DAY = 86_400_000;
const failing = (code: string) => expect.objectContaining({ code });
let w: CaseWorkspace;
afterEach(() => w?.close());

const QUERY = { from: START - 60 * DAY, to: START + 60 * DAY, categories: [] };
const now = () => w.session.environment.now();

/** A case about one person with a decision that limits the account for a week. */
function decided(by: string, category: 'contraband-goods' | 'gambling' = 'contraband-goods') {
  w.tell([{ by, text: '出货' }], { conversation: `群-${by}` });
  const hitIds = w.find([{ on: 0, category }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  const of = { caseId: summary.id, partyId: parties[0]?.id ?? '' };
  const { proposed } = proposeDecision(w.desk, of);
  const decision = recordDecision(w.desk, {
    ...of,
    measure: 'functions-limited',
    days: 7,
    functions: ['group-posting'],
    deviationReason: proposed === 'functions-limited' ? '' : '群内影响',
    facts: '属实',
  });
  return { ...of, hitIds, decisionId: decision.id };
}

function execute(): void {
  const measureIds = listMeasures(w.desk, { limit: 500, owed: 'instruct' }).rows.map(({ id }) => id);
  instructMeasures(w.desk, { measureIds, to: '平台运营部', dueAt: now() + 3 * DAY });
  executeMeasures(w.desk, { measureIds, at: now(), by: '王工', proof: '工单 1' });
}

describe('the figures of a bulletin (S2-9)', () => {
  it('count confirmed items, measures by subject and category, cases and leads of the period', () => {
    w = caseWorkspace();
    decided('张伟');
    decided('李娜', 'gambling');
    execute();
    const figures = bulletinFigures(w.desk, QUERY);
    expect(figures.hits).toEqual([
      { category: 'contraband-goods', confirmed: 1 },
      { category: 'gambling', confirmed: 1 },
    ]);
    expect(figures.cases).toEqual({ opened: 2, closed: 0 });
    expect(figures.bySubject).toMatchObject([
      { subjectType: 'personal-account', category: 'contraband-goods' },
      { subjectType: 'personal-account', category: 'gambling' },
    ]);
    expect(figures.bySubject.reduce((sum, { count }) => sum + count, 0)).toBe(figures.rows.length);
    expect(figures.measures.reduce((sum, { count }) => sum + count, 0)).toBe(figures.rows.length);
    expect(figures.byMonth.map(({ month }) => month)).toEqual(['2026-03']);
  });

  it('cover names and keep to the categories asked for (S2-10)', () => {
    w = caseWorkspace();
    decided('张伟');
    decided('李娜', 'gambling');
    execute();
    const figures = bulletinFigures(w.desk, { ...QUERY, categories: ['gambling'] });
    expect(new Set(figures.rows.map(({ target }) => target))).toEqual(new Set(['李＊']));
    expect(figures.hits.map(({ category }) => category)).toEqual(['gambling']);
    expect(figures.cases.opened).toBe(1);
  });

  it('leave out what lies outside the period, and what an appeal overturned', () => {
    w = caseWorkspace();
    const { decisionId } = decided('张伟');
    execute();
    expect(bulletinFigures(w.desk, { ...QUERY, to: START - 30 * DAY }).rows).toEqual([]);
    expect(bulletinFigures(w.desk, QUERY).rows.length).toBeGreaterThan(0);
    const third = createOfficer(w.session, {
      name: '何平',
      role: 'legal',
      passphrase: 'the third passphrase',
    });
    const [appeal] = lodgeAppeal(w.desk, {
      decisionId,
      lodgedAt: now(),
      lodgedBy: '本人',
      grounds: '账号被盗',
    });
    decideAppeal(w.desk, {
      appealId: appeal?.id ?? '',
      officerId: third.id,
      passphrase: 'the third passphrase',
      outcome: 'overturned',
      reason: '账号被盗属实',
    });
    expect(bulletinFigures(w.desk, QUERY).rows).toEqual([]);
    expect(() => bulletinFigures(w.desk, { ...QUERY, to: QUERY.from })).toThrow(failing('invalid-input'));
  });
});

const write = (format: 'docx' | 'xlsx', campaignId: string | null = null) =>
  writeBulletin(w.desk, {
    query: QUERY,
    campaignId,
    title: '处置情况通报',
    introduction: '',
    examples: 20,
    format,
    language: 'zh-CN',
    file: join(w.folder, `bulletin.${format}`),
  });

describe('a bulletin', () => {
  it('keeps the digest of its figures, which tells whether they still come out the same', async () => {
    w = caseWorkspace();
    decided('张伟');
    execute();
    const bulletin = await write('docx');
    expect(bulletin.number).toMatch(/^B-.+-0001$/);
    expect(readFileSync(bulletin.file).subarray(0, 2).toString()).toBe('PK');
    expect(checkBulletin(w.desk, { bulletinId: bulletin.id }).unchanged).toBe(true);
    decided('李娜', 'gambling');
    expect(checkBulletin(w.desk, { bulletinId: bulletin.id }).unchanged).toBe(false);
    const sheets = await write('xlsx');
    expect(listBulletins(w.desk).map(({ number }) => number)).toEqual([sheets.number, bulletin.number]);
    expect(w.brokenSeals()).toEqual([]);
  });
});

describe('a campaign (S4-11)', () => {
  const open = () =>
    openCampaign(w.desk, {
      title: '春季专项',
      basis: '公告第 1 号',
      categories: ['gambling'],
      announcement: '集中清理',
      startedAt: START - 20 * DAY,
    });

  it('has a start, a basis and categories, is changed while it runs and ends once', async () => {
    w = caseWorkspace();
    const campaign = open();
    expect(campaign).toMatchObject({ endedAt: null, categories: ['gambling'], officer: '陈静' });
    expect(updateCampaignText(w.desk, { campaignId: campaign.id, announcement: '延长' }).announcement).toBe(
      '延长',
    );
    expect(() => endCampaign(w.desk, { campaignId: campaign.id, endedAt: campaign.startedAt })).toThrow(
      failing('invalid-input'),
    );
    expect((await write('docx', campaign.id)).campaignId).toBe(campaign.id);
    expect(endCampaign(w.desk, { campaignId: campaign.id, endedAt: START + DAY }).endedAt).toBe(START + DAY);
    expect(() => updateCampaignText(w.desk, { campaignId: campaign.id, title: '改' })).toThrow(
      failing('conflict'),
    );
    expect(w.brokenSeals()).toEqual([]);
  });
});

describe('reminders', () => {
  it('name what falls due and what is overdue, the first due first', () => {
    w = caseWorkspace();
    const of = decided('张伟');
    const measureIds = listMeasures(w.desk, { limit: 500 }).rows.map(({ id }) => id);
    instructMeasures(w.desk, { measureIds, to: '平台运营部', dueAt: now() + 3 * DAY });
    const { caseId, partyId } = of;
    putPartyHearing(w.desk, {
      caseId,
      partyId,
      invitation: { at: now(), how: '站内信', due: now() + 5 * DAY },
    });
    setControl(w.desk, {
      control: 'house-rules',
      state: 'partly',
      owner: '法务部',
      evidence: '',
      note: '',
      nextReview: '2026-03-04',
    });
    const kinds = () => listReminders(w.desk, { days: 7 }).map(({ kind, overdue }) => [kind, overdue]);
    expect(new Set(kinds().map(([kind]) => kind))).toEqual(
      new Set(['duty-due', 'measure-due', 'control-due', 'answer-due']),
    );
    expect(kinds().every(([, overdue]) => overdue === false)).toBe(true);
    const due = listReminders(w.desk, { days: 7 }).map(({ dueAt }) => dueAt);
    expect(due).toEqual([...due].sort((a, b) => a - b));
    executeMeasures(w.desk, { measureIds, at: now(), by: '王工', proof: '工单 1' });
    w.wait(6 * DAY);
    expect(kinds()).toContainEqual(['measure-expires', false]);
    expect(kinds()).toContainEqual(['answer-due', true]);
  });
});

describe('the self-assessment (S3-4, S3-5)', () => {
  it('goes through every system, and what is in place names what shows it', async () => {
    w = caseWorkspace();
    expect(listControls(w.desk).every(({ state }) => state === 'not-assessed')).toBe(true);
    const put = { control: 'minors', owner: '合规部', note: '', nextReview: null };
    expect(() => setControl(w.desk, { ...put, state: 'in-place', evidence: '' })).toThrow(
      failing('reason-required'),
    );
    expect(() => setControl(w.desk, { ...put, control: 'nothing', state: 'partly', evidence: '' })).toThrow(
      failing('not-found'),
    );
    const after = setControl(w.desk, { ...put, state: 'in-place', evidence: '制度第 7 号' });
    expect(after.find(({ control }) => control === 'minors')).toMatchObject({
      state: 'in-place',
      owner: '合规部',
      officer: '陈静',
    });
    const file = join(w.folder, 'self.docx');
    await writeSelfAssessment(w.desk, { year: 2026, format: 'docx', language: 'zh-CN', file });
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    expect(w.brokenSeals()).toEqual([]);
  });
});

describe('the checklist of a case', () => {
  it.each(CATEGORY_IDS)('has something to do for %s', (category) => {
    w = caseWorkspace({ alone: true });
    const { playbook } = w.session.environment.resources;
    expect(tasksFor(playbook, [category]).length).toBeGreaterThan(1);
  });

  it('says who did what and when; what is not needed needs a reason; each is an event of the case', () => {
    w = caseWorkspace();
    const { caseId } = decided('张伟');
    const [first] = caseTasks(w.desk, { caseId });
    const task = first?.task ?? '';
    const done = setCaseTask(w.desk, { caseId, task, state: 'done', note: '' });
    expect(done[0]).toMatchObject({ state: 'done', officer: '陈静', own: false });
    expect(() => setCaseTask(w.desk, { caseId, task, state: 'not-needed', note: '' })).toThrow(
      failing('reason-required'),
    );
    expect(() => setCaseTask(w.desk, { caseId, task: 'no-such', state: 'done', note: '' })).toThrow(
      failing('not-found'),
    );
    const own = addCaseTask(w.desk, { caseId, title: '询问房东' }).at(-1);
    expect(own).toMatchObject({ own: true, state: 'open', title: { zh: '询问房东' } });
    setCaseTask(w.desk, { caseId, task: own?.task ?? '', state: 'not-needed', note: '已搬走' });
    const types = getCase(w.desk, { caseId }).timeline.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('task.'))).toEqual(['task.set', 'task.added', 'task.set']);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('stands still with a closed case', () => {
    w = caseWorkspace({ profile: 'employer' });
    w.tell([{ by: '张伟', text: '骂人' }]);
    const hitIds = w.find([{ on: 0, category: 'abuse' }]);
    w.confirm(hitIds);
    const { summary } = openCase(w.desk, { hitIds });
    const caseId = summary.id;
    closeCase(w.desk, { caseId, reason: '和解' });
    const [first] = caseTasks(w.desk, { caseId });
    expect(() => setCaseTask(w.desk, { caseId, task: first?.task ?? '', state: 'done', note: '' })).toThrow(
      failing('conflict'),
    );
  });
});
