import type { Person } from '../../core/domain/person.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

const ACTIONS: Record<string, (context: Context, opened: Opened) => Promise<unknown>> = {
  list: async (context, { call }) => {
    const rows: Person[] = [];
    let cursor: string | null = null;
    do {
      const page: { rows: Person[]; next: string | null } = await call('people.list', {
        text: context.arguments.text('name') ?? null,
        cursor,
        limit: 500,
      });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null);
    return rows;
  },
  show: (context, { call }) => call('people.ofAccount', { accountId: needed(context, 'account') }),
  link: (context, { call }) =>
    call('people.link', {
      accountId: needed(context, 'account'),
      personId: context.arguments.text('person') ?? null,
      name: context.arguments.text('name') ?? null,
      reason: needed(context, 'reason'),
    }),
  unlink: (context, { call }) =>
    call('people.unlink', { linkId: needed(context, 'link'), reason: needed(context, 'reason') }),
};

export const peopleCommand: Command = {
  name: 'people',
  usage:
    'people list [--name TEXT] | show --account ID | link --account ID --person ID|--name NAME --reason TEXT | unlink --link ID --reason TEXT',
  summary: 'which accounts are one person’s, and under which names an account was seen',
  options: {
    account: { type: 'string' },
    person: { type: 'string' },
    name: { type: 'string' },
    link: { type: 'string' },
    reason: { type: 'string' },
  },
  async run(context) {
    const [name = ''] = context.arguments.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new UsageError(`the action is one of ${Object.keys(ACTIONS).join(', ')}`);
    const opened = openForCommand(context);
    try {
      const value = await action(context, opened);
      context.answer(value, () => JSON.stringify(value, null, 2));
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};

function needed(context: Context, option: string): string {
  const value = context.arguments.text(option);
  if (value === undefined) throw new UsageError(`--${option} is needed`);
  return value;
}
