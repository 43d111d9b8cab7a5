/** The answers of time stamp authorities (RFC 3161) for the roots of packs. */
import { readFileSync, statSync } from 'node:fs';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { PackStamp } from '../../domain/case.ts';
import { readStamp, StampError, type TimeStamp } from '../../evidence/timestamp-response.ts';
import { insertStamp, packRow, stampOfPack } from '../../storage/evidence/exhibits.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { change, record } from '../session.ts';

/** Answers with their certificates have some thousand bytes. */
export const MAX_ANSWER = 1 << 20;

/**
 * Reads an authority's answer for a pack, keeps it and enters it into the case's log. Throws `not-found`,
 * `conflict` for a pack that is stamped already, and `stamp-invalid` where the answer is none, stamps another
 * root, or its signature does not hold.
 */
export function importStamp(desk: CaseDesk, input: Parsed<'evidence.importStamp'>): PackStamp {
  const db = dbOf(desk);
  const pack = packRow(db, input.packId);
  if (stampOfPack(db, pack.id)) throw new DocketError('conflict', 'this pack is stamped already', pack.id);
  if (statSync(input.file).size > MAX_ANSWER) {
    throw new DocketError('stamp-invalid', 'malformed', input.file);
  }
  const response = readFileSync(input.file);
  const stamp = readAnswer(response, Buffer.from(pack.root, 'hex'), input.file);
  const { session } = desk;
  const { authority, serial } = stamp;
  change(session, () => {
    const eventId = record(session, {
      type: 'pack.stamped',
      subject: { type: 'pack', id: pack.id },
      caseId: pack.case_id,
      after: { root: pack.root, at: stamp.at, authority, serial },
    });
    insertStamp(session.workspace.store, {
      pack_id: pack.id,
      response,
      stamped_at: stamp.at,
      authority,
      serial,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
    });
  });
  return { packId: pack.id, at: stamp.at, authority, serial };
}

/** The answer for a digest. Throws `stamp-invalid`. */
export function readAnswer(response: Buffer, root: Buffer, file: string): TimeStamp {
  try {
    return readStamp(response, root);
  } catch (error) {
    if (error instanceof StampError) throw new DocketError('stamp-invalid', error.code, file);
    throw error;
  }
}
