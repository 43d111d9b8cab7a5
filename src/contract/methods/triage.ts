/** Methods on how the queue is worked on: its order, locks, covered names, kept filters. */
import { z } from 'zod';
import { Hit } from '../../core/domain/hit.ts';
import { Uid } from '../../core/domain/page.ts';
import {
  FilterScreen,
  PriorityFactors,
  PriorityFormula,
  PriorityState,
  SavedFilter,
  TriageMode,
  WorkLock,
  WorkSubject,
} from '../../core/domain/triage.ts';
import { JobId, method, Nothing } from './method.ts';

const reason = z.string().trim().min(1);

export const triageMethods = {
  'priority.get': method(Nothing, PriorityState),
  /** Sets the weights and gives every hit its priority by them. For managers and administrators. */
  'priority.set': method(
    z.object({ jobId: JobId, formula: PriorityFormula.omit({ categories: true }), reason }),
    PriorityState,
  ),
  /** What the priority of a hit is the product of, as of now. */
  'priority.explain': method(z.object({ hitId: Uid }), PriorityFactors),
  'work.list': method(Nothing, z.array(WorkLock)),
  /** Takes a hit or case on for some hours. What another officer has is taken over with a reason only. */
  'work.take': method(
    z.object({
      subject: WorkSubject,
      hours: z.number().min(1).max(72).default(8),
      reason: z.string().trim().default(''),
    }),
    z.array(WorkLock),
  ),
  'work.release': method(z.object({ subject: WorkSubject }), z.array(WorkLock)),
  'triage.mode': method(Nothing, TriageMode),
  'triage.setMode': method(TriageMode.extend({ reason }), TriageMode),
  /** Uncovers the sender of a hit; who did and why is logged. */
  'triage.reveal': method(z.object({ hitId: Uid, reason }), Hit),
  'filters.list': method(z.object({ screen: FilterScreen }), z.array(SavedFilter)),
  /** A filter of the same name on the same screen is replaced. */
  'filters.save': method(
    z.object({ screen: FilterScreen, name: z.string().trim().min(1).max(80), search: z.string().max(4000) }),
    z.array(SavedFilter),
  ),
  'filters.remove': method(z.object({ filterId: Uid }), z.array(SavedFilter)),
} as const;
