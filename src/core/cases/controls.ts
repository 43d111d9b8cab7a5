/** The catalogue of management systems that the yearly self-assessment goes through, shipped as data. */
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';

export const ControlCatalogue = z.strictObject({
  id: z.string(),
  version: z.string(),
  title: Bilingual,
  note: Bilingual,
  controls: z
    .array(z.strictObject({ id: z.string().regex(/^[a-z][a-z-]*$/), title: Bilingual, help: Bilingual }))
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'a control is named twice'),
});
export type ControlCatalogue = z.infer<typeof ControlCatalogue>;

/** Reads the catalogue from parsed JSON. Throws a ZodError that names every bad entry. */
export const loadControls = (data: unknown): ControlCatalogue => ControlCatalogue.parse(data);
