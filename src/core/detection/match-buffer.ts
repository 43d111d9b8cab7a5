/** Growing typed arrays that are used again for every text. */

/** Occurrences, three numbers each: start, end (UTF-16 units of the original), trie node. */
export class MatchBuffer {
  data = new Int32Array(3 * 256);
  length = 0;

  push(start: number, end: number, node: number): void {
    if (this.length + 3 > this.data.length) {
      const larger = new Int32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length] = start;
    this.data[this.length + 1] = end;
    this.data[this.length + 2] = node;
    this.length += 3;
  }
}

/** Letters of one text in arrays that are used again for the next. */
export class UnitStream {
  length = 0;
  ids = new Uint16Array(0);
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  /** Symbols dropped before the letter. */
  gaps = new Int32Array(0);

  reset(capacity: number): void {
    this.length = 0;
    if (capacity <= this.ids.length) return;
    this.ids = new Uint16Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.gaps = new Int32Array(capacity);
  }

  push(id: number, start: number, end: number, gap: number): void {
    const at = this.length++;
    this.ids[at] = id;
    this.starts[at] = start;
    this.ends[at] = end;
    this.gaps[at] = gap;
  }
}
