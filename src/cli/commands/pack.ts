import { resolve } from 'node:path';
import { z } from 'zod';
import { PackFormat, PackProfile } from '../../core/domain/case.ts';
import { PackChoice, PackMedia, PackOriginals, type PackPlan } from '../../core/domain/pack.ts';
import { visibleLine } from '../../core/evidence/visible-text.ts';
import { approverPassphrase } from '../acting-command.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const packCommand: Command = {
  name: 'pack',
  usage:
    'pack --case ID --out FILE [--profile court|arbitration|police|regulator|internal] [--recipient NAME] [--purpose TEXT] [--aliases] [--exhibits ID,…] [--context N] [--formats html,csv,xlsx,docx,pdf] [--media all|subjects|none] [--originals none|excerpts|whole] [--originals-of SOURCE=none|excerpts|whole,…] [--name ACCOUNT,…] [--approver ID] [--no-watermark] [--plan]',
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
    originals: { type: 'string' },
    'originals-of': { type: 'string' },
    name: { type: 'string' },
    approver: { type: 'string' },
    plan: { type: 'boolean' },
    'no-watermark': { type: 'boolean' },
  },
  async run(context) {
    const { arguments: args } = context;
    const caseId = args.text('case');
    const out = args.text('out');
    const profile = PackProfile.safeParse(args.text('profile') ?? 'internal');
    const plans = args.flag('plan');
    if (!caseId || (!out && !plans)) throw new UsageError('--case and --out are needed');
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
    const originals = PackOriginals.optional().safeParse(args.text('originals'));
    if (!originals.success) throw new UsageError(`--originals is one of ${PackOriginals.options.join(', ')}`);
    const originalsOf = PackChoice.shape.originalsOf.safeParse(
      list('originals-of')?.map((one) => {
        const [sourceId, form] = one.split('=');
        return { sourceId, originals: form };
      }),
    );
    if (!originalsOf.success) throw new UsageError('--originals-of takes SOURCE=none|excerpts|whole,…');
    const exhibits = list('exhibits');
    const named = list('name');
    if (named && !args.flag('aliases')) throw new UsageError('--name needs --aliases: else all are named');
    const approver = args.text('approver');
    const around = args.text('context');
    if (around !== undefined && !/^\d{1,3}$/.test(around)) throw new UsageError('--context is a number');
    const opened = openForCommand(context);
    try {
      const choice = {
        caseId,
        profile: profile.data,
        aliases: args.flag('aliases'),
        ...(named ? { unmask: named } : {}),
        ...(exhibits ? { exhibitIds: exhibits } : {}),
        ...(around === undefined ? {} : { context: Number(around) }),
        ...(formats.data ? { formats: formats.data } : {}),
        ...(media.data ? { attachments: media.data } : {}),
        ...(originals.data ? { originals: originals.data } : {}),
        ...(originalsOf.data ? { originalsOf: originalsOf.data } : {}),
      };
      if (plans) {
        const plan = await opened.call('evidence.plan', choice);
        context.answer(plan, () => planInWords(plan));
        return EXIT.done;
      }
      const result = await opened.job('evidence.export', {
        ...choice,
        file: resolve(out ?? ''),
        recipient: args.text('recipient') ?? '',
        purpose: args.text('purpose') ?? '',
        ...(approver ? { approval: { officerId: approver, passphrase: approverPassphrase() } } : {}),
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

function planInWords(plan: PackPlan): string {
  const { originals } = plan;
  return [
    `${plan.exhibits.length} exhibits, ${plan.messages} messages, about ${plan.bytes} bytes, forms ${plan.formats.join(', ')}`,
    ...plan.exhibits.map(
      ({ id, number, description, messages }) =>
        `  ${number} ${visibleLine(description)}, ${messages} messages, id ${id}`,
    ),
    ...plan.bystanders.map(
      ({ accountId, name, messages }) =>
        `  bystander ${visibleLine(name ?? '')}, ${messages} messages, account ${accountId}`,
    ),
    ...originals.sources.map(
      ({ id, file, originals: form }) => `  source ${visibleLine(file)}, id ${id}: ${form}`,
    ),
    ...(originals.files === 0 ? [] : [`  source files: ${originals.files}, ${originals.bytes} bytes`]),
    ...originals.refused.map(({ reason, file }) => `  refused, ${reason}: ${visibleLine(file)}`),
    ...originals.reasons.map(({ reason, count }) => `  a second officer approves: ${reason}, ${count}`),
    ...(plan.needsApproval ? ['  a second officer approves: bystanders are named'] : []),
  ].join('\n');
}
