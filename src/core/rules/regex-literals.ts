/**
 * Words without which a regular expression cannot match, for the prefilter: the automaton looks
 * for them on its one pass, and the expression runs only on texts that contain one.
 *
 * Reads RE2 syntax conservatively: whatever it does not understand contributes nothing, and an
 * expression that contributes nothing in some branch has no prefilter.
 */
import { codePointAt } from '../domain/code-point.ts';

/** Any one of `words` must occur. */
interface Need {
  readonly words: readonly string[];
  /** Length of the shortest; longer is rarer. */
  readonly weight: number;
}

/** What a part of an expression cannot match without. */
interface Demand {
  readonly need: Need | undefined;
  /** An ASCII digit. */
  readonly digit: boolean;
}

const need = (words: readonly string[]): Need => ({
  words,
  weight: Math.min(...words.map((word) => word.length)),
});
const better = (a: Need | undefined, b: Need | undefined): Need | undefined =>
  a === undefined ? b : b === undefined || a.weight >= b.weight ? a : b;

const MAX_WORDS = 200;

/** How expressions ask for an ASCII digit. */
const DIGIT = ['[0-9]', '\\d'];

/** What any branch needs; undefined where one needs nothing that is known. */
function anyOf(branches: readonly Demand[]): Need | undefined {
  const words: string[] = [];
  for (const branch of branches) {
    if (branch.need === undefined) return undefined;
    words.push(...branch.need.words);
  }
  return words.length > MAX_WORDS ? undefined : need(words);
}

class Reader {
  private at = 0;
  private readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Branches up to a closing bracket or the end. */
  branches(): Demand[] {
    const branches = [this.branch()];
    while (this.pattern[this.at] === '|') {
      this.at += 1;
      branches.push(this.branch());
    }
    return branches;
  }

  private branch(): Demand {
    let best: Need | undefined;
    let hasDigit = false;
    let run = '';
    const close = (): void => {
      if (run !== '') best = better(best, need([run]));
      run = '';
    };
    while (this.at < this.pattern.length) {
      const char = this.pattern[this.at] as string;
      if (char === '|' || char === ')') break;
      if (char === '(') {
        close();
        const inner = this.group();
        if (this.quantifier() === 'optional') continue;
        best = better(best, inner.need);
        hasDigit ||= inner.digit;
        continue;
      }
      const isDigit = DIGIT.some((form) => this.pattern.startsWith(form, this.at));
      const literal = this.literal();
      const quantifier = this.quantifier();
      if (isDigit && quantifier !== 'optional') hasDigit = true;
      if (literal === undefined) close();
      else if (quantifier === 'none') run += literal;
      else {
        if (quantifier === 'repeated') run += literal;
        close();
      }
    }
    close();
    return { need: best, digit: hasDigit };
  }

  private group(): Demand {
    this.at += 1;
    if (this.pattern[this.at] === '?') {
      const head = /^\?(?:P?<\w+>|[imsU-]*:|[imsU-]+(?=\)))/.exec(this.pattern.slice(this.at));
      this.at += head === null ? 1 : head[0].length;
    }
    const inner = this.branches();
    this.at += 1;
    return { need: anyOf(inner), digit: inner.every(({ digit }) => digit) };
  }

  /** One character that stands for itself, or undefined for anything else, which is passed over. */
  private literal(): string | undefined {
    const char = String.fromCodePoint(codePointAt(this.pattern, this.at));
    this.at += char.length;
    if (char === '[') return this.skipClass();
    if (char === '.' || char === '^' || char === '$' || /\s/.test(char)) return undefined;
    if (char !== '\\') return char;
    const escaped =
      this.at < this.pattern.length ? String.fromCodePoint(codePointAt(this.pattern, this.at)) : '\\';
    this.at += escaped.length;
    if (escaped === 'p' || escaped === 'P' || escaped === 'x') {
      const argument = /^(?:\{[^}]*\}|[0-9A-Fa-f]{2}|.)/.exec(this.pattern.slice(this.at));
      this.at += argument?.[0].length ?? 0;
      return undefined;
    }
    if (escaped === 'Q') {
      const end = this.pattern.indexOf('\\E', this.at);
      this.at = end < 0 ? this.pattern.length : end + 2;
      return undefined;
    }
    return /[A-Za-z0-9]/.test(escaped) ? undefined : escaped;
  }

  private skipClass(): undefined {
    if (this.pattern[this.at] === '^') this.at += 1;
    if (this.pattern[this.at] === ']') this.at += 1;
    while (this.at < this.pattern.length && this.pattern[this.at] !== ']') {
      if (this.pattern.startsWith('[:', this.at)) {
        const end = this.pattern.indexOf(':]', this.at);
        this.at = end < 0 ? this.at + 2 : end + 2;
      } else this.at += this.pattern[this.at] === '\\' ? 2 : 1;
    }
    this.at += 1;
    return undefined;
  }

  private quantifier(): 'none' | 'optional' | 'repeated' {
    const found = /^(?:[*?+]|\{(\d+)(?:,\d*)?\})\??/.exec(this.pattern.slice(this.at, this.at + 16));
    if (found === null) return 'none';
    this.at += found[0].length;
    const sign = found[0][0];
    return sign === '*' || sign === '?' || (sign === '{' && Number(found[1]) === 0) ? 'optional' : 'repeated';
  }
}

/** Words of which every match contains one; undefined where none can be derived. */
export function requiredLiterals(pattern: string): readonly string[] | undefined {
  return anyOf(new Reader(pattern).branches())?.words;
}

/**
 * An expression that finds something in every text in which `pattern` matches, and is quick: what stands
 * beside a number is often common, the number is not. Undefined where no branch asks for a digit.
 */
export function quickTest(pattern: string): RegExp | undefined {
  const branches = new Reader(pattern).branches();
  if (!branches.some(({ digit }) => digit)) return undefined;
  const tests = new Set<string>();
  for (const { need: wanted, digit } of branches) {
    if (digit) tests.add('[0-9]');
    else if (wanted === undefined) return undefined;
    else for (const word of wanted.words) tests.add(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  }
  return tests.size > MAX_WORDS ? undefined : new RegExp([...tests].join('|'), 'iu');
}
