/**
 * The three full verifiers against at least 200 random single changes to a pack: each rejects every one and
 * names a file or an entry; the untouched pack passes all three.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PackProfile } from '../../src/core/domain/case.ts';
import { TOP_FILES } from '../../src/core/evidence/bag-tags.ts';
import { payloadWriter } from '../../src/core/evidence/pack-payload.ts';
import { Scratch } from '../../src/core/evidence/scratch.ts';
import { testKey } from '../builders/evidence-messages.ts';
import { caseWithOriginals } from '../builders/evidence-originals.ts';
import { smallCase } from '../builders/evidence-pack.ts';
import {
  dice,
  type Files,
  repack,
  resign,
  rewriteManifests,
  type TestPack,
  testPack,
  writeZip,
} from '../builders/evidence-tamper.ts';
import { everyVerdict, pythonScript, stopVerifiers } from '../builders/evidence-verifiers.ts';
import { CHANGES } from './changes.ts';
import { COPY_CHANGES, EXCERPT_CHANGES, WHOLE_CHANGES } from './changes-copies.ts';
import { MEDIA_CHANGES } from './changes-media.ts';

const officer = testKey('officer');
const second = testKey('second');
const stranger = testKey('stranger');
let made: TestPack;

/** Every file under data/ of the test pack. */
const FILES = (() => {
  const frame = { folder: '', fingerprint: '', publicKey: '', time: String };
  const writer = payloadWriter(smallCase(officer, second), frame, new Scratch(tmpdir()), undefined);
  return [...writer.paths(), 'data/filing-01.pdf'];
})();

beforeAll(async () => {
  made = await testPack(smallCase(officer, second), officer);
});
afterAll(async () => {
  stopVerifiers();
  await made.remove();
});

/** Every verifier rejects the pack and says where; and one of them names what was changed. */
async function expectRejected(what: string, file: string, fingerprint: string | null, named?: RegExp) {
  const verdicts = await everyVerdict(file, fingerprint);
  for (const [verifier, { ok, failures }] of Object.entries(verdicts)) {
    expect(ok, `${what}: ${verifier}`).toBe(false);
    expect(failures.length, `${what}: ${verifier}`).toBeGreaterThan(0);
    for (const failure of failures)
      expect(failure.file ?? failure.entry, `${what}: ${verifier}`).toBeTruthy();
    if (named) {
      const told = failures.map(
        (failure) => `${failure.file ?? ''} ${failure.entry ?? ''} ${failure.reason}`,
      );
      expect(
        told.some((line) => named.test(line)),
        `${what}: ${verifier} says ${told.join(' | ')}`,
      ).toBe(true);
    }
  }
}

const literal = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

describe('the untouched pack', () => {
  it.each([
    ['without a fingerprint', null],
    ['with the fingerprint', officer.fingerprint],
  ])('passes all three, %s', async (_how, fingerprint) => {
    const verdicts = await everyVerdict(made.pack, fingerprint);
    for (const [verifier, { ok, failures, checks }] of Object.entries(verdicts)) {
      expect(failures, verifier).toEqual([]);
      expect(ok, verifier).toBe(true);
      expect(
        checks.map(({ name }) => name),
        verifier,
      ).toEqual(verdicts.docket.checks.map(({ name }) => name));
    }
  });

  it('passes all three when another program packed it again', async () => {
    await writeZip(
      [...made.bag.files].map(([path, bytes]) => [`${made.bag.folder}/${path}`, bytes] as const),
      made.tampered,
      '',
    );
    for (const [verifier, { failures }] of Object.entries(
      await everyVerdict(made.tampered, officer.fingerprint),
    )) {
      expect(failures, verifier).toEqual([]);
    }
  });
});

describe('the Python script on the command line', () => {
  it('ends with 0 for the untouched pack, zipped or not, with 1 and the place for a changed one', async () => {
    expect(pythonScript([made.pack, '--key', officer.fingerprint])).toMatchObject({ status: 0 });
    const folder = join(made.folder, made.bag.folder);
    for (const [path, bytes] of made.bag.files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    expect(pythonScript([folder, '--key', officer.fingerprint])).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'data/case.json'), '{}');
    const { status, stdout } = pythonScript([folder]);
    expect(status).toBe(1);
    expect(stdout).toContain('data/case.json: changed');
    expect(pythonScript([]).status).toBe(2);
  });
});

describe('random single changes', () => {
  it('60 bytes of the zip file flipped', async () => {
    const bytes = readFileSync(made.pack);
    const next = dice(20261121);
    for (let i = 0; i < 60; i++) {
      const at = next(bytes.length);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 + next(255));
      writeFileSync(made.tampered, flipped);
      await expectRejected(`byte ${at}`, made.tampered, officer.fingerprint);
    }
  }, 120_000);

  it('a byte of a file of the bag flipped, in a zip whose seal fits, 60 times', async () => {
    const next = dice(6);
    const paths = [...TOP_FILES, ...FILES];
    for (let i = 0; i < 60; i++) {
      const path = paths[i % paths.length] as string;
      const files: Files = new Map(made.bag.files);
      const content = Buffer.from(files.get(path) as Buffer);
      const at = next(content.length);
      content[at] = (content[at] as number) ^ (1 + next(255));
      files.set(path, content);
      await repack(made.bag.folder, files, made.tampered);
      const named =
        path === 'tagmanifest-sha256.txt' ? /tagmanifest-sha256\.txt|signature\.bin/ : literal(path);
      await expectRejected(`${path} byte ${at}`, made.tampered, null, named);
    }
  }, 120_000);

  it.each([...TOP_FILES, ...FILES])('%s removed', async (path) => {
    const files: Files = new Map(made.bag.files);
    files.delete(path);
    await repack(made.bag.folder, files, made.tampered);
    await expectRejected(path, made.tampered, null, literal(path));
  });

  it.each(FILES)('%s renamed', async (path) => {
    const files: Files = new Map(made.bag.files);
    files.set('data/renamed.bin', files.get(path) as Buffer);
    files.delete(path);
    await repack(made.bag.folder, files, made.tampered);
    await expectRejected(path, made.tampered, null, literal(`${path}  renamed: now data/renamed.bin`));
  });

  it.each(['data/extra.txt', 'data/deep/er.txt', 'extra.txt', 'fetch.txt', 'root.tsr'])(
    '%s added',
    async (path) => {
      const files: Files = new Map(made.bag.files).set(path, Buffer.from('x'));
      await repack(made.bag.folder, files, made.tampered);
      await expectRejected(path, made.tampered, null, literal(path));
    },
  );

  it.each(FILES)('%s changed, manifests rewritten to fit', async (path) => {
    const files: Files = new Map(made.bag.files);
    files.set(path, Buffer.concat([files.get(path) as Buffer, Buffer.from(' ')]));
    rewriteManifests(files);
    await repack(made.bag.folder, files, made.tampered);
    await expectRejected(
      path,
      made.tampered,
      null,
      path === 'data/public-key.pem' ? literal(path) : /signature\.bin/,
    );
  });

  it('the key replaced and everything signed anew: told by the fingerprint, and by nothing else', async () => {
    const files: Files = new Map(made.bag.files);
    resign(files, stranger);
    await repack(made.bag.folder, files, made.tampered);
    for (const { failures } of Object.values(await everyVerdict(made.tampered, null)))
      expect(failures).toEqual([]);
    await expectRejected(
      'the key',
      made.tampered,
      officer.fingerprint,
      /public-key\.pem {2}fingerprint-differs/,
    );
  });
});

describe.each(PackProfile.options)('a pack for %s, with excerpts of its source', (profile) => {
  let own: TestPack;
  beforeAll(async () => {
    const { input } = caseWithOriginals(officer, second, 'excerpts');
    own = await testPack({ ...input, profile }, officer);
  });
  afterAll(() => own.remove());

  it('passes all three, and 20 flipped bytes are named', async () => {
    for (const [verifier, { failures }] of Object.entries(await everyVerdict(own.pack, officer.fingerprint)))
      expect(failures, verifier).toEqual([]);
    const next = dice(20261123 + PackProfile.options.indexOf(profile));
    const paths = [...own.bag.files.keys()].filter((path) => path.startsWith('data/'));
    for (let i = 0; i < 20; i++) {
      const path = paths[next(paths.length)] as string;
      const flipped = Buffer.from(own.bag.files.get(path) as Buffer);
      const at = next(flipped.length);
      flipped[at] = (flipped[at] as number) ^ (1 + next(255));
      await repack(own.bag.folder, new Map(own.bag.files).set(path, flipped), own.tampered);
      await expectRejected(`${path} byte ${at}`, own.tampered, null, literal(path));
    }
  }, 60_000);
});

/** The copies are changed after everything else fits, so that they alone tell. */
function changedAndSigned(bag: { files: Files }, change: (files: Files) => void): Files {
  const files: Files = new Map(bag.files);
  resign(files, stranger);
  change(files);
  resign(files, stranger, false);
  return files;
}

describe('copies that say something else, with manifests rewritten and signed anew with another key', () => {
  it.each(COPY_CHANGES)('%s', async (what, change, named) => {
    const files = changedAndSigned(made.bag, change);
    await repack(made.bag.folder, files, made.tampered);
    await expectRejected(what, made.tampered, null, named);
    await expectRejected(what, made.tampered, officer.fingerprint, /public-key\.pem {2}fingerprint-differs/);
  });
});

describe.each([
  ['excerpts', EXCERPT_CHANGES],
  ['whole', WHOLE_CHANGES],
] as const)('source files in a pack: %s', (form, changes) => {
  const { input, content } = caseWithOriginals(officer, second, form);
  let own: TestPack;
  beforeAll(async () => {
    own = await testPack(input, officer);
  });
  afterAll(() => own.remove());

  it('passes all three, and the original from outside fits it', async () => {
    for (const [verifier, { failures, checks }] of Object.entries(
      await everyVerdict(own.pack, officer.fingerprint),
    )) {
      expect(failures, verifier).toEqual([]);
      expect(checks.find(({ name }) => name === 'originals')?.detail, verifier).toBe(`1 sources: ${form}`);
    }
  });

  it('the original from outside fits, another file does not, by all three', async () => {
    const original = join(own.folder, 'export.jsonl');
    writeFileSync(original, content);
    const compared = form === 'excerpts' ? /, [1-9]\d* excerpts compared$/ : /is a source of this pack$/;
    for (const [verifier, { failures, checks }] of Object.entries(
      await everyVerdict(own.pack, officer.fingerprint, [original]),
    )) {
      expect(failures, verifier).toEqual([]);
      expect(checks.find(({ name }) => name === 'originals')?.detail, verifier).toMatch(compared);
    }
    expect(pythonScript([own.pack, '--source', original])).toMatchObject({ status: 0 });
    writeFileSync(original, content.subarray(1));
    for (const [verifier, { ok, failures }] of Object.entries(
      await everyVerdict(own.pack, officer.fingerprint, [original]),
    )) {
      expect(ok, verifier).toBe(false);
      expect(
        failures.map(({ entry, reason }) => `${entry} ${reason.split(':')[0]}`),
        verifier,
      ).toEqual(['export.jsonl not-a-source-of-this-pack']);
    }
  });

  it.each(changes)('%s', async (what, change, named) => {
    const files = changedAndSigned(own.bag, change);
    await repack(own.bag.folder, files, own.tampered);
    await expectRejected(what, own.tampered, null, named);
  });

  it('40 bytes flipped in what is said of them and in the files', async () => {
    const next = dice(20261122);
    const paths = [...own.bag.files.keys()].filter((path) => path.startsWith('data/originals'));
    for (let i = 0; i < 40; i++) {
      const path = paths[i % paths.length] as string;
      const flipped = Buffer.from(own.bag.files.get(path) as Buffer);
      const at = next(flipped.length);
      flipped[at] = (flipped[at] as number) ^ (1 + next(255));
      await repack(own.bag.folder, new Map(own.bag.files).set(path, flipped), own.tampered);
      await expectRejected(`${path} byte ${at}`, own.tampered, null, literal(path));
    }
  }, 60_000);
});

/** Whoever holds a key can sign anything; what he signs must still agree with itself and with the log. */
describe('changes that are signed anew with another key', () => {
  it.each([...CHANGES, ...MEDIA_CHANGES])('%s', async (what, change, named) => {
    const files: Files = new Map(made.bag.files);
    change(files);
    resign(files, stranger);
    await repack(made.bag.folder, files, made.tampered);
    await expectRejected(what, made.tampered, null, named);
  });
});
