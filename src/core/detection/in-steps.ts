/** Long work as a generator that yields at its safe points, so that a thread can do other work between them. */

/** What work in steps answers, done at once. */
export function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Made once: in the steps of `making`, or at once by who needs it before. */
export class Lazily<T> {
  private made: { readonly value: T } | undefined;
  private readonly make: () => Generator<void, T>;

  constructor(make: () => Generator<void, T>) {
    this.make = make;
  }

  *making(): Generator<void, void> {
    if (this.made !== undefined) return;
    const value = yield* this.make();
    this.made ??= { value };
  }

  get value(): T {
    this.made ??= { value: finished(this.make()) };
    return this.made.value;
  }
}
