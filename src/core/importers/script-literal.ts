/** Object literals of JavaScript, as exporters write them into pages: JSON with any quotes and bare keys. */
import { setField } from './text.ts';

const MAX_DEPTH = 64;
const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};
/** The three at the end are Python's, whose exporters print objects as it shows them. */
const WORDS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  undefined: null,
  True: true,
  False: false,
  None: null,
};

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const END = /\s*$/y;
const SPACE = /(?:\s|\/\*[\s\S]*?\*\/)*/y;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const WORD = /[A-Za-z]+/y;
const NAME = /[\p{L}_$][\p{L}\d_$]*|\d+/uy;

class Broken extends Error {}

/** The value of a literal; undefined where the text is none. Nothing is evaluated. */
export function parseScriptLiteral(text: string): unknown {
  try {
    const reader = new LiteralReader(text);
    const value = reader.value(0);
    return reader.atEnd ? value : undefined;
  } catch (error) {
    if (error instanceof Broken) return undefined;
    throw error;
  }
}

/** The characters that a string of a script stands for, between its quotes. */
export function unescapeScript(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_whole, unicode: string | undefined, hex: string | undefined, single: string) => {
      const code = unicode ?? hex;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return single === '\n' || single === '\r\n' ? '' : (SIMPLE[single] ?? single);
    },
  );
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#match(END) !== null;
  }

  value(depth: number): unknown {
    this.#space();
    if (depth > MAX_DEPTH) throw new Broken();
    const c = this.#text.charAt(this.#at);
    if (c === '{') return this.#object(depth);
    if (c === '[') return this.#array(depth);
    if (c === '"' || c === "'" || c === '`') return this.#string();
    const number = this.#match(NUMBER);
    if (number !== null) return Number(number);
    const word = this.#match(WORD);
    if (word === null || !Object.hasOwn(WORDS, word)) throw new Broken();
    return WORDS[word];
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #space(): string {
    const c = this.#text.charCodeAt(this.#at);
    if (c <= 32 || c === SLASH || c > 126) this.#match(SPACE);
    return this.#text.charAt(this.#at);
  }

  #string(): string {
    const text = this.#text;
    const quote = text.charCodeAt(this.#at);
    const from = this.#at + 1;
    // By hand: the engine's stack for a pattern of alternatives ends within a few million characters.
    for (let i = from; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === BACKSLASH) i++;
      else if (c === quote) {
        this.#at = i + 1;
        return unescapeScript(text.slice(from, i));
      }
    }
    throw new Broken();
  }

  #object(depth: number): unknown {
    const result: Record<string, unknown> = {};
    this.#at++;
    while (this.#space() !== '}') {
      const c = this.#text.charAt(this.#at);
      const name = c === '"' || c === "'" ? this.#string() : this.#match(NAME);
      if (name === null || this.#space() !== ':') throw new Broken();
      this.#at++;
      setField(result, name, this.value(depth + 1));
      this.#comma('}');
    }
    this.#at++;
    return result;
  }

  #array(depth: number): unknown {
    const result: unknown[] = [];
    this.#at++;
    while (this.#space() !== ']') {
      result.push(this.value(depth + 1));
      this.#comma(']');
    }
    this.#at++;
    return result;
  }

  #comma(close: string): void {
    const c = this.#space();
    if (c === ',') this.#at++;
    else if (c !== close) throw new Broken();
  }
}
