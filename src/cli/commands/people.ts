import type { Person } from '../../core/domain/person.ts';
import { type Action, actingCommand, everyRow, needed } from '../acting-command.ts';

const ACTIONS: Record<string, Action> = {
  list: (context, { call }) =>
    everyRow<Person>((at) => call('people.list', { text: context.arguments.text('name') ?? null, ...at })),
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

export const peopleCommand = actingCommand({
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
  actions: ACTIONS,
  words: (value) => JSON.stringify(value, null, 2),
});
