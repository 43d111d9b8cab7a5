/** Methods on statutory meters. */
import { z } from 'zod';
import { MeterSubject, MeterView } from '../../core/domain/meter.ts';
import { Uid } from '../../core/domain/page.ts';
import { method } from './method.ts';

export const meterMethods = {
  /** Meters with something to read, the highest reading first; `all` gives every meter of the subject. */
  'meter.read': method(
    z.object({ subject: MeterSubject, all: z.boolean().default(false) }),
    z.array(MeterView),
  ),
  /** A figure that no export tells, such as clicks or proceeds, with where it comes from. */
  'meter.enterFigure': method(
    z.object({
      subject: MeterSubject,
      meter: z.string(),
      counter: z.string(),
      variant: z.string().default('all'),
      value: z.number().nonnegative(),
      day: z.iso.date(),
      source: z.string().trim().min(1),
    }),
    z.array(MeterView),
  ),
  'meter.withdrawFigure': method(z.object({ subject: MeterSubject, figureId: Uid }), z.array(MeterView)),
} as const;
