import { z } from 'zod';

/**
 * Expected failures. The renderer and the command line put them into words; `detail` is a plain
 * technical fact, `subject` names the thing concerned (a file, a field, a row).
 */
export const ErrorCode = z.enum([
  'unknown-method',
  'invalid-input',
  'internal',
  'host-stopped',
  'cancelled',
  'workspace-missing',
  'workspace-exists',
  'workspace-locked',
  'workspace-in-use',
  'workspace-newer',
  'workspace-damaged',
  'wrong-key',
  'not-found',
  'not-allowed',
  'conflict',
  'file-unreadable',
  'file-exists',
  'format-unknown',
  'nothing-kept',
  'mapping-unfit',
  'archive-damaged',
  'zone-unknown',
  'pack-invalid',
  'stamp-invalid',
  'transfer-invalid',
  'key-untrusted',
  'pack-example-failed',
  'backtest-required',
  'reason-required',
  'verification-required',
  'second-officer-required',
  'duty-open',
  'in-work',
  'no-page-printer',
  'disk-full',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Failure = z.object({
  code: ErrorCode,
  detail: z.string(),
  subject: z.string().nullable(),
});
export type Failure = z.infer<typeof Failure>;

/** An expected failure inside the core; becomes a `Failure` value at the edge. */
export class DocketError extends Error {
  readonly code: ErrorCode;
  readonly subject: string | null;
  constructor(code: ErrorCode, detail: string, subject: string | null = null) {
    super(detail);
    this.name = 'DocketError';
    this.code = code;
    this.subject = subject;
  }
}
