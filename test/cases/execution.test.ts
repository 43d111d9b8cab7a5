import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { exportInstructions, importResults } from '../../src/core/app/cases/instruction-list.ts';
import {
  approveBatch,
  batchCandidates,
  listBatches,
  proposeBatch,
  recordBatch,
} from '../../src/core/app/cases/measure-batches.ts';
import {
  executeMeasures,
  instructMeasures,
  listMeasures,
  restoreMeasures,
  verifyMeasures,
  withdrawMeasures,
} from '../../src/core/app/cases/measures.ts';
import { readTable } from '../../src/core/documents/read-table.ts';
import { writeXlsx } from '../../src/core/documents/xlsx.ts';
import type { TakenMeasure } from '../../src/core/domain/measure.ts';
import { mayStep, standingOf } from '../../src/core/penalties/execution.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE, START } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const DAY = 86_400_000;

let w: CaseWorkspace;
let folder = '';
afterEach(() => {
  w.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = '';
});

function file(name: string): string {
  folder ||= mkdtempSync(join(tmpdir(), 'docket-lists-'));
  return join(folder, name);
}

function start(text = '出货', by = '张伟') {
  w.tell([{ by, text, daysAgo: 5 }]);
  const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '' };
}

function decide(
  of: { caseId: string; partyId: string },
  measure: string,
  days?: number,
  functions?: string[],
) {
  const { proposed } = proposeDecision(w.desk, of);
  return recordDecision(w.desk, {
    ...of,
    measure,
    ...(days === undefined ? {} : { days }),
    ...(functions === undefined ? {} : { functions }),
    deviationReason: measure === proposed ? '' : '情节所致',
    facts: '在群内出售',
  });
}

const measures = (filter: Partial<Parameters<typeof listMeasures>[1]> = {}): TakenMeasure[] =>
  listMeasures(w.desk, { limit: 500, ...filter }).rows;
const now = () => w.session.environment.now();

describe('a measure', () => {
  it('is recommended by a final decision, with those that go with it', () => {
    w = caseWorkspace();
    const of = start();
    decide(of, 'functions-limited', 30);
    expect(
      measures().map(({ measure, state, days, target, owed }) => [measure, state, days, target, owed]),
    ).toEqual([
      ['content-removed', 'recommended', null, '张伟', 'instruct'],
      ['functions-limited', 'recommended', 30, '张伟', 'instruct'],
    ]);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('names what it switches off, in the list and for whoever carries it out', async () => {
    w = caseWorkspace();
    decide(start(), 'functions-limited', 7, ['moments', 'links']);
    const [, limited] = measures();
    expect(limited?.functions).toEqual([
      { id: 'moments', title: { zh: '发布朋友圈', en: 'Posting moments' } },
      { id: 'links', title: { zh: '发送链接和二维码', en: 'Sending links and QR codes' } },
    ]);
    const list = file('list.csv');
    await exportInstructions(w.desk, { measureIds: [limited?.id ?? ''], file: list });
    const [, row] = await readTable(readFileSync(list));
    expect(row?.slice(2, 8)).toEqual([
      '个人账号',
      '张伟',
      expect.any(String),
      '限制部分功能',
      '7',
      '发布朋友圈、发送链接和二维码',
    ]);
  });

  it('goes from instruction to restoration, each step with its proof and event', () => {
    w = caseWorkspace();
    const of = start();
    decide(of, 'functions-limited', 7);
    const id = measures()[1]?.id ?? '';
    instructMeasures(w.desk, { measureIds: [id], to: '平台运营部', dueAt: now() + DAY });
    w.wait(2 * DAY);
    expect(measures({ overdue: true })).toMatchObject([
      { id, state: 'instructed', owed: 'execute', overdue: true },
    ]);
    const at = now();
    const [done] = executeMeasures(w.desk, { measureIds: [id], at, by: '王工', proof: '工单 1024' });
    expect(done).toMatchObject({ state: 'executed', expiresAt: at + 7 * DAY, owed: 'verify' });
    expect(verifyMeasures(w.desk, { measureIds: [id], note: '' })[0]).toMatchObject({
      state: 'verified',
      verifiedBy: '陈静',
      owed: null,
    });
    w.wait(7 * DAY);
    expect(measures({ owed: 'restore' })).toMatchObject([{ id, state: 'expired', overdue: true }]);
    const [restored] = restoreMeasures(w.desk, { measureIds: [id], at: now(), proof: '工单 1100' });
    expect(restored).toMatchObject({ state: 'restored', owed: null, overdue: false });
    const types = getCase(w.desk, { caseId: of.caseId }).timeline.filter(({ subject }) => subject.id === id);
    expect(types.map(({ type }) => type)).toEqual([
      'measure.recommended',
      'measure.instructed',
      'measure.executed',
      'measure.verified',
      'measure.restored',
    ]);
    expect(w.brokenSeals()).toEqual([]);
  });

  it('waits for the second officer where its decision does', () => {
    w = caseWorkspace();
    const decision = decide(start(), 'account-closed');
    expect(measures()).toEqual([]);
    approveDecision(w.desk, {
      decisionId: decision.id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '',
    });
    expect(measures().map(({ measure }) => measure)).toEqual(['content-removed', 'account-closed']);
  });

  it('that nobody carried out is withdrawn by a later decision', () => {
    w = caseWorkspace();
    const of = start();
    decide(of, 'warning');
    decide(of, 'functions-limited');
    expect(measures().map(({ measure, state }) => [measure, state])).toEqual([
      ['content-removed', 'recommended'],
      ['functions-limited', 'recommended'],
      ['content-removed', 'withdrawn'],
      ['warning', 'withdrawn'],
    ]);
  });

  it.each([
    ['days below the bounds', { days: 0 }],
    ['days above the bounds', { days: 91 }],
    ['an unknown function', { functions: ['breathing'] }],
  ])('is refused with %s', (_, terms) => {
    w = caseWorkspace();
    const of = start();
    const given = { ...of, measure: 'functions-limited', deviationReason: '重', facts: '事实', ...terms };
    expect(() => recordDecision(w.desk, given)).toThrow(failing('invalid-input'));
  });

  it('several are changed all or none', () => {
    w = caseWorkspace();
    decide(start(), 'warning');
    const ids = measures().map(({ id }) => id);
    withdrawMeasures(w.desk, { measureIds: [ids[0] ?? ''], reason: '误列' });
    expect(() => instructMeasures(w.desk, { measureIds: ids, to: '运营' })).toThrow(failing('conflict'));
    expect(
      measures()
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['recommended', 'withdrawn']);
  });

  it('cannot have been carried out in the future', () => {
    w = caseWorkspace();
    decide(start(), 'warning');
    const measureIds = measures().map(({ id }) => id);
    expect(() => executeMeasures(w.desk, { measureIds, at: now() + DAY, by: '王工', proof: '单' })).toThrow(
      failing('invalid-input'),
    );
  });
});

describe('where a measure stands', () => {
  const at = (state: Parameters<typeof standingOf>[0]['state'], expiresAt: number | null = null) =>
    standingOf({ state, dueAt: 100, expiresAt }, 100);
  it.each([
    ['recommended', null, 'recommended', 'instruct'],
    ['instructed', null, 'instructed', 'execute'],
    ['executed', null, 'executed', 'verify'],
    ['verified', null, 'verified', null],
    ['executed', 100, 'expired', 'restore'],
    ['verified', 101, 'verified', null],
    ['restored', 50, 'restored', null],
    ['withdrawn', null, 'withdrawn', null],
  ] as const)('%s, ending at %s: %s, owed %s', (state, expires, now, owed) => {
    expect(at(state, expires)).toMatchObject({ state: now, owed });
  });

  it('due is late after its moment, not at it', () => {
    const late = (when: number) =>
      standingOf({ state: 'instructed', dueAt: 100, expiresAt: null }, when).overdue;
    expect([late(100), late(101)]).toEqual([false, true]);
  });

  it('nothing is withdrawn once it was carried out, nothing restored before', () => {
    expect(['executed', 'verified', 'expired'].some((state) => mayStep(state as never, 'withdraw'))).toBe(
      false,
    );
    expect(['recommended', 'instructed'].some((state) => mayStep(state as never, 'restore'))).toBe(false);
  });
});

describe('a batch of 300 links (S2-7)', () => {
  const items = Array.from({ length: 300 }, (_, n) => ({ target: `https://example-${n}.test/a` }));
  const record = (caseId: string) =>
    recordBatch(w.desk, {
      caseId,
      subjectType: 'link',
      measure: proposeBatch(w.desk, { caseId, subjectType: 'link' }).proposed,
      deviationReason: '',
      facts: '均指向同一违禁品商城',
      items,
    });
  const approval = { passphrase: SECOND_PASSPHRASE, approved: true, note: '' };

  it('is approved once, carried out from a list, and every link has its own proof', async () => {
    w = caseWorkspace();
    const { caseId } = start();
    const [batch] = record(caseId);
    expect(batch).toMatchObject({
      items: 300,
      state: 'awaiting-approval',
      measure: 'link-blocked-announced',
    });
    expect(getCase(w.desk, { caseId }).summary.state).toBe('awaiting-approval');
    expect(measures()).toEqual([]);
    approveBatch(w.desk, { batchId: batch?.id ?? '', officerId: w.second.id, ...approval });
    const all = measures();
    expect(all).toHaveLength(300);
    instructMeasures(w.desk, { measureIds: all.map(({ id }) => id), to: '网络安全部' });
    const list = file('list.xlsx');
    await exportInstructions(w.desk, { measureIds: all.map(({ id }) => id), file: list });
    const rows = await readTable(readFileSync(list));
    expect(rows).toHaveLength(301);
    // Those who carry it out fill in three columns; one row stays empty, one number is mistyped.
    const filled = rows.map((row, index) => {
      const cells = [...row];
      while (cells.length < 12) cells.push('');
      if (index === 0 || index === 7) return cells;
      if (index === 9) cells[0] = 'M-ZZ-9999';
      cells.splice(9, 3, '2026-03-01 08:30', '王工', `公告 2026-${index}`);
      return cells;
    });
    const [head = [], ...body] = filled;
    const columns = head.map((title) => ({ title, width: 12 }));
    writeFileSync(list, await writeXlsx([{ name: '结果', columns, rows: body }], { title: '', at: START }));
    w.wait(DAY);
    const result = await importResults(w.desk, { file: list });
    expect(result).toEqual({
      done: 298,
      faults: [
        { row: 8, number: rows[7]?.[0], fault: 'not-done' },
        { row: 10, number: 'M-ZZ-9999', fault: 'unknown-number' },
      ],
    });
    expect(measures({ owed: 'verify' })).toHaveLength(298);
    expect(await importResults(w.desk, { file: list })).toMatchObject({ done: 0 });
    expect(w.brokenSeals()).toEqual([]);
  });

  it('refused takes nothing', () => {
    w = caseWorkspace();
    const { caseId } = start();
    const [batch] = record(caseId);
    approveBatch(w.desk, {
      batchId: batch?.id ?? '',
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: false,
      note: '先核实',
    });
    expect(listBatches(w.desk, { caseId })).toMatchObject([
      { state: 'refused', approval: { note: '先核实' } },
    ]);
    expect(measures()).toEqual([]);
  });

  it('cannot be approved by who recorded it', () => {
    w = caseWorkspace();
    const [batch] = record(start().caseId);
    expect(() =>
      approveBatch(w.desk, { batchId: batch?.id ?? '', officerId: w.session.officer.id, ...approval }),
    ).toThrow(failing('second-officer-required'));
  });

  it('needs a verified hit', () => {
    w = caseWorkspace();
    w.tell([{ by: '张伟', text: '好' }]);
    const { summary } = openCase(w.desk, { hitIds: [], accountId: w.accountId('张伟') });
    expect(() => record(summary.id)).toThrow(failing('verification-required'));
  });

  it('offers the links and senders of the case', () => {
    w = caseWorkspace();
    const { caseId } = start('看 https://shop.test/a 和 https://shop.test/b');
    expect(batchCandidates(w.desk, { caseId, subjectType: 'link' }).map(({ target }) => target)).toEqual([
      'https://shop.test/a',
      'https://shop.test/b',
    ]);
    expect(batchCandidates(w.desk, { caseId, subjectType: 'personal-account' })).toMatchObject([
      { target: '张伟' },
    ]);
  });
});

describe('a result list', () => {
  it('reads CSV in GB18030 as Excel saves it, and says what it cannot take', async () => {
    w = caseWorkspace();
    decide(start(), 'warning');
    const ids = measures().map(({ id }) => id);
    const list = file('list.csv');
    await exportInstructions(w.desk, { measureIds: ids, file: list });
    const [head = '', first = '', second = ''] = readFileSync(list, 'utf8')
      .replace('\ufeff', '')
      .split('\r\n');
    const done = (line: string, ...cells: string[]) =>
      `${line.split(',').slice(0, 9).join(',')},${cells.join(',')}`;
    const text = [
      head,
      done(first, '2099-01-01', '王工', '单'),
      done(second, '2026/3/1 8:30', '', '单'),
    ].join('\r\n');
    writeFileSync(list, text);
    expect((await importResults(w.desk, { file: list })).faults.map(({ fault }) => fault)).toEqual([
      'future',
      'no-doer',
    ]);
  });

  it('of another program is refused', async () => {
    w = caseWorkspace();
    writeFileSync(file('other.csv'), 'a,b\r\n1,2\r\n');
    await expect(importResults(w.desk, { file: file('other.csv') })).rejects.toThrow(
      failing('format-unknown'),
    );
  });
});
