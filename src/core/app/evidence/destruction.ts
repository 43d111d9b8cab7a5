/** What a destruction takes, counted before it happens, and the certificates of those that took place. */
import { existsSync } from 'node:fs';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { type Destruction, DestructionCertificate, type DestructionPreview } from '../../domain/retention.ts';
import { all, get } from '../../storage/database.ts';
import { packRow, packsOfCase } from '../../storage/evidence/exhibits.ts';
import { fingerprintOf } from '../../storage/officers.ts';
import { countDoomed, nameGoing } from '../../storage/retention/destruction-messages.ts';
import { destructionRows } from '../../storage/retention/retention.ts';
import { sourcesInside } from '../../storage/sources/source-members.ts';
import { type SourceRow, sourceByUid } from '../../storage/sources/sources.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { inSlices } from '../pace.ts';
import { onSnapshot } from './pack-plan.ts';
import { restingOn, retainedThing } from './retention.ts';

export type Subject = Pick<Parsed<'retention.preview'>, 'kind' | 'id'>;

/** A source with everything that came out of it. */
export function sourcesOf(desk: CaseDesk, uid: string): SourceRow[] {
  const db = dbOf(desk);
  const row = sourceByUid(db, uid);
  if (!row) throw new DocketError('not-found', 'no such source', uid);
  const inside = (id: number): SourceRow[] =>
    sourcesInside(db, id).flatMap((one) => [one, ...inside(one.id)]);
  return [row, ...inside(row.id)];
}

export function thingsOf(desk: CaseDesk, { kind, id }: Subject): DestructionPreview['things'] {
  if (kind === 'source') {
    return sourcesOf(desk, id).map(({ file, sha256: hash, digest, bytes }) => ({
      name: file,
      sha256: hash,
      digest,
      bytes,
    }));
  }
  if (kind === 'export') {
    const pack = packRow(dbOf(desk), id);
    return [{ name: pack.file, sha256: pack.sha256, digest: pack.root, bytes: 0 }];
  }
  return all<{ description: string; sha256: string }>(
    dbOf(desk),
    'SELECT description, sha256 FROM exhibits WHERE case_id = ? ORDER BY position',
    id,
  ).map((exhibit, index) => ({ name: String(index + 1), sha256: null, digest: exhibit.sha256, bytes: 0 }));
}

/** What a destruction would take. Throws `not-found`. */
export async function previewDestruction(desk: CaseDesk, subject: Subject): Promise<DestructionPreview> {
  const db = dbOf(desk);
  const { name, cases, holds, dueAt, due } = retainedThing(desk, subject.kind, subject.id);
  const counts = { messages: 0, kept: 0, attachments: 0, accounts: 0, files: 0, rows: 0 };
  if (subject.kind === 'source') {
    const ids = sourceIds(sourcesOf(desk, subject.id));
    const taken = await onSnapshot(desk, (snapshot) => {
      nameGoing(snapshot, ids);
      return inSlices(countDoomed(snapshot, ids));
    });
    Object.assign(counts, taken, { files: ids.length });
  } else if (subject.kind === 'export') counts.files = existsSync(packRow(db, subject.id).file) ? 1 : 0;
  return {
    ...subject,
    name,
    things: thingsOf(desk, subject),
    counts,
    cases,
    packs: packsOn(desk, subject).length,
    holds,
    dueAt,
    due,
  };
}

/** Row ids in the order in which they are emptied. */
export const sourceIds = (sources: readonly SourceRow[]): number[] =>
  sources.map(({ id }) => id).sort((a, b) => a - b);

export function packsOn(desk: CaseDesk, { kind, id }: Subject): string[] {
  if (kind === 'export') return [id];
  return restingOn(desk, kind, id).flatMap(({ id: caseId }) =>
    packsOfCase(dbOf(desk), caseId).map((pack) => pack.id),
  );
}

/** Certificates, the latest first; of one case where it is named. */
export function listDestructions(desk: CaseDesk, caseId: string | null): Destruction[] {
  const db = dbOf(desk);
  const named =
    caseId === null
      ? null
      : new Set(
          all<{ subject_id: string }>(
            db,
            `SELECT json_extract(after, '$.certificate') AS subject_id FROM events
             WHERE case_id = ? AND type = 'case.content-destroyed'`,
            caseId,
          ).map((row) => row.subject_id),
        );
  return destructionRows(db)
    .filter(({ id }) => named === null || named.has(id))
    .map((row) => ({
      id: row.id,
      certificate: DestructionCertificate.parse(JSON.parse(row.certificate)),
      signatures: [
        {
          officer: row.officer,
          fingerprint: fingerprintOf(row.public_key),
          signature: row.signature.toString('base64'),
        },
        {
          officer: row.approver,
          fingerprint: fingerprintOf(row.approval_key),
          signature: row.approval_signature.toString('base64'),
        },
      ],
    }));
}

/** Throws `not-found`. */
export function destructionById(desk: CaseDesk, id: string): Destruction {
  const found = listDestructions(desk, null).find((one) => one.id === id);
  if (!found) throw new DocketError('not-found', 'no such destruction', id);
  return found;
}

/** The certificate's JSON as it was signed, with both signatures and keys, to be checked by others. */
export function signedCertificate(desk: CaseDesk, id: string): string {
  const row = get<{
    certificate: string;
    signature: Buffer;
    public_key: Buffer;
    approval_signature: Buffer;
    approval_key: Buffer;
  }>(dbOf(desk), 'SELECT * FROM destructions WHERE id = ?', id);
  if (!row) throw new DocketError('not-found', 'no such destruction', id);
  const side = (publicKey: Buffer, signature: Buffer) => ({
    publicKey: publicKey.toString('base64'),
    fingerprint: fingerprintOf(publicKey),
    signature: signature.toString('base64'),
  });
  return `${JSON.stringify(
    {
      certificate: JSON.parse(row.certificate) as unknown,
      signed: row.certificate,
      signatures: [side(row.public_key, row.signature), side(row.approval_key, row.approval_signature)],
    },
    null,
    2,
  )}\n`;
}
