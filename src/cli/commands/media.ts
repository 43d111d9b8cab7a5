import { resolve } from 'node:path';
import type { Medium } from '../../core/domain/media.ts';
import { MediaState } from '../../core/domain/media.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

const ACTIONS: Record<string, (context: Context, opened: Opened) => Promise<unknown>> = {
  list: async (context, { call }) => {
    const state = context.arguments.text('state');
    const parsed = state === undefined ? null : MediaState.safeParse(state);
    if (parsed && !parsed.success) throw new UsageError(`--state is one of ${MediaState.options.join(', ')}`);
    const rows: Medium[] = [];
    let cursor: string | null = null;
    do {
      const page: { rows: Medium[]; next: string | null } = await call('media.list', {
        sourceId: context.arguments.text('source') ?? null,
        state: parsed?.data ?? null,
        cursor,
        limit: 500,
      });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null);
    return {
      counts: await call('media.counts', { sourceId: context.arguments.text('source') ?? null }),
      rows,
    };
  },
  match: (context, { job }) => {
    const sourceId = context.arguments.text('source');
    const folder = context.arguments.text('folder');
    if (sourceId === undefined || folder === undefined)
      throw new UsageError('--source and --folder are needed');
    return job('media.match', { sourceId, folder: resolve(folder) });
  },
};

export const mediaCommand: Command = {
  name: 'media',
  usage: 'media list [--source ID] [--state missing|unexamined|examined] | match --source ID --folder DIR',
  summary: 'media that messages name; finds their files beside an export, their types and QR codes',
  options: { source: { type: 'string' }, state: { type: 'string' }, folder: { type: 'string' } },
  async run(context) {
    const [name = ''] = context.arguments.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new UsageError(`the action is one of ${Object.keys(ACTIONS).join(', ')}`);
    const opened = openForCommand(context);
    try {
      const value = await action(context, opened);
      context.answer(value, () => {
        const { counts } = value as { counts: { named: number; found: number; examined: number } };
        return `${counts.named} named, ${counts.named - counts.found} missing, ${counts.named - counts.examined} that nothing has examined`;
      });
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
