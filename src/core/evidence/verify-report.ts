import type { VerifyResult } from '../domain/case.ts';

/** Every check of a pack, in the order in which it is reported. */
const CHECKS = [
  'container',
  'declaration',
  'tag-manifest',
  'signature',
  'key',
  'manifest',
  'bag-info',
  'messages',
  'proofs',
  'attachments',
  'exhibits',
  'completeness',
  'sources',
  'decisions',
  'custody',
  'audit',
  'pages',
  'copies',
  'originals',
] as const;
export type CheckName = (typeof CHECKS)[number];

/** A hostile pack can hold a million wrong lines; the first thousand findings are enough to refuse it. */
const MAX_FAILURES = 1000;

/**
 * Collects what a verification finds. A check that was never finished counts as failed: nothing passes
 * because it was not looked at. Reasons are a code, and after a colon a detail for people.
 */
export class VerifyReport {
  readonly #failed = new Set<CheckName>();
  readonly #details = new Map<CheckName, string>();
  readonly #failures: VerifyResult['failures'] = [];
  readonly #known = new Set<string>();
  #unlisted = 0;

  /** `file` is a path in the bag or the pack itself; `entry` an id, a number or a line inside it. */
  fail(check: CheckName, reason: string, where: { file?: string; entry?: string }): void {
    this.#failed.add(check);
    // Two checks can find the same thing; it is told once.
    const finding = JSON.stringify([where.file, where.entry, reason]);
    if (this.#known.has(finding)) return;
    if (this.#failures.length < MAX_FAILURES) this.#known.add(finding);
    if (this.#failures.length < MAX_FAILURES) this.#failures.push({ ...where, reason });
    else this.#unlisted++;
  }

  /** Marks a check as carried out, with a short fact. */
  done(check: CheckName, detail: string): void {
    this.#details.set(check, detail);
  }

  result(): VerifyResult {
    const checks = CHECKS.map((name) => {
      const detail = this.#details.get(name);
      return { name, ok: detail !== undefined && !this.#failed.has(name), detail: detail ?? 'not checked' };
    });
    const failures = [...this.#failures];
    if (this.#unlisted > 0) failures.push({ reason: `more: ${this.#unlisted} further findings` });
    return { ok: checks.every(({ ok }) => ok) && failures.length === 0, checks, failures };
  }
}
