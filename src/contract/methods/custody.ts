/** Methods on acquisition, extraction records, forms, and time stamps of the audit log's head. */
import { z } from 'zod';
import {
  Acquisition,
  AuditStamp,
  CaseSource,
  ExtractionBody,
  ExtractionRecord,
  StampSchedule,
  ThingHold,
} from '../../core/domain/custody.ts';
import { Count, Sha256, Uid } from '../../core/domain/page.ts';
import { method, Nothing } from './method.ts';

const written = z.object({ file: z.string(), sha256: Sha256, bytes: Count });
const asDocument = z.object({
  caseId: Uid,
  file: z.string(),
  format: z.enum(['docx', 'pdf']),
  language: z.enum(['zh-CN', 'en']),
});

export const custodyMethods = {
  /** The sources that a case's exhibits rest on, with their acquisition and last extraction. */
  'custody.sources': method(z.object({ caseId: Uid }), z.array(CaseSource)),
  'custody.setAcquisition': method(z.object({ sourceId: Uid, acquisition: Acquisition }), Acquisition),
  /** Custody form of one exhibit, of all of a case, or of a pack. */
  'custody.writeForm': method(
    asDocument.extend({ exhibitIds: z.array(Uid).max(500).nullish(), packId: Uid.nullish() }),
    written,
  ),
  /** Extraction record with its list. An internal record, and says so. */
  'custody.writeExtraction': method(asDocument.extend({ body: ExtractionBody }), ExtractionRecord),
  'custody.extractions': method(z.object({ caseId: Uid }), z.array(ExtractionRecord)),
  /** A sheet to be filled in by hand before the original device. */
  'custody.writeDeviceSheet': method(asDocument, written),
  /** Holds on single exhibits and sources: all, those on one, or those that concern a case. Lifted ones too. */
  'custody.holds': method(z.object({ id: Uid.nullish(), caseId: Uid.nullish() }), z.array(ThingHold)),
  'custody.setHold': method(
    z.object({ on: ThingHold.shape.on, id: Uid, reason: z.string().trim().min(1) }),
    ThingHold,
  ),
  'custody.liftHold': method(z.object({ holdId: Uid, reason: z.string().trim().min(1) }), ThingHold),
  'stamps.schedule': method(Nothing, StampSchedule),
  'stamps.setSchedule': method(z.object({ everyDays: Count.min(1).max(366).nullable() }), StampSchedule),
  /** Writes a request (RFC 3161) for the present head. */
  'stamps.request': method(z.object({ file: z.string() }), AuditStamp),
  'stamps.import': method(z.object({ stampId: Uid, file: z.string() }), AuditStamp),
  'stamps.list': method(Nothing, z.array(AuditStamp)),
} as const;
