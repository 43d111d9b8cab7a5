import { DispositionReason, Verdict } from '../../core/domain/hit.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';
import { shown } from './hits.ts';

export const disposeCommand: Command = {
  name: 'dispose',
  usage:
    'dispose --hit ID… --verdict confirmed|dismissed|duplicate|unsure [--reason R] [--note TEXT] | --undo BATCH',
  summary: 'give hits a verdict, or take a batch of verdicts back',
  options: {
    hit: { type: 'string', multiple: true },
    verdict: { type: 'string' },
    reason: { type: 'string' },
    note: { type: 'string' },
    undo: { type: 'string' },
  },
  async run(context) {
    const { arguments: args } = context;
    const undo = args.text('undo');
    const verdict = Verdict.safeParse(args.text('verdict'));
    const reason = DispositionReason.nullish().safeParse(args.text('reason'));
    if (undo === undefined && (args.list('hit').length === 0 || !verdict.success)) {
      throw new UsageError(`name hits with --hit and one of ${Verdict.options.join(', ')} with --verdict`);
    }
    if (!reason.success) throw new UsageError(`--reason is one of ${DispositionReason.options.join(', ')}`);
    const opened = openForCommand(context);
    try {
      const { zone } = opened.bench.options.environment;
      const outcome =
        undo !== undefined
          ? { batchId: undo, ...(await opened.call('hits.undo', { batchId: undo })) }
          : await opened.call('hits.dispose', {
              hitIds: [...args.list('hit')],
              verdict: verdict.data as Verdict,
              reason: reason.data ?? null,
              note: args.text('note') ?? '',
            });
      context.answer(
        { batchId: outcome.batchId, hits: outcome.hits.map((hit) => shown(hit, zone)) },
        () => `${outcome.hits.length} hits, batch ${outcome.batchId}`,
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
