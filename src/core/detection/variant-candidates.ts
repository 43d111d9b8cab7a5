/**
 * Where terms may stand in other ways of writing, as the filter finds them, a list for each part of a text; used again
 * for the next texts.
 */
export class Candidates {
  /** The key, or its complement where it is one of shapes, and the element at which it begins. */
  keys = new Int32Array(1024);
  starts = new Int32Array(1024);
  /** Which of its sounds each element is read by, the first element in the highest bits. */
  private readings = new Int32Array(1024);
  /** The one added before it to the same list; -1: there is none. */
  private before = new Int32Array(1024);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Adds one to the list whose last is `before` (-1: it is empty); returns what is then its last. */
  add(key: number, start: number, readings: number, before: number): number {
    const one = this.length;
    if (one === this.keys.length) this.grow();
    this.keys[one] = key;
    this.starts[one] = start;
    this.readings[one] = readings;
    this.before[one] = before;
    this.length = one + 1;
    return one;
  }

  private grow(): void {
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(2 * old.length);
      larger.set(old);
      return larger;
    };
    this.keys = grown(this.keys);
    this.starts = grown(this.starts);
    this.readings = grown(this.readings);
    this.before = grown(this.before);
  }

  /**
   * The list whose last is `last`, each once, as a search meets them: by their place, those by sound first, by
   * the commonest sounds first.
   */
  ordered(last: number): readonly number[] {
    const { keys, starts, readings, before } = this;
    const order: number[] = [];
    for (let one = last; one >= 0; one = before[one] as number) order.push(one);
    if (order.length < 2) return order;
    order.sort((a, b) => {
      const [left, right] = [keys[a] as number, keys[b] as number];
      return (
        (starts[a] as number) - (starts[b] as number) ||
        Number(left < 0) - Number(right < 0) ||
        (readings[a] as number) - (readings[b] as number) ||
        (left < 0 ? right - left : left - right)
      );
    });
    return order.filter((one, index) => {
      const previous = order[index - 1];
      return previous === undefined || keys[previous] !== keys[one] || starts[previous] !== starts[one];
    });
  }
}
