/**
 * The source form of the sample's conversations: one text per conversation, written by hand.
 *
 *   = 03-02 08:52                 the clock: month, day, time in Beijing (the year is 2026)
 *   沈语霏: 早                     a message some seconds later; `⏎` stands for a line break
 *   +20 高子航: 来了               a message 20 minutes later
 *   ^ fraud hit width+symbols     marks the line above as a planted violation: category, expected
 *                                 status, transforms by which it evades (none: plain), `| note`
 *   ~ fraud,gambling | reason     marks the line above as a trap: the categories it resembles, and why
 *                                 it must raise no hit
 *   @ack 6 40                     six members acknowledge the line above within 40 minutes
 *
 * A body that starts with `!` is no plain text; the writer of each format reads it (`!recall 2` takes
 * back the speaker's last message but one).
 */
import { CategoryId } from '../../src/core/domain/category.ts';
import { TRANSFORMS } from '../../src/core/normalization/transforms.ts';
import { type Random, seeded } from './random.ts';

/**
 * The ways of writing around a filter that the sample uses: the transforms of normalisation, and
 * beyond them syllables in Latin letters, first letters, like-sounding characters, and pictures in
 * place of words.
 */
const EVASIONS = [...TRANSFORMS, 'pinyin', 'initials', 'homophone', 'emoji'] as const;
type Evasion = (typeof EVASIONS)[number];

type Mark =
  | {
      readonly kind: 'violation';
      readonly category: CategoryId;
      readonly expected: 'hit' | 'proposal';
      readonly transforms: readonly Evasion[];
      readonly note: string | null;
    }
  | { readonly kind: 'trap'; readonly resembles: readonly CategoryId[]; readonly why: string };

export interface Line {
  /** UTC milliseconds. */
  readonly at: number;
  readonly speaker: string;
  readonly body: string;
  /** Whether the line is a generated acknowledgement rather than written by hand. */
  readonly generated: boolean;
  readonly mark: Mark | null;
}

interface Cast {
  /** Names a conversation, and seeds its random numbers. */
  readonly name: string;
  /** Everyone who may speak. */
  readonly speakers: readonly string[];
  /** Those who acknowledge notices. */
  readonly acknowledge: readonly string[];
  /** When members were removed, in UTC milliseconds; they say nothing after it. */
  readonly removed?: ReadonlyMap<string, number>;
}

const ACKS = [
  ['收到', '收到', '收到，谢谢'],
  ['收到。', '好的，收到。', '收到。'],
  ['收到[OK]', '[OK]', '好的[OK]'],
  ['好的', '好的收到', '好'],
  ['收到👌', '👌', '收到👌👌'],
  ['收到！', '收到，马上安排', '收到，已通知到人'],
  ['OK', 'ok收到', 'OK，知道了'],
  ['已阅', '收到，已转班组', '已阅，会执行'],
  ['收到[抱拳]', '收到[抱拳]', '[抱拳]'],
  ['嗯嗯收到', '好嘞', '收到收到'],
  ['1', '收到1', '1'],
] as const;

function parseMark(line: string, speakers: string): Mark {
  const [head = '', ...tail] = line.slice(2).split(' | ');
  const note = tail.length === 0 ? null : tail.join(' | ');
  const words = head.trim().split(/\s+/);
  if (line.startsWith('~')) {
    if (note === null) throw new Error(`${speakers}: a trap needs its reason: ${line}`);
    return {
      kind: 'trap',
      resembles: (words[0] ?? '').split(',').map((id) => CategoryId.parse(id)),
      why: note,
    };
  }
  const [category, expected, transforms] = words;
  if (expected !== 'hit' && expected !== 'proposal') throw new Error(`${speakers}: bad mark: ${line}`);
  return {
    kind: 'violation',
    category: CategoryId.parse(category),
    expected,
    transforms: (transforms === undefined ? [] : transforms.split('+')).map((name) => {
      const known = EVASIONS.find((evasion) => evasion === name);
      if (known === undefined) throw new Error(`${speakers}: unknown way of evasion ${name}`);
      return known;
    }),
    note,
  };
}

/** Most people answer within a minute, some take a few. In milliseconds. */
function pause(random: Random): number {
  const seconds = random.next() < 0.78 ? random.between(5, 70) : random.between(71, 260);
  return seconds * 1000 + random.between(0, 999);
}

function acknowledgements(line: Line, count: number, minutes: number, cast: Cast, random: Random): Line[] {
  const latest = line.at + minutes * 60_000 + 25_000;
  const rest = cast.acknowledge.filter(
    (name) => name !== line.speaker && (cast.removed?.get(name) ?? Infinity) > latest,
  );
  return Array.from({ length: Math.min(count, rest.length) }, () => {
    const [speaker = ''] = rest.splice(random.between(0, rest.length - 1), 1);
    const habit = ACKS[seeded(`habit ${speaker}`).between(0, ACKS.length - 1)] ?? ACKS[0];
    // Squared: most acknowledge early.
    const delay = 25_000 + random.next() ** 2 * minutes * 60_000;
    return {
      at: line.at + Math.round(delay),
      speaker,
      body: random.pick(habit),
      generated: true,
      mark: null,
    };
  });
}

/** Reads one conversation's source text; lines in order of time. Throws on the first bad line. */
export function parseScript(text: string, cast: Cast): Line[] {
  const random = seeded(cast.name);
  const lines: Line[] = [];
  let clock: number | null = null;
  let last = -1;
  for (const raw of text.split('\n')) {
    const row = raw.trimEnd();
    if (row === '') continue;
    const scene = /^= (\d\d)-(\d\d) (\d\d):(\d\d)$/.exec(row);
    if (scene) {
      const [month, day, hour, minute] = scene.slice(1).map(Number) as [number, number, number, number];
      clock = Date.UTC(2026, month - 1, day, hour - 8, minute) + random.between(0, 40_000) - 40_000;
      continue;
    }
    const previous = lines[last];
    const ack = /^@ack (\d+) (\d+)$/.exec(row);
    if (/^[\^~] /.test(row) || ack) {
      if (previous === undefined) throw new Error(`${cast.name}: nothing above: ${row}`);
      if (ack) lines.push(...acknowledgements(previous, Number(ack[1]), Number(ack[2]), cast, random));
      else if (previous.mark !== null) throw new Error(`${cast.name}: two marks on: ${previous.body}`);
      else lines[last] = { ...previous, mark: parseMark(row, cast.name) };
      continue;
    }
    const said = /^(?:\+(\d+) )?([^:]+): (.+)$/.exec(row);
    const speaker = said?.[2] ?? '';
    if (said === null || clock === null || !cast.speakers.includes(speaker)) {
      throw new Error(`${cast.name}: cannot read: ${row}`);
    }
    clock += said[1] === undefined ? pause(random) : Number(said[1]) * 60_000 + random.between(0, 25_000);
    if ((cast.removed?.get(speaker) ?? Infinity) <= clock) throw new Error(`${speaker} was removed: ${row}`);
    const body = (said[3] ?? '').replaceAll('⏎', '\n');
    last = lines.push({ at: clock, speaker, body, generated: false, mark: null }) - 1;
  }
  return lines.toSorted((a, b) => a.at - b.at);
}
