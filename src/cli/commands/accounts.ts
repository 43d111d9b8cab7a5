import type { Account } from '../../core/domain/conversation.ts';
import { everyRow } from '../acting-command.ts';
import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const accountsCommand: Command = {
  name: 'accounts',
  usage: 'accounts [--unnamed] [--search TEXT] [--limit N]',
  summary: 'list accounts; --unnamed shows ids that no directory has named',
  options: { unnamed: { type: 'boolean' }, search: { type: 'string' }, limit: { type: 'string' } },
  async run(context) {
    const { arguments: args } = context;
    const opened = openForCommand(context);
    try {
      const rows = await everyRow<Account>(
        (at) =>
          opened.call('accounts.list', {
            text: args.text('search') ?? null,
            unnamed: args.flag('unnamed') ? true : null,
            ...at,
          }),
        args.count('limit'),
      );
      context.answer(
        rows,
        () =>
          rows
            .map(
              (row) =>
                `${row.platform} ${row.platformId ?? ''} ${row.name ?? '(no name)'}: ${row.messages} messages`,
            )
            .join('\n') || 'No accounts.',
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
