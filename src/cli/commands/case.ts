import type { Input } from '../../contract/api.ts';
import type { CaseDetail } from '../../core/domain/case.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

/** What `case` can do, each with the options it needs. */
const ACTIONS: Record<string, (context: Context, opened: Opened) => Promise<unknown>> = {
  open: ({ arguments: args }, { call }) =>
    call('cases.open', {
      hitIds: [...args.list('hit')],
      accountId: args.text('account') ?? null,
      title: args.text('title') ?? null,
    }),
  show: (context, { call }) => call('cases.get', { caseId: needed(context, 'case') }),
  list: async (_, { call }) => {
    const rows = [];
    let cursor: string | null = null;
    do {
      const page: { rows: unknown[]; next: string | null } = await call('cases.list', { cursor, limit: 500 });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null);
    return rows;
  },
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
  approve: (context, { call }) => {
    const passphrase = process.env.DOCKET_APPROVER_KEY;
    if (!passphrase) throw new UsageError('DOCKET_APPROVER_KEY holds the second officer’s passphrase');
    const input: Input<'decisions.approve'> = {
      decisionId: needed(context, 'decision'),
      officerId: needed(context, 'approver'),
      passphrase,
      approved: !context.arguments.flag('refuse'),
      note: context.arguments.text('note') ?? '',
    };
    return call('decisions.approve', input);
  },
  close: (context, { call }) =>
    call('cases.close', { caseId: needed(context, 'case'), reason: needed(context, 'reason') }),
  reopen: (context, { call }) =>
    call('cases.reopen', { caseId: needed(context, 'case'), reason: needed(context, 'reason') }),
};

export const caseCommand: Command = {
  name: 'case',
  usage: `case ${Object.keys(ACTIONS).join('|')} [--case ID] [--hit ID…|--account ID] [--party ID --measure M --facts TEXT] [--reason TEXT] [--decision ID --approver ID [--refuse]]`,
  summary: 'open, show, list, decide, approve and close cases',
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
  },
  async run(context) {
    const [name = ''] = context.arguments.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new UsageError(`the action is one of ${Object.keys(ACTIONS).join(', ')}`);
    const opened = openForCommand(context);
    try {
      const value = await action(context, opened);
      context.answer(value, () => inWords(value));
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

function inWords(value: unknown): string {
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
