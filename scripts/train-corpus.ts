/**
 * The written corpus (scripts/data/corpus): skeletons with places that are filled by chance from a
 * seed. Whole skeletons, never only fillers, are kept apart where figures are measured.
 *
 * A file has `# category` lines (or `# clean`), skeletons under them, `name = a|b` lines for words
 * (`@name = …` where they belong to one file), `[a|b]` for alternatives inside a skeleton (brackets
 * without a bar stand as they are), and `//` comments. `# category: topic` says what the lines under it are about: a topic is kept apart as a whole.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CategoryId } from '../src/core/domain/category.ts';

export type Split = 'train' | 'development';
/** Parts into which the skeletons of each category are dealt: each is scored by a model that saw the others. */
export const FOLDS = 3;

export interface Skeleton {
  readonly file: string;
  readonly label: CategoryId | null;
  readonly text: string;
  /** What the skeleton is about, where its file says so. */
  readonly topic: string | null;
  /** 0 to FOLDS - 1; skeletons of one topic share it. */
  readonly fold: number;
  readonly slots: ReadonlyMap<string, readonly string[]>;
}

/** A number that follows from a text alone, for splits that never move. */
export function bucketOf(text: string, buckets: number): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0) % buckets;
}

/** Alternatives at the top level of a text: those inside brackets belong to what they stand in. */
function alternatives(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[') depth += 1;
    else if (text[at] === ']') depth -= 1;
    else if (text[at] === '|' && depth === 0) {
      found.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...found, text.slice(from)];
}

/** All skeletons of a folder, in the order of its files. Throws on a line that makes no sense. */
export function readCorpus(folder: string): Skeleton[] {
  const shared = new Map<string, readonly string[]>();
  const skeletons: Skeleton[] = [];
  const topics = new Map<string, number>();
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort((a, b) => Number(b === 'slots.txt') - Number(a === 'slots.txt') || a.localeCompare(b, 'en'));
  for (const file of files) {
    const slots = new Map(shared);
    const into = file === 'slots.txt' ? shared : slots;
    let label: CategoryId | null | undefined;
    let topic: string | null = null;
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const slot = /^@?([a-z0-9]+) = (.*)$/.exec(line);
      const head = /^# ([a-z-]+)(?:: (.+))?$/.exec(line);
      if (line === '' || line.startsWith('//')) continue;
      if (slot !== null) into.set(slot[1] as string, alternatives(slot[2] as string));
      else if (head !== null) {
        label = head[1] === 'clean' ? null : CategoryId.parse(head[1]);
        topic = head[2] ?? null;
        const name = `${head[1]} ${topic}`;
        if (topic !== null && !topics.has(name)) topics.set(name, topics.size % FOLDS);
      } else if (label === undefined) throw new Error(`${file}: "${line}" stands under no category`);
      else {
        const own = topics.get(`${label ?? 'clean'} ${topic}`);
        const dealt = skeletons.filter((one) => one.label === label && one.topic === null).length;
        skeletons.push({ file, label, text: line, topic, fold: own ?? dealt % FOLDS, slots });
      }
    }
  }
  return skeletons;
}

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)] as T;

/** One text of a skeleton. Throws on a place without words. */
export function fill(skeleton: Skeleton, next: () => number): string {
  const fillIn = (text: string): string => {
    let out = '';
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '[') {
        let end = at + 1;
        for (let depth = 1; depth > 0 && end < text.length; end++) {
          if (text[end] === '[') depth += 1;
          else if (text[end] === ']') depth -= 1;
        }
        const choices = alternatives(text.slice(at + 1, end - 1));
        out += choices.length === 1 ? text.slice(at, end) : fillIn(pick(choices, next));
        at = end - 1;
      } else if (text[at] === '{') {
        const end = text.indexOf('}', at);
        const words = skeleton.slots.get(text.slice(at + 1, end));
        if (words === undefined) throw new Error(`${skeleton.file}: no words for ${text.slice(at, end + 1)}`);
        out += fillIn(pick(words, next));
        at = end;
      } else out += text[at];
    }
    return out;
  };
  return fillIn(skeleton.text);
}
