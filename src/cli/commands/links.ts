import type { Link } from '../../core/domain/link.ts';
import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const linksCommand: Command = {
  name: 'links',
  usage: 'links [--domain D] [--search TEXT] [--limit N]',
  summary: 'brings the register of links up to date and lists it',
  options: { domain: { type: 'string' }, search: { type: 'string' }, limit: { type: 'string' } },
  async run(context) {
    const { arguments: args } = context;
    const limit = args.count('limit') ?? Number.POSITIVE_INFINITY;
    const opened = openForCommand(context);
    try {
      await opened.job('links.update', {});
      const rows: Link[] = [];
      let cursor: string | null = null;
      do {
        const room = Math.min(500, limit - rows.length);
        if (room <= 0) break;
        const page: { rows: Link[]; next: string | null } = await opened.call('links.list', {
          text: args.text('search') ?? null,
          domain: args.text('domain') ?? null,
          cursor,
          limit: room,
        });
        rows.push(...page.rows);
        cursor = page.next;
      } while (cursor !== null);
      context.answer(
        rows,
        () => rows.map(({ url, places }) => `${places} × ${url}`).join('\n') || 'No links.',
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
