/**
 * Writing sealed rows.
 *
 * Each row of a table with a `seal` column carries a keyed digest of its other columns; each such
 * table has a keyed total over its seals. A row edited, added or removed with another program, even
 * with the right database key, no longer fits (`check.ts` tells which). The seal key is derived from
 * the data key and never stored.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { all, type Database, get, prepare, type Row, run, transact, type Value } from './database.ts';

/** A writing connection with the key that seals its rows. */
export interface Store {
  readonly db: Database;
  readonly sealKey: Buffer;
}

/** Bytes of a seal: 128 bits of HMAC-SHA-256. */
const SEAL_BYTES = 16;
const MODULUS = 1n << 128n;

function plain(value: Value | undefined): unknown {
  if (Buffer.isBuffer(value)) return { hex: value.toString('hex') };
  if (typeof value === 'bigint') return { integer: value.toString() };
  return value ?? null;
}

/** Keyed digest of a row without its `seal` column; independent of column order. */
export function sealOf(sealKey: Buffer, table: string, row: Row): Buffer {
  const content: Record<string, unknown> = {};
  for (const column in row) if (column !== 'seal') content[column] = plain(row[column]);
  return keyed(sealKey, `row:${table}`, canonicalize(content) ?? '');
}

/** Bytes of a block of SHA-256; a longer key would have to be hashed first (RFC 2104). */
const BLOCK = 64;

const padded = new WeakMap<Buffer, { readonly inner: Buffer; readonly outer: Buffer }>();

function padsOf(key: Buffer): { readonly inner: Buffer; readonly outer: Buffer } {
  let pads = padded.get(key);
  if (!pads) {
    if (key.length > BLOCK) throw new RangeError('a key has 64 bytes at most');
    const pad = (value: number) => Buffer.alloc(BLOCK).map((_, i) => (key[i] ?? 0) ^ value);
    pads = { inner: Buffer.from(pad(0x36)), outer: Buffer.from(pad(0x5c)) };
    padded.set(key, pads);
  }
  return pads;
}

/** HMAC-SHA-256 by its two hashes (RFC 2104), cut to the length of a seal: an Hmac object costs many times the hashing. */
export function keyed(sealKey: Buffer, purpose: string, content: string | Buffer): Buffer {
  const { inner, outer } = padsOf(sealKey);
  const digest = createHash('sha256').update(inner).update(`${purpose}\0`).update(content).digest();
  return createHash('sha256').update(outer).update(digest).digest().subarray(0, SEAL_BYTES);
}

export function sealTotal(sealKey: Buffer, table: string, rows: number, total: Buffer): Buffer {
  return keyed(sealKey, `total:${table}`, `${rows}:${total.toString('hex')}`);
}

/** Sum of seals modulo 2^128, as 16 bytes. */
export function addSeal(total: Buffer, seal: Buffer, sign: 1n | -1n): Buffer {
  const sum = (BigInt(`0x${total.toString('hex')}`) + sign * BigInt(`0x${seal.toString('hex')}`)) % MODULUS;
  return Buffer.from((sum < 0n ? sum + MODULUS : sum).toString(16).padStart(32, '0'), 'hex');
}

function shift(
  store: Store,
  table: string,
  removed: Buffer | null,
  added: Buffer | null,
  addedRows = 1,
): void {
  const known = get<{ rows: number; total: Buffer }>(
    store.db,
    'SELECT rows, total FROM table_totals WHERE name = ?',
    table,
  );
  let rows = known?.rows ?? 0;
  let total = known?.total ?? Buffer.alloc(SEAL_BYTES);
  if (removed) {
    total = addSeal(total, removed, -1n);
    rows--;
  }
  if (added) {
    total = addSeal(total, added, 1n);
    rows += addedRows;
  }
  run(
    store.db,
    'INSERT OR REPLACE INTO table_totals (name, rows, total, seal) VALUES (?, ?, ?, ?)',
    table,
    rows,
    total,
    sealTotal(store.sealKey, table, rows, total),
  );
}

/** Inserts a sealed row; answers its rowid. Call inside a transaction. */
export function insertRow(store: Store, table: string, row: Row): number {
  const columns = Object.keys(row);
  const result = prepare(
    store.db,
    `INSERT INTO ${table} (${columns.join(', ')}, seal) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
  ).run(...Object.values(row), Buffer.alloc(0));
  const id = Number(result.lastInsertRowid);
  // Read back what was stored: the rowid and SQLite's own conversions belong under the seal.
  const where = whereKey(store.db, table, row, id);
  const stored = get<Row>(store.db, `SELECT * FROM ${table} WHERE ${where.sql}`, ...where.values) as Row;
  const seal = sealOf(store.sealKey, table, stored);
  run(store.db, `UPDATE ${table} SET seal = ? WHERE ${where.sql}`, seal, ...where.values);
  shift(store, table, null, seal);
  return id;
}

/**
 * Inserts many sealed rows of one table at a quarter of the cost of single ones. For tables without a
 * rowid, with every column but `seal` given as SQLite stores it: nothing is read back. `seals` are theirs where
 * the caller took them before (`sealOf`). Call inside a transaction.
 */
export function insertRows(
  store: Store,
  table: string,
  rows: readonly Row[],
  seals: readonly Buffer[] = [],
): void {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const insert = prepare(
    store.db,
    `INSERT INTO ${table} (${columns.join(', ')}, seal) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
  );
  let added: Buffer = Buffer.alloc(SEAL_BYTES);
  for (const [i, row] of rows.entries()) {
    const seal = seals[i] ?? sealOf(store.sealKey, table, row);
    insert.run(...columns.map((column) => row[column]), seal);
    added = addSeal(added, seal, 1n);
  }
  shift(store, table, null, added, rows.length);
}

/** Changes a sealed row found by its primary key; answers the row as it was. Throws where there is none. */
export function updateRow(store: Store, table: string, key: Row, changes: Row): Row {
  const names = Object.keys(key);
  const where = names.map((name) => `${name} = ?`).join(' AND ');
  const before = get<Row>(store.db, `SELECT * FROM ${table} WHERE ${where}`, ...Object.values(key));
  if (!before) throw new Error(`${table} has no row ${JSON.stringify(key)}`);
  const after = { ...before, ...changes };
  const seal = sealOf(store.sealKey, table, after);
  run(
    store.db,
    `UPDATE ${table} SET ${[...Object.keys(changes), 'seal'].map((name) => `${name} = ?`).join(', ')} WHERE ${where}`,
    ...Object.values(changes),
    seal,
    ...Object.values(key),
  );
  shift(store, table, before.seal as Buffer, seal);
  return before;
}

/** Removes a sealed row found by its primary key; nothing where there is none. Call inside a transaction. */
export function deleteRow(store: Store, table: string, key: Row): void {
  const where = Object.keys(key)
    .map((name) => `${name} = ?`)
    .join(' AND ');
  const before = get<Row>(store.db, `SELECT seal FROM ${table} WHERE ${where}`, ...Object.values(key));
  if (!before) return;
  run(store.db, `DELETE FROM ${table} WHERE ${where}`, ...Object.values(key));
  shift(store, table, before.seal as Buffer, null);
}

const keyColumns = new Map<string, string[]>();

function whereKey(db: Database, table: string, row: Row, rowid: number) {
  let key = keyColumns.get(table);
  if (!key) {
    key = all<{ name: string; pk: number }>(db, `SELECT name, pk FROM pragma_table_info('${table}')`)
      .filter((column) => column.pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name);
    keyColumns.set(table, key);
  }
  return {
    sql: key.map((name) => `${name} = ?`).join(' AND '),
    values: key.map((name) => row[name] ?? rowid),
  };
}

/**
 * Seals a batch of bulk rows under one digest. `first` and `last` delimit the rows within `owner`
 * (ids, ordinals or byte offsets, by scope); `content` is the batch as `batch-content.ts` writes it.
 */
export function sealBatch(
  store: Store,
  batch: { scope: string; owner: number; first: number; last: number; rows: number },
  content: string | Buffer,
): void {
  insertRow(store, 'batch_seals', {
    ...batch,
    digest: keyed(store.sealKey, `batch:${batch.scope}`, content),
  });
}

/** One value of the `meta` table. */
export function readMeta(db: Database, key: string): string | null {
  return get<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?', key)?.value ?? null;
}

export function writeMeta(store: Store, key: string, value: string): void {
  transact(store.db, () => {
    if (readMeta(store.db, key) === null) insertRow(store, 'meta', { key, value });
    else updateRow(store, 'meta', { key }, { value });
  });
}
