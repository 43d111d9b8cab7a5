import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { TableMapping } from '../../core/domain/mapping.ts';
import { AuthorityInput } from '../../core/domain/workspace.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const importCommand: Command = {
  name: 'import',
  usage:
    'import FILE|DIR|ZIP… [--format ID] [--mapping FILE] [--list NAME] [--zone Asia/Shanghai] [--min-kept 0.5] [--conversations ID,…|all] [--authority FILE]',
  summary: 'import exported chats and lists; makes a missing workspace',
  options: {
    format: { type: 'string' },
    mapping: { type: 'string' },
    list: { type: 'string' },
    zone: { type: 'string' },
    'min-kept': { type: 'string' },
    conversations: { type: 'string' },
    authority: { type: 'string' },
  },
  async run(context) {
    const { arguments: args } = context;
    if (args.positionals.length === 0) throw new UsageError('name at least one file or folder');
    const mapping = readMapping(args.text('mapping'));
    const minimumKept = share(args.text('min-kept'));
    // The window asks and leaves direct chats unticked; here nobody is asked, so nothing is left out unsaid.
    const named = args.text('conversations');
    const selection = named === undefined || named === 'all' ? 'all' : named.split(',');
    const authority = readAuthority(args.text('authority'));
    const opened = openForCommand(context, { create: true });
    try {
      const authorityId = authority ? (await opened.call('authorities.create', authority)).id : null;
      const outcome = await opened.job('sources.import', {
        files: args.positionals.map((path) => ({
          path: resolve(path),
          format: args.text('format') ?? null,
          zone: args.text('zone') ?? null,
          conversations: selection,
          mapping,
          list: args.text('list') ?? null,
        })),
        authorityId,
        minimumKept,
      });
      const already = new Set(outcome.already);
      for (const { path, code, detail } of outcome.refused) {
        context.say(`${path}: ${detail} [${code}]; nothing of this file was kept`);
        if (code === 'nothing-kept') {
          context.say(
            `To keep what can be read all the same: --min-kept 0. Another format: --format ID. A table: --mapping FILE.`,
          );
        }
      }
      for (const { container, kind, files, bytes } of outcome.ignored) {
        context.say(`${container}: ${files} files of kind ${kind} (${bytes} bytes) are read by nothing`);
      }
      const sources = outcome.sources.map(({ id, zone, ...source }) => ({
        sourceId: id,
        ...source,
        zone: { id: zone.id, assumed: zone.assumed && zone.matters },
        selection: { conversations: selection, assumed: named === undefined },
        already: already.has(id),
        ...(already.has(id) ? { duplicates: source.messages } : {}),
        lists: outcome.lists
          .filter(({ sourceId }) => sourceId === id)
          .map(({ sourceId: _, ...counts }) => counts),
      }));
      context.answer(
        { sources, refused: outcome.refused, ignored: outcome.ignored, cancelled: outcome.cancelled },
        () => sources.map((source) => inWords(source)).join('\n') || 'Nothing was imported.',
      );
      sayAssumptions(context, sources);
      if (outcome.cancelled) return EXIT.cancelled;
      return sources.length === 0 ? EXIT.refused : EXIT.done;
    } finally {
      opened.close();
    }
  },
};

function share(text: string | undefined): number {
  if (text === undefined) return 0.5;
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new UsageError('--min-kept takes a share from 0 to 1');
  return value;
}

/** The mapping of a file (docs/import-mapping.md). */
function readMapping(file: string | undefined): TableMapping | null {
  if (file === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UsageError(`--mapping ${file}: ${(error as Error).message}`);
  }
  const parsed = TableMapping.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`--mapping ${file}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function readAuthority(file: string | undefined): AuthorityInput | null {
  if (file === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--authority ${file}: ${(error as Error).message}`);
  }
  const parsed = AuthorityInput.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`--authority ${file}: ${issue?.path.join('.')}: ${issue?.message}`);
}

interface Shown {
  file: string;
  format: string;
  messages: number;
  accounts: number;
  duplicates: number;
  skipped: number;
  already: boolean;
  state: string;
  skips: { code: string; count: number; firstLine: number }[];
  conversations: number;
  holds: string;
  lists: {
    kind: string;
    name: string;
    rows: number;
    added: number;
    changed: number;
    removed: number;
    errors: number;
  }[];
  zone: { id: string; assumed: boolean };
  selection: { assumed: boolean };
}

function inWords(source: Shown): string {
  if (source.already) return `${source.file}: imported before, nothing added`;
  if (source.holds === 'archive') return `${source.file}: archive`;
  const lists = source.lists.map(
    (list) =>
      `\n  list ${list.name} (${list.kind}): ${list.rows} entries, ${list.added} added, ${list.changed} changed, ${list.removed} removed, ${list.errors} errors`,
  );
  const skips = source.skips.map(
    (skip) => `\n  skipped ${skip.count}: ${skip.code}, first at line ${skip.firstLine}`,
  );
  const partial = source.state === 'partial' ? ' (cut off; run the same import again to go on)' : '';
  return `${source.file}: ${source.format}, ${source.messages} messages (${source.duplicates} known before), ${source.accounts} accounts, ${source.skipped} skipped${partial}${lists.join('')}${skips.join('')}`;
}

function sayAssumptions(context: Context, sources: readonly Shown[]): void {
  for (const source of sources) {
    if (source.zone.assumed)
      context.say(`${source.file}: time zone ${source.zone.id} assumed; --zone states another`);
    if (source.selection.assumed && source.conversations > 1) {
      context.say(
        `${source.file}: all ${source.conversations} conversations kept; --conversations names which to keep`,
      );
    }
  }
}
