import { resolve } from 'node:path';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const stampCommand: Command = {
  name: 'stamp',
  usage: 'stamp --pack ID --response FILE',
  summary: "take in a time stamp authority's answer for a pack",
  options: { pack: { type: 'string' }, response: { type: 'string' } },
  async run(context) {
    const packId = context.arguments.text('pack');
    const response = context.arguments.text('response');
    if (!packId || !response) throw new UsageError('--pack and --response are needed');
    const opened = openForCommand(context);
    try {
      const stamp = await opened.call('evidence.importStamp', { packId, file: resolve(response) });
      context.answer(stamp, () => `stamped ${new Date(stamp.at).toISOString()} by ${stamp.authority}`);
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
