/** What every command shares: its shape, its input and output, exit codes, errors in words. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CallFailed } from '../contract/client.ts';
import { DocketError, type ErrorCode } from '../contract/errors.ts';

export interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Exit codes of the command line's contract (docs/command-line.md). */
export const EXIT = { done: 0, findings: 1, usage: 2, refused: 3, locked: 4, cancelled: 130 } as const;

type OptionTypes = NonNullable<ParseArgsConfig['options']>;

/** Options that every command takes. */
const COMMON = {
  json: { type: 'boolean' },
  workspace: { type: 'string' },
  officer: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies OptionTypes;

export interface Arguments {
  readonly positionals: readonly string[];
  readonly json: boolean;
  /** Value of a string option; undefined where it was not given. */
  text(name: string): string | undefined;
  /** Values of an option that may be repeated. */
  list(name: string): readonly string[];
  flag(name: string): boolean;
  /** A whole number ≥ 0. Throws a usage error for anything else. */
  count(name: string): number | undefined;
}

export interface Context {
  readonly arguments: Arguments;
  readonly streams: Streams;
  /** Aborted by the first Ctrl+C. */
  readonly signal: AbortSignal;
  /** Says something to a person, on stderr. */
  say(text: string): void;
  /** Gives the result: exactly one JSON value on stdout with --json, else the words. */
  answer(value: unknown, words: () => string): void;
}

export interface Command {
  readonly name: string;
  /** How to call it, without the program's name. */
  readonly usage: string;
  readonly summary: string;
  readonly options: OptionTypes;
  run(context: Context): Promise<number>;
}

/** Wrong usage: told with the command's usage line, exit code 2. */
export class UsageError extends Error {}

export function parseCommand(command: Command, args: readonly string[]): Arguments & { help: boolean } {
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
      strict: true,
    }) as typeof parsed;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  const text = (name: string) => values[name] as string | undefined;
  return {
    positionals,
    json: values.json === true,
    help: values.help === true,
    text,
    list: (name) => (values[name] as string[] | undefined) ?? [],
    flag: (name) => values[name] === true,
    count(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d+$/.test(value)) throw new UsageError(`--${name} takes a whole number, not ${value}`);
      return Number(value);
    },
  };
}

const LOCKED = new Set<ErrorCode>([
  'workspace-missing',
  'workspace-locked',
  'workspace-in-use',
  'workspace-newer',
  'workspace-damaged',
  'wrong-key',
]);
const USAGE = new Set<ErrorCode>(['invalid-input', 'unknown-method', 'zone-unknown']);

/** What happened and what to do, per code, for a person at a terminal. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  'workspace-missing':
    'There is no workspace here. Make one with "docket init", or name another with --workspace.',
  'workspace-exists': 'There is a workspace here already; nothing was changed.',
  'workspace-locked': 'The workspace is locked. Put the passphrase of the officer into DOCKET_KEY.',
  'workspace-in-use': 'Another Docket has this workspace open. Close it there first; nothing was changed.',
  'workspace-newer': 'A newer Docket wrote this workspace. Open it with that version; nothing was changed.',
  'workspace-damaged':
    'The workspace is damaged. Restore the last backup with "docket restore"; nothing was changed.',
  'wrong-key': 'This key does not open the workspace. Check DOCKET_KEY and --officer; nothing was changed.',
  'nothing-kept': 'Nothing of the file was kept. Name its format with --format, or lower --min-kept.',
  'format-unknown': 'No importer knows this file; nothing of it was kept. Name its format with --format.',
  'mapping-unfit': 'The mapping cannot be used; docs/import-mapping.md says what it must hold.',
  'archive-damaged': 'The archive is cut off or damaged; nothing of it was kept.',
  'in-work': 'Another officer has taken this on.',
  'duty-open': 'A duty of the case is still open: "docket duties" lists it.',
  'second-officer-required': 'A second officer must approve this measure.',
  'verification-required': 'Only confirmed hits make a case: review them first.',
};

export interface Ending {
  readonly code: number;
  readonly message: string;
}

/** Exit code and words for anything that ended a command. */
export function endingOf(error: unknown): Ending {
  const failure =
    error instanceof CallFailed
      ? error.failure
      : error instanceof DocketError
        ? { code: error.code, detail: error.message, subject: error.subject }
        : null;
  if (!failure) {
    const known = error instanceof Error && 'code' in error && 'path' in error;
    if (known) return { code: EXIT.refused, message: (error as Error).message };
    return {
      code: 70,
      message: `Unexpected: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    };
  }
  const subject = failure.subject ? `${failure.subject}: ` : '';
  const advice = ADVICE[failure.code];
  const message = `${subject}${failure.detail} [${failure.code}]${advice ? `\n${advice}` : ''}`;
  if (failure.code === 'cancelled') return { code: EXIT.cancelled, message };
  if (LOCKED.has(failure.code)) return { code: EXIT.locked, message };
  if (USAGE.has(failure.code)) return { code: EXIT.usage, message };
  if (failure.code === 'internal' || failure.code === 'host-stopped') return { code: 70, message };
  return { code: EXIT.refused, message };
}
