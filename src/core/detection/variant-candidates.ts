/** Where terms may stand in other ways of writing, as the filter finds them; used again for the next text. */
export class Candidates {
  /** The key, or its complement where it is one of shapes, and the element at which it begins. */
  readonly keys: number[] = [];
  readonly starts: number[] = [];
  /** Which of its sounds each element is read by, the first element in the highest bits. */
  private readonly readings: number[] = [];

  get length(): number {
    return this.keys.length;
  }

  clear(): void {
    this.keys.length = 0;
    this.starts.length = 0;
    this.readings.length = 0;
  }

  add(key: number, start: number, readings: number): void {
    this.keys.push(key);
    this.starts.push(start);
    this.readings.push(readings);
  }

  /**
   * Those between `from` and `to`, each once, as a search meets them: by their place, those by sound first, by
   * the commonest sounds first.
   */
  ordered(from: number, to: number): number[] {
    const { keys, starts, readings } = this;
    const order = Array.from({ length: to - from }, (_, index) => from + index);
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
      const before = order[index - 1];
      return before === undefined || keys[before] !== keys[one] || starts[before] !== starts[one];
    });
  }
}
