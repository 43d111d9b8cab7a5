import { resolve } from 'node:path';
import type { Medium } from '../../core/domain/media.ts';
import { MediaState } from '../../core/domain/media.ts';
import { type Action, actingCommand, everyRow, needed } from '../acting-command.ts';
import { UsageError } from '../command.ts';

const ACTIONS: Record<string, Action> = {
  list: async (context, { call }) => {
    const state = context.arguments.text('state');
    const parsed = state === undefined ? null : MediaState.safeParse(state);
    if (parsed && !parsed.success) throw new UsageError(`--state is one of ${MediaState.options.join(', ')}`);
    const sourceId = context.arguments.text('source') ?? null;
    const rows = await everyRow<Medium>((at) =>
      call('media.list', { sourceId, state: parsed?.data ?? null, ...at }),
    );
    return { counts: await call('media.counts', { sourceId }), rows };
  },
  match: (context, { job }) =>
    job('media.match', {
      sourceId: needed(context, 'source'),
      folder: resolve(needed(context, 'folder')),
    }),
};

export const mediaCommand = actingCommand({
  name: 'media',
  usage: 'media list [--source ID] [--state missing|unexamined|examined] | match --source ID --folder DIR',
  summary: 'media that messages name; finds their files beside an export, their types and QR codes',
  options: { source: { type: 'string' }, state: { type: 'string' }, folder: { type: 'string' } },
  actions: ACTIONS,
  words: (value) => {
    const { counts } = value as { counts: { named: number; found: number; examined: number } };
    return `${counts.named} named, ${counts.named - counts.found} missing, ${counts.named - counts.examined} that nothing has examined`;
  },
});
