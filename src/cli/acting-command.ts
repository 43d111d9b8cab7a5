/** Commands whose first word says what to do, such as `case open`; and what several commands ask for. */
import { type Command, type Context, EXIT, UsageError } from './command.ts';
import { type Opened, openForCommand } from './open.ts';

export type Action = (context: Context, opened: Opened) => Promise<unknown>;

export interface ActingCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly options: Command['options'];
  readonly actions: Readonly<Record<string, Action>>;
  /** The answer of an action for a person at a terminal. */
  words(value: unknown, action: string): string;
}

/** The command that does one of `actions` in the opened workspace. Any other first word is wrong usage. */
export function actingCommand({ name, usage, summary, options, actions, words }: ActingCommand): Command {
  return {
    name,
    usage,
    summary,
    options,
    async run(context) {
      const [word = ''] = context.arguments.positionals;
      const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
      if (!action) throw new UsageError(`the action is one of ${Object.keys(actions).join(', ')}`);
      const opened = openForCommand(context);
      try {
        const value = await action(context, opened);
        context.answer(value, () => words(value, word));
        return EXIT.done;
      } finally {
        opened.close();
      }
    },
  };
}

/** The value of an option that the action cannot do without. */
export function needed(context: Context, option: string): string {
  const value = context.arguments.text(option);
  if (value === undefined) throw new UsageError(`--${option} is needed`);
  return value;
}

const DAY = 86_400_000;

/**
 * A time by an option: RFC 3339, or a day at this desk, of which the first instant begins a period and the last one
 * ends it; null where it was not given.
 */
export function edge(context: Context, option: string, which: 'first' | 'last'): number | null {
  const value = context.arguments.text(option);
  if (value === undefined) return null;
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  const at = day
    ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])).getTime() +
      (which === 'last' ? DAY - 1 : 0)
    : Date.parse(value);
  if (Number.isNaN(at))
    throw new UsageError(`--${option} takes a day or a time such as 2026-03-01T00:00:00+08:00`);
  return at;
}

/** The second officer's passphrase, which no command line may show. */
export function approverPassphrase(): string {
  const passphrase = process.env.DOCKET_APPROVER_KEY;
  if (!passphrase) throw new UsageError('DOCKET_APPROVER_KEY holds the second officer’s passphrase');
  return passphrase;
}

/** Rows asked for at a time. */
const PAGE = 500;

interface Page<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
}

/** All rows of a listing, page by page, at most `limit`. */
export async function everyRow<T>(
  pageOf: (at: { cursor: string | null; limit: number }) => Promise<Page<T>>,
  limit = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const room = Math.min(PAGE, limit - rows.length);
    if (room <= 0) break;
    const page: Page<T> = await pageOf({ cursor, limit: room });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}
