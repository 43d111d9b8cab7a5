/** Methods on the audit log, numbers and running jobs. */
import { z } from 'zod';
import { AuditEntry } from '../../core/domain/case.ts';
import { Instant, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import { Dashboard } from '../../core/domain/statistics.ts';
import { JobId, method } from './method.ts';

export const recordsMethods = {
  'audit.list': method(
    PageInput.extend({
      type: z.string().nullish(),
      officerId: Uid.nullish(),
      subjectId: z.string().nullish(),
    }),
    pageOf(AuditEntry),
  ),
  'statistics.dashboard': method(
    z.object({ from: Instant.nullish(), to: Instant.nullish(), zone: z.string() }),
    Dashboard,
  ),
  'jobs.cancel': method(z.object({ jobId: JobId }), z.object({ found: z.boolean() })),
} as const;
