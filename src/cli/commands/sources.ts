import type { Input } from '../../contract/api.ts';
import type { Skip } from '../../core/domain/source.ts';
import { SourceEncoding } from '../../core/domain/source.ts';
import { type Action, actingCommand, everyRow, needed } from '../acting-command.ts';
import { type Context, UsageError } from '../command.ts';
import type { Opened } from '../open.ts';

/** Ranges of one call of `sources.retry`. */
const AT_ONCE = 500;

const ACTIONS: Record<string, Action> = {
  list: (_, { call }) => call('sources.list', {}),
  skips: (context, opened) => skipsOf(opened, sourceId(context)),
  retry,
  zone: (context, { call }) =>
    call('sources.setZone', { sourceId: sourceId(context), zone: needed(context, 'zone') }),
};

export const sourcesCommand = actingCommand({
  name: 'sources',
  usage:
    'sources list | skips SOURCE | zone SOURCE --zone ZONE | retry SOURCE [--start BYTE…] [--format ID|any] [--encoding E] [--map HEADER=FIELD…] [--dry-run]',
  summary: 'what was imported; skipped bytes, and reading them again; correcting a zone',
  options: {
    start: { type: 'string', multiple: true },
    format: { type: 'string' },
    encoding: { type: 'string' },
    map: { type: 'string', multiple: true },
    zone: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  actions: ACTIONS,
  words: inWords,
});

function sourceId(context: Context): string {
  const id = context.arguments.positionals[1];
  if (id === undefined) throw new UsageError('name the source by its id; "docket sources list" shows them');
  return id;
}

const skipsOf = ({ call }: Opened, id: string) =>
  everyRow<Skip>((at) => call('sources.skips', { sourceId: id, ...at }));

/** Without `--start`, every skipped range. Parts of a long list that give nothing leave the others alone. */
async function retry(context: Context, opened: Opened): Promise<unknown> {
  const { arguments: args } = context;
  const id = sourceId(context);
  const named = args.list('start').map((text) => {
    if (!/^\d+$/.test(text)) throw new UsageError(`--start takes a byte, not ${text}`);
    return Number(text);
  });
  const encoding = args.text('encoding');
  const parsed = encoding === undefined ? null : SourceEncoding.safeParse(encoding);
  if (parsed && !parsed.success) {
    throw new UsageError(`--encoding takes one of ${SourceEncoding.options.join(', ')}`);
  }
  const starts = named.length > 0 ? named : (await skipsOf(opened, id)).map(({ start }) => start);
  const mapping = mappingOf(args.list('map'));
  if (starts.length === 0) return [];
  const input: Omit<Input<'sources.retry'>, 'jobId' | 'starts'> = {
    sourceId: id,
    format: args.text('format') ?? null,
    encoding: parsed?.data ?? null,
    mapping,
    keep: !args.flag('dry-run'),
  };
  const outcomes = [];
  for (let at = 0; at < starts.length; at += AT_ONCE) {
    outcomes.push(await opened.job('sources.retry', { ...input, starts: starts.slice(at, at + AT_ONCE) }));
  }
  return outcomes;
}

function mappingOf(pairs: readonly string[]): Record<string, string> | null {
  if (pairs.length === 0) return null;
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new UsageError(`--map takes HEADER=FIELD, not ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function inWords(value: unknown, action: string): string {
  if (action === 'skips') {
    const skips = value as Skip[];
    if (skips.length === 0) return 'Nothing was skipped.';
    return skips
      .map(
        ({ code, start, end, line, count, text }) =>
          `line ${line}, bytes ${start}–${end}: ${code} (${count})\n  ${JSON.stringify(text.slice(0, 200))}`,
      )
      .join('\n');
  }
  if (action === 'retry') {
    const outcomes = value as {
      messages: number;
      added: number;
      entries: number;
      skippedBytesAfter: number;
    }[];
    if (outcomes.length === 0) return 'Nothing was skipped.';
    return outcomes
      .map(
        ({ messages, added, entries, skippedBytesAfter }) =>
          `${messages} messages and ${entries} entries could be read, ${added} of them new; ${skippedBytesAfter} bytes are still skipped`,
      )
      .join('\n');
  }
  if (action === 'list') {
    const sources = value as { id: string; file: string; state: string; messages: number; skipped: number }[];
    return (
      sources
        .map(
          (row) => `${row.id} ${row.file} (${row.state}): ${row.messages} messages, ${row.skipped} skipped`,
        )
        .join('\n') || 'No sources.'
    );
  }
  const { file, zone } = value as { file: string; zone: { id: string } };
  return `${file}: ${zone.id}`;
}
