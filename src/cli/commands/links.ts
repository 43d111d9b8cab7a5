import type { Link } from '../../core/domain/link.ts';
import { everyRow } from '../acting-command.ts';
import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const linksCommand: Command = {
  name: 'links',
  usage: 'links [--domain D] [--search TEXT] [--limit N]',
  summary: 'brings the register of links up to date and lists it',
  options: { domain: { type: 'string' }, search: { type: 'string' }, limit: { type: 'string' } },
  async run(context) {
    const { arguments: args } = context;
    const opened = openForCommand(context);
    try {
      await opened.job('links.update', {});
      const rows = await everyRow<Link>(
        (at) =>
          opened.call('links.list', {
            text: args.text('search') ?? null,
            domain: args.text('domain') ?? null,
            ...at,
          }),
        args.count('limit'),
      );
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
