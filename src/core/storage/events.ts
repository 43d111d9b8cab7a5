import { randomBytes } from 'node:crypto';
import {
  type AuditLink,
  auditHash,
  type EventEnvelope,
  eventPayloadDigest,
  GENESIS,
} from '../audit/chain.ts';
import { all, type Database, get, run } from './database.ts';
import { insertRow, type Store } from './rows.ts';

/** An event to be written. `caseId` lets a case's timeline be read without searching. */
export interface NewEvent extends EventEnvelope {
  readonly caseId: string | null;
}

/**
 * Writes an event and chains it into the audit log: the log holds a salted digest, never content.
 * Call inside the transaction of the change it tells of, so that neither exists without the other.
 */
export function appendEvent(store: Store, event: NewEvent): void {
  const { caseId, ...envelope } = event;
  const salt = randomBytes(16);
  insertRow(store, 'events', {
    id: envelope.id,
    officer_id: envelope.officer,
    at: envelope.at,
    type: envelope.type,
    subject_type: envelope.subject.type,
    subject_id: envelope.subject.id,
    case_id: caseId,
    before: encode(envelope.before),
    after: encode(envelope.after),
    supersedes: envelope.supersedes,
    salt,
  });
  const head = auditHead(store.db);
  const link = {
    sequence: head.sequence + 1,
    previous: head.hash,
    at: envelope.at,
    payloadDigest: eventPayloadDigest(salt, envelope),
  };
  run(
    store.db,
    'INSERT INTO audit_log (sequence, event_id, at, payload_digest, previous, hash) VALUES (?, ?, ?, ?, ?, ?)',
    link.sequence,
    envelope.id,
    link.at,
    link.payloadDigest,
    link.previous,
    auditHash(link),
  );
}

const encode = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));

/** A text that is no JSON was not written by Docket; it is shown as it is, and `check` names the event. */
function decode(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: text };
  }
}

/** The latest identifier that orders what happened; null in an empty workspace. */
export function lastUid(db: Database): string | null {
  return (
    get<{ id: string | null }>(
      db,
      'SELECT max(id) AS id FROM (SELECT max(id) AS id FROM events UNION ALL SELECT max(id) FROM dispositions)',
    )?.id ?? null
  );
}

/** Last entry of the chain; sequence 0 with the genesis hash for an empty one. */
export function auditHead(db: Database): { sequence: number; hash: string } {
  return (
    get<{ sequence: number; hash: string }>(
      db,
      'SELECT sequence, hash FROM audit_log ORDER BY sequence DESC LIMIT 1',
    ) ?? { sequence: 0, hash: GENESIS }
  );
}

interface EventRow {
  id: string;
  officer_id: string;
  at: number;
  type: string;
  subject_type: string;
  subject_id: string;
  case_id: string | null;
  before: string | null;
  after: string | null;
  supersedes: string | null;
  salt: Buffer;
  sequence: number;
  logged_at: number;
  payload_digest: string;
  previous: string;
  hash: string;
}

/** An event with its place in the chain. */
export interface ChainedEvent {
  readonly link: AuditLink;
  readonly event: EventEnvelope;
  readonly salt: Buffer;
  readonly caseId: string | null;
}

function chained(row: EventRow): ChainedEvent {
  return {
    link: {
      sequence: row.sequence,
      previous: row.previous,
      at: row.logged_at,
      payloadDigest: row.payload_digest,
      hash: row.hash,
    },
    event: {
      id: row.id,
      officer: row.officer_id,
      at: row.at,
      type: row.type,
      subject: { type: row.subject_type, id: row.subject_id },
      before: decode(row.before),
      after: decode(row.after),
      supersedes: row.supersedes,
    },
    salt: row.salt,
    caseId: row.case_id,
  };
}

const SELECT = `SELECT e.*, a.sequence, a.at AS logged_at, a.payload_digest, a.previous, a.hash FROM events e JOIN audit_log a ON a.event_id = e.id`;

export interface EventFilter {
  readonly type: string | null;
  readonly officerId: string | null;
  readonly subjectId: string | null;
}

function conditions({ type, officerId, subjectId }: EventFilter): { sql: string; values: string[] } {
  const columns = { 'e.type': type, 'e.officer_id': officerId, 'e.subject_id': subjectId };
  const set = Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== null);
  return {
    sql: set.map(([column]) => `${column} = ?`).join(' AND ') || '1',
    values: set.map(([, value]) => value),
  };
}

/** Events newest first, before a sequence number, by optional filters. */
export function listEvents(db: Database, filter: EventFilter, before: number, limit: number): ChainedEvent[] {
  const where = conditions(filter);
  return all<EventRow>(
    db,
    `${SELECT} WHERE a.sequence < ? AND ${where.sql} ORDER BY a.sequence DESC LIMIT ?`,
    before,
    ...where.values,
    limit,
  ).map(chained);
}

export function countEvents(db: Database, filter: EventFilter): number {
  const where = conditions(filter);
  return (
    get<{ n: number }>(db, `SELECT count(*) AS n FROM events e WHERE ${where.sql}`, ...where.values)?.n ?? 0
  );
}

/** Everything that happened to a case, oldest first. */
export function eventsOfCase(db: Database, caseId: string): ChainedEvent[] {
  return all<EventRow>(db, `${SELECT} WHERE e.case_id = ? ORDER BY a.sequence`, caseId).map(chained);
}

/** Every event in chain order, one at a time. */
export function* everyEvent(db: Database): Generator<ChainedEvent> {
  for (const row of db.prepare(`${SELECT} ORDER BY a.sequence`).iterate() as Iterable<EventRow>) {
    yield chained(row);
  }
}

/** The bare chain between two sequence numbers, both included. */
export function auditLinks(db: Database, from: number, to: number): AuditLink[] {
  return all<AuditLink>(
    db,
    `SELECT sequence, previous, at, payload_digest AS payloadDigest, hash FROM audit_log
     WHERE sequence BETWEEN ? AND ? ORDER BY sequence`,
    from,
    to,
  );
}
