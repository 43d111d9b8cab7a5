import { z } from 'zod';
import { Uid } from '../../../core/domain/page.ts';
import { SourceState } from '../../../core/domain/source.ts';
import { optional } from '../../app/search.ts';

export const ImportsSearch = z.object({
  /** The source whose details are open. */
  source: optional(Uid),
  state: optional(SourceState),
  tab: optional(z.enum(['summary', 'skips'])),
});
export type ImportsSearch = z.infer<typeof ImportsSearch>;
