/** How hard a passphrase is to guess, as a hint while typing. Length carries most of it. */
export interface Strength {
  /** 0 … 4. */
  level: 0 | 1 | 2 | 3 | 4;
  /** Bits of a blind search over the kinds of characters used; repeats count little. */
  bits: number;
}

/** Sizes of the kinds of characters a guesser must try; for Chinese, the 3,500 common characters. */
const KINDS: readonly [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[\u4e00-\u9fff]/, 3500],
  [/[^a-zA-Z0-9\u4e00-\u9fff]/, 33],
];

const LEVELS = [28, 45, 60, 80] as const;

export function strengthOf(passphrase: string): Strength {
  const pool = KINDS.reduce((sum, [kind, size]) => (kind.test(passphrase) ? sum + size : sum), 0);
  const characters = [...passphrase];
  // A character that repeats or continues its neighbour (aaa, 123) adds a quarter of a fresh one.
  const fresh = characters.reduce((sum, character, index) => {
    const step =
      index === 0
        ? 9
        : Math.abs((character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? 0));
    return sum + (step <= 1 ? 0.25 : 1);
  }, 0);
  const bits = pool === 0 ? 0 : fresh * Math.log2(pool);
  const level = LEVELS.filter((floor) => bits >= floor).length as Strength['level'];
  return { level, bits };
}
