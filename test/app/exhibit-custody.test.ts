/** Opening an exhibit is a custody event by itself; holds on single exhibits and sources keep what they stand on. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { sampleBench, type TestBench } from '../builders/bench.ts';

const [, SECOND] = SAMPLE_OFFICERS;

let made: TestBench & { second: Output<'officers.create'> };
let detail: Output<'cases.get'>;

beforeAll(async () => {
  made = await sampleBench();
  const { rows } = await made.call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 2 });
  const hitIds = rows.map(({ id }) => id);
  await made.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  detail = await made.call('cases.open', { hitIds });
}, 120_000);
afterAll(() => made.remove());

const again = () => made.call('cases.get', { caseId: detail.summary.id });
const exhibit = (index = 0) => detail.exhibits[index] as (typeof detail.exhibits)[0];
const views = async (id: string) =>
  (await again()).exhibits
    .find((one) => one.id === id)
    ?.custody.filter(({ action }) => action === 'viewed') ?? [];
async function expectClean() {
  const { failures } = await made.call('workspace.check', { jobId: `check-${Math.random()}` });
  expect(failures).toEqual([]);
  expect(made.reported).toEqual([]);
}

test('opening an exhibit enters who saw it, when and for which case: once a day, however many pages', async () => {
  const { id } = exhibit();
  expect(await views(id)).toEqual([]);
  const opened = await made.call('evidence.open', { exhibitId: id, limit: 5 });
  expect(opened.total).toBe(exhibit().messages);
  expect(opened.rows).toHaveLength(5);
  await made.call('evidence.open', { exhibitId: id, offset: 5 });
  expect(await views(id)).toEqual([
    expect.objectContaining({ officer: SAMPLE_OFFICERS[0].name, purpose: detail.summary.number }),
  ]);
  const { rows } = await made.call('audit.list', { type: 'exhibit.viewed', limit: 5 });
  expect(rows).toHaveLength(1);
  expect(rows[0]?.event.after).toEqual({ purpose: detail.summary.number });
});

test('another purpose is another event; another exhibit has its own', async () => {
  const { id } = exhibit();
  await made.call('evidence.open', { exhibitId: id, purpose: '庭前核对' });
  await made.call('evidence.open', { exhibitId: id, purpose: '庭前核对' });
  expect((await views(id)).map(({ purpose }) => purpose)).toEqual([
    detail.summary.number,
    `${detail.summary.number} · 庭前核对`,
  ]);
  expect(await views(exhibit(1).id)).toEqual([]);
});

test('the preview of a pack shows an exhibit too, and is entered the same way', async () => {
  const { id } = exhibit(1);
  const choice = { caseId: detail.summary.id, profile: 'court' as const, exhibitIds: [id] };
  const shown = await made.call('evidence.preview', { ...choice, exhibitId: id });
  expect(shown.rows.length).toBeGreaterThan(0);
  await made.call('evidence.preview', { ...choice, exhibitId: id, offset: 1 });
  expect(await views(id)).toHaveLength(1);
});

test('the next day it is entered again', async () => {
  const { id } = exhibit(1);
  const { environment } = made.bench.options;
  const now = environment.now;
  environment.now = () => now() + 26 * 60 * 60 * 1000;
  try {
    await made.call('evidence.open', { exhibitId: id });
  } finally {
    environment.now = now;
  }
  expect(await views(id)).toHaveLength(2);
});

test('custody form and pack name the view', async () => {
  const caseId = detail.summary.id;
  const form = join(made.root, 'form.docx');
  await made.call('custody.writeForm', { caseId, file: form, format: 'docx', language: 'zh-CN' });
  const text = execFileSync('unzip', ['-p', form, 'word/document.xml']).toString('utf8');
  expect(text).toContain('查看');
  expect(text).toContain('庭前核对');
  const pack = join(made.root, 'pack.zip');
  await made.call('evidence.export', { jobId: 'pack', caseId, profile: 'court', file: pack });
  const custody = execFileSync('unzip', ['-p', pack, '*/data/custody.json']).toString('utf8');
  expect(custody).toContain('"viewed"');
  expect(custody).toContain('庭前核对');
  expect((await made.call('evidence.verify', { file: pack })).ok).toBe(true);
});

test('what is in quarantine is not shown in an opened exhibit', async () => {
  const { id, subject } = exhibit();
  await made.call('quarantine.set', { messageIds: [subject.id], reason: 'state-secret' });
  const [entry] = await made.call('quarantine.list', {});
  const opened = await made.call('evidence.open', { exhibitId: id, limit: 200 });
  const row = opened.rows.find(({ message }) => message.id === subject.id);
  expect(row).toMatchObject({ withheld: 'quarantined', message: { text: '', attachments: [] } });
  // A case with a quarantined hit opens all the same.
  expect((await again()).hits.some(({ spans }) => spans.length === 0)).toBe(true);
  await made.call('quarantine.release', {
    quarantineId: entry?.id ?? '',
    reason: '查明',
    approverId: made.second.id,
    passphrase: SECOND.passphrase,
  });
});

const destroy = (kind: 'source' | 'case' | 'export', id: string) =>
  made.call('retention.destroy', {
    jobId: `destroy-${id}`,
    kind,
    id,
    reason: '留存期满',
    early: true,
    approverId: made.second.id,
    approverPassphrase: SECOND.passphrase,
  });
const retained = async (id: string) =>
  (await made.call('retention.list', {})).find((one) => one.id === id) as Output<'retention.list'>[0];

test('a hold on an exhibit keeps it, its source and its packs; lifted, nothing stands', async () => {
  const { id, number, sourceId } = exhibit();
  const hold = await made.call('custody.setHold', { on: 'exhibit', id, reason: '仲裁中' });
  expect(hold).toMatchObject({ on: 'exhibit', subjectId: id, name: number, lifted: null });
  const on = { on: 'exhibit', name: number, reason: '仲裁中', byFiling: false };
  expect((await retained(sourceId)).holds).toEqual([on]);
  await expect(destroy('source', sourceId)).rejects.toMatchObject({
    failure: { code: 'conflict', subject: `exhibit ${number}` },
  });
  const { packs } = await again();
  await expect(destroy('export', packs[0]?.id ?? '')).rejects.toMatchObject({
    failure: { code: 'conflict' },
  });
  await expect(
    made.call('evidence.removeExhibit', { exhibitId: id, reason: '不需要' }),
  ).rejects.toMatchObject({ failure: { code: 'conflict', subject: id } });
  const lifted = await made.call('custody.liftHold', { holdId: hold.id, reason: '裁决生效' });
  expect(lifted.lifted).toMatchObject({ reason: '裁决生效', officer: SAMPLE_OFFICERS[0].name });
  await expect(made.call('custody.liftHold', { holdId: hold.id, reason: '再次' })).rejects.toMatchObject({
    failure: { code: 'conflict' },
  });
  expect((await retained(sourceId)).holds).toEqual([]);
  expect(await made.call('custody.holds', { caseId: detail.summary.id })).toHaveLength(1);
  await expectClean();
});

test('a hold on a source beats its period, alone and on the archive that it came out of', async () => {
  const sources = await made.call('sources.list', {});
  const inner = sources.find(({ parentId }) => parentId !== null);
  const lone = sources.find(({ parentId, id }) => parentId === null && id !== inner?.parentId);
  await made.call('retention.setRule', { kind: 'source', days: 1, basis: '制度' });
  for (const [held, kept] of [
    [lone?.id, lone?.id],
    ...(inner ? [[inner.id, inner.parentId ?? undefined]] : []),
  ] as [string, string][]) {
    const hold = await made.call('custody.setHold', { on: 'source', id: held, reason: '监管要求' });
    expect((await retained(kept)).holds).toMatchObject([{ on: 'source', reason: '监管要求' }]);
    await expect(destroy('source', kept)).rejects.toMatchObject({
      failure: { code: 'conflict', subject: `source ${hold.name}` },
    });
    await made.call('custody.liftHold', { holdId: hold.id, reason: '解除' });
    expect((await retained(kept)).holds).toEqual([]);
  }
  await expectClean();
});

test('an officer may place a hold, and does not lift one', async () => {
  const passphrase = 'long enough words';
  const { id: officerId } = await made.call('officers.create', { name: '小陈', role: 'officer', passphrase });
  await made.call('workspace.lock', {});
  await made.call('workspace.unlock', { officerId, passphrase });
  const hold = await made.call('custody.setHold', { on: 'exhibit', id: exhibit(1).id, reason: '调查中' });
  await expect(made.call('custody.liftHold', { holdId: hold.id, reason: '不用了' })).rejects.toMatchObject({
    failure: { code: 'not-allowed' },
  });
});
