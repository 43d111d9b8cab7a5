import { resolve } from 'node:path';
import { AssessmentOutcome, type Duty } from '../../core/domain/case.ts';
import { DutyMark } from '../../core/domain/duty-words.ts';
import { everyRow, needed } from '../acting-command.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

const everyDuty = (opened: Opened, state: 'unclosed' | null, caseId: string | null) =>
  everyRow<Duty>((at) => opened.call('duties.list', { state, caseId, ...at }));

const FORMATS = ['json', 'docx', 'pdf', 'html'] as const;

function time(context: Context, option: string): number {
  const at = Date.parse(needed(context, option));
  if (Number.isNaN(at)) throw new UsageError(`--${option} takes a time such as 2026-05-20T10:00:00+08:00`);
  return at;
}

/** What each first word does; a duty comes back as a list of one. */
const ACTIONS: Readonly<Record<string, (context: Context, opened: Opened) => Promise<unknown>>> = {
  list: ({ arguments: args }, opened) =>
    everyDuty(opened, args.flag('all') ? null : 'unclosed', args.text('case') ?? null),
  board: (_, opened) => opened.call('duties.board', {}),
  async file(context, opened) {
    const { arguments: args } = context;
    return [
      await opened.call('duties.file', {
        dutyId: needed(context, 'duty'),
        filedAt: time(context, 'filed-at'),
        receiptNumber: args.text('receipt') ?? null,
        note: args.text('note') ?? '',
        incompleteReason: args.text('incomplete') ?? '',
        test: args.flag('test'),
      }),
    ];
  },
  async prove(context, opened) {
    const { arguments: args } = context;
    const file = args.text('file');
    const { duty } = await opened.call('duties.addStep', {
      dutyId: needed(context, 'duty'),
      kind: 'proof',
      at: time(context, 'at'),
      note: needed(context, 'note'),
      file: file === undefined ? null : resolve(file),
    });
    return [duty];
  },
  async draft(context, opened) {
    const { arguments: args } = context;
    return opened.call('duties.draft', {
      dutyId: needed(context, 'duty'),
      organisation: args.text('organisation') ?? null,
      contact: args.text('contact') ?? null,
      facts: args.text('facts') ?? null,
    });
  },
  form(context, opened) {
    const format = FORMATS.find((known) => known === (context.arguments.text('format') ?? 'docx'));
    if (!format) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`);
    return opened.call('duties.writeForm', {
      dutyId: needed(context, 'duty'),
      file: resolve(needed(context, 'out')),
      format,
      language: context.arguments.text('language') === 'en' ? 'en' : 'zh-CN',
      test: context.arguments.flag('test'),
    });
  },
  mark(context, opened) {
    const mark = DutyMark.safeParse(context.arguments.text('mark'));
    if (!mark.success) throw new UsageError(`--mark is one of ${DutyMark.options.join(', ')}`);
    return opened.call('duties.mark', {
      hitId: needed(context, 'hit'),
      mark: mark.data,
      on: !context.arguments.flag('off'),
      reason: needed(context, 'reason'),
    });
  },
  async assess(context, opened) {
    const outcome = AssessmentOutcome.safeParse(context.arguments.text('outcome'));
    const reason = context.arguments.text('reason');
    if (!outcome.success || !reason) {
      throw new UsageError(`--outcome (${AssessmentOutcome.options.join(', ')}) and --reason are needed`);
    }
    return [
      await opened.call('duties.assess', {
        dutyId: needed(context, 'duty'),
        outcome: outcome.data,
        reason,
        approverId: context.arguments.text('approver') ?? null,
        approverPassphrase: process.env.DOCKET_APPROVER_KEY ?? '',
      }),
    ];
  },
};

const isDuties = (value: unknown): value is Duty[] =>
  Array.isArray(value) && value.every((row: object) => 'caseNumber' in row);

function words(value: unknown): string {
  if (!isDuties(value)) return JSON.stringify(value, null, 2);
  if (value.length === 0) return 'No open duties.';
  return value
    .map(({ caseNumber, kind, receiver, person, state, id }) =>
      [`${caseNumber} ${kind}`, receiver.en, person ? `about ${person.name}` : '', `(${state}), id ${id}`]
        .filter(Boolean)
        .join(' '),
    )
    .join('\n');
}

export const dutiesCommand: Command = {
  name: 'duties',
  usage:
    'duties [list [--all] [--case ID]] | board | file --duty ID --filed-at TIME [--receipt NO] [--incomplete REASON] [--test] | prove --duty ID --at TIME --note TEXT [--file FILE] | draft --duty ID [--organisation TEXT] [--contact TEXT] [--facts TEXT] | form --duty ID --out FILE [--format docx|json|html|pdf] [--test] | mark --hit ID --mark MARK --reason TEXT [--off] | assess --duty ID --outcome report|internal|none --reason TEXT [--approver ID]',
  summary: 'list, assess, prove and file the duties that cases opened',
  options: {
    all: { type: 'boolean' },
    case: { type: 'string' },
    duty: { type: 'string' },
    'filed-at': { type: 'string' },
    at: { type: 'string' },
    receipt: { type: 'string' },
    note: { type: 'string' },
    incomplete: { type: 'string' },
    test: { type: 'boolean' },
    file: { type: 'string' },
    organisation: { type: 'string' },
    contact: { type: 'string' },
    facts: { type: 'string' },
    out: { type: 'string' },
    format: { type: 'string' },
    language: { type: 'string' },
    hit: { type: 'string' },
    mark: { type: 'string' },
    off: { type: 'boolean' },
    outcome: { type: 'string' },
    reason: { type: 'string' },
    approver: { type: 'string' },
  },
  async run(context) {
    const [word = 'list'] = context.arguments.positionals;
    const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
    if (!action) throw new UsageError(`the action is one of ${Object.keys(ACTIONS).join(', ')}`);
    const opened = openForCommand(context);
    try {
      const value = await action(context, opened);
      context.answer(value, () => words(value));
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
