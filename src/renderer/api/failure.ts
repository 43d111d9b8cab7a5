import { CallFailed } from '../../contract/client.ts';
import type { Failure } from '../../contract/errors.ts';

/** The failure behind anything thrown; what is no expected failure becomes `internal`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  return {
    code: 'internal',
    detail: error instanceof Error ? error.message : String(error),
    subject: null,
  };
}
