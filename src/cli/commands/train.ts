import { type Action, actingCommand, approverPassphrase, needed } from '../acting-command.ts';

const ACTIONS: Record<string, Action> = {
  status: (_, { call }) => call('classifier.status', {}),
  start: (context, opened) => opened.job('classifier.train', { purpose: needed(context, 'purpose') }),
  approve: (context, { call }) =>
    call('classifier.approve', {
      trainingId: needed(context, 'training'),
      officerId: needed(context, 'approver'),
      passphrase: approverPassphrase(),
      approved: !context.arguments.flag('refuse'),
      note: context.arguments.text('note') ?? '',
    }),
  restore: (_, { call }) => call('classifier.restore', {}),
};

export const trainCommand = actingCommand({
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
  actions: ACTIONS,
  words: (value) => JSON.stringify(value, null, 2),
});
