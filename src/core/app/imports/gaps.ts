/** Gaps and density of what is kept; nothing is stored. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Density, GapReport } from '../../domain/gap.ts';
import { isZone, zoneOffset } from '../../domain/zone.ts';
import { GapFinder } from '../../gaps/find-gaps.ts';
import { sequenceNumber } from '../../gaps/sequence-number.ts';
import { type Database, get } from '../../storage/database.ts';
import {
  densityRows,
  type GapRow,
  gapRows,
  gapRowsByByte,
  hasRecovered,
  messageUid,
  skippedOf,
} from '../../storage/messages/gaps.ts';
import { messageRowId } from '../../storage/messages/messages.ts';
import { conversationRow } from '../../storage/messages/told-messages.ts';
import { breathe } from '../jobs.ts';
import type { Session } from '../session.ts';
import { requireSource } from './sources.ts';

const DAY = 86_400_000;
/** Messages read before other calls are let in. */
const BREATH = 50_000;
/** Messages read at a time where nobody else waits: as objects, more would be tens of megabytes. */
const PAGE = 2000;
/** Days on each side of a message whose density is told. */
const AROUND = 7;
const DAMAGE = new Set(['invalid-bytes-replaced', 'lone-surrogate-replaced', 'mojibake-repaired']);

const dayOf = (at: number, zone: string) => Math.floor((at + zoneOffset(at, zone)) / DAY);
const dayText = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

function requireZone(zone: string): void {
  if (!isZone(zone)) throw new DocketError('zone-unknown', `no time zone ${zone}`, 'zone');
}

function requireConversation(session: Session, uid: string): number {
  const row = conversationRow(session.workspace.store.db, uid);
  if (!row) throw new DocketError('not-found', 'no such conversation', uid);
  return row.id;
}

/**
 * Gaps of a source, in the order of its file, or of a conversation over all sources, in the order of
 * time. Throws `not-found`, `zone-unknown`, and `invalid-input` for neither.
 */
export async function findGaps(session: Session, input: Parsed<'gaps.find'>): Promise<GapReport> {
  requireZone(input.zone);
  const { db } = session.workspace.store;
  const source = input.sourceId ? requireSource(session, input.sourceId) : null;
  const conversation = input.conversationId ? requireConversation(session, input.conversationId) : null;
  if (source === null && conversation === null) {
    throw new DocketError('invalid-input', 'a source or a conversation is needed', 'sourceId');
  }
  const finder = new GapFinder();
  const take = (row: GapRow) =>
    finder.take({
      id: row.id,
      at: row.sent_at,
      day: row.sent_at === null ? null : dayOf(row.sent_at, input.zone),
      sequence: source === null ? null : sequenceNumber(row.extra, row.platform_id),
      damage: row.flags === null ? [] : row.flags.split(' ').filter((flag) => DAMAGE.has(flag)),
    });
  if (source !== null && hasRecovered(db, source.uid)) {
    for (const row of gapRowsByByte(db, source.id, conversation)) take(row);
  } else {
    let after: GapRow | null = null;
    do {
      const rows: GapRow[] = gapRows(db, source?.id ?? null, conversation, after, BREATH);
      for (const row of rows) take(row);
      after = rows.length < BREATH ? null : (rows.at(-1) ?? null);
      await breathe();
    } while (after !== null);
  }
  const report = finder.finish();
  const uid = (id: number | null) => (id === null ? null : messageUid(db, id));
  return {
    ...report,
    skipped: source === null ? null : skippedOf(db, source.id),
    counts: { ...report.counts },
    days: report.days.map(({ day, messages }) => ({ day: dayText(day), messages })),
    gaps: report.gaps.map((gap) => ({
      ...gap,
      before: uid(gap.before),
      after: uid(gap.after),
      fromDay: gap.fromDay === null ? null : dayText(gap.fromDay),
      toDay: gap.toDay === null ? null : dayText(gap.toDay),
    })),
  };
}

/** Gaps listed one by one in a completeness certificate; all are counted. */
const SUMMARISED = 20;

/** The gaps of a conversation over all sources, for a completeness certificate; by its row id. */
export function gapSummary(db: Database, conversationId: number, zone: string) {
  const finder = new GapFinder();
  for (let after: GapRow | null = null; ; ) {
    const rows: GapRow[] = gapRows(db, null, conversationId, after, PAGE);
    for (const row of rows) {
      finder.take({
        id: row.id,
        at: row.sent_at,
        day: row.sent_at === null ? null : dayOf(row.sent_at, zone),
        sequence: null,
        damage: row.flags === null ? [] : row.flags.split(' ').filter((flag) => DAMAGE.has(flag)),
      });
    }
    after = rows.length < PAGE ? null : (rows.at(-1) ?? null);
    if (after === null) break;
  }
  const { counts, gaps } = finder.finish();
  return {
    counts: { ...counts },
    gravest: gaps.slice(0, SUMMARISED).map(({ kind, fromDay, toDay, size }) => ({
      kind,
      from: fromDay === null ? null : dayText(fromDay),
      to: toDay === null ? null : dayText(toDay),
      size,
    })),
  };
}

/** How dense the conversation is around one message. Throws `not-found`, `zone-unknown`. */
export function densityAround(session: Session, input: Parsed<'gaps.density'>): Density {
  requireZone(input.zone);
  const { db } = session.workspace.store;
  const id = messageRowId(db, input.messageId);
  const message = get<{ conversation_id: number; sort_at: number }>(
    db,
    'SELECT conversation_id, sort_at FROM messages WHERE id = ?',
    id,
  ) as { conversation_id: number; sort_at: number };
  const day = dayOf(message.sort_at, input.zone);
  const { times, before, after, messages, first, last } = densityRows(db, id, message, (AROUND + 2) * DAY);
  const counts = new Map<number, number>();
  for (const at of times) counts.set(dayOf(at, input.zone), (counts.get(dayOf(at, input.zone)) ?? 0) + 1);
  const days = Array.from({ length: 2 * AROUND + 1 }, (_, index) => day - AROUND + index);
  const span = first === null || last === null ? 1 : dayOf(last, input.zone) - dayOf(first, input.zone) + 1;
  return {
    days: days.map((one) => ({ day: dayText(one), messages: counts.get(one) ?? 0 })),
    sinceBefore: before === null ? null : Math.max(0, message.sort_at - before),
    untilAfter: after === null ? null : Math.max(0, after - message.sort_at),
    usual: messages / span,
  };
}
