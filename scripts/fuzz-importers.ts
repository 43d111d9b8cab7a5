// `node scripts/with-node.mjs scripts/fuzz-importers.ts [FILES] [SEED] [FOLDER…]`: damages the fixtures (and
// files of the folders named) by flipping, cutting, splicing, doubling and nesting bytes, runs each damaged
// file through sniffing and through its own importer, and prints as JSON, per importer, what came of it:
// throws, broken ledgers, the longest run, and messages lost beside the damage. Exits 1 on a throw, a
// broken ledger or a run of over ten seconds.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Importer } from '../src/core/importers/importer.ts';
import { rankImporters, readHead } from '../src/core/importers/sniff.ts';
import { memorySource } from '../src/core/importers/source.ts';
import { ROOT } from './runtime/paths.ts';
import { runScript } from './runtime/report.ts';

const FIXTURES = join(ROOT, 'test', 'fixtures', 'exports');
/** Milliseconds: longer is a hang (issue: "no hang over 10 s"). */
const HANG = 10_000;
/** Bytes: larger samples would spend the run on a few files. */
const LARGEST = 256 << 10;

interface Sample {
  readonly name: string;
  readonly bytes: Buffer;
  readonly importer: Importer;
  readonly messages: readonly Place[];
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

interface Tally {
  files: number;
  sniffed: number;
  throws: number;
  brokenLedgers: number;
  longestMs: number;
  /** Messages that stood after the damage of flipped files, and those of them not found again. */
  behind: number;
  lost: number;
  examples: string[];
}

type Random = (below: number) => number;

/** Mulberry32: small, seeded, and the same on every machine. */
function random(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

await runScript(async () => {
  const [files = '100000', seed = '1', ...folders] = process.argv.slice(2);
  const samples: Sample[] = [];
  for (const folder of [FIXTURES, ...folders]) samples.push(...(await samplesOf(folder)));
  const next = random(Number(seed));
  const tallies = new Map<string, Tally>();
  const began = performance.now();
  for (let file = 0; file < Number(files); file++) {
    const sample = samples[file % samples.length] as Sample;
    const other = samples[next(samples.length)] as Sample;
    await tryOne(sample, damage(sample.bytes, other.bytes, next), tallyOf(tallies, sample.importer.id));
  }
  const all = [...tallies.values()];
  const sum = (of: (tally: Tally) => number) => all.reduce((total, tally) => total + of(tally), 0);
  const failed =
    sum((tally) => tally.throws + tally.brokenLedgers) + all.filter((t) => t.longestMs > HANG).length;
  const report = {
    seed: Number(seed),
    files: sum((tally) => tally.files),
    samples: samples.length,
    seconds: Math.round((performance.now() - began) / 1000),
    throws: sum((tally) => tally.throws),
    brokenLedgers: sum((tally) => tally.brokenLedgers),
    longestMs: Math.round(Math.max(...all.map((tally) => tally.longestMs))),
    behind: sum((tally) => tally.behind),
    lost: sum((tally) => tally.lost),
    importers: Object.fromEntries([...tallies].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
  return failed === 0 ? 0 : 1;
});

async function samplesOf(folder: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path).subarray(0, LARGEST);
    const name = relative(folder, path);
    const source = memorySource(basename(name), bytes);
    const importer = rankImporters(readHead(source))[0]?.importer;
    if (importer === undefined) continue;
    const { messages } = await read(importer, basename(name), bytes);
    samples.push({ name, bytes, importer, messages });
  }
  return samples;
}

/** What an importer makes of the bytes; `ledger` says whether its ranges are disjoint and cover them. */
async function read(
  importer: Importer,
  name: string,
  bytes: Buffer,
): Promise<{ messages: Place[]; ledger: boolean }> {
  const source = memorySource(name, bytes);
  const messages: Place[] = [];
  let end = 0;
  let ledger = true;
  const options = { zone: 'Asia/Shanghai', head: readHead(source), conversations: 'all' } as const;
  for await (const event of importer.read(source, options)) {
    if (event.type === 'messages') {
      for (const { locator, sentAtText, senderName, text } of event.messages) {
        messages.push({ ...locator, what: `${sentAtText}\0${senderName}\0${text}` });
      }
    } else if (event.type === 'ranges') {
      for (const range of event.ranges) {
        if (range.start !== end || range.end <= range.start) ledger = false;
        end = range.end;
      }
    }
  }
  return { messages, ledger: ledger && end === bytes.length };
}

interface Damaged {
  readonly kind: string;
  readonly bytes: Buffer;
  /** Half-open range of changed bytes, where nothing else moved. */
  readonly at: readonly [number, number] | null;
}

function damage(bytes: Buffer, other: Buffer, next: Random): Damaged {
  const at = next(bytes.length + 1);
  const length = 1 + next(Math.min(400, bytes.length + 1));
  const end = Math.min(bytes.length, at + length);
  switch (next(6)) {
    case 0: {
      const copy = Buffer.from(bytes);
      const until = Math.min(bytes.length, at + 1 + next(8));
      for (let i = at; i < until; i++) copy[i] = next(256);
      return { kind: 'flipped', bytes: copy, at: [at, until] };
    }
    case 1:
      return { kind: 'cut off', bytes: bytes.subarray(0, at), at: null };
    case 2:
      return { kind: 'hole', bytes: Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]), at: null };
    case 3: {
      const from = next(other.length + 1);
      const piece = other.subarray(from, from + length);
      return {
        kind: 'spliced',
        bytes: Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]),
        at: null,
      };
    }
    case 4: {
      const piece = bytes.subarray(at, end);
      return {
        kind: 'doubled',
        bytes: Buffer.concat([bytes.subarray(0, end), piece, bytes.subarray(end)]),
        at: null,
      };
    }
    default: {
      const deep = Buffer.from(
        (['[', '{"a":', '<div>', '"', '> '][next(5)] as string).repeat(1 + next(3000)),
      );
      return {
        kind: 'nested',
        bytes: Buffer.concat([bytes.subarray(0, at), deep, bytes.subarray(at)]),
        at: null,
      };
    }
  }
}

function tallyOf(tallies: Map<string, Tally>, importer: string): Tally {
  let tally = tallies.get(importer);
  if (tally === undefined) {
    tally = {
      files: 0,
      sniffed: 0,
      throws: 0,
      brokenLedgers: 0,
      longestMs: 0,
      behind: 0,
      lost: 0,
      examples: [],
    };
    tallies.set(importer, tally);
  }
  return tally;
}

async function tryOne(sample: Sample, { kind, bytes, at }: Damaged, tally: Tally): Promise<void> {
  tally.files++;
  const note = (text: string) => {
    if (tally.examples.length < 3) tally.examples.push(`${sample.name}, ${kind}: ${text}`);
  };
  const began = performance.now();
  try {
    const name = basename(sample.name);
    if (rankImporters(readHead(memorySource(name, bytes)))[0]?.importer === sample.importer) tally.sniffed++;
    const { messages, ledger } = await read(sample.importer, name, bytes);
    if (!ledger) {
      tally.brokenLedgers++;
      note('the ledger does not cover the file');
    }
    if (at !== null) {
      const found = new Set(messages.map(({ what }) => what));
      const behind = sample.messages.filter(({ start }) => start >= at[1]);
      const lost = behind.filter(({ what }) => !found.has(what));
      tally.behind += behind.length;
      tally.lost += lost.length;
      if (lost.length > 2)
        note(`${lost.length} of ${behind.length} behind bytes ${at[0]} to ${at[1]} are lost`);
    }
  } catch (error) {
    tally.throws++;
    note(
      error instanceof Error
        ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' | ')
        : String(error),
    );
  }
  tally.longestMs = Math.max(tally.longestMs, Math.round(performance.now() - began));
}
