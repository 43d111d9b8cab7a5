/** What is destroyed is gone from every place where it was, and everything that proves what happened stays. */
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { all, openDatabase } from '../../src/core/storage/database.ts';
import { closedCase, sampleBench, type TestBench } from '../builders/bench.ts';

const [, SECOND] = SAMPLE_OFFICERS;
/** Said nowhere else. */
const WORD = '罕见暗号绿松石七号';
const NAME = '只此一人的名字';

let made: TestBench & { second: Output<'officers.create'> };
beforeEach(async () => {
  made = await sampleBench();
}, 120_000);
afterEach(() => made.remove());

const line = (record: Record<string, unknown>) => `${JSON.stringify(record)}\n`;

/** A chat of its own: a rare word, a rare name, a link, a file, a quote, and one message that the second file has too. */
function chat(name: string, own: boolean): string {
  const file = join(made.root, name);
  const at = '2024-03-01T09:15:00+08:00';
  const group = 'g1@chatroom';
  const shared = {
    record: 'message',
    conversation: group,
    sender: 'wx_s',
    senderName: '共有者',
    text: '两份导出都有的话',
  };
  writeFileSync(
    file,
    line({ record: 'header', format: 'docket-chat', version: 1, platform: 'wechat' }) +
      line({ record: 'conversation', key: group, platformId: group, name: '留存测试群', type: 'group' }) +
      (own
        ? line({
            record: 'message',
            conversation: group,
            sender: 'wx_only',
            senderName: NAME,
            sentAtText: at,
            text: `${WORD} 加微信 vx_turquoise 代开发票 http://turquoise.test/a`,
            carried: [{ act: 'quote', sender: NAME, text: `${WORD}的引文` }],
            attachments: [{ kind: 'file', name: `${WORD}.xlsx`, reference: 'f/1' }],
            extra: { note: WORD },
          })
        : '') +
      line({ ...shared, sentAtText: '2024-03-01T09:16:00+08:00' }),
  );
  return file;
}

async function imported(name: string, own: boolean) {
  const { sources } = await made.call('sources.import', {
    jobId: `import-${name}`,
    files: [{ path: chat(name, own), conversations: 'all' }],
  });
  return sources[0] as NonNullable<(typeof sources)[0]>;
}

/** Every text of every column of every table, as one string; and the raw files of the folder. */
function everything(): string {
  const { db } = made.bench.session.workspace.store;
  const tables = all<{ name: string }>(db, "SELECT name FROM sqlite_master WHERE type = 'table'");
  return tables.map(({ name }) => JSON.stringify(db.prepare(`SELECT * FROM ${name}`).raw().all())).join('\n');
}

const destroy = (kind: 'source' | 'case' | 'export', id: string, more: object = {}) =>
  made.call('retention.destroy', {
    jobId: `destroy-${id}`,
    kind,
    id,
    reason: '留存期满',
    early: true,
    approverId: made.second.id,
    approverPassphrase: SECOND.passphrase,
    ...more,
  });

async function expectClean() {
  const { failures } = await made.call('workspace.check', { jobId: `check-${Math.random()}` });
  expect(failures).toEqual([]);
  expect(made.reported).toEqual([]);
}

describe('destroying a source', () => {
  test('content goes from every table and from the store; ledger, digests and chain stay; check is clean', async () => {
    const source = await imported('own.ndjson', true);
    await made.call('detection.start', { jobId: 'detect-2' });
    await made.call('links.update', { jobId: 'links' });
    const before = everything();
    expect(before).toContain(WORD);
    expect(before).toContain(NAME);
    expect(before).toContain('turquoise.test');
    const head = (await made.call('workspace.status', {})).auditHead;
    const sealed = made.bench.session.workspace.blobs.pathOf(source.id);
    expect(existsSync(sealed)).toBe(true);
    const { certificate } = await destroy('source', source.id);
    expect(certificate).toMatchObject({
      kind: 'source',
      name: 'own.ndjson',
      things: [{ name: 'own.ndjson', sha256: source.sha256, bytes: source.bytes, digest: source.digest }],
      counts: { messages: 2, kept: 0, attachments: 1, files: 1 },
      reason: '留存期满',
      early: true,
    });
    const after = everything();
    for (const text of [WORD, NAME, 'turquoise', '留存测试群', 'wx_only', '代开发票 http']) {
      expect(after, text).not.toContain(text);
    }
    expect(existsSync(sealed)).toBe(false);
    const [kept] = (await made.call('sources.list', {})).filter(({ id }) => id === source.id);
    expect(kept).toMatchObject({
      sha256: source.sha256,
      messages: 2,
      ledger: source.ledger,
      digest: source.digest,
    });
    const now = (await made.call('workspace.status', {})).auditHead;
    expect(now?.sequence).toBeGreaterThan(head?.sequence ?? 0);
    const found = await made.call('messages.search', { filter: { text: '绿松石' }, limit: 10 });
    expect(found.rows).toEqual([]);
    await expectClean();
  });

  test('the file on the disk holds no page of it: rewritten, and its log empty', async () => {
    const source = await imported('own.ndjson', true);
    await destroy('source', source.id);
    const { folder, databaseKey } = made.bench.session.workspace;
    const wal = join(folder, 'docket.db-wal');
    expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0);
    const { store } = made.bench.session.workspace;
    expect(store.db.pragma('freelist_count', { simple: true })).toBe(0);
    // The decrypted pages, free space inside them included.
    const plain = join(made.root, 'plain.db');
    const copy = openDatabase(join(folder, 'docket.db'), databaseKey, { readonly: true });
    writeFileSync(plain, copy.serialize());
    copy.close();
    const bytes = readFileSync(plain);
    expect(bytes.includes(Buffer.from(WORD))).toBe(false);
    expect(bytes.includes(Buffer.from(NAME))).toBe(false);
  });

  test('a message that another source holds too keeps its content until that one goes', async () => {
    const first = await imported('own.ndjson', true);
    const second = await imported('other.ndjson', false);
    const { certificate } = await destroy('source', first.id);
    expect(certificate.counts).toMatchObject({ messages: 1, kept: 1 });
    const found = await made.call('messages.search', { filter: { text: '两份导出都有的话' }, limit: 10 });
    expect(found.rows).toHaveLength(1);
    await expectClean();
    expect((await destroy('source', second.id)).certificate.counts).toMatchObject({ messages: 1 });
    expect(everything()).not.toContain('两份导出都有的话');
    await expectClean();
  });

  test('needs a second officer, a period that ended or an early decision, and no hold', async () => {
    const source = await imported('own.ndjson', true);
    const own = (await made.call('workspace.status', {})).officer?.id ?? '';
    await expect(destroy('source', source.id, { approverId: own })).rejects.toMatchObject({
      failure: { code: 'second-officer-required' },
    });
    await expect(destroy('source', source.id, { approverPassphrase: 'wrong' })).rejects.toMatchObject({
      failure: { code: 'wrong-key' },
    });
    await expect(destroy('source', source.id, { early: false })).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
    expect(everything()).toContain(WORD);
    await expectClean();
  });

  test('a fixed commitment still gives its root after the content went', async () => {
    const { rows } = await made.call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 1 });
    const [hit] = rows;
    await made.call('hits.dispose', { hitIds: [hit?.id ?? ''], verdict: 'confirmed' });
    const { summary } = await made.call('cases.open', { hitIds: [hit?.id ?? ''] });
    const file = join(made.root, 'pack.zip');
    await made.call('evidence.export', { jobId: 'pack', caseId: summary.id, profile: 'court', file });
    const sourceId = hit?.source.sourceId ?? '';
    const hold = await made.call('holds.set', { caseId: summary.id, reason: '诉讼保全' });
    await expect(destroy('source', sourceId)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect((await made.call('retention.preview', { kind: 'source', id: sourceId })).holds).toEqual([
      { on: 'case', name: summary.number, reason: '诉讼保全', byFiling: false },
    ]);
    await made.call('holds.lift', { holdId: hold[0]?.id ?? '', reason: '结案' });
    const { certificate } = await destroy('source', sourceId);
    expect(certificate.cases).toContain(summary.number);
    expect(certificate.packs).toHaveLength(1);
    await expectClean();
    const { timeline } = await made.call('cases.get', { caseId: summary.id });
    expect(timeline.map(({ type }) => type)).toContain('case.content-destroyed');
    expect(await made.call('retention.certificates', { caseId: summary.id })).toHaveLength(1);
  });
});

test('periods: what is due comes first, and says since when and by what', async () => {
  const source = await imported('own.ndjson', true);
  expect((await made.call('retention.list', {})).every(({ due, dueAt }) => !due && dueAt === null)).toBe(
    true,
  );
  await made.call('retention.setRule', { kind: 'source', days: 30, basis: '内部制度第 5 条' });
  const listed = await made.call('retention.list', {});
  const one = listed.find(({ id }) => id === source.id);
  expect(one?.dueAt).toBe((one?.since ?? 0) + 30 * 86_400_000);
  expect(one?.due).toBe(false);
  expect(await made.call('retention.list', { dueOnly: true })).toEqual([]);
  expect(await made.call('retention.rules', {})).toContainEqual(
    expect.objectContaining({ kind: 'source', days: 30, basis: '内部制度第 5 条' }),
  );
  await expectClean();
});

test('the certificate is written as document and as JSON that both officers signed', async () => {
  const source = await imported('own.ndjson', true);
  const { id } = await destroy('source', source.id);
  const json = join(made.root, 'certificate.json');
  const docx = join(made.root, 'certificate.docx');
  await made.call('retention.writeCertificate', {
    destructionId: id,
    file: json,
    format: 'json',
    language: 'en',
  });
  await made.call('retention.writeCertificate', {
    destructionId: id,
    file: docx,
    format: 'docx',
    language: 'zh-CN',
  });
  expect(readFileSync(docx).subarray(0, 2).toString()).toBe('PK');
  const signed = JSON.parse(readFileSync(json, 'utf8')) as {
    signed: string;
    signatures: { publicKey: string; signature: string }[];
  };
  expect(signed.signatures).toHaveLength(2);
  for (const { publicKey, signature } of signed.signatures) {
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey, 'base64')]),
      type: 'spki',
      format: 'der',
    });
    expect(verify(null, Buffer.from(signed.signed), key, Buffer.from(signature, 'base64'))).toBe(true);
  }
});

test('an export: the file goes where it still is the one that was written', async () => {
  const { rows } = await made.call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 1 });
  const hitIds = rows.map(({ id }) => id);
  await made.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  const { summary } = await made.call('cases.open', { hitIds });
  const file = join(made.root, 'pack.zip');
  await made.call('evidence.export', { jobId: 'pack', caseId: summary.id, profile: 'court', file });
  const { packs } = await made.call('cases.get', { caseId: summary.id });
  const { certificate } = await destroy('export', packs[0]?.id ?? '');
  expect(certificate.things[0]?.sha256).toBe(packs[0]?.sha256);
  expect(existsSync(file)).toBe(false);
  await expectClean();
});

test('a closed case: what was written in it goes; decisions, digests and history stay', async () => {
  const caseId = await closedCase(made, made.second.id);
  await made.call('cases.update', { caseId, note: WORD });
  for (const { id, lifted } of await made.call('holds.list', { caseId }))
    if (!lifted) await made.call('holds.lift', { holdId: id, reason: '归档' });
  await expect(destroy('case', caseId)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  for (const { id } of (await made.call('measures.list', { caseId, limit: 50 })).rows)
    await made.call('measures.execute', { measureIds: [id], at: Date.now() - 1, by: '王工', proof: '工单' });
  await made.call('cases.close', { caseId, reason: '处理完毕' });
  const before = await made.call('cases.get', { caseId });
  const { certificate } = await destroy('case', caseId);
  expect(certificate.counts.rows).toBeGreaterThan(0);
  const after = await made.call('cases.get', { caseId });
  expect(after.note).toBe('');
  expect(after.summary.title).toBe('');
  expect(after.exhibits.map(({ sha256, messages }) => [sha256, messages])).toEqual(
    before.exhibits.map(({ sha256 }) => [sha256, 0]),
  );
  expect(after.decisions).toEqual(before.decisions);
  await expectClean();
});
