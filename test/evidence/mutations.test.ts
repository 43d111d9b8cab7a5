import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/core/audit/digest.ts';
import { PAYLOAD_FILES, TOP_FILES } from '../../src/core/evidence/bag-tags.ts';
import { exhibitDigest } from '../../src/core/evidence/exhibit-digest.ts';
import { leafHash, proofOf, rootOf } from '../../src/core/evidence/merkle.ts';
import { runsOf } from '../../src/core/evidence/proof-checks.ts';
import { verifyPack } from '../../src/core/evidence/verify-pack.ts';
import { testKey, uid } from '../builders/evidence-messages.ts';
import { smallCase } from '../builders/evidence-pack.ts';
import {
  dice,
  editJson,
  editLines,
  type Files,
  repack,
  resign,
  rewriteManifests,
  type TestPack,
  testPack,
  writeZip,
} from '../builders/evidence-tamper.ts';

const officer = testKey('officer');
const second = testKey('second');
const stranger = testKey('stranger');

let made: TestPack;
let pack: string;
let bytes: Buffer;
let bag: TestPack['bag'];
let tampered: string;
let verifyChanged: TestPack['verifyChanged'];

beforeAll(async () => {
  made = await testPack(smallCase(officer, second), officer);
  ({ pack, bag, tampered, verifyChanged } = made);
  bytes = readFileSync(pack);
});
afterAll(() => made.remove());

const checksFailed = (result: Awaited<ReturnType<typeof verifyPack>>) =>
  result.checks.filter(({ ok }) => !ok).map(({ name }) => name);

const everyFile = [...TOP_FILES, ...PAYLOAD_FILES];

describe('an untouched pack', () => {
  it('passes, and says that its key is not anchored', async () => {
    const result = await verifyPack(pack);
    expect(result.failures).toEqual([]);
    expect(result.ok).toBe(true);
    expect(result.checks.every(({ ok }) => ok)).toBe(true);
    expect(result.checks.find(({ name }) => name === 'key')?.detail).toBe(
      `not anchored: ${officer.fingerprint}`,
    );
  });

  it.each([
    ['as it is', (text: string) => text],
    ['in capitals with colons', (text: string) => (text.toUpperCase().match(/../g) as string[]).join(':')],
  ])('passes with its fingerprint written %s', async (_how, write) => {
    const result = await verifyPack(pack, { fingerprint: write(officer.fingerprint) });
    expect(result.ok).toBe(true);
    expect(result.checks.find(({ name }) => name === 'key')?.detail).toBe(`anchored: ${officer.fingerprint}`);
  });

  it('passes when it was packed again without a seal, and says so', async () => {
    await writeZip(
      [...bag.files].map(([path, content]) => [`${bag.folder}/${path}`, content] as const),
      tampered,
      '',
    );
    const result = await verifyPack(tampered);
    expect(result.ok).toBe(true);
    expect(result.checks[0]?.detail).toContain('not sealed');
  });
});

describe('a changed pack is rejected, and what was changed is named', () => {
  it('any byte of the zip file, 120 at random', async () => {
    const next = dice(20260105);
    for (let i = 0; i < 120; i++) {
      const at = next(bytes.length);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 + next(255));
      writeFileSync(tampered, flipped);
      const result = await verifyPack(tampered);
      expect(result.ok, `byte ${at}`).toBe(false);
      expect(result.failures.length, `byte ${at}`).toBeGreaterThan(0);
      for (const failure of result.failures) expect(failure.file ?? failure.entry).toBeTruthy();
    }
  });

  it('one bit of the zip file, 60 at random', async () => {
    const next = dice(7);
    for (let i = 0; i < 60; i++) {
      const at = next(bytes.length);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << next(8));
      writeFileSync(tampered, flipped);
      expect((await verifyPack(tampered)).ok, `byte ${at}`).toBe(false);
    }
  });

  it.each(everyFile)('a byte of %s, at five places', async (path) => {
    const next = dice(path.length * 31 + 5);
    for (let i = 0; i < 5; i++) {
      const result = await verifyChanged((files) => {
        const content = Buffer.from(files.get(path) as Buffer);
        const at = next(content.length);
        content[at] = (content[at] as number) ^ (1 + next(255));
        files.set(path, content);
      });
      expect(result.ok).toBe(false);
      // A changed tag manifest shows in its signature; which of the two was touched nobody can tell.
      const named = path === 'tagmanifest-sha256.txt' ? [path, 'signature.bin'] : [path];
      expect(named).toContain(result.failures.find(({ file }) => named.includes(file ?? ''))?.file);
    }
  });

  it.each(everyFile)('%s removed', async (path) => {
    const result = await verifyChanged((files) => files.delete(path));
    expect(result.ok).toBe(false);
    expect(result.failures).toContainEqual({ file: path, reason: 'missing' });
  });

  it.each(PAYLOAD_FILES)('%s renamed', async (path) => {
    const result = await verifyChanged((files) => {
      files.set('data/renamed.bin', files.get(path) as Buffer);
      files.delete(path);
    });
    expect(result.ok).toBe(false);
    expect(result.failures).toContainEqual({ file: path, reason: 'renamed: now data/renamed.bin' });
    expect(result.failures).toContainEqual({ file: 'data/renamed.bin', reason: 'not-listed' });
  });

  it.each([
    'data/extra.txt',
    'data/messages.ndjson.bak',
    'data/deep/er.txt',
    'extra.txt',
    'manifest-md5.txt',
    'fetch.txt',
  ])('%s added', async (path) => {
    const result = await verifyChanged((files) => files.set(path, Buffer.from('x')));
    expect(result.ok).toBe(false);
    expect(result.failures).toContainEqual({ file: path, reason: 'not-listed' });
  });

  it('a file added beside the bag', async () => {
    const entries = [...bag.files].map(([path, content]) => [`${bag.folder}/${path}`, content] as const);
    await writeZip([...entries, ['other/evidence.txt', Buffer.from('x')]], tampered);
    const result = await verifyPack(tampered);
    expect(result.failures).toContainEqual({ file: 'other/evidence.txt', reason: 'outside-the-bag' });
  });

  it.each([...everyFile.map((path) => [path, path] as const), ['data/case.json', 'data/CASE.json'] as const])(
    'a second %s, under the name %s',
    async (path, name) => {
      const entries = [...bag.files].map(([at, content]) => [`${bag.folder}/${at}`, content] as const);
      const again = [`${bag.folder}/${name}`, bag.files.get(path) as Buffer] as const;
      await writeZip([...entries, again], tampered);
      const result = await verifyPack(tampered);
      expect(result.failures).toContainEqual({ file: `${bag.folder}/${name}`, reason: 'duplicate' });
    },
  );

  it('the folder renamed', async () => {
    await repack('docket-C-A7-0043-other', bag.files, tampered);
    const result = await verifyPack(tampered);
    expect(result.failures).toContainEqual({ file: 'docket-C-A7-0043-other', reason: 'folder-renamed' });
  });

  it.each(PAYLOAD_FILES)('%s changed with manifests that fit, without the key', async (path) => {
    const next = dice(path.length);
    for (let i = 0; i < 3; i++) {
      const result = await verifyChanged((files) => {
        const content = Buffer.from(files.get(path) as Buffer);
        content[next(content.length)] = 0x58;
        files.set(path, Buffer.concat([content, Buffer.from(' ')]));
        rewriteManifests(files);
      });
      expect(result.ok).toBe(false);
      expect(checksFailed(result)).toContain(path === 'data/public-key.pem' ? 'key' : 'signature');
      expect(result.failures.some(({ file }) => file === 'signature.bin' || file === path)).toBe(true);
    }
  });

  it.each(['Docket-Recipient', 'Docket-Purpose', 'Contact-Name', 'Bagging-Date'])(
    '%s of bag-info.txt changed with a tag manifest that fits',
    async (label) => {
      const result = await verifyChanged((files) => {
        const info = (files.get('bag-info.txt') as Buffer).toString();
        files.set('bag-info.txt', Buffer.from(info.replace(new RegExp(`^${label}: `, 'm'), `${label}: X`)));
        rewriteManifests(files);
      });
      expect(result.failures).toContainEqual({ file: 'signature.bin', reason: 'signature-invalid' });
    },
  );
});

/** Drops a row and makes counts, digests and completeness fit, as somebody who knows the format would. */
function dropMessage(files: Files, index: number): void {
  const commitments = new Map(
    (files.get('data/messages.ndjson') as Buffer)
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).proof as { index: number; commitment: string })
      .map((proof) => [proof.index, proof.commitment]),
  );
  let rows: {
    exhibit: string;
    digest: string;
    id: string;
    role: string;
    sender: { id: string };
    proof: { index: number };
  }[] = [];
  editLines(files, 'data/messages.ndjson', (lines) => {
    const kept = lines.filter((_line, i) => i !== index);
    rows = kept.filter((line) => line !== '').map((line) => JSON.parse(line));
    return kept;
  });
  const ids = new Set(rows.map(({ id }) => id));
  const subjects = new Set(rows.filter(({ role }) => role === 'subject').map(({ id }) => id));
  editJson(files, 'data/case.json', (document) => {
    for (const exhibit of document.exhibits as { number: string; messages: number; sha256: string }[]) {
      const own = rows.filter((row) => row.exhibit === exhibit.number).map(({ digest }) => digest);
      exhibit.messages = own.length;
      exhibit.sha256 = exhibitDigest(own);
    }
    Object.assign(document.totals as object, { rows: rows.length, messages: ids.size });
  });
  editJson(files, 'data/completeness.json', (document) => {
    for (const conversation of document.conversations as Record<string, number>[]) {
      conversation.selected = subjects.size;
      conversation.context = ids.size - subjects.size;
      conversation.inPeriod = ids.size + 3;
    }
    const people = rows.filter(({ sender }) => sender.id !== uid('account', 2));
    const messages = new Set(people.map(({ id }) => id)).size;
    document.disclosed = { people: new Set(people.map(({ sender }) => sender.id)).size, messages };
  });
  // The pages still show the message: who prints them anew has to write what they say.
  for (const path of files.keys()) if (/pages\.ndjson|filing/.test(path)) files.delete(path);
  editJson(files, 'data/attachments.json', (document) => {
    document.attachments = (document.attachments as { message: string }[]).filter(({ message }) =>
      ids.has(message),
    );
  });
  editJson(files, 'data/proofs.json', (document) => {
    type Tree = { messages: number; runs: unknown; nodes: string[] };
    const [source] = document.sources as [{ trees: [Tree] }];
    const [tree] = source.trees;
    const leaves = Array.from({ length: tree.messages }, (_, i) =>
      leafHash(Buffer.from(commitments.get(i) ?? sha256(`unshown ${i}`), 'hex')),
    );
    const indices = [...new Set(rows.map(({ proof }) => proof.index))].sort((a, b) => a - b);
    tree.runs = runsOf(indices);
    tree.nodes = proofOf(leaves.length, indices, (from, to) => rootOf(leaves.slice(from, to))).map((node) =>
      node.toString('hex'),
    );
  });
  const info = (files.get('bag-info.txt') as Buffer).toString();
  files.set(
    'bag-info.txt',
    Buffer.from(info.replace(/^Docket-Messages: .*$/m, `Docket-Messages: ${ids.size}`)),
  );
}

describe('a message dropped', () => {
  const rows = Array.from({ length: 22 }, (_, i) => i);

  it.each(rows)('row %i, counts and manifests adjusted, without the key', async (row) => {
    const result = await verifyChanged((files) => {
      dropMessage(files, row);
      rewriteManifests(files);
    });
    expect(result.ok).toBe(false);
    expect(result.failures).toContainEqual({ file: 'signature.bin', reason: 'signature-invalid' });
    expect(result.failures).toContainEqual({ file: 'signature.json', reason: 'changed' });
  });

  it('is seen only with the fingerprint once everything was signed anew with another key', async () => {
    const forge = (files: Files) => {
      dropMessage(files, 4);
      resign(files, stranger);
    };
    expect((await verifyChanged(forge)).ok).toBe(true);
    const result = await verifyChanged(forge, officer.fingerprint);
    expect(result.ok).toBe(false);
    expect(result.failures).toEqual([
      {
        file: 'data/public-key.pem',
        reason: `fingerprint-differs: the key in the pack is ${stranger.fingerprint}`,
      },
    ]);
  });
});
