/** Putting what another workstation did beside what was done here: rows, verdicts, decisions. */
import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { MeasureProposal } from '../../domain/case.ts';
import type { TransferCounts } from '../../domain/transfer.ts';
import { all, type Database, get, type Row } from '../../storage/database.ts';
import { caseOfHit, currentDisposition } from '../../storage/detection/dispositions.ts';
import type { FoundOn } from '../../storage/detection/found-hit.ts';
import { HitWriter } from '../../storage/detection/hit-writer.ts';
import { insertRun } from '../../storage/detection/runs.ts';
import {
  hitByShared,
  itemHere,
  itemName,
  TRAVELLING,
  travellingTable,
  UnknownReference,
} from '../../storage/transfer/transfer-rows.ts';
import {
  type ConflictRow,
  lastTouch,
  noteVersion,
  versionsOf,
  writeConflict,
} from '../../storage/transfer/transfers.ts';
import { compareChains, mergeRows, versionDigest } from '../../transfer/merge.ts';
import type {
  By,
  Item,
  Payload,
  PortableRow,
  TransferredDisposition,
  TransferredHit,
} from '../../transfer/payload.ts';
import { type PartReader, withParts } from '../../transfer/records.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { newBlockUid, newUid } from '../session.ts';
import { arrivedHit } from './transfer-hits.ts';
import type { ConflictSide } from './transfer-list.ts';
import type { Places } from './transfer-places.ts';
import { changeRow, insertTravelling, requireColumns, takeDispositions } from './transfer-write.ts';

/** Hits that are written between two safe points. */
const PAGE = 100;

/** What of theirs waits for a choice. */
export interface Held {
  readonly items: readonly Item[];
  readonly dispositions: readonly TransferredDisposition[];
  /** Columns that both changed. */
  readonly columns: readonly string[];
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const fieldsOf = (row: PortableRow, columns: readonly string[]) =>
  Object.fromEntries(columns.map((name) => [name, shown(row[name])]));

const dispositionFields = (
  one: { verdict: string | null; reason: string | null; note: string } | undefined,
) => ({
  verdict: one?.verdict ?? '',
  reason: one?.reason ?? '',
  note: one?.note ?? '',
});

/** The name of a decision's measure, as the proposal called it. */
function measureTitle({ proposal, measure }: PortableRow): Bilingual | null {
  if (typeof proposal !== 'string') return null;
  const { options } = JSON.parse(proposal) as MeasureProposal;
  return options.find(({ id }) => id === measure)?.title ?? null;
}

interface Arrival {
  /** Of the transfer. */
  readonly id: string;
  readonly places: Places;
  /** Sources that came for published items. */
  readonly items: ReadonlyMap<string, number>;
  /** Parts of the file. */
  readonly part: PartReader;
  /** Who sent it. */
  readonly by: string;
  readonly at: number;
}

/** The merge of one transfer. Its steps run in order, inside one transaction, and yield at safe points. */
export class Merging {
  readonly #desk: CaseDesk;
  readonly #db: Database;
  readonly #payload: Payload;
  readonly #arrival: Arrival;
  readonly #conflicts: ConflictRow[] = [];
  readonly counts: Pick<TransferCounts, 'added' | 'changed' | 'conflicts' | 'leftOut'>;
  caseIsNew = false;

  constructor(desk: CaseDesk, payload: Payload, arrival: Arrival) {
    this.#desk = desk;
    this.#db = dbOf(desk);
    this.#payload = payload;
    this.#arrival = arrival;
    this.counts = { added: 0, changed: 0, conflicts: 0, leftOut: { ...payload.leftOut } };
  }

  openCase({ id }: { readonly id: string }): void {
    this.caseIsNew = get(this.#db, 'SELECT 1 FROM cases WHERE id = ?', id) === undefined;
  }

  #leaveOut(reason: string): void {
    this.counts.leftOut[reason] = (this.counts.leftOut[reason] ?? 0) + 1;
  }

  /** Hits that are new here become those of a run of their own. */
  *hits(): Generator<void, void> {
    const { session } = this.#desk;
    const { store } = session.workspace;
    const found: FoundOn[] = [];
    for (const hit of this.#payload.hits) {
      yield;
      if (hitByShared(this.#db, hit.hit) !== null) continue;
      const one = arrivedHit(store, hit, this.#arrival.places, this.#arrival.items);
      if (one === null) this.#leaveOut('reference');
      else found.push(one);
    }
    if (found.length === 0) return;
    const byCategory: Record<string, number> = {};
    for (const { hit } of found) byCategory[hit.category] = (byCategory[hit.category] ?? 0) + 1;
    const run = insertRun(store, {
      uid: newBlockUid(session),
      state: 'complete',
      packs: '[]',
      engine_version: `received from ${this.#payload.from.prefix}`,
      started_at: this.#arrival.at,
      finished_at: this.#arrival.at,
      up_to_message: 0,
      messages: 0,
      hits: found.length,
      added: found.length,
      by_category: JSON.stringify(byCategory),
      officer_id: session.officer.id,
    });
    const writer = new HitWriter(store, run.id);
    for (let from = 0; from < found.length; from += PAGE) {
      this.counts.added += writer.write(found.slice(from, from + PAGE));
      yield;
    }
  }

  *items(): Generator<void, void> {
    const order = new Map(TRAVELLING.map(({ name }, index) => [name, index]));
    const items = [...this.#payload.items].sort(
      (a, b) => (order.get(a.table) ?? 0) - (order.get(b.table) ?? 0),
    );
    const held = this.#decisions(items);
    for (const one of items) {
      if (held.has(one.item)) continue;
      yield;
      const item = yield* withParts(one, this.#arrival.part);
      const table = travellingTable(item.table);
      if (!table || itemName(table, item.row) !== item.item) {
        throw new DocketError('transfer-invalid', 'malformed', item.item);
      }
      requireColumns(this.#db, table, item.row);
      if ((yield* versionDigest(item.row, item.parts ?? null)) !== item.known.at(-1)) {
        throw new DocketError('transfer-invalid', 'malformed', item.item);
      }
      try {
        yield* this.#item(table, item);
      } catch (error) {
        if (!(error instanceof UnknownReference)) throw error;
        this.#leaveOut('reference');
      }
    }
  }

  *#item(table: NonNullable<ReturnType<typeof travellingTable>>, item: Item): Generator<void, void> {
    const { store } = this.#desk.session.workspace;
    const here = yield* itemHere(this.#db, table, item.row);
    const theirs = { digest: item.known.at(-1) ?? '', content: JSON.stringify(item.row) };
    if (!here) {
      if (!(yield* insertTravelling(this.#desk, table, item))) {
        this.#leaveOut('hit-in-other-case');
        return;
      }
      noteVersion(store, item.item, theirs, this.#arrival.at);
      this.counts.added++;
      return;
    }
    const digest = yield* versionDigest(here.row, here.parts ?? null);
    const ours = { digest, content: JSON.stringify(here.row) };
    if (ours.digest === theirs.digest) {
      noteVersion(store, item.item, theirs, this.#arrival.at);
      return;
    }
    const versions = versionsOf(this.#db, item.item);
    const theyKnowOurs = item.known.includes(ours.digest);
    const weKnowTheirs = versions.some(({ digest }) => digest === theirs.digest);
    if (weKnowTheirs && !theyKnowOurs) return;
    const base = versions.findLast(({ digest }) => item.known.includes(digest));
    const { row, conflicts } =
      theyKnowOurs && !weKnowTheirs
        ? { row: item.row, conflicts: [] }
        : mergeRows(base ? (JSON.parse(base.content) as PortableRow) : null, here.row, item.row);
    noteVersion(store, item.item, ours, this.#arrival.at);
    if (changeRow(this.#desk, table, here, row)) this.counts.changed++;
    if (conflicts.length === 0) {
      noteVersion(store, item.item, theirs, this.#arrival.at);
      return;
    }
    this.#conflict('row', item.item, {
      ours: this.#side(fieldsOf(here.row, conflicts), this.#touch(here.local), this.#about(here.local)),
      theirs: this.#side(fieldsOf(item.row, conflicts), item.by, ''),
      held: { items: [item], dispositions: [], columns: conflicts },
    });
  }

  /** Decisions about a party that both sides made since they last exchanged: theirs wait, with all that hangs on them. */
  #decisions(items: readonly Item[]): Set<string> {
    const held = new Set<string>();
    const parties = new Map<string, Item[]>();
    for (const item of items) {
      if (item.table !== 'decisions') continue;
      const party = String(item.row.party_id);
      parties.set(party, [...(parties.get(party) ?? []), item]);
    }
    for (const [party, theirs] of parties) {
      const ours = all<Row & { id: string }>(
        this.#db,
        'SELECT * FROM decisions WHERE party_id = ? ORDER BY at, id',
        party,
      );
      const sorted = [...theirs].sort((a, b) => Number(a.row.at) - Number(b.row.at));
      const { newHere, newThere } = compareChains(
        ours.map(({ id }) => id),
        sorted.map(({ row }) => String(row.id)),
      );
      const last = sorted.findLast(({ row }) => newThere.includes(String(row.id)));
      if (newHere.length === 0 || !last) continue;
      const theirIds = new Set(newThere);
      const waiting = items.filter(
        ({ table, row }) =>
          (table === 'decisions' && theirIds.has(String(row.id))) || theirIds.has(String(row.decision_id)),
      );
      for (const { item } of waiting) held.add(item);
      const mine = ours.findLast(({ id }) => newHere.includes(id));
      const columns = ['measure', 'facts', 'deviation_reason', 'state'];
      this.#conflict('decision', `decisions:${party}`, {
        ours: {
          ...this.#side(
            fieldsOf((mine ?? {}) as PortableRow, columns),
            this.#touch({ id: mine?.id ?? '' }),
            this.#partyName(party),
          ),
          measureTitle: measureTitle(mine ?? {}),
        },
        theirs: {
          ...this.#side(fieldsOf(last.row, columns), last.by, ''),
          measureTitle: measureTitle(last.row),
        },
        held: { items: waiting, dispositions: [], columns: [] },
      });
    }
    return held;
  }

  /** Verdicts: a chain of theirs that goes on from ours is taken over; two that part wait for a choice. */
  *dispositions(): Generator<void, void> {
    for (const hit of this.#payload.hits) {
      yield;
      const id = hitByShared(this.#db, hit.hit);
      if (id === null) continue;
      const ours = all<{ id: string }>(
        this.#db,
        'SELECT id FROM dispositions WHERE hit_id = ? ORDER BY id',
        id,
      );
      const { newHere, newThere } = compareChains(
        ours.map((one) => one.id),
        hit.dispositions.map((one) => one.id),
      );
      if (newThere.length === 0) continue;
      const fresh = hit.dispositions.filter((one) => newThere.includes(one.id));
      const head = fresh.at(-1);
      const current = currentDisposition(this.#db, id);
      const agrees = head?.verdict === current?.verdict && head?.reason === current?.reason;
      const inCase = caseOfHit(this.#db, id) !== null && head?.verdict !== 'confirmed';
      if ((newHere.length > 0 && !agrees) || inCase) {
        this.#verdictConflict(hit, id, fresh);
        continue;
      }
      this.counts.changed += fresh.length;
      takeDispositions(this.#desk, id, fresh);
    }
  }

  #verdictConflict(hit: TransferredHit, id: number, fresh: readonly TransferredDisposition[]): void {
    const current = currentDisposition(this.#db, id);
    const head = fresh.at(-1);
    const mine = current
      ? get<{ officer: string; at: number }>(
          this.#db,
          `SELECT o.name AS officer, d.at FROM dispositions d JOIN officers o ON o.id = d.officer_id WHERE d.id = ?`,
          current.id,
        )
      : undefined;
    const theirName = get<{ name: string }>(
      this.#db,
      'SELECT name FROM officers WHERE id = ?',
      head?.officer_id ?? '',
    )?.name;
    this.#conflict('disposition', `dispositions:${hit.hit}`, {
      ours: this.#side(dispositionFields(current), mine ?? { officer: '', at: this.#arrival.at }, ''),
      theirs: this.#side(
        dispositionFields(head),
        { officer: theirName ?? this.#arrival.by, at: head?.at ?? this.#arrival.at },
        '',
      ),
      held: { items: [], dispositions: fresh, columns: [] },
    });
  }

  #side(fields: Record<string, string>, by: By, about: string): ConflictSide {
    return { fields, by, about };
  }

  #touch(row: Row): By {
    const ids = [row.id, row.decision_id, row.duty_id].filter((id): id is string => typeof id === 'string');
    const touched = ids.length > 0 ? lastTouch(this.#db, ids) : undefined;
    return touched ?? { officer: this.#desk.session.officer.name, at: this.#arrival.at };
  }

  #about(row: Row): string {
    return shown(row.title ?? row.description ?? row.number ?? '');
  }

  #partyName(party: string): string {
    return (
      get<{ name: string | null }>(
        this.#db,
        `SELECT coalesce(a.name, c.name, a.platform_id, c.platform_id) AS name FROM parties p
         LEFT JOIN accounts a ON a.id = p.account_id LEFT JOIN conversations c ON c.id = p.conversation_id WHERE p.id = ?`,
        party,
      )?.name ?? ''
    );
  }

  #conflict(
    kind: ConflictRow['kind'],
    item: string,
    { ours, theirs, held }: { ours: ConflictSide; theirs: ConflictSide; held: Held },
  ): void {
    this.counts.conflicts++;
    this.#conflicts.push({
      id: newUid(this.#desk.session),
      transfer_id: this.#arrival.id,
      case_id: this.#payload.case?.id ?? null,
      kind,
      item,
      ours: JSON.stringify(ours),
      theirs: JSON.stringify(theirs),
      held: JSON.stringify(held),
      at: this.#arrival.at,
      resolved_at: null,
      resolved_by: null,
      choice: null,
      reason: null,
      event_id: null,
    });
  }

  /** After the transfer's own row is there. */
  writeConflicts(): void {
    for (const row of this.#conflicts) writeConflict(this.#desk.session.workspace.store, row);
  }
}
