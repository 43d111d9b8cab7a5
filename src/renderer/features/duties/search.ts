import { z } from 'zod';
import { DutyState } from '../../../core/domain/case.ts';
import { Uid } from '../../../core/domain/page.ts';
import { optional } from '../../app/search.ts';

export const DUTY_VIEWS = ['list', 'board', 'register', 'holds', 'quarantine'] as const;

export const DutiesSearch = z.object({
  /** Absent: the list. */
  view: optional(z.enum(DUTY_VIEWS)),
  /** Absent means all, where something else narrows; `all` says it in an address of its own. */
  state: optional(z.union([DutyState, z.literal(['unclosed', 'all'])])),
  caseId: optional(Uid),
  /** The duty whose details are open. */
  duty: optional(Uid),
});
export type DutiesSearch = z.infer<typeof DutiesSearch>;

/** What is still owed: what an address without any filter shows. */
export const OWED = { state: 'unclosed' } as const satisfies DutiesSearch;
