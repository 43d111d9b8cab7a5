import type { DutyBoard } from '../../domain/duty.ts';
import { boardLanes } from '../../storage/duties/duties.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { showDuty } from './duties.ts';

/** Duties that a lane of the board shows; the rest is counted. */
const BOARD_ROWS = 30;

/** Unclosed duties in lanes: overdue, due within a day, later, and filed ones that wait for a receipt. */
export function dutyBoard(desk: CaseDesk): DutyBoard {
  const db = dbOf(desk);
  const now = desk.session.environment.now();
  return boardLanes(db, now, BOARD_ROWS).map(({ lane, total, rows }) => ({
    lane,
    total,
    duties: rows.map((row) => showDuty(db, desk.reading.prefix, now, row)),
  }));
}
