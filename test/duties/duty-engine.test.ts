/** Each row of the routing table opens the right duties in a workspace, and nothing closes without proof. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeCase, getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { recordDecision } from '../../src/core/app/cases/decisions.ts';
import { executeMeasures, instructMeasures, listMeasures } from '../../src/core/app/cases/measures.ts';
import { dutyBoard } from '../../src/core/app/duties/duty-board.ts';
import { dutyClock } from '../../src/core/app/duties/duty-clock.ts';
import { addDutyStep, fileDuty } from '../../src/core/app/duties/duty-filing.ts';
import { draftReport, dutyDetail } from '../../src/core/app/duties/duty-form.ts';
import { caseMarks, markHit } from '../../src/core/app/duties/duty-marks.ts';
import { writeReportForm } from '../../src/core/app/duties/write-report-form.ts';
import { removeExhibit } from '../../src/core/app/evidence/exhibits.ts';
import { liftHold, listHolds, setHold } from '../../src/core/app/evidence/holds.ts';
import { linkAccount } from '../../src/core/app/imports/people.ts';
import { excludeSource } from '../../src/core/app/imports/sources.ts';
import type { Duty } from '../../src/core/domain/case.ts';
import { DutyBoard, DutyDetail, HitMarks, LegalHold, ReportForm } from '../../src/core/domain/duty.ts';
import type { DutyMark } from '../../src/core/domain/duty-words.ts';
import type { Profile } from '../../src/core/domain/workspace.ts';
import { type CaseWorkspace, caseWorkspace, type Found, START } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const HOUR = 3_600_000;
let w: CaseWorkspace;
afterEach(() => w.close());

function start(profile: Profile, found: Found[], people: readonly string[] = ['张伟']) {
  w = caseWorkspace({ profile });
  w.tell(Array.from({ length: 6 }, (_, i) => ({ by: people[i % people.length] ?? null, text: `消息${i}` })));
  const hitIds = w.find(found);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, hitIds, partyId: parties[0]?.id ?? '' };
}
const dutiesOf = (caseId: string) => getCase(w.desk, { caseId }).duties;
const reportsOf = (caseId: string) => dutiesOf(caseId).filter(({ kind }) => kind === 'report');
const mark = (hitId: string, name: DutyMark, on = true) =>
  markHit(w.desk, { hitId, mark: name, on, reason: '核实情况' });
const file = (dutyId: string, more: Partial<Parameters<typeof fileDuty>[1]> = {}) =>
  fileDuty(w.desk, { dutyId, filedAt: START, note: '', incompleteReason: '', test: false, ...more });
const complete = (dutyId: string, notice: Record<string, string> = {}) =>
  draftReport(w.desk, { dutyId, organisation: '某平台', contact: '400-1', facts: '多次发布', notice });

describe('circumstances that no detector can tell', () => {
  it.each<[DutyMark, string[], string]>([
    ['state-secrets', ['Secrecy administration'], 'law:ssl-2024-34'],
    ['terrorism', ['Public security'], 'law:ctl-2015-19'],
    ['organised-crime', ['Public security'], 'law:aoc-2021-16'],
    ['minor-victim', ['Public security'], 'law:mnr-2023-38'],
    ['under-14', ['Public security'], 'law:mnr-2023-38'],
    ['harms-minors', ['Cyberspace administration', 'Public security'], 'law:mnr-2023-29'],
    ['heroes-martyrs', ['Department in charge of heroes and martyrs'], 'law:hero-2018-23'],
    ['illegal-fundraising', ['Lead department for illegal fundraising'], 'law:fund-2021-10'],
    [
      'personal-data-leak',
      ['Department for personal information protection', 'The individuals affected'],
      'law:pipl-2021-57',
    ],
  ])('%s moves the report to its receivers', (name, receivers, basis) => {
    const { caseId, hitIds } = start('platform', [{ on: 0, category: 'personal-information' }]);
    expect(reportsOf(caseId).map(({ receiver }) => receiver.en)).toEqual(['Cyberspace administration']);
    const marked = mark(hitIds[0] ?? '', name);
    expect(HitMarks.parse(marked).marks).toMatchObject([{ mark: name, reason: '核实情况', officer: '陈静' }]);
    const open = reportsOf(caseId).filter(({ state }) => state === 'open');
    expect(open.map(({ receiver }) => receiver.en).sort()).toEqual([...receivers].sort());
    for (const report of open) expect(report.basis).toContain(basis);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('taken back, gives the general report again', () => {
    const { caseId, hitIds } = start('platform', [{ on: 0, category: 'personal-information' }]);
    mark(hitIds[0] ?? '', 'personal-data-leak');
    mark(hitIds[0] ?? '', 'personal-data-leak', false);
    const open = reportsOf(caseId).filter(({ state }) => state === 'open');
    expect(open.map(({ receiver }) => receiver.en)).toEqual(['Cyberspace administration']);
    expect(caseMarks(w.desk, { caseId })).toMatchObject([{ marks: [] }]);
    expect(getCase(w.desk, { caseId }).timeline.filter(({ type }) => type === 'hit.marked')).toHaveLength(2);
  });

  it('noted before a case is opened, count when it is', () => {
    w = caseWorkspace({ profile: 'platform' });
    w.tell([{ by: '张伟', text: '消息' }]);
    const [hit = ''] = w.find([{ on: 0, category: 'fraud' }]);
    expect(() => mark(hit, 'organised-crime')).toThrow(failing('verification-required'));
    w.confirm([hit]);
    mark(hit, 'organised-crime');
    const { summary } = openCase(w.desk, { hitIds: [hit] });
    expect(reportsOf(summary.id)).toMatchObject([{ route: 'organised-crime' }]);
  });

  it('on an employer’s case they change whom the assessment suggests', () => {
    const { caseId, hitIds } = start('employer', [{ on: 0, category: 'personal-information' }]);
    mark(hitIds[0] ?? '', 'personal-data-leak');
    expect(dutiesOf(caseId)).toMatchObject([
      { kind: 'assessment', state: 'open', receiver: { zh: '履行个人信息保护职责的部门、受影响的个人' } },
    ]);
  });
});

describe('a notice with items that the law names', () => {
  it('stays incomplete until each item is written, and closes for individuals without a receipt', () => {
    const { caseId, hitIds } = start('platform', [{ on: 0, category: 'personal-information' }]);
    mark(hitIds[0] ?? '', 'personal-data-leak');
    const duty = reportsOf(caseId).find(({ receiver }) => receiver.zh === '受影响的个人') as Duty;
    expect(duty.missing).toEqual(['notice-items', 'filed-at']);
    const notice = { 'kinds-cause-harm': '姓名、电话；误发；骚扰', remedies: '已撤回' };
    expect(complete(duty.id, notice).form?.gaps).toEqual(['notice-items']);
    expect(() => file(duty.id)).toThrow(failing('reason-required'));
    expect(file(duty.id, { incompleteReason: '先行告知' })).toMatchObject({
      state: 'filed',
      missing: ['notice-items'],
    });
    expect(complete(duty.id, { contact: '400-1' }).duty).toMatchObject({ state: 'closed', missing: [] });
    expect(() => complete(duty.id)).toThrow(failing('conflict'));
  });

  it('refuses an item that the law does not name', () => {
    const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
    expect(() => complete(reportsOf(caseId)[0]?.id ?? '', { remedies: 'x' })).toThrow(
      failing('invalid-input'),
    );
  });
});

describe('reports merge by person', () => {
  it('over all accounts of a person, and apart for others', () => {
    const { caseId, hitIds } = start(
      'platform',
      [
        { on: 0, category: 'gambling' },
        { on: 1, category: 'gambling' },
        { on: 2, category: 'fraud' },
      ],
      ['张伟', '小张', '李娜'],
    );
    expect(reportsOf(caseId).map(({ person }) => person?.name)).toEqual(['张伟', '小张', '李娜']);
    const joined = linkAccount(w.session, {
      accountId: w.accountId('张伟'),
      name: '张伟（本人）',
      reason: '同一手机号',
    });
    linkAccount(w.session, { accountId: w.accountId('小张'), personId: joined.id, reason: '同一手机号' });
    const again = openCase(w.desk, { hitIds: caseAgain(hitIds) });
    expect(
      again.duties.filter(({ kind }) => kind === 'report').map(({ person, items }) => [person?.name, items]),
    ).toEqual([
      ['张伟（本人）', 2],
      ['李娜', 1],
    ]);
    const report = again.duties.find(({ person }) => person?.name === '张伟（本人）') as Duty;
    expect(
      dutyDetail(w.desk, report.id)
        .form?.person?.accounts.map(({ name }) => name)
        .sort(),
    ).toEqual(['小张', '张伟']);
  });

  /** New hits on the same people's messages. */
  function caseAgain(_: readonly string[]): string[] {
    const more = w.find([
      { on: 3, category: 'gambling' },
      { on: 4, category: 'gambling' },
      { on: 5, category: 'fraud' },
    ]);
    w.confirm(more);
    return more;
  }
});

describe('a report', () => {
  it('has a form with person, basis with its marks, items, exhibits and what is missing', () => {
    const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
    const detail = DutyDetail.parse(dutyDetail(w.desk, reportsOf(caseId)[0]?.id ?? ''));
    expect(detail.clock).toMatchObject({ statutory: { zh: '立即' }, statutoryHours: null });
    expect(detail.form).toMatchObject({
      receiver: { zh: '网信部门' },
      person: { name: '张伟' },
      basis: [{ reference: 'law:csl-2025-49', marks: 'V/inferred/V' }, { reference: 'law:iism-2011-16' }],
      items: [{ text: '消息0', category: 'gambling', exhibit: expect.stringMatching(/^E-/) }],
      attachments: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      gaps: ['organisation', 'contact', 'facts'],
    });
  });

  it('is filed when complete, or with the reason why it could not wait', () => {
    const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
    const dutyId = reportsOf(caseId)[0]?.id ?? '';
    expect(() => file(dutyId)).toThrow(failing('reason-required'));
    expect(complete(dutyId).form?.gaps).toEqual([]);
    expect(file(dutyId)).toMatchObject({ state: 'filed' });
  });

  it('takes its facts from the decisions until somebody writes them', () => {
    const { caseId, partyId } = start('platform', [{ on: 0, category: 'gambling' }]);
    recordDecision(w.desk, {
      caseId,
      partyId,
      measure: 'content-removed',
      deviationReason: '情节',
      facts: '发布赌博信息',
    });
    const { form } = dutyDetail(w.desk, reportsOf(caseId)[0]?.id ?? '');
    expect(form).toMatchObject({ facts: '发布赌博信息', measures: [{ measure: { zh: '删除违规内容' } }] });
  });

  it('a trial run is noted and closes nothing', () => {
    const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
    const dutyId = reportsOf(caseId)[0]?.id ?? '';
    expect(file(dutyId, { test: true, receiptNumber: 'T-1' })).toMatchObject({
      state: 'open',
      filedAt: null,
      receiptNumber: null,
    });
    expect(dutyDetail(w.desk, dutyId).steps).toMatchObject([{ kind: 'filed', test: true, number: 'T-1' }]);
    expect(listHolds(w.desk, caseId)).toEqual([]);
  });

  it('keeps receipt, replies and supplements; the first receipt ends it, later replies still count', () => {
    const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
    const dutyId = reportsOf(caseId)[0]?.id ?? '';
    complete(dutyId);
    file(dutyId);
    const step = (
      kind: 'receipt' | 'reply' | 'supplement',
      more: { number?: string; note?: string; file?: string },
    ) => addDutyStep(w.desk, { dutyId, kind, at: START, note: '', test: false, ...more });
    expect(() => step('receipt', { note: 'without its number' })).toThrow(failing('reason-required'));
    expect(() => step('reply', {})).toThrow(failing('reason-required'));
    expect(step('receipt', { number: 'R-9' }).duty).toMatchObject({ state: 'closed', receiptNumber: 'R-9' });
    expect(step('reply', { note: '要求补充' }).steps.map(({ kind }) => kind)).toEqual([
      'filed',
      'receipt',
      'reply',
    ]);
    const kept = step('supplement', { file: join(process.cwd(), 'package.json') }).steps.at(-1);
    expect(kept).toMatchObject({ file: 'package.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(() => addDutyStep(w.desk, { dutyId, kind: 'proof', at: START, note: 'x', test: false })).toThrow(
      failing('conflict'),
    );
  });

  it.each(['json', 'html', 'docx'] as const)(
    'is written as %s, and its digest is an event',
    async (format) => {
      const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
      const dutyId = reportsOf(caseId)[0]?.id ?? '';
      complete(dutyId);
      const path = join(w.folder, `report.${format}`);
      const written = await writeReportForm(w.desk, {
        dutyId,
        file: path,
        format,
        language: 'zh-CN',
        test: true,
      });
      const bytes = readFileSync(path);
      expect(written).toMatchObject({ file: path, bytes: bytes.length });
      expect(getCase(w.desk, { caseId }).timeline.at(-1)).toMatchObject({
        type: 'duty.form-written',
        after: { format, sha256: written.sha256, test: true },
      });
      if (format === 'json') expect(ReportForm.parse(JSON.parse(bytes.toString())).test).toBe(true);
      if (format === 'html')
        for (const word of ['测试', '网信部门', '张伟', '消息0']) expect(bytes.toString()).toContain(word);
      if (format === 'docx') expect(bytes.subarray(0, 2).toString()).toBe('PK');
    },
  );
});

describe('disposal', () => {
  it('ends with a decision and a proof, not with a trial or a word of the future', () => {
    const { caseId, partyId } = start('platform', [{ on: 0, category: 'gambling' }]);
    const dutyId = dutiesOf(caseId)[0]?.id ?? '';
    const prove = (more: object) =>
      addDutyStep(w.desk, { dutyId, kind: 'proof', at: START, note: '已删除', test: false, ...more });
    expect(prove({ test: true }).duty.missing).toEqual(['disposal', 'proof']);
    expect(() => prove({ at: START + 24 * HOUR })).toThrow(failing('invalid-input'));
    expect(() => closeCase(w.desk, { caseId, reason: '完' })).toThrow(failing('duty-open'));
    recordDecision(w.desk, {
      caseId,
      partyId,
      measure: 'content-removed',
      deviationReason: '情节',
      facts: '事实',
    });
    expect(prove({}).duty).toMatchObject({ state: 'closed', missing: [] });
  });
});

describe('measures carried out', () => {
  it('prove the disposal, once nothing decided still waits', () => {
    const { caseId, partyId } = start('platform', [{ on: 0, category: 'gambling' }]);
    recordDecision(w.desk, {
      caseId,
      partyId,
      measure: 'content-removed',
      deviationReason: '情节',
      facts: '事实',
    });
    const disposal = () => dutiesOf(caseId)[0];
    const measureIds = listMeasures(w.desk, { caseId, limit: 10 }).rows.map(({ id }) => id);
    expect(measureIds.length).toBeGreaterThan(0);
    expect(disposal()).toMatchObject({ state: 'open', missing: ['proof'] });
    instructMeasures(w.desk, { measureIds, to: '运营' });
    expect(disposal()?.missing).toEqual(['proof']);
    executeMeasures(w.desk, { measureIds, at: START, by: '运营', proof: '后台截图 3 张' });
    expect(disposal()?.state).toBe('closed');
    expect(getCase(w.desk, { caseId }).timeline.findLast(({ type }) => type === 'duty.closed')).toMatchObject(
      { after: { proof: '后台截图 3 张' } },
    );
  });
});

describe('a legal hold', () => {
  function filed() {
    const of = start('platform', [{ on: 0, category: 'gambling' }]);
    const dutyId = reportsOf(of.caseId)[0]?.id ?? '';
    complete(dutyId);
    file(dutyId);
    return { ...of, dutyId };
  }

  it('is set by the filing itself, once; nothing of the case is taken out while it stands', () => {
    const { caseId, dutyId } = filed();
    const holds = listHolds(w.desk, caseId);
    expect(holds.map((hold) => LegalHold.parse(hold))).toMatchObject([{ dutyId, lifted: null }]);
    const [exhibit] = getCase(w.desk, { caseId }).exhibits;
    expect(() => removeExhibit(w.desk, { exhibitId: exhibit?.id ?? '', reason: '误加' })).toThrow(
      failing('conflict'),
    );
    expect(() => excludeSource(w.session, exhibit?.sourceId ?? '', '导错了')).toThrow(failing('conflict'));
    expect(dutyDetail(w.desk, dutyId).held).toBe(true);
  });

  it('is lifted with a reason by a leading officer, and then no longer stands in the way', () => {
    const { caseId } = filed();
    const [hold] = listHolds(w.desk, caseId);
    expect(liftHold(w.desk, { holdId: hold?.id ?? '', reason: '主管部门答复' })).toMatchObject([
      { lifted: { reason: '主管部门答复' } },
    ]);
    expect(() => liftHold(w.desk, { holdId: hold?.id ?? '', reason: '再次' })).toThrow(failing('conflict'));
    const [exhibit] = getCase(w.desk, { caseId }).exhibits;
    removeExhibit(w.desk, { exhibitId: exhibit?.id ?? '', reason: '误加' });
    expect(setHold(w.desk, { caseId, reason: '诉讼' })).toHaveLength(2);
    expect(w.brokenSeals()).toEqual([]);
  });
});

describe('the hours of duties', () => {
  it('are the organisation’s own for duties that open from then on', () => {
    const { caseId, hitIds } = start('platform', [{ on: 0, category: 'gambling' }]);
    expect(dutyClock(w.desk)).toMatchObject({ hours: 24, shipped: 24, statutoryHours: null });
    expect(dutyClock(w.desk, 4)).toMatchObject({ hours: 4, shipped: 24 });
    const before = dutiesOf(caseId)[0]?.dueAt ?? 0;
    mark(hitIds[0] ?? '', 'organised-crime');
    const opened = reportsOf(caseId).find(({ route }) => route === 'organised-crime');
    expect(before - (opened?.dueAt ?? 0)).toBe(20 * HOUR);
  });
});

describe('the board', () => {
  it('has each unclosed duty once, in its lane', () => {
    const { caseId } = start('platform', [{ on: 0, category: 'gambling' }]);
    const lanes = () =>
      Object.fromEntries(DutyBoard.parse(dutyBoard(w.desk)).map(({ lane, total }) => [lane, total]));
    dutyClock(w.desk, 24);
    expect(lanes()).toEqual({ overdue: 0, today: 2, later: 0, waiting: 0 });
    complete(reportsOf(caseId)[0]?.id ?? '');
    file(reportsOf(caseId)[0]?.id ?? '');
    expect(lanes()).toEqual({ overdue: 0, today: 1, later: 0, waiting: 1 });
    w.wait(30 * HOUR);
    expect(lanes()).toEqual({ overdue: 1, today: 0, later: 0, waiting: 1 });
  });
});
