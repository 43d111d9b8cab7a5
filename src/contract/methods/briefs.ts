/** Session briefs: chosen hits as one file. */
import { z } from 'zod';
import { Count, Sha256, Uid } from '../../core/domain/page.ts';
import { method } from './method.ts';

export const briefsMethods = {
  /** Hits in the order given, with `context` messages before and after each. PDF only where something draws pages. */
  'briefs.write': method(
    z.object({
      hitIds: z.array(Uid).min(1).max(1000),
      format: z.enum(['docx', 'pdf', 'xlsx']),
      language: z.enum(['zh-CN', 'en']),
      file: z.string().min(1),
      title: z.string().trim().max(200).default(''),
      context: Count.max(20).default(3),
    }),
    z.object({ file: z.string(), bytes: Count, sha256: Sha256, hits: Count }),
  ),
} as const;
