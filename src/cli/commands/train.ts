import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

type Opened = ReturnType<typeof openForCommand>;

const ACTIONS: Record<string, (context: Context, opened: Opened) => Promise<unknown>> = {
  status: (_, { call }) => call('classifier.status', {}),
  start: (context, opened) => opened.job('classifier.train', { purpose: needed(context, 'purpose') }),
  approve: (context, { call }) => {
    const passphrase = process.env.DOCKET_APPROVER_KEY;
    if (!passphrase) throw new UsageError('DOCKET_APPROVER_KEY holds the second officer’s passphrase');
    return call('classifier.approve', {
      trainingId: needed(context, 'training'),
      officerId: needed(context, 'approver'),
      passphrase,
      approved: !context.arguments.flag('refuse'),
      note: context.arguments.text('note') ?? '',
    });
  },
  restore: (_, { call }) => call('classifier.restore', {}),
};

export const trainCommand: Command = {
  name: 'train',
  usage: `train ${Object.keys(ACTIONS).join('|')} [--purpose TEXT] [--training ID --approver ID [--refuse] [--note TEXT]]`,
  summary: 'train the classifier on reviewed hits; a second officer approves',
  options: {
    purpose: { type: 'string' },
    training: { type: 'string' },
    approver: { type: 'string' },
    refuse: { type: 'boolean' },
    note: { type: 'string' },
  },
  async run(context) {
    const [name = ''] = context.arguments.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new UsageError(`the action is one of ${Object.keys(ACTIONS).join(', ')}`);
    const opened = openForCommand(context);
    try {
      const value = await action(context, opened);
      context.answer(value, () => JSON.stringify(value, null, 2));
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};

function needed(context: Context, option: string): string {
  const value = context.arguments.text(option);
  if (value === undefined) throw new UsageError(`--${option} is needed`);
  return value;
}
