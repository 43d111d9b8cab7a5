/**
 * Streams a JSON document: finds the arrays that hold records, gives their elements with exact byte
 * ranges, and the scalar members around them, without ever holding more than a window of the file.
 *
 * Damage does not end the reading. Where the grammar breaks, the walker looks for the next place that
 * is sure to be one: a whole record (its importer says what one looks like), or the beginning of a
 * wanted array. Text inside a JSON string cannot pass for either, since its quotes are escaped.
 * Everything between is booked as skipped. The work spent on false finds is bounded.
 */
import type { EventBatch } from './batch.ts';
import type { ByteSource, RangeCode, SourceHead } from './importer.ts';
import { RAN_OUT, scanString, scanValue, skipSpace } from './json-grammar.ts';
import { type Frame, framesTo, type PathNode, pathTree } from './json-paths.ts';
import { type Found, JsonRecovery } from './json-recovery.ts';
import { examine, type JsonItem, mayHoldLoneSurrogates, parseJson } from './json-values.ts';
import { JsonWindow } from './json-window.ts';
import { NONE } from './text.ts';

export type JsonEvent =
  /** An object begins that holds, directly or below, wanted arrays. */
  | { readonly type: 'open'; readonly path: string }
  /** A member of such an object that leads to no wanted array. Its bytes are booked. */
  | { readonly type: 'member'; readonly path: string; readonly name: string; readonly value: unknown }
  /** A wanted array begins. */
  | { readonly type: 'array'; readonly path: string }
  /** Some of its elements, in order. The receiver books them: each from the last one's `until` to its own. */
  | { readonly type: 'items'; readonly path: string; readonly items: readonly JsonItem[] }
  | { readonly type: 'close'; readonly path: string };

export interface WalkerOptions {
  /** Paths of the arrays that hold records. */
  readonly arrays: readonly string[];
  /** The name of the array (last part of its path) that a value is a record of; null for any other value. */
  readonly arrayOf: (value: unknown) => string | null;
}

const MAX_ITEMS = 2000;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;

/** What a step came to: go on, or what follows is damaged or cut off. */
type Step = 'on' | 'damaged' | 'cut';

export class JsonWalker {
  /** Whether the document was read to its proper end. */
  complete = false;

  readonly #window: JsonWindow;
  readonly #batch: EventBatch;
  readonly #root: PathNode;
  readonly #recovery: JsonRecovery;
  #frames: Frame[] = [];
  /** Line on which the bytes not yet booked begin. */
  #bookedLine = 1;
  #events: JsonEvent[] = [];
  readonly #arrays: readonly string[];
  /** Path of the last array that was read; null before the first. */
  #lastArray: string | null = null;
  #opened = false;

  constructor(source: ByteSource, head: SourceHead, batch: EventBatch, options: WalkerOptions) {
    this.#window = new JsonWindow(source, head);
    this.#batch = batch;
    this.#root = pathTree(options.arrays);
    this.#recovery = new JsonRecovery(this.#window, source.size, options);
    this.#arrays = options.arrays;
    batch.range('byte-order-mark', head.bomLength, 1);
  }

  /** The document's events. Whatever they do not carry is booked when the next event is asked for. */
  *events(): Generator<JsonEvent> {
    const window = this.#window;
    for (;;) {
      this.#toToken();
      const frame = this.#frames.at(-1);
      if (window.at >= window.length) {
        this.#book('structure');
        this.complete = frame === undefined && this.#opened;
        return;
      }
      let step: Step;
      if (frame === undefined) step = this.#opened ? 'damaged' : this.#enter(this.#root);
      else if (frame.kind === 'array') step = yield* this.#elements(frame);
      else step = frame.kind === 'object' ? this.#object(frame) : this.#list(frame);
      yield* this.#takeEvents();
      if (step !== 'on') {
        if (!this.#recover(step)) return;
        yield* this.#takeEvents();
      }
    }
  }

  *#takeEvents(): Generator<JsonEvent> {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    yield* events;
  }

  /** Goes to the next unit that is no white space, or to the end. */
  #toToken(): void {
    const window = this.#window;
    for (;;) {
      window.moveTo(skipSpace(window.units, window.at, window.length));
      if (window.at < window.length || window.final) return;
      window.grow();
    }
  }

  /** Books everything up to the current unit. */
  #book(code: RangeCode, count = 0): void {
    this.#batch.range(code, this.#window.byteAt(this.#window.at), this.#bookedLine, count);
    this.#bookedLine = this.#window.line;
  }

  #push(kind: Frame['kind'], node: PathNode): void {
    this.#frames.push({ kind, node, state: 'first' });
    this.#window.moveTo(this.#window.at + 1);
    this.#book('structure');
    if (kind === 'object') this.#events.push({ type: 'open', path: node.path });
    if (kind === 'array') {
      this.#lastArray = node.path;
      this.#events.push({ type: 'array', path: node.path });
    }
  }

  #pop(): Step {
    const frame = this.#frames.pop() as Frame;
    this.#window.moveTo(this.#window.at + 1);
    this.#book('structure');
    const enclosing = this.#frames.at(-1);
    if (enclosing !== undefined) enclosing.state = 'after';
    if (frame.kind === 'object') this.#events.push({ type: 'close', path: frame.node.path });
    return 'on';
  }

  /** Steps into the value at the current unit where it leads to records, else takes it as it is. */
  #enter(node: PathNode, name: string | null = null): Step {
    this.#opened = true;
    const { units, at } = this.#window;
    const list = node.children.get('*');
    if (units[at] === OPEN_BRACE && node.children.size > (list === undefined ? 0 : 1)) {
      this.#push('object', node);
      return 'on';
    }
    if (units[at] === OPEN_BRACKET && node.isArray) {
      this.#push('array', node);
      return 'on';
    }
    if (units[at] === OPEN_BRACKET && list !== undefined) {
      this.#push('list', node);
      return 'on';
    }
    return this.#scalar(name);
  }

  /** Takes a value that leads to no records: metadata. */
  #scalar(name: string | null): Step {
    const window = this.#window;
    const end = this.#endOfValue();
    if (end < 0) return end === RAN_OUT ? 'cut' : 'damaged';
    const json = window.text(window.at, end);
    const parsed = parseJson(json);
    const { value } = examine(parsed, json, window.encoding, () => window.bytes(window.at, end));
    window.moveTo(end);
    this.#book(parsed === undefined ? 'bad-json' : 'metadata', 1);
    const frame = this.#frames.at(-1);
    if (frame !== undefined) frame.state = 'after';
    if (frame !== undefined && name !== null && parsed !== undefined) {
      this.#events.push({ type: 'member', path: frame.node.path, name, value });
    }
    return 'on';
  }

  /** Index behind the value at the current unit, growing the window as needed; negative as `scanValue`. */
  #endOfValue(): number {
    const window = this.#window;
    for (;;) {
      const end = scanValue(window.units, window.at, window.length);
      if (end !== RAN_OUT || !window.canGrow) return end;
      window.grow();
    }
  }

  #object(frame: Frame): Step {
    const window = this.#window;
    const c = window.units[window.at];
    if (c === CLOSE_BRACE) return this.#pop();
    if (frame.state === 'after') {
      if (c !== COMMA) return 'damaged';
      window.moveTo(window.at + 1);
      this.#book('structure');
      this.#toToken();
      if (window.units[window.at] === CLOSE_BRACE) return this.#pop();
    }
    if (window.units[window.at] !== QUOTE) return window.at >= window.length ? 'cut' : 'damaged';
    let end = scanString(window.units, window.at, window.length);
    while (end === RAN_OUT && window.canGrow) {
      window.grow();
      end = scanString(window.units, window.at, window.length);
    }
    if (end < 0) return end === RAN_OUT ? 'cut' : 'damaged';
    const name = parseJson(window.text(window.at, end));
    if (typeof name !== 'string') return 'damaged';
    window.moveTo(end);
    this.#toToken();
    if (window.at >= window.length) return 'cut';
    if (window.units[window.at] !== COLON) return 'damaged';
    window.moveTo(window.at + 1);
    this.#toToken();
    if (window.at >= window.length) return 'cut';
    const child = frame.node.children.get(name);
    return child === undefined || name === '*' ? this.#scalar(name) : this.#enter(child, name);
  }

  #list(frame: Frame): Step {
    const window = this.#window;
    const c = window.units[window.at];
    if (c === CLOSE_BRACKET) return this.#pop();
    if (frame.state === 'after') {
      if (c !== COMMA) return 'damaged';
      window.moveTo(window.at + 1);
      this.#book('structure');
      this.#toToken();
      if (window.at >= window.length) return 'cut';
    }
    return this.#enter(frame.node.children.get('*') as PathNode);
  }

  /** Reads as many elements of an array as the window holds. */
  *#elements(frame: Frame): Generator<JsonEvent, Step> {
    const window = this.#window;
    if (window.units[window.at] === CLOSE_BRACKET) return this.#pop();
    if (frame.state === 'after') {
      if (window.units[window.at] !== COMMA) return 'damaged';
      frame.state = 'element';
      window.moveTo(window.at + 1);
      this.#book('structure');
      return 'on';
    }
    this.#book('structure');
    const first = this.#endOfValue();
    if (first < 0) return first === RAN_OUT ? 'cut' : 'damaged';
    const { items, state } = this.#scanItems(first);
    if (items.length === 0) return 'damaged';
    frame.state = state;
    yield { type: 'items', path: frame.node.path, items };
    this.#bookedLine = window.line;
    return 'on';
  }

  /**
   * Scans elements from the current unit, the first of which ends at `firstEnd`, and moves behind them.
   * Stops before an element that holds whole records: a lost bracket has made it swallow its
   * neighbours, whose words would pass for its own.
   */
  #scanItems(firstEnd: number): { items: JsonItem[]; state: Frame['state'] } {
    const window = this.#window;
    const { units, length } = window;
    const bounds: number[] = [];
    let state: Frame['state'] = 'after';
    let start = window.at;
    let end = firstEnd;
    let until = firstEnd;
    while (end >= 0) {
      until = end;
      const separator = skipSpace(units, end, length);
      const next = units[separator] === COMMA ? skipSpace(units, separator + 1, length) : length;
      bounds.push(start, end);
      state = 'after';
      if (next >= length) break;
      until = next;
      state = 'element';
      if (bounds.length >= MAX_ITEMS * 2) break;
      start = next;
      end = scanValue(units, start, length);
    }
    const from = bounds[0] as number;
    const text = window.text(from, bounds[bounds.length - 1] as number);
    const parsed = parseJson(`[${text}]`) as readonly unknown[] | undefined;
    this.#recovery.learn(from);
    const sound = this.#recovery.countSound(bounds, parsed);
    if (sound * 2 < bounds.length) {
      until = bounds[sound * 2] as number;
      state = 'element';
      bounds.length = sound * 2;
    }
    return { items: this.#makeItems(bounds, until, text, parsed), state };
  }

  #makeItems(
    bounds: readonly number[],
    until: number,
    text: string,
    parsed: readonly unknown[] | undefined,
  ): JsonItem[] {
    const window = this.#window;
    const clean = parsed !== undefined && !text.includes('\ufffd') && !mayHoldLoneSurrogates(text);
    const items: JsonItem[] = [];
    for (let i = 0; i < bounds.length; i += 2) {
      const start = bounds[i] as number;
      const end = bounds[i + 1] as number;
      window.moveTo(start);
      const behind = bounds[i + 2] ?? until;
      let value: unknown = parsed?.[i / 2];
      let flags: JsonItem['flags'] = NONE;
      if (!clean) {
        const json = window.text(start, end);
        value = parsed === undefined ? parseJson(json) : value;
        ({ value, flags } = examine(value, json, window.encoding, () => window.bytes(start, end)));
      }
      items.push({
        value,
        code: value === undefined ? 'bad-json' : null,
        start: window.byteAt(start),
        end: window.byteAt(end),
        until: window.byteAt(behind),
        line: window.line,
        count: 1,
        flags,
      });
    }
    window.moveTo(until);
    return items;
  }

  /** Books the damage at the current unit and goes to where reading can go on; false at the end. */
  #recover(step: 'damaged' | 'cut'): boolean {
    const tooLong = step === 'cut' && !this.#window.final;
    const found = this.#recovery.find();
    const code = tooLong ? 'line-too-long' : found === null && step === 'cut' ? 'truncated' : 'bad-json';
    this.#book(code, this.#recovery.lost);
    if (found !== null) this.#resume(found);
    return found !== null;
  }

  /** The path that an array of this name has here: the last one's, or one below where the reading stands. */
  #pathOf(name: string): string {
    const paths = this.#arrays.filter((path) => path.slice(path.lastIndexOf('.') + 1) === name);
    if (this.#lastArray !== null && paths.includes(this.#lastArray)) return this.#lastArray;
    const here = this.#frames.at(-1)?.node.path ?? '';
    return paths.find((path) => path.startsWith(here)) ?? (paths[0] as string);
  }

  #resume(found: Found): void {
    const path = this.#pathOf(found.array);
    const nothingOpen = this.#frames.length === 0;
    const enclosing = this.#frames.findLastIndex(({ kind, node }) => kind === 'array' && node.path === path);
    this.#frames = enclosing >= 0 ? this.#frames.slice(0, enclosing + 1) : framesTo(this.#root, path);
    const array = this.#frames.at(-1) as Frame;
    const holder = this.#frames.at(-2);
    const newHolder = nothingOpen || holder?.node.path.endsWith('*') === true;
    this.#opened = true;
    if (found.header === null) {
      array.state = 'element';
      if (this.#lastArray !== path) this.#events.push({ type: 'array', path });
    } else {
      const holderPath = holder?.node.path ?? '';
      if (newHolder) this.#events.push({ type: 'open', path: holderPath });
      for (const [name, value] of found.header.members) {
        this.#events.push({ type: 'member', path: holderPath, name, value });
      }
      this.#window.moveTo(found.header.arrayAt + 1);
      this.#book('metadata', found.header.members.length);
      array.state = 'first';
      this.#events.push({ type: 'array', path });
    }
    this.#lastArray = path;
  }
}
