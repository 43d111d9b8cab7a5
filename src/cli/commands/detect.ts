import { resolve } from 'node:path';
import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const detectCommand: Command = {
  name: 'detect',
  usage: 'detect [--pack FILE…]',
  summary: 'run detection over the workspace',
  options: { pack: { type: 'string', multiple: true } },
  async run(context) {
    const files = context.arguments.list('pack').map((file) => resolve(file));
    const opened = openForCommand(context);
    try {
      const run = await opened.job('detection.start', { packFiles: files.length > 0 ? files : null });
      const { id, state, ...facts } = run;
      context.answer({ runId: id, state, ...facts }, () =>
        [
          `${run.messages} messages, ${run.hits} hits (${run.added} new) in ${run.seconds.toFixed(1)} s`,
          ...Object.entries(run.byCategory).map(([category, hits]) => `  ${category}: ${hits}`),
        ].join('\n'),
      );
      return state === 'cancelled' ? EXIT.cancelled : EXIT.done;
    } finally {
      opened.close();
    }
  },
};
