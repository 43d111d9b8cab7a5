import { resolve } from 'node:path';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const stampCommand: Command = {
  name: 'stamp',
  usage:
    'stamp --pack ID --response FILE | --head --out FILE | --head ID --response FILE | --heads [--every DAYS]',
  summary: "take in a time stamp authority's answer for a pack; have the audit log's head stamped",
  options: {
    pack: { type: 'string' },
    response: { type: 'string' },
    head: { type: 'boolean' },
    heads: { type: 'boolean' },
    out: { type: 'string' },
    every: { type: 'string' },
  },
  async run(context) {
    const { arguments: args } = context;
    const packId = args.text('pack');
    const response = args.text('response');
    const out = args.text('out');
    const [stampId] = args.positionals;
    const opened = openForCommand(context);
    try {
      if (args.flag('heads')) {
        const everyDays = args.count('every');
        if (everyDays !== undefined) {
          await opened.call('stamps.setSchedule', { everyDays: everyDays === 0 ? null : everyDays });
        }
        const [schedule, stamps] = [
          await opened.call('stamps.schedule', {}),
          await opened.call('stamps.list', {}),
        ];
        context.answer({ schedule, stamps }, () =>
          [
            schedule.everyDays === null
              ? 'no schedule'
              : `every ${schedule.everyDays} days${schedule.due ? ', DUE' : ''}`,
            ...stamps.map(
              ({ id, sequence, hash, stamped }) =>
                `${id}  ${sequence} ${hash}  ${stamped ? `stamped ${new Date(stamped.at).toISOString()} by ${stamped.authority}` : 'requested'}`,
            ),
          ].join('\n'),
        );
        return schedule.due ? EXIT.findings : EXIT.done;
      }
      if (args.flag('head') && out) {
        const request = await opened.call('stamps.request', { file: resolve(out) });
        context.answer(request, () => `${request.file}: request ${request.id} for entry ${request.sequence}`);
        return EXIT.done;
      }
      if (args.flag('head') && stampId && response) {
        const stamp = await opened.call('stamps.import', { stampId, file: resolve(response) });
        context.answer(stamp, () => `entry ${stamp.sequence} stamped by ${stamp.stamped?.authority ?? ''}`);
        return EXIT.done;
      }
      if (!packId || !response)
        throw new UsageError('--pack and --response are needed, or --head or --heads');
      const stamp = await opened.call('evidence.importStamp', { packId, file: resolve(response) });
      context.answer(stamp, () => `stamped ${new Date(stamp.at).toISOString()} by ${stamp.authority}`);
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
