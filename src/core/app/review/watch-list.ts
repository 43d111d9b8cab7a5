/** Looking out for people who were closed out for good, at every import. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { WatchEntry, WatchMatch } from '../../domain/measure.ts';
import { participantRowId } from '../../storage/cases/cases.ts';
import type { MeasureRow } from '../../storage/cases/measures.ts';
import {
  activeWatches,
  decideMatchRow,
  endWatch,
  insertMatch,
  insertWatch,
  marksOf,
  matchRow,
  newMatches,
  watchEntries,
  watchMatches,
  watchRow,
} from '../../storage/people/watch-list.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, newUid, record, type Session } from '../session.ts';

function put(session: Session, accountId: number, reason: string, caseId: string | null): string {
  const { store } = session.workspace;
  const id = newUid(session);
  insertWatch(store, {
    id,
    account_id: accountId,
    ...marksOf(store.db, accountId),
    reason,
    case_id: caseId,
    since: session.environment.now(),
    ended_at: null,
    officer_id: session.officer.id,
  });
  record(session, {
    type: 'watch.added',
    subject: { type: 'watch', id },
    ...(caseId ? { caseId } : {}),
    after: { ...marksOf(store.db, accountId), reason },
  });
  return id;
}

/** An account that was closed for good is watched from then on, once. Call inside a transaction. */
export function watchClosed(desk: CaseDesk, measure: MeasureRow): void {
  const { account_id: account } = measure;
  if (account === null || activeWatches(dbOf(desk)).some((watch) => watch.account_id === account)) return;
  put(desk.session, account, measure.measure, measure.case_id);
}

export function addWatch(desk: CaseDesk, input: Parsed<'watch.add'>): WatchEntry[] {
  const account = participantRowId(dbOf(desk), 'accounts', input.accountId);
  if (activeWatches(dbOf(desk)).some((watch) => watch.account_id === account))
    throw new DocketError('conflict', 'this account is watched already', input.accountId);
  change(desk.session, () => put(desk.session, account, input.reason, null));
  lookOut(desk.session);
  return listWatches(desk);
}

export function endWatching(desk: CaseDesk, input: Parsed<'watch.end'>): WatchEntry[] {
  const row = watchRow(dbOf(desk), input.watchId);
  if (!row) throw new DocketError('not-found', 'nobody on the list with this id', input.watchId);
  if (row.ended_at !== null) throw new DocketError('conflict', 'this ended already', row.id);
  change(desk.session, () => {
    endWatch(desk.session.workspace.store, row.id, desk.session.environment.now());
    record(desk.session, {
      type: 'watch.ended',
      subject: { type: 'watch', id: row.id },
      after: { name: row.name, reason: input.reason },
    });
  });
  return listWatches(desk);
}

export function listWatches(desk: CaseDesk): WatchEntry[] {
  return watchEntries(dbOf(desk), desk.reading.prefix);
}

export function listMatches(desk: CaseDesk): WatchMatch[] {
  return watchMatches(dbOf(desk));
}

/** An officer says whether it is the same person; only then does it count as evasion. */
export function decideMatch(desk: CaseDesk, input: Parsed<'watch.decide'>): WatchMatch[] {
  const { session } = desk;
  const row = matchRow(dbOf(desk), input.matchId);
  if (!row) throw new DocketError('not-found', 'no such match', input.matchId);
  change(session, () => {
    decideMatchRow(session.workspace.store, row.id, {
      confirmed: input.confirmed ? 1 : 0,
      note: input.note,
      officer_id: session.officer.id,
    });
    record(session, {
      type: 'watch.decided',
      subject: { type: 'watch', id: row.watch_id },
      before: { confirmed: row.confirmed === null ? null : row.confirmed === 1 },
      after: { confirmed: input.confirmed, how: row.how, note: input.note },
    });
  });
  return listMatches(desk);
}

/** Looks for watched people among all accounts; answers how many new matches there are. Run after every import. */
export function lookOut(session: Session): number {
  const { store } = session.workspace;
  let count = 0;
  const watches = activeWatches(store.db);
  if (watches.length === 0) return 0;
  change(session, () => {
    for (const watch of watches) {
      for (const match of newMatches(store.db, watch)) {
        count++;
        insertMatch(store, {
          id: newUid(session),
          watch_id: watch.id,
          account_id: match.account_id,
          how: match.how,
          at: session.environment.now(),
          confirmed: null,
          note: '',
          officer_id: session.officer.id,
        });
        record(session, {
          type: 'watch.matched',
          subject: { type: 'watch', id: watch.id },
          after: { name: watch.name, how: match.how },
        });
      }
    }
  });
  return count;
}
