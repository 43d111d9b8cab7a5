import { AssessmentOutcome, type Duty } from '../../core/domain/case.ts';
import { everyRow } from '../acting-command.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

const everyDuty = (opened: Opened, state: 'unclosed' | null, caseId: string | null) =>
  everyRow<Duty>((at) => opened.call('duties.list', { state, caseId, ...at }));

async function act(context: Context, opened: Opened): Promise<Duty[]> {
  const { arguments: args } = context;
  const dutyId = args.text('duty');
  const [action = 'list'] = args.positionals;
  if (action === 'list') {
    return everyDuty(opened, args.flag('all') ? null : 'unclosed', args.text('case') ?? null);
  }
  if (!dutyId) throw new UsageError('--duty is needed');
  if (action === 'file') {
    const filedAt = Date.parse(args.text('filed-at') ?? '');
    if (Number.isNaN(filedAt))
      throw new UsageError('--filed-at takes a time such as 2026-05-20T10:00:00+08:00');
    const receiptNumber = args.text('receipt') ?? null;
    return [
      await opened.call('duties.file', { dutyId, filedAt, receiptNumber, note: args.text('note') ?? '' }),
    ];
  }
  const outcome = AssessmentOutcome.safeParse(args.text('outcome'));
  const reason = args.text('reason');
  if (action !== 'assess') throw new UsageError('the action is list, file or assess');
  if (!outcome.success || !reason) {
    throw new UsageError(`--outcome (${AssessmentOutcome.options.join(', ')}) and --reason are needed`);
  }
  const approverId = args.text('approver') ?? null;
  const approverPassphrase = process.env.DOCKET_APPROVER_KEY ?? '';
  return [
    await opened.call('duties.assess', {
      dutyId,
      outcome: outcome.data,
      reason,
      approverId,
      approverPassphrase,
    }),
  ];
}

export const dutiesCommand: Command = {
  name: 'duties',
  usage:
    'duties [list [--all] [--case ID]] | file --duty ID --filed-at TIME [--receipt NO] | assess --duty ID --outcome report|internal|none --reason TEXT [--approver ID]',
  summary: 'list, assess and file the duties that cases opened',
  options: {
    all: { type: 'boolean' },
    case: { type: 'string' },
    duty: { type: 'string' },
    'filed-at': { type: 'string' },
    receipt: { type: 'string' },
    note: { type: 'string' },
    outcome: { type: 'string' },
    reason: { type: 'string' },
    approver: { type: 'string' },
  },
  async run(context) {
    const opened = openForCommand(context);
    try {
      const duties = await act(context, opened);
      context.answer(duties, () =>
        duties.length === 0
          ? 'No open duties.'
          : duties
              .map(
                (duty) =>
                  `${duty.caseNumber} ${duty.kind} ${duty.receiver.en} (${duty.state}), id ${duty.id}`,
              )
              .join('\n'),
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
