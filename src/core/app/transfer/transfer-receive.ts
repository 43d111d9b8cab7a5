/** Receiving: what a file holds, and taking it in. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Transfer, TransferCounts, TransferLook, TransferPeer } from '../../domain/transfer.ts';
import { docketInterchange } from '../../importers/chat/docket-interchange.ts';
import { memorySource } from '../../importers/source.ts';
import { get } from '../../storage/database.ts';
import { appendEvent } from '../../storage/events.ts';
import { findOfficer } from '../../storage/officers.ts';
import { messageByShared } from '../../storage/transfer/transfer-rows.ts';
import { inRegister, isItemKnown } from '../../storage/transfer/transfer-subjects.ts';
import {
  hasEvent,
  insertCaseOrigin,
  insertForeignOfficer,
  insertTransfer,
  insertTrustedKey,
  noteEvent,
  noteMessages,
  receivedBefore,
  trustedKey,
} from '../../storage/transfer/transfers.ts';
import { EnvelopeError } from '../../transfer/envelope.ts';
import type { Excerpt, Payload } from '../../transfer/payload.ts';
import { messageCount, messagesOf } from '../../transfer/records.ts';
import { type CaseDesk, dbOf, settleState } from '../cases/case-desk.ts';
import { parseSource, prepareSource } from '../imports/import-source.ts';
import { collectLean } from '../imports/lean-collector.ts';
import type { Job } from '../jobs.ts';
import { type Alone, deskInside, inLongTransaction } from '../long-transaction.ts';
import { inSlices, Pace } from '../pace.ts';
import { newBlockUid, newUid, record, type Session } from '../session.ts';
import { presentTransfer } from './transfer-list.ts';
import { chunksOf, sealMedia, takeMedia, verifyParts } from './transfer-media.ts';
import { Merging } from './transfer-merge.ts';
import { asFailure, type Opened, openedTransfer } from './transfer-open.ts';
import { Places } from './transfer-places.ts';

/** Messages from which on short-lived objects would fill whatever space V8 gives them. */
const LARGE = 5000;

/** Events of a clock that is further ahead than this are refused: later work here would sort before them. */
const CLOCK_SKEW = 24 * 60 * 60 * 1000;

const messagesIn = ({ excerpts }: Payload) =>
  excerpts.reduce((sum, excerpt) => sum + messageCount(excerpt), 0);

/** Throws `transfer-invalid` for a wrong passphrase, changed bytes, another format, and `conflict` for one's own file. */
export async function lookAtTransfer(desk: CaseDesk, input: Parsed<'transfers.look'>): Promise<TransferLook> {
  const { payload, peer, sha256: digest, close } = await openedTransfer(desk, input.file, input.passphrase);
  close();
  const db = dbOf(desk);
  const known = payload.case !== null && get(db, 'SELECT 1 FROM cases WHERE id = ?', payload.case.id);
  return {
    id: payload.id,
    kind: payload.kind,
    createdAt: payload.createdAt,
    peer,
    case: payload.case && {
      number: payload.case.number,
      title: payload.case.title,
      known: known !== undefined,
    },
    messages: messagesIn(payload),
    hits: payload.hits.length,
    rows: payload.items.length,
    events: payload.events.length,
    leftOut: payload.leftOut,
    trustedAs: trustedKey(db, peer.fingerprint)?.name ?? null,
    again: receivedBefore(db, digest),
  };
}

/**
 * Takes a file in: messages that are new become a source of their own, events are merged by id, rows by what
 * both sides knew before; what both changed waits for a choice. Throws as `lookAtTransfer`, and
 * `key-untrusted` for a sender whose fingerprint was not compared.
 */
export async function receiveTransfer(
  desk: CaseDesk,
  job: Job,
  input: Parsed<'transfers.receive'>,
  alone: Alone,
): Promise<Transfer> {
  const opened = await openedTransfer(desk, input.file, input.passphrase);
  try {
    return await receiveOpened(desk, job, input, opened, alone);
  } catch (error) {
    throw asFailure(error, input.file);
  } finally {
    opened.close();
  }
}

async function receiveOpened(
  desk: CaseDesk,
  job: Job,
  input: Parsed<'transfers.receive'>,
  opened: Opened,
  alone: Alone,
): Promise<Transfer> {
  const { session } = desk;
  const { store } = session.workspace;
  const { payload, peer } = opened;
  const trusted = trustedKey(store.db, peer.fingerprint) !== undefined;
  if (!trusted && input.trust !== peer.fingerprint) {
    throw new DocketError('key-untrusted', peer.fingerprint, peer.officer);
  }
  const now = session.environment.now();
  if (Math.max(payload.createdAt, ...payload.events.map(({ at }) => at)) > now + CLOCK_SKEW) {
    throw new DocketError('transfer-invalid', 'clock-ahead', input.file);
  }
  if (messagesIn(payload) >= LARGE) collectLean();
  await verifyParts(job, payload, opened.part);
  const arrived = await importExcerpts(session, job, opened);
  job.check();
  const media = await sealMedia(session, opened.payload, opened.part);
  try {
    job.check();
    const id = await alone(() =>
      inLongTransaction(session, job.check, function* (inside) {
        yield* takeMedia(inside, media, arrived.places);
        return yield* take(deskInside(desk, inside), opened, arrived, input.file, trusted ? null : peer);
      }),
    );
    return presentTransfer(desk, id);
  } catch (error) {
    for (const { id } of media) session.workspace.blobs.remove(id);
    throw error;
  }
}

function* isKnown(session: Session, { part }: Opened, excerpt: Excerpt): Generator<void, boolean> {
  const { db } = session.workspace.store;
  const { accounts, groups, items = [] } = excerpt;
  for (const { uid } of messagesOf(excerpt, part)) {
    if (messageByShared(db, uid) === null) return false;
    yield;
  }
  return (
    accounts.every((name) => inRegister(db, 'account', name) !== undefined) &&
    groups.every((name) => inRegister(db, 'group', name) !== undefined) &&
    items.every((key) => isItemKnown(db, key))
  );
}

/** Where what came is here. */
interface Arrived {
  readonly places: Places;
  /** Sources that came for published items. */
  readonly items: Map<string, number>;
}

async function importExcerpts(session: Session, job: Job, opened: Opened): Promise<Arrived> {
  const { payload } = opened;
  const { db } = session.workspace.store;
  const places = new Places();
  const items = new Map<string, number>();
  const pace = new Pace();
  for (const excerpt of payload.excerpts) {
    const known = await inSlices(isKnown(session, opened, excerpt), job.check);
    const sourceId = known ? null : await importExcerpt(session, job, opened, excerpt);
    if (sourceId !== null) for (const key of excerpt.items ?? []) items.set(key, sourceId);
    let ordinal = 0;
    for (const { uid, digest } of messagesOf(excerpt, opened.part)) {
      const id =
        messageByShared(db, uid) ??
        get<{ id: number }>(
          db,
          'SELECT message_id AS id FROM message_occurrences WHERE source_id = ? AND ordinal = ?',
          sourceId,
          ordinal,
        )?.id;
      ordinal++;
      const stored = get<{ n: number }>(
        db,
        `SELECT count(*) AS n FROM message_occurrences WHERE message_id = ? AND digest = ?`,
        id ?? 0,
        Buffer.from(digest, 'hex'),
      );
      if (id === undefined || !stored?.n) {
        throw new DocketError('transfer-invalid', 'message-differs', excerpt.file);
      }
      places.set(uid, id);
      if (pace.due) await pace.rest();
    }
  }
  return { places, items };
}

/** Stores an excerpt as a source, by the ordinary way: sealed, with a ledger. */
async function importExcerpt(
  session: Session,
  job: Job,
  { payload, part }: Opened,
  excerpt: Excerpt,
): Promise<number> {
  const file = `${payload.case?.number ?? `share-${payload.from.prefix}`} ${excerpt.file}.ndjson`;
  const bytes = excerpt.part
    ? part(file, excerpt.part)
    : memorySource(file, Buffer.from(excerpt.text ?? '', 'utf8'));
  const origin = {
    label: file,
    file,
    place: null,
    parentId: null,
    open: () => ({ ...bytes, close: () => undefined }),
    async seal(onChunk: (done: number, total: number) => void) {
      const uid = newBlockUid(session);
      const sealed = await session.workspace.blobs.sealStream(uid, chunksOf(bytes), (done) =>
        onChunk(done, bytes.size),
      );
      if (excerpt.part && sealed.sha256 !== excerpt.part.sha256) {
        session.workspace.blobs.remove(uid);
        throw new EnvelopeError('malformed');
      }
      return { uid, ...sealed };
    },
  };
  const chosen = { format: docketInterchange.id, zone: excerpt.zone, conversations: 'all' as const };
  const prepared = await prepareSource(session, job, origin, chosen, {
    authorityId: null,
    minimumKept: 0,
    mayBeEmpty: excerpt.items !== undefined,
  });
  if (prepared.state === 'known') return prepared.source.id;
  const source = await parseSource(session, job, prepared.source);
  if (source.state !== 'complete') throw new DocketError('cancelled', 'cancelled by the officer', file);
  return source.id;
}

/** Everything but the messages, in one transaction: all of it or none. Yields at safe points. */
function* take(
  desk: CaseDesk,
  { payload, peer, sha256: digest, part }: Opened,
  { places, items }: Arrived,
  file: string,
  trust: TransferPeer | null,
): Generator<void, string> {
  const { session } = desk;
  const { store } = session.workspace;
  const { db } = store;
  const at = session.environment.now();
  const id = newUid(session);
  const caseId = payload.case?.id ?? null;
  for (const officer of payload.officers) {
    if (findOfficer(db, officer.id)) continue;
    insertForeignOfficer(store, {
      ...officer,
      publicKey: Buffer.from(officer.publicKey, 'base64'),
      at: payload.createdAt,
    });
  }
  if (trust) {
    insertTrustedKey(store, {
      fingerprint: trust.fingerprint,
      name: trust.officer,
      prefix: trust.prefix,
      workspace_id: trust.workspaceId,
      officer_id: session.officer.id,
      at,
    });
    record(session, {
      type: 'key.trusted',
      subject: { type: 'officer', id: payload.from.officer },
      after: { fingerprint: trust.fingerprint, name: trust.officer, workstation: trust.prefix },
    });
  }
  const eventId = record(session, {
    type: caseId ? 'case.received' : 'hits.received',
    subject: caseId ? { type: 'case', id: caseId } : { type: 'transfer', id },
    ...(caseId ? { caseId } : {}),
    after: {
      transfer: payload.id,
      sha256: digest,
      from: peer.officer,
      workstation: peer.prefix,
      fingerprint: peer.fingerprint,
      auditHead: payload.from.auditHead,
    },
  });
  yield* noteMessages(
    store,
    places.unknown((uid) => messageByShared(db, uid) !== null),
  );
  const merging = new Merging(desk, payload, { id, places, items, part, by: peer.officer, at });
  if (payload.case) merging.openCase(payload.case);
  const events = yield* takeEvents(session, payload);
  yield* merging.hits();
  yield* merging.items();
  yield* merging.dispositions();
  if (payload.case && payload.case.home !== session.workspace.keyFile.workspaceId && merging.caseIsNew) {
    insertCaseOrigin(store, {
      case_id: payload.case.id,
      workspace_id: payload.case.home,
      number: payload.case.number,
    });
  }
  const counts: TransferCounts = {
    messages: messagesIn(payload),
    hits: payload.hits.length,
    rows: payload.items.length,
    events: events.length,
    ...merging.counts,
  };
  insertTransfer(store, {
    id,
    direction: 'received',
    kind: payload.kind,
    case_id: caseId,
    peer: JSON.stringify(peer),
    file,
    sha256: digest,
    counts: JSON.stringify(counts),
    at,
    officer_id: session.officer.id,
    event_id: eventId,
  });
  for (const event of events) {
    noteEvent(store, event, id);
    yield;
  }
  merging.writeConflicts();
  if (caseId) settleState(desk, caseId);
  return id;
}

/** Merged by id: what is here already is not written again. Answers the ids of those that were new. */
function* takeEvents(session: Session, payload: Payload): Generator<void, string[]> {
  const { store } = session.workspace;
  const fresh: string[] = [];
  for (const { before, after, ...event } of payload.events) {
    yield;
    if (hasEvent(store.db, event.id)) continue;
    appendEvent(store, { ...event, before: before ?? null, after: after ?? null });
    session.environment.uids.observe(event.id);
    fresh.push(event.id);
  }
  return fresh;
}
