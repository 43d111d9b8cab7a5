/**
 * Trying skipped bytes again, alone: with another importer, encoding or mapping. What is recovered joins
 * the same source; its ledger changes in that one place, and an event holds the ranges before and after.
 */
import { createHash } from 'node:crypto';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { TableMapping } from '../../domain/mapping.ts';
import type { RetryOutcome } from '../../domain/source.ts';
import { wallToInstant } from '../../domain/zone.ts';
import type {
  Encoding,
  ImportEvent,
  ImportedMessage,
  Importer,
  ImportOptions,
  LedgerRange,
} from '../../importers/importer.ts';
import { importerById } from '../../importers/registry.ts';
import { rankImporters } from '../../importers/sniff.ts';
import { RECODED_LIMIT, type StretchSource, stretchOf } from '../../importers/stretch.ts';
import { get } from '../../storage/database.ts';
import { storeMessages } from '../../storage/messages/message-writer.ts';
import { rangeAt, recordsBegin, replaceRange } from '../../storage/messages/range-change.ts';
import { storeAccount, storeConversation, storeMembership } from '../../storage/people/participants.ts';
import { sourceMapping } from '../../storage/sources/mappings.ts';
import {
  occurrenceDigests,
  type RangeRow,
  type SourceRow,
  updateSource,
} from '../../storage/sources/sources.ts';
import type { Job } from '../jobs.ts';
import { change, newUid, record, type Session } from '../session.ts';
import { openSealed } from './import-source.ts';
import { presentSource, requireSource } from './sources.ts';

/** Largest skipped range that is tried again, in bytes; its records are held in memory. */
const STRETCH_LIMIT = 64 << 20;
/** Largest header that is put before a stretch, in bytes. */
const PREFIX_LIMIT = 256 << 10;
const PREVIEWED = 10;

interface Attempt {
  readonly importer: Importer;
  readonly encoding: Encoding;
  readonly mapping: Readonly<Record<string, string>> | null;
  readonly range: RangeRow;
  /** With places of the original file; ranges cover exactly the skipped one. */
  readonly events: readonly ImportEvent[];
  readonly ranges: readonly LedgerRange[];
  readonly messages: readonly ImportedMessage[];
  /** Accounts, conversations or memberships of a list. */
  readonly entries: number;
}

/**
 * Reads skipped ranges of a complete source again. With `keep` false nothing is stored: the outcome says
 * what would be. Throws `not-found`, `conflict`, `format-unknown`, or `nothing-kept` where nothing more is read.
 */
export async function retrySkips(
  session: Session,
  job: Job,
  input: Parsed<'sources.retry'>,
): Promise<RetryOutcome> {
  const source = requireSource(session, input.sourceId);
  if (source.state !== 'complete') {
    throw new DocketError('conflict', `the source is ${source.state}`, source.file);
  }
  const attempts: Attempt[] = [];
  let total = 0;
  for (const start of [...new Set(input.starts)].sort((a, b) => a - b)) {
    job.check();
    job.report({ step: 'parsing', item: source.file, done: attempts.length, total: null, unit: 'rows' });
    const attempt = await tryAgain(session, source, start, input);
    attempts.push(attempt);
    total += attempt.range.end - attempt.range.start;
    if (total > STRETCH_LIMIT) {
      throw new DocketError('conflict', 'too many bytes to try again at once', source.file);
    }
  }
  const useful = attempts.filter((attempt) => attempt.messages.length + attempt.entries > 0);
  const messages = useful.flatMap((attempt) => attempt.messages);
  if (input.keep && useful.length === 0) {
    throw new DocketError('nothing-kept', 'nothing more could be read', source.file);
  }
  const added = input.keep ? keepRecovered(session, source, useful) : 0;
  return {
    source: presentSource(session, source.uid),
    kept: input.keep,
    tried: attempts.length,
    messages: messages.length,
    added,
    entries: useful.reduce((sum, attempt) => sum + attempt.entries, 0),
    skippedBytesBefore: total,
    skippedBytesAfter: attempts.reduce((sum, { ranges }) => sum + skippedBytes(ranges), 0),
    preview: messages.slice(0, PREVIEWED).map((message) => ({
      sentAtText: message.sentAtText,
      sender: message.senderName ?? message.senderKey,
      kind: message.kind,
      text: message.text,
    })),
  };
}

const skippedBytes = (ranges: readonly LedgerRange[]) =>
  ranges.reduce((sum, range) => sum + (range.kind === 'skipped' ? range.end - range.start : 0), 0);

async function tryAgain(
  session: Session,
  source: SourceRow,
  start: number,
  input: Parsed<'sources.retry'>,
): Promise<Attempt> {
  const { store } = session.workspace;
  const range = rangeAt(store, source.id, start);
  if (range?.kind !== 'skipped') {
    throw new DocketError('not-found', `no skipped range begins at byte ${start}`, source.file);
  }
  const encoding = input.encoding ?? (source.encoding as Encoding);
  const length = range.end - range.start;
  if (length > (encoding === source.encoding ? STRETCH_LIMIT : RECODED_LIMIT)) {
    throw new DocketError('conflict', `${length} bytes are too many to try again at once`, source.file);
  }
  const bytes = openSealed(session, source);
  try {
    const own = !input.format || input.format === source.importer;
    const before = own ? Math.min(recordsBegin(store, source.id), range.start) : 0;
    const prefix = { start: 0, end: before <= PREFIX_LIMIT ? before : 0 };
    const reading = { file: source.encoding as Encoding, stretch: encoding };
    const stretch = stretchOf(bytes, range, prefix, reading);
    const importer = importerFor(source, stretch, input.format ?? null);
    const table = own ? sourceMapping(store.db, source.id) : null;
    const known = own ? (JSON.parse(source.assumptions) as Record<string, string>) : {};
    const selection = JSON.parse(source.selection) as 'all' | string[];
    const mapping = { ...(known.dateOrder ? { dateOrder: known.dateOrder } : {}), ...input.mapping };
    const options: ImportOptions = {
      zone: source.zone,
      head: stretch.head,
      conversations: selection === 'all' ? 'all' : new Set(selection),
      mapping,
      ...(table ? { table: TableMapping.parse(JSON.parse(table)) } : {}),
    };
    const events: ImportEvent[] = [];
    for await (const event of importer.read(stretch.source, options)) events.push(event);
    return placed(events, stretch, range, { importer, encoding, mapping: input.mapping ?? null });
  } finally {
    bytes.close();
  }
}

function importerFor(source: SourceRow, stretch: StretchSource, format: string | null): Importer {
  const importer =
    format === null
      ? importerById(source.importer)
      : format === 'any'
        ? (rankImporters(stretch.head)[0]?.importer ?? null)
        : importerById(format);
  if (!importer)
    throw new DocketError('format-unknown', `no importer ${format ?? source.importer}`, source.file);
  return importer;
}

/** Events with bytes and lines of the original file; what concerns the prefix is left out. */
function placed(
  events: readonly ImportEvent[],
  stretch: StretchSource,
  range: RangeRow,
  how: Pick<Attempt, 'importer' | 'encoding' | 'mapping'>,
): Attempt {
  const line = (at: number) => Math.max(range.line, range.line + at - 1 - stretch.prefixLines);
  const ranges: LedgerRange[] = [];
  const messages: ImportedMessage[] = [];
  let entries = 0;
  for (const event of events) {
    if (event.type === 'ranges') {
      for (const one of event.ranges) {
        if (one.end <= stretch.prefix) continue;
        const from = stretch.toOriginal(Math.max(one.start, stretch.prefix));
        const to = stretch.toOriginal(one.end);
        if (to > from) ranges.push({ ...one, start: from, end: to, line: line(one.line) });
      }
    } else if (event.type === 'messages') {
      for (const message of event.messages) {
        const { start, end, line: at } = message.locator;
        if (start < stretch.prefix) continue;
        const locator = { start: stretch.toOriginal(start), end: stretch.toOriginal(end), line: line(at) };
        messages.push({ ...message, locator });
      }
    } else if (how.importer.holds === 'list') {
      if (event.type === 'accounts') entries += event.accounts.length;
      else if (event.type === 'conversations') entries += event.conversations.length;
    }
  }
  return { ...how, range, events, ranges, messages, entries };
}

/** Stores what attempts recovered, under one event; answers how many messages are new to the workspace. */
function keepRecovered(session: Session, source: SourceRow, attempts: readonly Attempt[]): number {
  const { store } = session.workspace;
  return change(session, () => {
    const accountsBefore = count(session, 'accounts');
    let messages = 0;
    let added = 0;
    for (const attempt of attempts) {
      added += storeAttempt(session, source, attempt);
      messages += attempt.messages.length;
      replaceRange(store, source.id, attempt.range.start, attempt.ranges);
    }
    const root = createHash('sha256');
    for (const digest of occurrenceDigests(store.db, source.id)) root.update(digest);
    const digest = root.digest('hex');
    updateSource(store, source.id, {
      messages: source.messages + messages,
      duplicates: source.duplicates + messages - added,
      accounts: source.accounts + count(session, 'accounts') - accountsBefore,
      digest,
    });
    const [{ importer, encoding, mapping }] = attempts as [Attempt];
    record(session, {
      type: 'source.skip-recovered',
      subject: { type: 'source', id: source.uid },
      before: { ranges: attempts.map(({ range }) => range), digest: source.digest },
      after: {
        importer: importer.id,
        importerVersion: importer.version,
        encoding,
        mapping,
        ranges: attempts.flatMap(({ ranges }) => ranges),
        messages,
        added,
        digest,
      },
    });
    return added;
  });
}

/** Stores the records of one attempt; answers how many of its messages are new. */
function storeAttempt(session: Session, source: SourceRow, attempt: Attempt): number {
  const { store } = session.workspace;
  const accounts = new Map<string, number>();
  const conversations = new Map<string, number>();
  const context = {
    store,
    platform: source.platform,
    sourceId: source.id,
    authoritative: source.holds === 'list',
    newUid: () => newUid(session),
  };
  const only = onlyConversation(session, source, attempt.events);
  const keyOf = (key: string) => only?.key ?? key;
  for (const event of attempt.events) {
    if (event.type === 'accounts') {
      for (const account of event.accounts) accounts.set(account.key, storeAccount(context, account));
    } else if (event.type === 'conversations') {
      for (const one of event.conversations) {
        conversations.set(keyOf(one.key), only?.id ?? storeConversation(context, one));
      }
    } else if (event.type === 'memberships') {
      for (const membership of event.memberships) {
        const conversation = conversations.get(keyOf(membership.conversationKey));
        const account = accounts.get(membership.accountKey);
        if (conversation !== undefined && account !== undefined) {
          storeMembership(context, conversation, account, membership);
        }
      }
    }
  }
  const next = nextOrdinal(session, source.id);
  const messages = attempt.messages.map((message, index) => ({
    ...message,
    conversationKey: keyOf(message.conversationKey),
    ordinal: next + index,
  }));
  const input = {
    ...context,
    accounts,
    conversations,
    toInstant: (wall: number) => wallToInstant(wall, source.zone),
    resumeAt: placeBefore(session, source.id, attempt.range.start),
  };
  return storeMessages(input, messages).added;
}

const count = (session: Session, table: 'accounts'): number =>
  get<{ n: number }>(session.workspace.store.db, `SELECT count(*) AS n FROM ${table}`)?.n ?? 0;

/**
 * Where the source holds one conversation and the stretch too, it is that one: a stretch alone may show
 * another name than the whole file does.
 */
function onlyConversation(
  session: Session,
  source: SourceRow,
  events: readonly ImportEvent[],
): { id: number; key: string } | null {
  const keys = new Set(
    events.flatMap((event) =>
      event.type === 'conversations' ? event.conversations.map(({ key }) => key) : [],
    ),
  );
  if (source.conversations !== 1 || keys.size !== 1) return null;
  return (
    get<{ id: number; key: string }>(
      session.workspace.store.db,
      `SELECT c.id, c.key FROM message_occurrences o JOIN messages m ON m.id = o.message_id
       JOIN conversations c ON c.id = m.conversation_id WHERE o.source_id = ? LIMIT 1`,
      source.id,
    ) ?? null
  );
}

function nextOrdinal(session: Session, sourceId: number): number {
  const row = get<{ last: number | null }>(
    session.workspace.store.db,
    'SELECT max(ordinal) AS last FROM message_occurrences WHERE source_id = ?',
    sourceId,
  );
  return (row?.last ?? -1) + 1;
}

/** Place in time of the message that stands before a byte of the source, for messages without a time. */
function placeBefore(session: Session, sourceId: number, start: number): number {
  const row = get<{ sort_at: number }>(
    session.workspace.store.db,
    `SELECT m.sort_at FROM message_occurrences o JOIN messages m ON m.id = o.message_id
     WHERE o.source_id = ? AND o.start < ? ORDER BY o.start DESC LIMIT 1`,
    sourceId,
    start,
  );
  return row?.sort_at ?? 0;
}
