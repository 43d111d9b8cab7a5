import { api, type MethodName, type Output, type Parsed } from './api.ts';
import { DocketError, type ErrorCode, type Failure } from './errors.ts';

/** What every call answers: a value or an expected failure, never an exception. */
export type Envelope<T = unknown> = { ok: true; value: T } | { ok: false; error: Failure };

export type Handlers = {
  [M in MethodName]: (input: Parsed<M>) => Output<M> | Promise<Output<M>>;
};

export function failure(code: ErrorCode, detail: string, subject: string | null = null): Envelope<never> {
  return { ok: false, error: { code, detail, subject } };
}

/** Errors of the file system and SQLite that a person can act on, by their codes. */
const SYSTEM_CODES: Record<string, ErrorCode> = {
  ENOSPC: 'disk-full',
  SQLITE_FULL: 'disk-full',
  ENOENT: 'file-unreadable',
  EACCES: 'file-unreadable',
  EPERM: 'file-unreadable',
  EISDIR: 'file-unreadable',
  EEXIST: 'file-exists',
  SQLITE_CORRUPT: 'workspace-damaged',
  SQLITE_NOTADB: 'wrong-key',
};

/** Turns anything thrown into a failure value. Unexpected errors go to `report` with their stack. */
export function toFailure(error: unknown, report: (error: unknown) => void): Envelope<never> {
  if (error instanceof DocketError) return failure(error.code, error.message, error.subject);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const known = SYSTEM_CODES[error.code];
    const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
    if (known) return failure(known, error.message, path);
  }
  report(error);
  return failure('internal', error instanceof Error ? error.message : String(error));
}

/**
 * Answers calls from outside: looks the method up (own properties only), validates input and output
 * with the contract's schemas and turns errors into values.
 */
export function createDispatch(handlers: Handlers, report: (error: unknown) => void) {
  return async (name: string, input: unknown): Promise<Envelope> => {
    if (!Object.hasOwn(api, name)) return failure('unknown-method', name, name);
    const method = name as MethodName;
    const parsed = api[method].input.safeParse(input ?? {});
    if (!parsed.success) return invalid('invalid-input', parsed.error);
    try {
      const handler = handlers[method] as (input: unknown) => unknown;
      const value = api[method].output.safeParse(await handler(parsed.data));
      if (value.success) return { ok: true, value: value.data };
      report(new Error(`${method} answered against its contract: ${value.error.message}`));
      return invalid('internal', value.error);
    } catch (error) {
      return toFailure(error, report);
    }
  };
}

function invalid(
  code: ErrorCode,
  error: { issues: readonly { path: PropertyKey[]; message: string }[] },
): Envelope<never> {
  const [first] = error.issues;
  const place = first?.path.map(String).join('.') ?? '';
  return failure(code, first ? `${place}: ${first.message}` : '', place || null);
}
