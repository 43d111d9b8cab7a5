import type { CaseDetail, Exhibit } from '../../core/domain/case.ts';
import { type Action, actingCommand, approverPassphrase, edge, everyRow, needed } from '../acting-command.ts';

/** What `case` can do, each with the options it needs. */
const ACTIONS: Record<string, Action> = {
  open: ({ arguments: args }, { call }) =>
    call('cases.open', {
      hitIds: [...args.list('hit')],
      accountId: args.text('account') ?? null,
      title: args.text('title') ?? null,
    }),
  show: (context, { call }) => call('cases.get', { caseId: needed(context, 'case') }),
  list: (_, { call }) => everyRow((at) => call('cases.list', at)),
  propose: (context, { call }) =>
    call('decisions.propose', { caseId: needed(context, 'case'), partyId: needed(context, 'party') }),
  decide: (context, { call }) =>
    call('decisions.record', {
      caseId: needed(context, 'case'),
      partyId: needed(context, 'party'),
      measure: needed(context, 'measure'),
      facts: needed(context, 'facts'),
      deviationReason: context.arguments.text('reason') ?? '',
    }),
  approve: (context, { call }) =>
    call('decisions.approve', {
      decisionId: needed(context, 'decision'),
      officerId: needed(context, 'approver'),
      passphrase: approverPassphrase(),
      approved: !context.arguments.flag('refuse'),
      note: context.arguments.text('note') ?? '',
    }),
  exhibit: (context, { call }) =>
    call('evidence.addExhibit', {
      caseId: needed(context, 'case'),
      messageId: needed(context, 'message'),
      description: context.arguments.text('description') ?? null,
      ...(context.arguments.text('context') === undefined
        ? {}
        : { context: context.arguments.count('context') ?? 0 }),
    }),
  period: (context, { call }) =>
    call('evidence.addPeriod', {
      caseId: needed(context, 'case'),
      messageId: needed(context, 'message'),
      from: edge(context, 'from', 'first'),
      to: edge(context, 'to', 'last'),
      description: context.arguments.text('description') ?? null,
    }),
  close: (context, { call }) =>
    call('cases.close', { caseId: needed(context, 'case'), reason: needed(context, 'reason') }),
  reopen: (context, { call }) =>
    call('cases.reopen', { caseId: needed(context, 'case'), reason: needed(context, 'reason') }),
};

export const caseCommand = actingCommand({
  name: 'case',
  usage: `case ${Object.keys(ACTIONS).join('|')} [--case ID] [--hit ID…|--account ID] [--party ID --measure M --facts TEXT] [--reason TEXT] [--decision ID --approver ID [--refuse]] [--message ID [--context N] [--from DAY] [--to DAY] [--description TEXT]]`,
  summary: 'open, show, list, decide, approve and close cases; add exhibits and whole periods',
  options: {
    case: { type: 'string' },
    hit: { type: 'string', multiple: true },
    account: { type: 'string' },
    title: { type: 'string' },
    party: { type: 'string' },
    measure: { type: 'string' },
    facts: { type: 'string' },
    reason: { type: 'string' },
    decision: { type: 'string' },
    approver: { type: 'string' },
    refuse: { type: 'boolean' },
    note: { type: 'string' },
    message: { type: 'string' },
    context: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    description: { type: 'string' },
  },
  actions: ACTIONS,
  words: inWords,
});

function inWords(value: unknown): string {
  if (value !== null && typeof value === 'object' && 'sourceFile' in value) {
    const { id, number, description, messages, sha256 } = value as Exhibit;
    return `${number} ${description}, ${messages} messages, SHA-256 ${sha256}, id ${id}`;
  }
  if (value !== null && typeof value === 'object' && 'summary' in value) {
    const { summary, parties, duties } = value as CaseDetail;
    return [
      `${summary.number} ${summary.title} (${summary.state}), id ${summary.id}`,
      ...parties.map((party) => `  ${party.role} ${party.name}, ${party.hits} hits, id ${party.id}`),
      ...duties.map((duty) => `  duty ${duty.kind} ${duty.receiver.en} (${duty.state}), id ${duty.id}`),
    ].join('\n');
  }
  return JSON.stringify(value, null, 2);
}
