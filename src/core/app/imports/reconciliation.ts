/**
 * Comparing two sources. A comparison is derived and stored nowhere; the last one is kept in memory, so that
 * its pages and its CSV are of the same comparison, and is made anew once anything was written.
 */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Page } from '../../domain/page.ts';
import type {
  ReconciliationInput,
  ReconciliationRow,
  ReconciliationSide,
  ReconciliationSummary,
  ToldMessage,
} from '../../domain/reconciliation.ts';
import { precisionOf } from '../../domain/time-shape.ts';
import { uidInBlock } from '../../domain/uid.ts';
import { type ReconciledRow, type Reconciliation, reconcile } from '../../reconciliation/reconcile.ts';
import type { Said } from '../../reconciliation/said.ts';
import { decodeCursor, encodeCursor } from '../../storage/cursor.ts';
import { get } from '../../storage/database.ts';
import { messageById } from '../../storage/messages/messages.ts';
import { conversationRow, placeInSource, toldMessages } from '../../storage/messages/told-messages.ts';
import type { SourceRow } from '../../storage/sources/sources.ts';
import { breathe, type Job } from '../jobs.ts';
import { logView } from '../review/view-log.ts';
import { change, record, type Session } from '../session.ts';
import { requireSource } from './sources.ts';

/** Messages read between two looks at whether the job was cancelled. */
const READ_STEP = 20_000;

interface Side {
  readonly source: SourceRow;
  readonly conversation: string | null;
  readonly said: readonly Said[];
  /** Row id of each message, and its place in the source. */
  readonly ids: readonly number[];
  readonly ordinals: readonly number[];
}

interface Comparison {
  readonly key: string;
  readonly changes: number;
  readonly a: Side;
  readonly b: Side;
  readonly result: Reconciliation;
}

const last = new WeakMap<Session['workspace'], Comparison>();

const keyOf = ({ a, b, tolerance }: ReconciliationInput) =>
  JSON.stringify([
    a.sourceId,
    a.conversationId ?? null,
    b.sourceId,
    b.conversationId ?? null,
    tolerance ?? null,
  ]);

/** Writes of content since the workspace was opened; the audit log's own do not count. */
const version = (session: Session): number =>
  get<{ n: number }>(
    session.workspace.store.db,
    `SELECT coalesce(sum(rows), 0) + (SELECT count(*) FROM events WHERE type LIKE 'source.%') AS n
     FROM batch_seals WHERE scope = 'messages'`,
  )?.n ?? 0;

/** Compares, unless the same comparison is at hand. Throws `not-found`, or `conflict` for one side twice. */
export async function comparisonOf(
  session: Session,
  job: Job | null,
  input: ReconciliationInput,
): Promise<Comparison> {
  const key = keyOf(input);
  const changes = version(session);
  const known = last.get(session.workspace);
  if (known?.key === key && known.changes === changes) return known;
  if (keyOf({ a: input.a, b: input.a }) === keyOf({ a: input.b, b: input.b })) {
    throw new DocketError('conflict', 'both sides are the same', 'b');
  }
  const a = await readSide(session, job, input.a);
  const b = await readSide(session, job, input.b);
  const options = input.tolerance == null ? {} : { tolerance: input.tolerance * 1000 };
  const made = { key, changes, a, b, result: reconcile(a.said, b.said, options) };
  last.set(session.workspace, made);
  return made;
}

async function readSide(session: Session, job: Job | null, side: ReconciliationSide): Promise<Side> {
  const { db } = session.workspace.store;
  const source = requireSource(session, side.sourceId);
  const conversation = side.conversationId ? conversationRow(db, side.conversationId) : null;
  if (conversation === undefined)
    throw new DocketError('not-found', 'no such conversation', side.conversationId);
  const said: Said[] = [];
  const ids: number[] = [];
  const ordinals: number[] = [];
  for (const row of [...toldMessages(db, source.id, conversation?.id ?? null)]) {
    said.push({
      at: row.sent_at,
      precision: row.sent_at === null ? 'second' : precisionOf(row.sent_at, row.sent_text),
      sender: row.sender_uid,
      platformId: row.platform_id,
      kind: row.kind,
      text: row.text,
      refersTo: row.refers_to,
      edited: row.edited === 1,
    });
    ids.push(row.id);
    ordinals.push(row.ordinal);
    if (said.length % READ_STEP === 0 && job) {
      job.check();
      job.report({
        step: 'comparing',
        item: source.file,
        done: said.length,
        total: source.messages,
        unit: 'messages',
      });
      await breathe();
    }
  }
  return { source, conversation: conversation?.label ?? null, said, ids, ordinals };
}

/** Compares two sources and says so in the audit log, in numbers. */
export async function compareSources(
  session: Session,
  job: Job,
  input: Parsed<'reconciliation.compare'>,
): Promise<ReconciliationSummary> {
  const comparison = await comparisonOf(session, job, input);
  const summary = summaryOf(comparison);
  const { a, b, tolerance } = input;
  change(session, () =>
    record(session, {
      type: 'source.reconciled',
      subject: { type: 'source', id: a.sourceId },
      after: { a, b, toleranceAsked: tolerance ?? null, ...numbersOf(summary) },
    }),
  );
  // The event above belongs to this very comparison.
  last.set(session.workspace, { ...comparison, changes: version(session) });
  return summary;
}

function numbersOf({ a, b, ...numbers }: ReconciliationSummary) {
  return { messagesA: a.messages, messagesB: b.messages, ...numbers };
}

export function summaryOf({ a, b, result }: Comparison): ReconciliationSummary {
  const count = (holds: (row: ReconciledRow) => boolean) => result.rows.filter(holds).length;
  const told = (side: Side) => ({
    file: side.source.file,
    conversation: side.conversation,
    messages: side.said.length,
  });
  return {
    a: told(a),
    b: told(b),
    matched: count(({ kind }) => kind === 'matched'),
    onlyA: count(({ kind, outside }) => kind === 'only-a' && !outside),
    onlyB: count(({ kind, outside }) => kind === 'only-b' && !outside),
    outsideA: count(({ kind, outside }) => kind === 'only-a' && outside),
    outsideB: count(({ kind, outside }) => kind === 'only-b' && outside),
    differs: count(({ kind }) => kind === 'differs'),
    recalled: count(({ differences }) => differences.includes('recall')),
    edited: count(({ differences }) => differences.includes('edit')),
    clock: count(({ differences }) => differences.includes('clock')),
    offset: result.offset,
    tolerance: result.tolerance,
  };
}

/** One row with both texts. */
export function presentRow(session: Session, comparison: Comparison, position: number): ReconciliationRow {
  const row = comparison.result.rows[position] as ReconciledRow;
  return {
    position,
    kind: row.kind,
    differences: [...row.differences],
    outside: row.outside,
    residual: row.residual,
    a: row.a === null ? null : told(session, comparison.a, row.a),
    b: row.b === null ? null : told(session, comparison.b, row.b),
  };
}

function told(session: Session, side: Side, index: number): ToldMessage {
  const { db } = session.workspace.store;
  const message = messageById(db, side.ids[index] as number);
  const ordinal = side.ordinals[index] as number;
  return {
    id: uidInBlock(side.source.uid, ordinal),
    sentAt: message.sentAt,
    sentAtText: message.sentAtText,
    sender: message.sender,
    kind: message.kind,
    text: message.text,
    locator: placeInSource(db, side.source.id, ordinal) ?? message.locator,
  };
}

/** A page of rows; without `outside` false, all of a kind. */
export async function reconciledRows(
  session: Session,
  input: Parsed<'reconciliation.rows'>,
): Promise<Page<ReconciliationRow>> {
  const comparison = await comparisonOf(session, null, input.between);
  const [from] = decodeCursor(input.cursor, 'number') ?? [0];
  const places: number[] = [];
  comparison.result.rows.forEach((row, position) => {
    if (input.kind && row.kind !== input.kind) return;
    if (input.difference && !row.differences.includes(input.difference)) return;
    if (input.differing && row.kind === 'matched') return;
    if (input.outside === false && row.outside) return;
    if (input.outside === true && !row.outside) return;
    places.push(position);
  });
  const start = places.findIndex((position) => position >= Number(from));
  const page = start < 0 ? [] : places.slice(start, start + input.limit);
  const following = start < 0 ? undefined : places[start + input.limit];
  for (const side of [comparison.a, comparison.b]) {
    logView(session, { type: 'source', id: side.source.uid }, page.length);
  }
  return {
    rows: page.map((position) => presentRow(session, comparison, position)),
    next: following === undefined ? null : encodeCursor([following]),
    total: input.cursor ? null : places.length,
  };
}
