import { resolve } from 'node:path';
import { z } from 'zod';
import { PackFormat, PackProfile } from '../../core/domain/case.ts';
import { PackMedia } from '../../core/domain/pack.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const packCommand: Command = {
  name: 'pack',
  usage:
    'pack --case ID --profile court|arbitration|police|regulator|internal --out FILE [--recipient NAME] [--purpose TEXT] [--aliases] [--exhibits ID,…] [--context N] [--formats html,csv,xlsx,docx,pdf] [--media all|subjects|none] [--no-watermark]',
  summary: 'write an evidence pack',
  options: {
    case: { type: 'string' },
    profile: { type: 'string' },
    out: { type: 'string' },
    recipient: { type: 'string' },
    purpose: { type: 'string' },
    aliases: { type: 'boolean' },
    exhibits: { type: 'string' },
    context: { type: 'string' },
    formats: { type: 'string' },
    media: { type: 'string' },
    'no-watermark': { type: 'boolean' },
  },
  async run(context) {
    const { arguments: args } = context;
    const caseId = args.text('case');
    const out = args.text('out');
    const profile = PackProfile.safeParse(args.text('profile') ?? 'internal');
    if (!caseId || !out) throw new UsageError('--case and --out are needed');
    if (!profile.success) throw new UsageError(`--profile is one of ${PackProfile.options.join(', ')}`);
    const list = (name: string) =>
      args
        .text(name)
        ?.split(',')
        .filter((part) => part !== '');
    const formats = z.array(PackFormat).optional().safeParse(list('formats'));
    if (!formats.success) throw new UsageError(`--formats are some of ${PackFormat.options.join(', ')}`);
    const media = PackMedia.optional().safeParse(args.text('media'));
    if (!media.success) throw new UsageError(`--media is one of ${PackMedia.options.join(', ')}`);
    const exhibits = list('exhibits');
    const around = args.text('context');
    if (around !== undefined && !/^\d{1,3}$/.test(around)) throw new UsageError('--context is a number');
    const opened = openForCommand(context);
    try {
      const result = await opened.job('evidence.export', {
        caseId,
        profile: profile.data,
        file: resolve(out),
        recipient: args.text('recipient') ?? '',
        purpose: args.text('purpose') ?? '',
        aliases: args.flag('aliases'),
        ...(exhibits ? { exhibitIds: exhibits } : {}),
        ...(around === undefined ? {} : { context: Number(around) }),
        ...(formats.data ? { formats: formats.data } : {}),
        ...(media.data ? { attachments: media.data } : {}),
        ...(args.flag('no-watermark') ? { watermark: false } : {}),
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
