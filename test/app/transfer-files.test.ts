/** What a transfer carries beside its rows, and the file it travels in. */
import { createCipheriv, randomBytes, scryptSync } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { atOnce } from '../../src/core/app/pace.ts';
import { publicKeyOf, signAs } from '../../src/core/storage/officers.ts';
import { openContainer, TransferWriter } from '../../src/core/transfer/container.ts';
import { Payload } from '../../src/core/transfer/payload.ts';
import { messagesOf, withParts } from '../../src/core/transfer/records.ts';
import { type TestBench, testBench } from '../builders/bench.ts';

const PASSPHRASE = 'told by telephone';
const PICTURE = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200_000, 7)]);

let a: TestBench;
let b: TestBench;
let caseId: string;
let exhibitId: string;

const line = (record: object) => `${JSON.stringify(record)}\n`;

beforeEach(async () => {
  a = testBench();
  b = testBench();
  for (const [bench, officerName] of [
    [a, 'A'],
    [b, 'B'],
  ] as const) {
    await bench.call('workspace.create', {
      profile: 'platform',
      officerName,
      passphrase: 'first passphrase',
    });
  }
  const chat = join(a.root, 'own.ndjson');
  const lines = [line({ record: 'header', format: 'docket-chat', version: 1, platform: 'wechat' })];
  for (let i = 0; i < 12; i++) {
    lines.push(
      line({
        record: 'message',
        conversation: 'g1',
        sender: `w${i % 3}`,
        sentAtText: new Date(1_700_000_000_000 + i * 1000).toISOString(),
        text: `消息 ${i}`,
        attachments: i === 5 ? [{ kind: 'image', name: 'a.jpg', reference: 'img/a.jpg' }] : [],
      }),
    );
  }
  writeFileSync(chat, lines.join(''));
  await a.call('sources.import', { jobId: 'chat', files: [{ path: chat, conversations: 'all' }] });
  const folder = join(a.root, 'media');
  mkdirSync(join(folder, 'img'), { recursive: true });
  writeFileSync(join(folder, 'img', 'a.jpg'), PICTURE);
  const [source] = await a.call('sources.list', {});
  await a.call('media.match', { jobId: 'media', sourceId: source?.id ?? '', folder });
  const { rows } = await a.call('messages.search', { filter: { text: '消息 5' }, limit: 1 });
  const accountId = rows[0]?.senderId ?? '';
  caseId = (await a.call('cases.open', { hitIds: [], accountId })).summary.id;
  const messageId = rows[0]?.id ?? '';
  exhibitId = (await a.call('evidence.addExhibit', { caseId, messageId, context: 3 })).id;
}, 60_000);
afterEach(() => {
  a.remove();
  b.remove();
});

let files = 0;
async function sent(from: TestBench): Promise<string> {
  const file = join(from.root, `case-${files++}.docket`);
  const to = { recipient: 'X', purpose: 'P' };
  await from.call('transfers.send', { caseId, file, passphrase: PASSPHRASE, ...to });
  return file;
}
async function taken(to: TestBench, file: string) {
  const { peer } = await to.call('transfers.look', { file, passphrase: PASSPHRASE });
  return to.call('transfers.receive', {
    jobId: `receive-${files++}`,
    file,
    passphrase: PASSPHRASE,
    trust: peer.fingerprint,
  });
}
async function expectClean() {
  for (const bench of [a, b]) {
    expect((await bench.call('workspace.check', { jobId: `check-${files++}` })).failures).toEqual([]);
    expect(bench.reported).toEqual([]);
  }
}
const mediaOf = async (bench: TestBench) => (await bench.call('media.list', { limit: 10 })).rows;

describe('both ways, with an attachment and a conflict', () => {
  test('files of attachments, holds on exhibits and the checklist arrive; both audit chains verify', async () => {
    await a.call('custody.setHold', { on: 'exhibit', id: exhibitId, reason: '诉讼中' });
    await a.call('cases.addTask', { caseId, title: '联系平台' });
    await taken(b, await sent(a));
    const [medium] = await mediaOf(b);
    expect(medium).toMatchObject({ name: 'a.jpg', file: { bytes: PICTURE.length } });
    expect(medium?.file?.sha256).toBe((await mediaOf(a))[0]?.file?.sha256);
    expect(await b.call('custody.holds', { caseId })).toMatchObject([
      { on: 'exhibit', subjectId: exhibitId, reason: '诉讼中', lifted: null },
    ]);
    const own = (await b.call('cases.tasks', { caseId })).find(({ title }) => title.zh === '联系平台');
    expect(own).toMatchObject({ state: 'open', officer: 'A' });
    await expectClean();
    await b.call('cases.setTask', { caseId, task: own?.task ?? '', state: 'done', note: '已联系' });
    await a.call('cases.update', { caseId, title: '甲的标题' });
    await b.call('cases.update', { caseId, title: '乙的标题' });
    const back = await taken(a, await sent(b));
    expect(back.counts.conflicts).toBe(1);
    const [conflict] = await a.call('transfers.conflicts', {});
    expect(conflict).toMatchObject({ table: 'cases' });
    const task = (await a.call('cases.tasks', { caseId })).find(({ title }) => title.zh === '联系平台');
    expect(task).toMatchObject({ state: 'done', note: '已联系' });
    // The file was here already: it is not kept twice.
    expect(await mediaOf(a)).toHaveLength(1);
    await expectClean();
  }, 60_000);

  test('a pack made there holds the attachment', async () => {
    await taken(b, await sent(a));
    const plan = await b.call('evidence.plan', { caseId, profile: 'court' });
    expect(plan.attachments).toMatchObject({ named: 1, included: 1 });
  }, 60_000);
});

describe('the file', () => {
  test('a changed byte anywhere, a cut end and a wrong passphrase are refused, and nothing is kept', async () => {
    const file = await sent(a);
    const bytes = readFileSync(file);
    const bad = join(a.root, 'bad.docket');
    const refused = async (content: Buffer, passphrase = PASSPHRASE) => {
      writeFileSync(bad, content);
      const { peer } = await b.call('transfers.look', { file, passphrase: PASSPHRASE });
      const receiving = b.call('transfers.receive', {
        jobId: `bad-${files++}`,
        file: bad,
        passphrase,
        trust: peer.fingerprint,
      });
      await expect(receiving).rejects.toMatchObject({ failure: { code: 'transfer-invalid' } });
    };
    for (const at of [10, 80, 5000, 70_000, 150_000, bytes.length - 30, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await refused(changed);
    }
    await refused(bytes.subarray(0, bytes.length - 1));
    await refused(bytes.subarray(0, bytes.length - 65_552));
    await refused(Buffer.concat([bytes, Buffer.from([0])]));
    await refused(bytes, 'another passphrase');
    expect(await mediaOf(b)).toEqual([]);
    expect((await b.call('cases.list', { limit: 5 })).rows).toEqual([]);
    await expectClean();
  }, 120_000);

  test('parts of any length come out as they went in', async () => {
    const { officer, officerKey, workspace } = a.bench.session;
    const by = {
      publicKey: publicKeyOf(workspace.store.db, officer.id),
      sign: (content: Uint8Array) => signAs(workspace.store.db, officer.id, officerKey, Buffer.from(content)),
    };
    for (const lengths of [[], [0], [1, 65_535, 65_536, 65_537, 0, 131_072], [200_000]]) {
      const file = join(a.root, 'parts');
      const writer = await TransferWriter.begin(file, PASSPHRASE);
      const contents = lengths.map((length) => randomBytes(length));
      const parts = [];
      for (const content of contents) parts.push(await writer.part([content]));
      writer.finish('{"any":1}', by);
      const opened = await openContainer(file, PASSPHRASE);
      expect(opened.payload).toBe('{"any":1}');
      parts.forEach((part, i) => {
        const source = opened.part('x', part);
        expect(Buffer.from(source.read(0, source.size)).equals(contents[i] as Buffer)).toBe(true);
        const middle = Buffer.from(source.read(source.size >> 1, 100));
        expect(
          middle.equals((contents[i] as Buffer).subarray(source.size >> 1, (source.size >> 1) + 100)),
        ).toBe(true);
      });
      opened.close();
    }
  });

  test.each([1, 2])(
    'one of version %i is still read',
    async (version) => {
      const opened = await openContainer(await sent(a), PASSPHRASE);
      const { media: _, ...payload } = Payload.parse(JSON.parse(opened.payload));
      const texts: Buffer[] = [];
      const excerpts = payload.excerpts.map((excerpt) => {
        const { part, index: _index, ...own } = excerpt;
        const source = part && opened.part('excerpt', part);
        const messages = [...messagesOf(excerpt, opened.part)];
        const bytes = Buffer.from(source?.read(0, source.size) ?? []);
        if (version === 1) return { ...own, messages, text: bytes.toString('utf8') };
        const offset = Buffer.concat(texts).length;
        texts.push(bytes);
        return { ...own, messages, part: { ...part, offset } };
      });
      const items = payload.items.map((item) => atOnce(withParts(item, opened.part)));
      opened.close();
      const format = `docket-transfer/${version}`;
      const text = JSON.stringify({ ...payload, format, excerpts, items });
      const { officer, officerKey, workspace } = a.bench.session;
      const { db } = workspace.store;
      const content = gzipSync(
        JSON.stringify({
          payload: text,
          publicKey: publicKeyOf(db, officer.id).toString('base64'),
          signature: signAs(db, officer.id, officerKey, Buffer.from(text, 'utf8')).toString('base64'),
        }),
      );
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(content.length));
      const plain = version === 1 ? content : Buffer.concat([...texts, content, length]);
      const [salt, nonce] = [randomBytes(16), randomBytes(version === 1 ? 12 : 7)];
      const head = Buffer.from(line({ format, salt: salt.toString('hex'), nonce: nonce.toString('hex') }));
      const key = scryptSync(PASSPHRASE, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 27 });
      // A file of version 2 under 64 KiB is one chunk: number 0, and the mark of the last one.
      const own = version === 1 ? nonce : Buffer.concat([nonce, Buffer.from([0, 0, 0, 0, 1])]);
      expect(plain.length).toBeLessThan(64 * 1024);
      const cipher = createCipheriv('aes-256-gcm', key, own).setAAD(head);
      const sealed = [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
      const file = join(a.root, 'first.docket');
      writeFileSync(file, Buffer.concat([head, ...sealed]));
      const received = await taken(b, file);
      expect(received).toMatchObject({ caseId, counts: { messages: 7 } });
      await expectClean();
    },
    60_000,
  );
});
