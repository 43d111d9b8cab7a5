import { readFileSync } from 'node:fs';
import { expandPaths } from '../../core/app/sources.ts';
import { AuthorityInput } from '../../core/domain/workspace.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const importCommand: Command = {
  name: 'import',
  usage:
    'import FILE|DIR… [--format ID] [--zone Asia/Shanghai] [--min-kept 0.5] [--conversations ID,…|all] [--authority FILE]',
  summary: 'import exported chats and lists; makes a missing workspace',
  options: {
    format: { type: 'string' },
    zone: { type: 'string' },
    'min-kept': { type: 'string' },
    conversations: { type: 'string' },
    authority: { type: 'string' },
  },
  async run(context) {
    const { arguments: args } = context;
    if (args.positionals.length === 0) throw new UsageError('name at least one file or folder');
    const paths = expandPaths(args.positionals);
    const minimumKept = share(args.text('min-kept'));
    // The window asks and leaves direct chats unticked; here nobody is asked, so nothing is left out unsaid.
    const named = args.text('conversations');
    const selection = named === undefined || named === 'all' ? 'all' : named.split(',');
    const authority = readAuthority(args.text('authority'));
    const opened = openForCommand(context, { create: true });
    try {
      const authorityId = authority ? (await opened.call('authorities.create', authority)).id : null;
      const outcome = await opened.job('sources.import', {
        files: paths.map((path) => ({
          path,
          format: args.text('format') ?? null,
          zone: args.text('zone') ?? null,
          conversations: selection,
        })),
        authorityId,
        minimumKept,
      });
      const already = new Set(outcome.already);
      for (const { path, code, detail } of outcome.refused) {
        context.say(`${path}: ${detail} [${code}]; nothing of this file was kept`);
      }
      const sources = outcome.sources.map(({ id, zone, ...source }) => ({
        sourceId: id,
        ...source,
        zone: { id: zone.id, assumed: zone.assumed && zone.matters },
        selection: { conversations: selection, assumed: named === undefined },
        already: already.has(id),
        ...(already.has(id) ? { duplicates: source.messages } : {}),
      }));
      context.answer(
        { sources, refused: outcome.refused, cancelled: outcome.cancelled },
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
  zone: { id: string; assumed: boolean };
  selection: { assumed: boolean };
}

function inWords(source: Shown): string {
  if (source.already) return `${source.file}: imported before, nothing added`;
  const skips = source.skips.map(
    (skip) => `\n  skipped ${skip.count}: ${skip.code}, first at line ${skip.firstLine}`,
  );
  const partial = source.state === 'partial' ? ' (cut off; run the same import again to go on)' : '';
  return `${source.file}: ${source.format}, ${source.messages} messages (${source.duplicates} known before), ${source.accounts} accounts, ${source.skipped} skipped${partial}${skips.join('')}`;
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
