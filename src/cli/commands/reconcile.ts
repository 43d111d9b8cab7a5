import { resolve } from 'node:path';
import type {
  ReconciliationRow,
  ReconciliationSide,
  ReconciliationSummary,
} from '../../core/domain/reconciliation.ts';
import { everyRow } from '../acting-command.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const reconcileCommand: Command = {
  name: 'reconcile',
  usage: 'reconcile A B [--out CSV] [--tolerance SECONDS] [--all]',
  summary:
    'compare two exports of one chat, each SOURCE or SOURCE/CONVERSATION; lists what differs, with --all also what matches',
  options: { out: { type: 'string' }, tolerance: { type: 'string' }, all: { type: 'boolean' } },
  async run(context) {
    const { arguments: args } = context;
    const [a, b, ...rest] = args.positionals;
    if (a === undefined || b === undefined || rest.length > 0) throw new UsageError('name two sources');
    const between = { a: sideOf(a), b: sideOf(b), tolerance: args.count('tolerance') ?? null };
    const opened = openForCommand(context);
    try {
      const summary = await opened.job('reconciliation.compare', between);
      const all = await everyRow<ReconciliationRow>((at) =>
        opened.call('reconciliation.rows', { between, ...at }),
      );
      const rows = args.flag('all') ? all : all.filter(({ kind }) => kind !== 'matched');
      const out = args.text('out');
      const written = out
        ? await opened.job('reconciliation.export', { ...between, file: resolve(out) })
        : null;
      context.answer({ ...summary, rows, written }, () => inWords(summary, rows));
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};

function sideOf(text: string): ReconciliationSide {
  const [sourceId = '', conversationId] = text.split('/');
  return { sourceId, conversationId: conversationId ?? null };
}

function inWords(summary: ReconciliationSummary, rows: readonly ReconciliationRow[]): string {
  const { a, b, offset } = summary;
  const seconds = (offset.milliseconds / 1000).toFixed(1);
  const told = (said: ReconciliationRow['a']) => (said ? JSON.stringify(said.text.slice(0, 80)) : '—');
  return [
    `A: ${a.file}, ${a.messages} messages. B: ${b.file}, ${b.messages} messages.`,
    `B's clock stands ${seconds} s from A's, by ${offset.agreeing} of ${offset.anchors} messages that are certainly the same${offset.zoneLike ? '; that looks like another time zone' : ''}.`,
    `${summary.matched} match, ${summary.differs} differ (${summary.recalled} recalled, ${summary.edited} edited, ${summary.clock} by the clock), ${summary.onlyA} only in A, ${summary.onlyB} only in B; outside the other export's time ${summary.outsideA} of A and ${summary.outsideB} of B.`,
    ...rows.map(
      ({ kind, differences, a: one, b: other }) =>
        `  ${kind}${differences.length > 0 ? ` (${differences.join(', ')})` : ''} ${(one ?? other)?.sentAtText ?? ''} ${told(one)} | ${told(other)}`,
    ),
  ].join('\n');
}
