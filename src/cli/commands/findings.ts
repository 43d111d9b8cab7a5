/** What can be asked of hits beyond listing them: why, how many of whom, alike ones, and what was let pass. */
import type { Input } from '../../contract/api.ts';
import { AuditVerdict, METER_BY } from '../../core/domain/backtest.ts';
import { CategoryId } from '../../core/domain/category.ts';
import { HitStatus } from '../../core/domain/hit.ts';
import { needed } from '../acting-command.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { type Opened, openForCommand } from '../open.ts';

/** A command that answers what one call answers. */
async function answered(context: Context, ask: (opened: Opened) => Promise<unknown>): Promise<number> {
  const opened = openForCommand(context);
  try {
    const value = await ask(opened);
    context.answer(value, () => JSON.stringify(value, null, 2));
    return EXIT.done;
  } finally {
    opened.close();
  }
}

function oneOf<T extends string>(context: Context, option: string, choices: readonly T[]): T | null {
  const value = context.arguments.text(option);
  if (value === undefined) return null;
  if (!choices.includes(value as T)) throw new UsageError(`--${option} is one of ${choices.join(', ')}`);
  return value as T;
}

function instant(context: Context, option: string): number | null {
  const value = context.arguments.text(option);
  if (value === undefined) return null;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw new UsageError(`--${option} takes a time such as 2026-03-01T00:00:00+08:00`);
  return at;
}

const kinds = (context: Context) => ({
  category: oneOf(context, 'category', CategoryId.options),
  status: oneOf(context, 'status', HitStatus.options),
});

export const explainCommand: Command = {
  name: 'explain',
  usage: 'explain --hit ID',
  summary: 'why a hit is one: rule, words, score, articles, messages',
  options: { hit: { type: 'string' } },
  run: (context) => answered(context, ({ call }) => call('hits.explain', { hitId: needed(context, 'hit') })),
};

export const clustersCommand: Command = {
  name: 'clusters',
  usage: 'clusters [--category C] [--status hit|proposal]',
  summary: 'open hits with nearly the same text',
  options: { category: { type: 'string' }, status: { type: 'string' } },
  run: (context) => answered(context, ({ call }) => call('clusters.list', kinds(context))),
};

export const meterCommand: Command = {
  name: 'meter',
  usage: `meter --by ${METER_BY.join(',')} [--category C] [--status hit|proposal] [--from TIME] [--to TIME] [--limit N]`,
  summary: 'count hits by person, group, type and window',
  options: {
    by: { type: 'string' },
    category: { type: 'string' },
    status: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    limit: { type: 'string' },
  },
  run(context) {
    const by = needed(context, 'by').split(',') as Input<'hits.meter'>['by'];
    if (!by.every((name) => METER_BY.includes(name))) {
      throw new UsageError(`--by takes ${METER_BY.join(', ')}, with commas between`);
    }
    const limit = context.arguments.count('limit');
    const input: Input<'hits.meter'> = {
      by,
      ...kinds(context),
      from: instant(context, 'from'),
      to: instant(context, 'to'),
      ...(limit === undefined ? {} : { limit }),
    };
    return answered(context, ({ call }) => call('hits.meter', input));
  },
};

const SAMPLES: Record<string, (context: Context, opened: Opened) => Promise<unknown>> = {
  draw: (context, { call }) =>
    call('samples.draw', {
      size: context.arguments.count('size') ?? 100,
      seed: context.arguments.text('seed') ?? null,
    }),
  list: (_, { call }) => call('samples.list', {}),
  show: (context, { call }) => call('samples.items', { sampleId: needed(context, 'sample') }),
  judge: (context, { call }) => {
    const position = context.arguments.count('position');
    if (position === undefined) throw new UsageError('--position is needed');
    return call('samples.judge', {
      sampleId: needed(context, 'sample'),
      position,
      verdict: context.arguments.flag('take-back') ? null : oneOf(context, 'verdict', AuditVerdict.options),
      category: oneOf(context, 'category', CategoryId.options),
    });
  },
};

export const sampleCommand: Command = {
  name: 'sample',
  usage: `sample ${Object.keys(SAMPLES).join('|')} [--size N] [--seed TEXT] [--sample ID --position N --verdict clean|violation|unsure [--category C] | --take-back]`,
  summary: 'draw messages without a hit, judge them, and read the miss rate',
  options: {
    size: { type: 'string' },
    seed: { type: 'string' },
    sample: { type: 'string' },
    position: { type: 'string' },
    verdict: { type: 'string' },
    category: { type: 'string' },
    'take-back': { type: 'boolean' },
  },
  run(context) {
    const [name = ''] = context.arguments.positionals;
    const action = Object.hasOwn(SAMPLES, name) ? SAMPLES[name] : undefined;
    if (!action) throw new UsageError(`the action is one of ${Object.keys(SAMPLES).join(', ')}`);
    if (name === 'judge' && !context.arguments.flag('take-back')) needed(context, 'verdict');
    return answered(context, (opened) => action(context, opened));
  },
};
