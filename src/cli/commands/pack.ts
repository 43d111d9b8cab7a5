import { resolve } from 'node:path';
import { PackProfile } from '../../core/domain/case.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const packCommand: Command = {
  name: 'pack',
  usage:
    'pack --case ID --profile court|arbitration|police|regulator|internal --out FILE [--recipient NAME] [--purpose TEXT] [--aliases]',
  summary: 'write an evidence pack',
  options: {
    case: { type: 'string' },
    profile: { type: 'string' },
    out: { type: 'string' },
    recipient: { type: 'string' },
    purpose: { type: 'string' },
    aliases: { type: 'boolean' },
  },
  async run(context) {
    const { arguments: args } = context;
    const caseId = args.text('case');
    const out = args.text('out');
    const profile = PackProfile.safeParse(args.text('profile') ?? 'internal');
    if (!caseId || !out) throw new UsageError('--case and --out are needed');
    if (!profile.success) throw new UsageError(`--profile is one of ${PackProfile.options.join(', ')}`);
    const opened = openForCommand(context);
    try {
      const result = await opened.job('evidence.export', {
        caseId,
        profile: profile.data,
        file: resolve(out),
        recipient: args.text('recipient') ?? '',
        purpose: args.text('purpose') ?? '',
        aliases: args.flag('aliases'),
      });
      context.answer(result, () =>
        [
          `${result.file}: ${result.exhibits} exhibits, ${result.messages} messages, root ${result.root}`,
          ...result.leftOut.map(({ part, reason }) => `  left out ${part}: ${reason}`),
        ].join('\n'),
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
