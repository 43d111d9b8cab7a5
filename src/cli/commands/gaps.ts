import type { GapReport } from '../../core/domain/gap.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const gapsCommand: Command = {
  name: 'gaps',
  usage: 'gaps --source ID [--conversation ID] | --conversation ID [--zone ZONE]',
  summary: 'missing days, time running backwards, holes in sequence numbers, damaged characters',
  options: { source: { type: 'string' }, conversation: { type: 'string' }, zone: { type: 'string' } },
  async run(context) {
    const { arguments: args } = context;
    const source = args.text('source') ?? null;
    const conversation = args.text('conversation') ?? null;
    if (source === null && conversation === null)
      throw new UsageError('--source or --conversation is needed');
    const opened = openForCommand(context);
    try {
      const report = await opened.call('gaps.find', {
        sourceId: source,
        conversationId: conversation,
        zone: args.text('zone') ?? opened.bench.options.environment.zone,
      });
      context.answer(report, () => inWords(report));
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};

function inWords(report: GapReport): string {
  const { counts, sequence, days } = report;
  return [
    `${report.messages} messages on ${days.length} days${days.length > 0 ? ` from ${days[0]?.day} to ${days.at(-1)?.day}` : ''}, ${report.untimed} without a time.`,
    ...report.gaps.map((gap) => {
      const what = gap.fromDay
        ? `${gap.fromDay}${gap.toDay === gap.fromDay ? '' : ` to ${gap.toDay}`}, about ${gap.expected} messages by the density around`
        : (gap.detail ?? `${Math.round(gap.size / 1000)} s back`);
      return `  ${gap.kind}: ${what}; after message ${gap.before ?? '—'}, before ${gap.after ?? '—'}`;
    }),
    `Missing days ${counts['missing-days']}, backwards ${counts.backwards}, sequence holes ${sequence === 'consecutive' ? counts['sequence-hole'] : `not judged (${sequence === 'none' ? 'no numbers' : 'numbers are not consecutive here'})`}, damaged ${counts.damage}${report.skipped === null ? '' : `, skipped records ${report.skipped}`}.`,
    'Complete relative to this file: what was deleted before the export leaves no trace in it.',
  ].join('\n');
}
