/**
 * Checking a workspace: whether every row is as Docket wrote it. Any row that another program
 * changed, added or removed, even with the right key, is found and named.
 */
import { chainVerifier } from '../../audit/chain.ts';
import type { CheckResult } from '../../domain/workspace.ts';
import { all, type Database, get, type Row } from '../database.ts';
import { everyEvent } from '../events.ts';
import { messageContent, occurrenceContent, rowContent } from '../messages/batch-content.ts';
import { destroyedSourceIds, goingSourceIds, unfinishedDestructions } from '../retention/retention.ts';
import { addSeal, keyed, type Store, sealOf, sealTotal } from '../rows.ts';
import { COMMITMENTS } from './check-commitments.ts';
import { DERIVED } from './check-derived.ts';
import { isBeingEmptied, isEmptied, isEmpty, MessageRecords } from './check-messages.ts';

type Failure = CheckResult['failures'][number];

/** One named check: yields now and then so that the host can answer others; returns what it found. */
export interface Check {
  readonly name: string;
  run(store: Store): Generator<void, { detail: string; failures: Failure[] }>;
}

/** Failures of one kind that are listed; the rest is counted in the detail. */
const LISTED = 100;

class Findings {
  readonly failures: Failure[] = [];
  readonly #check: string;
  readonly #notes: string[] = [];
  count = 0;

  constructor(check: string) {
    this.#check = check;
  }

  add(table: string, row: string, reason: string): void {
    this.count++;
    if (this.failures.length < LISTED) this.failures.push({ check: this.#check, table, row, reason });
  }

  /** Something to be said that is no failure. */
  note(text: string): void {
    this.#notes.push(text);
  }

  result(detail: string) {
    const told = [detail, ...this.#notes].join('; ');
    return {
      detail: this.count > LISTED ? `${told}; ${this.count} failures` : told,
      failures: this.failures,
    };
  }
}

const FILE: Check = {
  name: 'database-file',
  *run({ db }) {
    const findings = new Findings('database-file');
    for (const { integrity_check } of db.pragma('integrity_check') as { integrity_check: string }[]) {
      if (integrity_check !== 'ok') findings.add('', '', integrity_check);
    }
    yield;
    for (const row of db.pragma('foreign_key_check') as { table: string; rowid: number }[]) {
      findings.add(row.table, String(row.rowid), 'refers to a row that is not there');
    }
    return findings.result(`${db.pragma('page_count', { simple: true })} pages`);
  },
};

function sealedTables(db: Database): string[] {
  return all<{ name: string }>(
    db,
    `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.name = 'seal' AND m.name <> 'table_totals' ORDER BY m.name`,
  ).map(({ name }) => name);
}

function keyOf(row: Row): string {
  return String(row.id ?? row.uid ?? row.key ?? JSON.stringify(Object.values(row).slice(0, 4)));
}

const ROWS: Check = {
  name: 'rows',
  *run({ db, sealKey }) {
    const findings = new Findings('rows');
    let checked = 0;
    for (const table of sealedTables(db)) {
      let total: Buffer = Buffer.alloc(16);
      let rows = 0;
      for (const row of db.prepare(`SELECT * FROM ${table}`).iterate() as Iterable<Row>) {
        const seal = sealOf(sealKey, table, row);
        if (!seal.equals(row.seal as Buffer)) {
          findings.add(table, keyOf(row), 'the row was changed or added outside Docket');
        }
        total = addSeal(total, seal, 1n);
        rows++;
        if (++checked % 5000 === 0) yield;
      }
      const known = get<{ rows: number; total: Buffer; seal: Buffer }>(
        db,
        'SELECT rows, total, seal FROM table_totals WHERE name = ?',
        table,
      );
      if (!known && rows === 0) continue;
      if (!known?.seal.equals(sealTotal(sealKey, table, known.rows, known.total))) {
        findings.add('table_totals', table, 'the total was changed outside Docket');
      } else if (known.rows !== rows || !known.total.equals(total)) {
        findings.add(table, '', `${known.rows} rows were written, ${rows} are there; or one was replaced`);
      }
    }
    return findings.result(`${checked} rows`);
  },
};

interface Batch {
  scope: string;
  owner: number;
  first: number;
  last: number;
  rows: number;
  digest: Buffer;
}

/** How a batch's content is read back, by scope. */
const BATCH_READERS: Record<string, (db: Database, batch: Batch) => { rows: number; content: string }> = {
  messages: (db, batch) =>
    joined(
      all<Parameters<typeof messageContent>>(
        db,
        `SELECT id, source_id, ordinal, conversation_id, sender_id, flags, parts, identity, digest FROM messages
         WHERE id BETWEEN ? AND ? AND source_id = ? ORDER BY id`,
        batch.first,
        batch.last,
        batch.owner,
      ),
      (row) => messageContent(...(Object.values(row) as Parameters<typeof messageContent>)),
    ),
  message_occurrences: (db, batch) =>
    joined(
      all<Parameters<typeof occurrenceContent>>(
        db,
        `SELECT source_id, ordinal, message_id, start, end, line, digest FROM message_occurrences
         WHERE source_id = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal`,
        batch.owner,
        batch.first,
        batch.last,
      ),
      (row) => occurrenceContent(...(Object.values(row) as Parameters<typeof occurrenceContent>)),
    ),
  source_ranges: (db, batch) =>
    joined(
      all<Row>(
        db,
        `SELECT start, end, line, kind, code, count, digest FROM source_ranges
         WHERE source_id = ? AND start BETWEEN ? AND ? ORDER BY start`,
        batch.owner,
        batch.first,
        batch.last,
      ),
      (row) => rowContent(Object.values(row)),
    ),
  hits: (db, batch) =>
    joined(
      all<Row>(
        db,
        `SELECT ${HIT_COLUMNS} FROM hits WHERE run_id = ? AND position BETWEEN ? AND ? ORDER BY position`,
        batch.owner,
        batch.first,
        batch.last,
      ),
      (row) => rowContent(Object.values(row)),
    ),
  sightings: (db, batch) =>
    joined(
      all<Row>(
        db,
        'SELECT hit_id, rule_version FROM sightings WHERE run_id = ? AND hit_id BETWEEN ? AND ? ORDER BY hit_id',
        batch.owner,
        batch.first,
        batch.last,
      ),
      (row) => rowContent(Object.values(row)),
    ),
};

/** The columns of a hit that never change, in the order their seal takes them. */
export const HIT_COLUMNS =
  'position, subject_type, message_id, part, subject_uid, act, pack, rule, rule_version, category, tier, severity, status, score, start, end, spans, transforms, conversation_id, sender_id';

function joined<T>(rows: readonly T[], write: (row: T) => string): { rows: number; content: string } {
  return { rows: rows.length, content: rows.map(write).join('') };
}

const BATCHES: Check = {
  name: 'bulk-rows',
  *run({ db, sealKey }) {
    const findings = new Findings('bulk-rows');
    const sums = new Map<string, number>();
    let rows = 0;
    for (const batch of db.prepare('SELECT * FROM batch_seals').all() as Batch[]) {
      const read = BATCH_READERS[batch.scope]?.(db, batch);
      const digest = read && keyed(sealKey, `batch:${batch.scope}`, read.content);
      if (!digest?.equals(batch.digest)) {
        findings.add(
          batch.scope,
          `${batch.owner}: ${batch.first}–${batch.last}`,
          'rows of this batch were changed, added or removed outside Docket',
        );
      }
      rows += batch.rows;
      sums.set(batch.scope, (sums.get(batch.scope) ?? 0) + batch.rows);
      yield;
    }
    for (const scope of Object.keys(BATCH_READERS)) {
      const found = get<{ n: number }>(db, `SELECT count(*) AS n FROM ${scope}`)?.n ?? 0;
      const written = sums.get(scope) ?? 0;
      if (found !== written) findings.add(scope, '', `${written} rows were written, ${found} are there`);
      yield;
    }
    return findings.result(`${rows} rows`);
  },
};

const MESSAGES: Check = {
  name: 'messages',
  *run({ db }) {
    const findings = new Findings('messages');
    const records = new MessageRecords(db);
    const destroyed = destroyedSourceIds(db);
    const going = goingSourceIds(db);
    let checked = 0;
    for (const batch of all<Batch>(db, "SELECT * FROM batch_seals WHERE scope = 'messages'")) {
      for (const row of records.rows(batch.owner, batch.first, batch.last)) {
        if (destroyed.has(batch.owner) && isEmptied(db, row)) {
          if (!isEmpty(row))
            findings.add('messages', String(row.id), 'content of a destroyed source is there');
        } else if (going.has(batch.owner) && isEmpty(row) && isBeingEmptied(db, row)) {
          // Emptied by a destruction that has not ended.
        } else if (records.digest(row) !== row.digest.toString('hex')) {
          findings.add('messages', String(row.id), 'the message was changed outside Docket');
        }
        checked++;
      }
      yield;
    }
    for (const table of ['carried_texts', 'attachments']) {
      const stray = all<{ message_id: number }>(
        db,
        `SELECT message_id FROM ${table} WHERE message_id NOT IN (SELECT id FROM messages) LIMIT ${LISTED}`,
      );
      for (const row of stray) findings.add(table, String(row.message_id), 'belongs to no message');
    }
    for (const { ordered } of unfinishedDestructions(db)) {
      const { name } = JSON.parse(ordered) as { name: string };
      findings.note(`the destruction of ${name} began and has not ended`);
    }
    return findings.result(`${checked} messages`);
  },
};

const LEDGERS: Check = {
  name: 'ledgers',
  *run({ db }) {
    const findings = new Findings('ledgers');
    const sources = all<{ id: number; file: string; bytes: number; bytes_done: number; state: string }>(
      db,
      'SELECT id, file, bytes, bytes_done, state FROM sources',
    );
    for (const source of sources) {
      let end = 0;
      const ranges = db.prepare('SELECT start, end FROM source_ranges WHERE source_id = ? ORDER BY start');
      for (const range of ranges.iterate(source.id) as Iterable<{ start: number; end: number }>) {
        if (range.start !== end) findings.add('source_ranges', source.file, `gap or overlap at byte ${end}`);
        end = range.end;
      }
      const whole =
        source.state === 'complete' || source.state === 'excluded' ? source.bytes : source.bytes_done;
      if (source.state !== 'excluded' && end !== whole) {
        findings.add('source_ranges', source.file, `the ledger ends at byte ${end} of ${whole}`);
      }
      yield;
    }
    return findings.result(`${sources.length} sources`);
  },
};

const AUDIT: Check = {
  name: 'audit-chain',
  *run({ db }) {
    const findings = new Findings('audit-chain');
    const verify = chainVerifier();
    let sequence = 0;
    let hash = '';
    for (const { link, event, salt } of everyEvent(db)) {
      for (const failure of verify({ ...link, event, salt: salt.toString('hex') })) {
        findings.add('audit_log', String(failure.sequence), failure.reason);
      }
      sequence++;
      hash = link.hash;
      if (sequence % 2000 === 0) yield;
    }
    for (const table of ['audit_log', 'events']) {
      const rows = get<{ n: number }>(db, `SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
      if (rows !== sequence) findings.add(table, '', `${rows} rows, ${sequence} in the chain`);
    }
    const stray = all<{ sequence: number }>(
      db,
      `SELECT s.sequence FROM audit_stamps s LEFT JOIN audit_log a ON a.sequence = s.sequence
       WHERE a.hash IS NOT s.hash`,
    );
    for (const stamp of stray)
      findings.add('audit_log', String(stamp.sequence), 'a stamped head is not this one');
    return findings.result(`${sequence} entries, head ${hash}`);
  },
};

/** Runs a check; content so damaged that it cannot be read is a failure like any other. */
export function* runCheck(check: Check, store: Store): ReturnType<Check['run']> {
  try {
    return yield* check.run(store);
  } catch (error) {
    const findings = new Findings(check.name);
    findings.add('', '', `cannot be read: ${(error as Error).message}`);
    return findings.result('cut off');
  }
}

/** Everything that rows can tell; sealed sources are checked by the caller, who has the blob store. */
export const CHECKS: readonly Check[] = [FILE, ROWS, BATCHES, MESSAGES, LEDGERS, AUDIT, DERIVED, COMMITMENTS];
