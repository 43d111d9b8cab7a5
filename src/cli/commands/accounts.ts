import type { Account } from '../../core/domain/conversation.ts';
import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const accountsCommand: Command = {
  name: 'accounts',
  usage: 'accounts [--unnamed] [--search TEXT] [--limit N]',
  summary: 'list accounts; --unnamed shows ids that no directory has named',
  options: { unnamed: { type: 'boolean' }, search: { type: 'string' }, limit: { type: 'string' } },
  async run(context) {
    const { arguments: args } = context;
    const limit = args.count('limit') ?? Number.POSITIVE_INFINITY;
    const opened = openForCommand(context);
    try {
      const rows: Account[] = [];
      let cursor: string | null = null;
      do {
        const room = Math.min(500, limit - rows.length);
        if (room <= 0) break;
        const page: { rows: Account[]; next: string | null } = await opened.call('accounts.list', {
          text: args.text('search') ?? null,
          unnamed: args.flag('unnamed') ? true : null,
          cursor,
          limit: room,
        });
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);
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
