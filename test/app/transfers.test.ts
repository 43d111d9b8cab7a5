/** A case goes to another workstation and comes back while both worked on it; nothing is overwritten unseen. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { sampleBench, type TestBench, testBench } from '../builders/bench.ts';

const PASSPHRASE = 'told by telephone';
let a: TestBench & { second: Output<'officers.create'> };
let b: TestBench;
let caseId: string;

beforeAll(async () => {
  a = await sampleBench();
  b = testBench();
  await b.call('workspace.create', {
    profile: 'platform',
    officerName: '赵敏',
    passphrase: SAMPLE_OFFICERS[0].passphrase,
  });
  const { rows } = await a.call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 500 });
  const hitIds = rows.filter((hit) => hit.senderId === rows[0]?.senderId).map(({ id }) => id);
  await a.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  caseId = (await a.call('cases.open', { hitIds })).summary.id;
}, 120_000);

afterAll(() => {
  a.remove();
  b.remove();
});

let files = 0;
async function carry(from: TestBench, to: TestBench, what: { caseId?: string; hitIds?: string[] }) {
  const file = join(from.root, `transfer-${files++}.docket`);
  await from.call('transfers.send', {
    ...what,
    file,
    passphrase: PASSPHRASE,
    recipient: '对方',
    purpose: '移交办理',
  });
  const look = await to.call('transfers.look', { file, passphrase: PASSPHRASE });
  return to.call('transfers.receive', {
    jobId: `receive-${files}`,
    file,
    passphrase: PASSPHRASE,
    trust: look.peer.fingerprint,
  });
}

async function expectClean(bench: TestBench) {
  const { ok, failures } = await bench.call('workspace.check', { jobId: `check-${files++}` });
  expect(failures).toEqual([]);
  expect(ok).toBe(true);
  expect(bench.reported).toEqual([]);
}

test('a case arrives with its messages, hits, verdicts, parties, exhibits and history', async () => {
  const received = await carry(a, b, { caseId });
  const there = await a.call('cases.get', { caseId });
  const here = await b.call('cases.get', { caseId });
  expect(received).toMatchObject({ direction: 'received', kind: 'case', caseId, counts: { conflicts: 0 } });
  expect(received.counts.leftOut).toEqual({});
  expect(received.homeNumber).toBe(there.summary.number);
  expect(here.summary.title).toBe(there.summary.title);
  expect(here.parties.map(({ name, role }) => ({ name, role }))).toEqual(
    there.parties.map(({ name, role }) => ({ name, role })),
  );
  expect(here.hits.map(({ text, rule, disposition }) => [text, rule, disposition?.verdict])).toEqual(
    there.hits.map(({ text, rule, disposition }) => [text, rule, disposition?.verdict]),
  );
  expect(here.exhibits.map(({ sha256 }) => sha256)).toEqual(there.exhibits.map(({ sha256 }) => sha256));
  const events = new Set(here.timeline.map(({ id }) => id));
  for (const { id, type } of there.timeline) if (type !== 'case.roots-stated') expect(events).toContain(id);
  await expectClean(a);
  await expectClean(b);
});

describe('both work on it meanwhile', () => {
  test('changes of one side are taken over; what both changed waits, with who and when', async () => {
    await a.call('cases.update', { caseId, title: '甲方改的标题' });
    await b.call('cases.update', { caseId, title: '乙方改的标题', note: '乙方的备注' });
    const { counts } = await carry(b, a, { caseId });
    expect(counts.conflicts).toBe(1);
    const detail = await a.call('cases.get', { caseId });
    expect(detail.summary.title).toBe('甲方改的标题');
    expect(detail.note).toBe('乙方的备注');
    const [conflict] = await a.call('transfers.conflicts', {});
    expect(conflict).toMatchObject({
      kind: 'row',
      table: 'cases',
      caseId,
      fields: [{ name: 'title', ours: '甲方改的标题', theirs: '乙方改的标题' }],
      theirs: { officer: '赵敏' },
      resolved: null,
    });
    await expectClean(a);
  });

  test('the choice is an event of its own, and travels back', async () => {
    const [conflict] = await a.call('transfers.conflicts', {});
    const { resolved } = await a.call('transfers.resolve', {
      conflictId: conflict?.id ?? '',
      choice: 'theirs',
      reason: '乙方的标题更准确',
    });
    expect(resolved).toMatchObject({ choice: 'theirs', reason: '乙方的标题更准确' });
    const detail = await a.call('cases.get', { caseId });
    expect(detail.summary.title).toBe('乙方改的标题');
    expect(detail.timeline.at(-1)).toMatchObject({
      type: 'conflict.resolved',
      before: { ours: { title: '甲方改的标题' }, theirs: { title: '乙方改的标题' } },
    });
    await expect(
      a.call('transfers.resolve', { conflictId: conflict?.id ?? '', choice: 'ours', reason: 'x' }),
    ).rejects.toMatchObject({ failure: { code: 'conflict' } });
    const { counts } = await carry(a, b, { caseId });
    expect(counts.conflicts).toBe(0);
    expect((await b.call('cases.get', { caseId })).timeline.map(({ type }) => type)).toContain(
      'conflict.resolved',
    );
    await expectClean(a);
    await expectClean(b);
  });

  test('two decisions about one party: both stay, signed; the one not chosen gives way', async () => {
    const decide = async (bench: TestBench, pick: 'first' | 'second') => {
      const { parties } = await bench.call('cases.get', { caseId });
      const partyId = parties.find(({ role }) => role === 'publisher')?.id ?? '';
      const proposal = await bench.call('decisions.propose', { caseId, partyId });
      const options = proposal.options.filter(
        ({ id, needsSecondApproval }) => id !== 'no-measure' && !needsSecondApproval,
      );
      const measure = (pick === 'first' ? options[0] : options[1])?.id ?? '';
      const deviationReason = measure === proposal.proposed ? '' : '情节较轻';
      return bench.call('decisions.record', { caseId, partyId, measure, deviationReason, facts: '已核实' });
    };
    const ours = await decide(a, 'first');
    const theirs = await decide(b, 'second');
    const { counts } = await carry(b, a, { caseId });
    expect(counts.conflicts).toBe(1);
    const before = await a.call('cases.get', { caseId });
    expect(before.decisions.map(({ id }) => id)).toEqual([ours.id]);
    const conflict = (await a.call('transfers.conflicts', {})).find(({ resolved }) => resolved === null);
    expect(conflict).toMatchObject({ kind: 'decision' });
    expect(conflict?.fields.find(({ name }) => name === 'measure')).toMatchObject({
      ours: ours.measure,
      theirs: theirs.measure,
    });
    await expectClean(a);
    await a.call('transfers.resolve', {
      conflictId: conflict?.id ?? '',
      choice: 'ours',
      reason: '按较轻的处理',
    });
    const after = await a.call('cases.get', { caseId });
    expect(after.decisions.map(({ id }) => id)).toEqual([ours.id, theirs.id]);
    const measures = await a.call('measures.list', { caseId, limit: 50 });
    const standing = measures.rows.filter(({ state }) => state !== 'withdrawn');
    expect(standing.map(({ measure }) => measure)).toContain(ours.measure);
    expect(new Set(standing.map(({ decisionId }) => decisionId))).toEqual(new Set([ours.id]));
    expect(measures.rows.some(({ decisionId }) => decisionId === theirs.id)).toBe(true);
    await expectClean(a);
    const back = await carry(a, b, { caseId });
    expect(back.counts.conflicts).toBe(0);
    const there = await b.call('cases.get', { caseId });
    expect(there.decisions.map(({ id }) => id).sort()).toEqual([ours.id, theirs.id].sort());
    await expectClean(b);
  });

  test('a pack made where the case came to verifies', async () => {
    const file = join(b.root, 'pack.zip');
    await b.call('evidence.export', { jobId: 'pack', caseId, profile: 'court', file });
    expect((await b.call('evidence.verify', { file })).failures).toEqual([]);
  });
});

describe('shares of the queue', () => {
  let hitIds: string[];

  test('hits go out to be judged and their verdicts come back', async () => {
    const { rows } = await a.call('hits.list', { filter: { disposition: 'open' }, limit: 4 });
    hitIds = rows.map(({ id }) => id);
    const { counts } = await carry(a, b, { hitIds });
    expect(counts).toMatchObject({ hits: 4, conflicts: 0 });
    const there = await b.call('hits.list', { filter: { disposition: 'open' }, limit: 50 });
    expect(there.total).toBe(4);
    const [first, second] = there.rows;
    await b.call('hits.dispose', { hitIds: [first?.id ?? ''], verdict: 'confirmed' });
    await b.call('hits.dispose', {
      hitIds: [second?.id ?? ''],
      verdict: 'dismissed',
      reason: 'quotation',
    });
    const home = rows.find(({ text, rule }) => text === second?.text && rule === second.rule);
    await a.call('hits.dispose', { hitIds: [home?.id ?? ''], verdict: 'confirmed' });
    const back = await carry(b, a, { hitIds: there.rows.map(({ id }) => id) });
    expect(back.counts).toMatchObject({ changed: 1, conflicts: 1 });
    const conflict = (await a.call('transfers.conflicts', {})).find(({ resolved }) => resolved === null);
    expect(conflict).toMatchObject({ kind: 'disposition' });
    expect(conflict?.fields).toContainEqual({ name: 'verdict', ours: 'confirmed', theirs: 'dismissed' });
    await expectClean(a);
    await a.call('transfers.resolve', {
      conflictId: conflict?.id ?? '',
      choice: 'theirs',
      reason: '对方查阅了原文引用',
    });
    const hit = (await a.call('hits.list', { filter: {}, limit: 500 })).rows.find(
      ({ id }) => id === home?.id,
    );
    expect(hit?.disposition).toMatchObject({ verdict: 'dismissed', note: '对方查阅了原文引用' });
    await expectClean(a);
    await expectClean(b);
  });
});

describe('what is refused', () => {
  const sent = async () => {
    const file = join(a.root, `refused-${files++}.docket`);
    await a.call('transfers.send', { caseId, file, passphrase: PASSPHRASE, recipient: 'B', purpose: 'P' });
    return file;
  };
  const failing = (code: string, detail?: string) => ({
    failure: { code, ...(detail ? { detail } : {}) },
  });

  test('another passphrase, a changed byte, a cut file, no transfer', async () => {
    const file = await sent();
    const look = (path: string, passphrase = PASSPHRASE) =>
      b.call('transfers.look', { file: path, passphrase });
    await expect(look(file, 'another one')).rejects.toMatchObject(
      failing('transfer-invalid', 'wrong-passphrase'),
    );
    const bytes = readFileSync(file);
    const variants = { changed: Buffer.from(bytes), cut: bytes.subarray(0, -1), none: Buffer.from('text\n') };
    variants.changed[bytes.length - 40] = (variants.changed[bytes.length - 40] as number) ^ 1;
    for (const [name, content] of Object.entries(variants)) {
      const path = join(a.root, name);
      writeFileSync(path, content);
      await expect(look(path)).rejects.toMatchObject(failing('transfer-invalid'));
    }
  });

  test("one's own file, and a sender whose fingerprint was not compared", async () => {
    const file = await sent();
    await expect(a.call('transfers.look', { file, passphrase: PASSPHRASE })).rejects.toMatchObject(
      failing('conflict'),
    );
    const c = testBench();
    await c.call('workspace.create', { profile: 'platform', officerName: '丙', passphrase: 'long enough' });
    await expect(
      c.call('transfers.receive', { jobId: 'r', file, passphrase: PASSPHRASE }),
    ).rejects.toMatchObject(failing('key-untrusted'));
    expect((await c.call('cases.list', { limit: 5 })).total).toBe(0);
    expect(await c.call('sources.list', {})).toEqual([]);
    c.remove();
  });

  test('the same file again changes nothing', async () => {
    const file = await sent();
    await b.call('transfers.receive', { jobId: 'r1', file, passphrase: PASSPHRASE });
    expect((await b.call('transfers.look', { file, passphrase: PASSPHRASE })).again).toBe(true);
    const before = (await b.call('cases.get', { caseId })).timeline.length;
    const { counts } = await b.call('transfers.receive', { jobId: 'r2', file, passphrase: PASSPHRASE });
    expect(counts).toMatchObject({ added: 0, changed: 0, conflicts: 0, events: 0 });
    expect((await b.call('cases.get', { caseId })).timeline.length).toBe(before + 1);
    await expectClean(b);
  });

  test('what lies on the disk says nothing of the case', async () => {
    const bytes = readFileSync(await sent());
    const { summary } = await a.call('cases.get', { caseId });
    expect(bytes.includes(summary.title)).toBe(false);
    expect(bytes.includes(caseId)).toBe(false);
  });
});
