/** Methods on source files: what is read, what was kept, what was skipped. */
import { z } from 'zod';
import { Bilingual } from '../../core/domain/bilingual.ts';
import { Platform } from '../../core/domain/message.ts';
import { Count, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import {
  ImportFile,
  ImportOutcome,
  Inspection,
  RetryOutcome,
  Skip,
  Source,
  SourceEncoding,
  SourceRange,
} from '../../core/domain/source.ts';
import { JobId, method, Nothing } from './method.ts';

export const sourcesMethods = {
  /** Files, folders or archives; with a format, a mapping or a list's name, as these would read them. */
  'sources.inspect': method(
    ImportFile.pick({ format: true, mapping: true, zone: true, list: true }).extend({
      paths: z.array(z.string()).min(1),
    }),
    z.array(Inspection),
  ),
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
  /** Every format that can be read. */
  'sources.formats': method(
    Nothing,
    z.array(
      z.object({ id: z.string(), title: Bilingual, platform: Platform, holds: z.enum(['chat', 'list']) }),
    ),
  ),
  'sources.list': method(Nothing, z.array(Source)),
  'sources.skips': method(PageInput.extend({ sourceId: Uid }), pageOf(Skip)),
  /** Reads skipped ranges again, each named by its first byte; with `keep` false nothing is stored. */
  'sources.retry': method(
    z.object({
      jobId: JobId,
      sourceId: Uid,
      starts: z.array(Count).min(1).max(500),
      /** Importer id; `any` for the likeliest of the stretch itself; absent: the source's own. */
      format: z.string().nullish(),
      encoding: SourceEncoding.nullish(),
      mapping: z.record(z.string(), z.string()).nullish(),
      keep: z.boolean().default(false),
    }),
    RetryOutcome,
  ),
  'sources.ranges': method(PageInput.extend({ sourceId: Uid }), pageOf(SourceRange)),
  'sources.exclude': method(z.object({ sourceId: Uid, reason: z.string().min(1) }), Source),
  'sources.setZone': method(z.object({ sourceId: Uid, zone: z.string() }), Source),
} as const;
