/** Methods on source files: what is read, what was kept, what was skipped. */
import { z } from 'zod';
import { PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import {
  ImportFile,
  ImportOutcome,
  Inspection,
  Skip,
  Source,
  SourceRange,
} from '../../core/domain/source.ts';
import { JobId, method, Nothing } from './method.ts';

export const sourcesMethods = {
  'sources.inspect': method(z.object({ paths: z.array(z.string()).min(1) }), z.array(Inspection)),
  'sources.import': method(
    z.object({
      jobId: JobId,
      files: z.array(ImportFile).min(1),
      authorityId: Uid.nullish(),
      /** A file of which less than this share of records would be kept is refused. */
      minimumKept: z.number().min(0).max(1).default(0.5),
    }),
    ImportOutcome,
  ),
  'sources.resume': method(z.object({ jobId: JobId, sourceId: Uid }), ImportOutcome),
  'sources.list': method(Nothing, z.array(Source)),
  'sources.skips': method(PageInput.extend({ sourceId: Uid }), pageOf(Skip)),
  'sources.ranges': method(PageInput.extend({ sourceId: Uid }), pageOf(SourceRange)),
  'sources.exclude': method(z.object({ sourceId: Uid, reason: z.string().min(1) }), Source),
  'sources.setZone': method(z.object({ sourceId: Uid, zone: z.string() }), Source),
} as const;
