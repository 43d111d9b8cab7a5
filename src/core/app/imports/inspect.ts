/** Looks into files, folders and archives without keeping anything. */
import { basename } from 'node:path';
import type { Parsed } from '../../../contract/api.ts';
import type { BundleView, ImportFile, Inspection } from '../../domain/source.ts';
import { ArchiveError } from '../../importers/archive/zip-archive.ts';
import type { Importer, ImportOptions } from '../../importers/importer.ts';
import { listNameOf } from '../../importers/lists/list-name.ts';
import { readHead } from '../../importers/sniff.ts';
import { isWorkbook } from '../../importers/tables/open-rows.ts';
import { sourcesBySha256 } from '../../storage/sources/sources.ts';
import { breathe } from '../jobs.ts';
import type { Session } from '../session.ts';
import { type Bundle, bundleKind, ignoredKind, openArchive, openFolder } from './bundle.ts';
import { listConversations } from './choose-conversations.ts';
import { type Candidate, chooseFormat, rankFormats } from './choose-format.ts';
import { BundleOutcome, recognise } from './import-bundle.ts';
import { hashFile } from './import-source.ts';
import { CollectedLists, previewLists } from './lists.ts';
import { type OpenSource, openFile } from './origin.ts';
import { viewTable } from './table-view.ts';

/** Messages that an inspection shows. */
const PREVIEWED = 20;

type Asked = Omit<Parsed<'sources.inspect'>, 'paths'>;
type Found = Pick<Inspection, 'conversations' | 'needsZone' | 'preview' | 'lists' | 'listName'>;

export async function inspectPaths(
  session: Session,
  { paths, ...asked }: Parsed<'sources.inspect'>,
): Promise<Inspection[]> {
  const inspections: Inspection[] = [];
  for (const path of paths) {
    const kind = await bundleKind(path);
    inspections.push(
      kind ? await inspectBundle(session, path, kind) : await inspectFile(session, path, asked),
    );
  }
  return inspections;
}

function presentCandidate(
  { format, title, importer, table, confidence }: Candidate,
  source: OpenSource,
): Inspection['candidates'][number] {
  const platform = table?.platform ?? importer.platformOf?.(readHead(source)) ?? importer.platform;
  return { format, title, platform, holds: importer.holds, confidence };
}

async function inspectFile(session: Session, path: string, asked: Asked): Promise<Inspection> {
  const source = openFile(path);
  try {
    const head = readHead(source);
    const ranked = await rankFormats(session, source);
    const chosen =
      ranked.length > 0 || asked.format || asked.mapping ? await chooseFormat(session, source, asked) : null;
    const candidates = ranked.map((candidate) => presentCandidate(candidate, source));
    if (chosen && !candidates.some(({ format }) => format === chosen.format)) {
      const title = asked.mapping
        ? { zh: asked.mapping.name, en: asked.mapping.name }
        : chosen.importer.title;
      const added = { ...chosen, title, confidence: 1 };
      candidates.unshift(presentCandidate(added, source));
    }
    const same = sourcesBySha256(session.workspace.store.db, hashFile(source, null)).find(
      (row) => row.state !== 'excluded' && (chosen === null || row.importer === chosen.importer.id),
    );
    return {
      path,
      file: source.name,
      bytes: source.size,
      encoding: isWorkbook(head) ? '' : head.encoding,
      candidates,
      format: chosen?.format ?? null,
      isTable: (await viewTable(source, head)) !== null,
      bundle: null,
      ...(chosen ? await lookInside(session, source, chosen, asked) : NOTHING),
      alreadyImported: same?.uid ?? null,
    };
  } finally {
    source.close();
  }
}

const NOTHING: Found = { conversations: [], needsZone: false, preview: [], lists: [], listName: null };

async function lookInside(
  session: Session,
  source: OpenSource,
  { importer, table }: Pick<Candidate, 'importer' | 'table'>,
  asked: Pick<ImportFile, 'list' | 'zone'>,
): Promise<Found> {
  const head = readHead(source);
  const zone = asked.zone ?? table?.zone ?? session.environment.zone;
  const options: ImportOptions = { zone, head, conversations: 'all', ...(table ? { table } : {}) };
  if (importer.holds === 'list') {
    const name = asked.list ?? listNameOf(source.name);
    return { ...NOTHING, listName: name, lists: await previewList(session, source, importer, options, name) };
  }
  const conversations = await previewConversations(importer, source, options);
  return { ...NOTHING, conversations, ...(await previewMessages(importer, source, options)) };
}

async function previewList(
  session: Session,
  source: OpenSource,
  importer: Importer,
  options: ImportOptions,
  name: string,
) {
  const collected = new CollectedLists();
  for await (const event of importer.read(source, options)) {
    if (event.type === 'list-rows') collected.take(event);
    if (event.type === 'ranges') await breathe();
  }
  return previewLists(session, name, collected);
}

async function previewConversations(
  importer: Importer,
  source: OpenSource,
  { head, table }: ImportOptions,
): Promise<Inspection['conversations']> {
  const found = [];
  for await (const preview of listConversations(importer, source, head, table ?? null)) found.push(preview);
  return ticked(found);
}

/** Direct chats are off by default, unless there is nothing else. */
function ticked(
  found: readonly Omit<Inspection['conversations'][number], 'selected'>[],
): Inspection['conversations'] {
  const onlyDirect = found.every((preview) => preview.type === 'direct');
  return found.map((preview) => ({ ...preview, selected: onlyDirect || preview.type !== 'direct' }));
}

async function previewMessages(
  importer: Importer,
  source: OpenSource,
  options: ImportOptions,
): Promise<Pick<Inspection, 'needsZone' | 'preview'>> {
  const names = new Map<string, string | null>();
  const preview: Inspection['preview'] = [];
  let needsZone = false;
  for await (const event of importer.read(source, options)) {
    if (event.type === 'source') needsZone = event.needsZone;
    if (event.type === 'accounts') {
      for (const account of event.accounts) names.set(account.key, account.name ?? account.platformId);
    }
    if (event.type !== 'messages') continue;
    for (const message of event.messages.slice(0, PREVIEWED - preview.length)) {
      const known = message.senderKey === null ? null : (names.get(message.senderKey) ?? message.senderKey);
      preview.push({
        sentAtText: message.sentAtText,
        sender: message.senderName ?? known,
        kind: message.kind,
        text: message.text,
      });
    }
    if (preview.length >= PREVIEWED) break;
  }
  return { needsZone, preview };
}

async function inspectBundle(session: Session, path: string, kind: Bundle['kind']): Promise<Inspection> {
  const source = kind === 'archive' ? openFile(path) : null;
  const outcome = new BundleOutcome();
  const seen: Seen = { members: [], conversations: new Map(), needsZone: false, preview: [] };
  let damaged = false;
  try {
    const bundle = source ? await openArchive(session, source, path) : openFolder(session, path);
    await lookAtMembers(session, bundle, { container: path, prefix: '' }, outcome, seen);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    damaged = true;
    outcome.refuse(path, 'archive-damaged', error.message);
  } finally {
    source?.close();
  }
  const same = source && !damaged ? sameArchive(session, path) : null;
  return {
    path,
    file: basename(path),
    bytes: source?.size ?? seen.members.reduce((sum, { bytes }) => sum + bytes, 0),
    encoding: '',
    candidates: [],
    format: null,
    isTable: false,
    bundle: { kind, members: seen.members, ignored: outcome.ignored, refused: outcome.refused },
    ...NOTHING,
    conversations: ticked([...seen.conversations.values()]),
    needsZone: seen.needsZone,
    preview: seen.preview,
    alreadyImported: same,
  };
}

function sameArchive(session: Session, path: string): string | null {
  const source = openFile(path);
  try {
    const rows = sourcesBySha256(session.workspace.store.db, hashFile(source, null));
    return rows.find((row) => row.state === 'complete')?.uid ?? null;
  } finally {
    source.close();
  }
}

interface Seen {
  readonly members: BundleView['members'];
  readonly conversations: Map<string, Omit<Inspection['conversations'][number], 'selected'>>;
  needsZone: boolean;
  preview: Inspection['preview'];
}

async function lookAtMembers(
  session: Session,
  bundle: Bundle,
  within: { container: string; prefix: string },
  outcome: BundleOutcome,
  seen: Seen,
): Promise<void> {
  for (const { path, code, detail } of bundle.refused) outcome.refuse(within.prefix + path, code, detail);
  for (const { path, bytes } of bundle.litter) outcome.ignore(within.container, path, bytes, 'system');
  for (const member of bundle.members) {
    const path = within.prefix + member.path;
    try {
      const found = await recognise(session, member, () => undefined);
      if (found === 'nothing') {
        outcome.ignore(within.container, path, member.bytes, ignoredKind(path));
        continue;
      }
      const source = member.open();
      try {
        if (found === 'source') await lookAtMember(session, source, path, seen);
        else if (within.prefix !== '')
          outcome.refuse(path, 'nested-too-deep', 'an archive in an archive in an archive');
        else {
          const inner = await openArchive(session, source, path);
          await lookAtMembers(session, inner, { container: path, prefix: `${path}!/` }, outcome, seen);
        }
      } finally {
        source.close();
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      outcome.refuse(path, error.refusal, error.message);
    } finally {
      member.discard();
    }
    await breathe();
  }
}

async function lookAtMember(session: Session, source: OpenSource, path: string, seen: Seen): Promise<void> {
  const chosen = (await rankFormats(session, source))[0];
  if (!chosen) return;
  const { importer, table } = chosen;
  seen.members.push({
    path,
    bytes: source.size,
    format: chosen.format,
    title: chosen.title,
    holds: importer.holds,
  });
  if (importer.holds === 'list') return;
  const options: ImportOptions = {
    zone: session.environment.zone,
    head: readHead(source),
    conversations: 'all',
    ...(table ? { table } : {}),
  };
  for (const { selected: _, ...found } of await previewConversations(importer, source, options)) {
    const known = seen.conversations.get(found.key);
    seen.conversations.set(found.key, {
      ...found,
      name: known?.name ?? found.name,
      messages: found.messages + (known?.messages ?? 0),
      firstAtText: known?.firstAtText ?? found.firstAtText,
      lastAtText: found.lastAtText ?? known?.lastAtText ?? null,
    });
  }
  if (seen.preview.length === 0 || !seen.needsZone) {
    const { needsZone, preview } = await previewMessages(importer, source, options);
    seen.needsZone ||= needsZone;
    if (seen.preview.length === 0) seen.preview = preview;
  }
}
