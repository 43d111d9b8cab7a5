import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadRules } from '../../core/rules/load-rules.ts';
import { inWords, withLines } from '../../core/rules/pack-error.ts';
import { packSchema } from '../../core/rules/pack-schema.ts';
import { parsePackText } from '../../core/rules/rule-pack.ts';
import { needed } from '../acting-command.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand, systemEnvironment } from '../open.ts';

type Action = (context: Context, opened: Opened) => Promise<unknown>;

const pack = (context: Context): { pack: string } => ({ pack: needed(context, 'pack') });

/** What needs the workspace; each answers what its method of the contract answers. */
const ACTIONS: Record<string, Action> = {
  list: (_, { call }) => call('rules.list', {}),
  versions: (_, { call }) => call('rules.versions', {}),
  drafts: (_, { call }) => call('rules.drafts', {}),
  draft: (context, { call }) => call('rules.saveDraft', { text: readFileSync(fileOf(context), 'utf8') }),
  discard: (context, { call }) => call('rules.discardDraft', pack(context)),
  shadow: (context, { call }) =>
    call('rules.setShadow', { ...pack(context), shadow: !context.arguments.flag('off') }),
  backtest: (context, opened) => opened.job('rules.backtest', pack(context)),
  backtests: (context, { call }) => call('rules.backtests', { pack: context.arguments.text('pack') ?? null }),
  publish: (context, { call }) =>
    call('rules.publish', {
      ...pack(context),
      approverId: context.arguments.text('approver') ?? null,
      approverPassphrase: process.env.DOCKET_APPROVER_KEY ?? '',
    }),
  install: (context, { call }) => call('rules.install', { file: fileOf(context) }),
  enable: (context, { call }) => call('rules.setEnabled', { ...pack(context), enabled: true }),
  disable: (context, { call }) => call('rules.setEnabled', { ...pack(context), enabled: false }),
  export: (context, { call }) =>
    call('rules.export', {
      ...pack(context),
      version: needed(context, 'version'),
      file: resolve(needed(context, 'out')),
    }),
  exclusions: (context, { call }) =>
    call('rules.exclusions', { ...pack(context), rule: needed(context, 'rule') }),
  test: (context, { call }) => call('rules.test', { text: needed(context, 'text') }),
  normalize: (context, { call }) => call('rules.normalize', { text: needed(context, 'text') }),
};

/** What needs no workspace. */
const ALONE: Record<string, (context: Context) => number> = {
  schema(context) {
    const schema = packSchema();
    context.answer(schema, () => JSON.stringify(schema, null, 2));
    return EXIT.done;
  },
  check(context) {
    const text = readFileSync(fileOf(context), 'utf8');
    const parsed = parsePackText(text, 'organisation');
    const result = parsed.ok ? loadRules([parsed.loaded], systemEnvironment().resources.classifier) : parsed;
    const problems = result.ok ? [] : withLines(result.errors, text);
    context.answer({ ok: problems.length === 0, problems }, () =>
      problems.length === 0 ? 'No problem found.' : problems.map(inWords).join('\n'),
    );
    return problems.length === 0 ? EXIT.done : EXIT.findings;
  },
};

export const rulesCommand: Command = {
  name: 'rules',
  usage: `rules ${[...Object.keys(ALONE), ...Object.keys(ACTIONS)].join('|')} [FILE] [--pack ID] [--rule ID] [--version V] [--out FILE] [--text TEXT] [--off] [--approver ID]`,
  summary: 'check, draft, backtest and publish rule packs',
  options: {
    pack: { type: 'string' },
    rule: { type: 'string' },
    version: { type: 'string' },
    out: { type: 'string' },
    text: { type: 'string' },
    off: { type: 'boolean' },
    approver: { type: 'string' },
  },
  async run(context) {
    const [name = ''] = context.arguments.positionals;
    if (Object.hasOwn(ALONE, name)) return (ALONE[name] as (context: Context) => number)(context);
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) {
      throw new UsageError(
        `the action is one of ${[...Object.keys(ALONE), ...Object.keys(ACTIONS)].join(', ')}`,
      );
    }
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

function fileOf(context: Context): string {
  const [, file] = context.arguments.positionals;
  if (file === undefined) throw new UsageError('the file of a pack is needed');
  return resolve(file);
}
