/**
 * The ledger of one import run: which bytes of the source became records, were skipped with a reason,
 * or are no record by a named rule.
 *
 * Importers add pieces in file order, each beginning where the last one ended; the ledger joins
 * neighbours of one kind and code. A gap, an overlap or an end before the source's size is a bug of
 * the importer and throws: a ledger that does not balance must never reach the host.
 */
import type { LedgerRange, RangeCode } from './importer.ts';

type RangeKind = LedgerRange['kind'];

const KIND_OF: Record<RangeCode, RangeKind> = {
  message: 'parsed',
  account: 'parsed',
  conversation: 'parsed',
  membership: 'parsed',
  entry: 'parsed',
  member: 'parsed',
  metadata: 'parsed',
  'bad-row': 'skipped',
  'bad-json': 'skipped',
  'bad-time': 'skipped',
  'missing-field': 'skipped',
  'unknown-record': 'skipped',
  truncated: 'skipped',
  'line-too-long': 'skipped',
  'unattached-text': 'skipped',
  'member-refused': 'skipped',
  'byte-order-mark': 'ignored',
  blank: 'ignored',
  header: 'ignored',
  structure: 'ignored',
  comment: 'ignored',
  'conversation-not-selected': 'ignored',
  'duplicate-header': 'ignored',
  'member-not-read': 'ignored',
};

/** The kind that a range code belongs to. */
export function rangeKind(code: RangeCode): RangeKind {
  return KIND_OF[code];
}

interface OpenRange {
  kind: RangeKind;
  code: RangeCode;
  start: number;
  end: number;
  line: number;
  count: number;
  group: string | null;
}

export class Ledger {
  readonly #size: number;
  #end = 0;
  #taken = 0;
  #ranges: OpenRange[] = [];
  #last: OpenRange | null = null;

  /** `size` is the source's size in bytes. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Byte offset up to which everything is accounted for. */
  get end(): number {
    return this.#end;
  }

  /** Bytes accounted for since the last `take`. */
  get pending(): number {
    return this.#end - this.#taken;
  }

  /**
   * Accounts for the bytes from the current end to `until` (bytes, exclusive). `line` is the 1-based
   * line of the first of them, `count` the records inside. Ranges of different `group` are not joined
   * (one range per conversation that was not kept). Empty pieces are allowed and change nothing.
   */
  add(code: RangeCode, until: number, line: number, count = 0, group: string | null = null): void {
    const start = this.#end;
    if (until < start || until > this.#size) {
      throw new Error(
        `ledger: range ${code} [${start}, ${until}) does not fit a source of ${this.#size} bytes`,
      );
    }
    if (until === start) return;
    this.#end = until;
    const last = this.#last;
    if (last !== null && last.code === code && last.group === group) {
      last.end = until;
      last.count += count;
      return;
    }
    this.#last = { kind: KIND_OF[code], code, start, end: until, line, count, group };
    this.#ranges.push(this.#last);
  }

  /** The ranges since the last call, in order. */
  take(): LedgerRange[] {
    const ranges = this.#ranges.map(({ group: _group, ...range }): LedgerRange => range);
    this.#ranges = [];
    this.#last = null;
    this.#taken = this.#end;
    return ranges;
  }

  /** Must be called when the source is read: everything has to be accounted for. */
  assertComplete(): void {
    if (this.#end !== this.#size) {
      throw new Error(`ledger: ends at byte ${this.#end} of ${this.#size}`);
    }
  }
}
