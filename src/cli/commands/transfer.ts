import { resolve } from 'node:path';
import type { Output } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

/** The passphrase of the file never stands in the arguments, where others on the machine read it. */
function filePassphrase(): string {
  const passphrase = process.env.DOCKET_TRANSFER_KEY;
  if (!passphrase) throw new DocketError('transfer-invalid', 'DOCKET_TRANSFER_KEY is not set', null);
  return passphrase;
}

const countsOf = ({
  messages,
  hits,
  rows,
  events,
}: Record<'messages' | 'hits' | 'rows' | 'events', number>) =>
  `${messages} messages, ${hits} hits, ${rows} rows, ${events} events`;

const leftOutOf = (leftOut: Record<string, number>) =>
  Object.entries(leftOut).map(([reason, count]) => `  left out ${reason}: ${count}`);

function conflictLine(one: Output<'transfers.conflicts'>[number]): string {
  const state = one.resolved ? `settled: ${one.resolved.choice}` : 'open';
  return [
    `${one.id}  ${one.kind} ${one.table} ${one.about} (${state})`,
    ...one.fields.map(({ name, ours, theirs }) => `  ${name}: ours "${ours}", theirs "${theirs}"`),
    `  ours: ${one.ours.officer} ${new Date(one.ours.at).toISOString()}; theirs: ${one.theirs.officer} (${one.theirs.prefix}) ${new Date(one.theirs.at).toISOString()}`,
  ].join('\n');
}

type Step = (context: Context, opened: Opened, subject: string) => Promise<number>;

const STEPS: Readonly<Record<string, Step>> = {
  async send({ arguments: args, answer }, opened) {
    const file = args.text('out');
    const recipient = args.text('to');
    const purpose = args.text('purpose');
    const hitIds = args.list('hit');
    if (!file || !recipient || !purpose) throw new UsageError('--out, --to and --purpose are needed');
    const sent = await opened.call('transfers.send', {
      caseId: args.text('case') ?? null,
      hitIds: hitIds.length > 0 ? [...hitIds] : null,
      file: resolve(file),
      passphrase: filePassphrase(),
      recipient,
      purpose,
    });
    answer(sent, () =>
      [
        `${sent.file}: ${countsOf(sent.counts)}`,
        ...leftOutOf(sent.counts.leftOut),
        `key ${sent.peer.fingerprint}`,
      ].join('\n'),
    );
    return EXIT.done;
  },
  async look({ answer }, opened, file) {
    const look = await opened.call('transfers.look', { file: resolve(file), passphrase: filePassphrase() });
    answer(look, () =>
      [
        `${look.case ? `${look.case.number} ${look.case.title}` : 'hits'} from ${look.peer.officer} (${look.peer.prefix}): ${countsOf(look)}`,
        `key ${look.peer.fingerprint}${look.trustedAs === null ? ', new here: compare it with the sender, then receive with --trust' : ''}`,
      ].join('\n'),
    );
    return EXIT.done;
  },
  async receive({ arguments: args, answer }, opened, file) {
    const { counts, ...received } = await opened.job('transfers.receive', {
      file: resolve(file),
      passphrase: filePassphrase(),
      trust: args.text('trust') ?? null,
    });
    answer({ ...received, counts }, () =>
      [
        `${received.caseNumber ?? 'hits'} from ${received.peer.officer}: ${countsOf(counts)}`,
        `  ${counts.added} new, ${counts.changed} changed, ${counts.conflicts} in conflict`,
        ...leftOutOf(counts.leftOut),
      ].join('\n'),
    );
    return counts.conflicts > 0 ? EXIT.findings : EXIT.done;
  },
  async list({ answer }, opened) {
    const rows = await opened.call('transfers.list', {});
    answer(rows, () =>
      rows
        .map(
          (one) =>
            `${new Date(one.at).toISOString()}  ${one.direction}  ${one.caseNumber ?? one.kind}  ${one.peer.officer || one.peer.recipient}  ${countsOf(one.counts)}`,
        )
        .join('\n'),
    );
    return EXIT.done;
  },
  async conflicts({ answer }, opened) {
    const rows = await opened.call('transfers.conflicts', {});
    answer(rows, () => rows.map(conflictLine).join('\n'));
    return rows.some(({ resolved }) => resolved === null) ? EXIT.findings : EXIT.done;
  },
  async resolve({ arguments: args, answer }, opened, conflictId) {
    const choice = args.text('choice');
    const reason = args.text('reason');
    if ((choice !== 'ours' && choice !== 'theirs') || !reason) {
      throw new UsageError('--choice ours|theirs and --reason are needed');
    }
    const settled = await opened.call('transfers.resolve', { conflictId, choice, reason });
    answer(settled, () => conflictLine(settled));
    return EXIT.done;
  },
};

export const transferCommand: Command = {
  name: 'transfer',
  usage:
    'transfer send --case ID|--hit ID… --out FILE --to NAME --purpose TEXT | look FILE | receive FILE [--trust FINGERPRINT] | list | conflicts | resolve ID --choice ours|theirs --reason TEXT',
  summary: 'hand a case or hits to another workstation, take one in, settle what both changed',
  options: {
    case: { type: 'string' },
    hit: { type: 'string', multiple: true },
    out: { type: 'string' },
    to: { type: 'string' },
    purpose: { type: 'string' },
    trust: { type: 'string' },
    choice: { type: 'string' },
    reason: { type: 'string' },
  },
  async run(context) {
    const [name = '', subject = ''] = context.arguments.positionals;
    const step = STEPS[name];
    if (!step) throw new UsageError(`one of ${Object.keys(STEPS).join(', ')}`);
    if (['look', 'receive', 'resolve'].includes(name) && subject === '') {
      throw new UsageError(`${name} what?`);
    }
    const opened = openForCommand(context);
    try {
      return await step(context, opened, subject);
    } finally {
      opened.close();
    }
  },
};
