/** Methods on the law library. */
import { z } from 'zod';
import { CitationReport, LawEntry, LawPage } from '../../core/domain/law.ts';
import { method } from './method.ts';

const OnDay = z.object({
  /** Civil day in China; without it today. */
  day: z.iso.date().nullish(),
});

export const lawMethods = {
  /** Every version of every article. */
  'law.list': method(OnDay, z.array(LawEntry)),
  'law.get': method(OnDay.extend({ id: z.string() }), LawPage),
  /** Citations of the packs in force, the schedules, duty routes and meters that do not stand on the day. */
  'law.check': method(OnDay, CitationReport),
} as const;
