/** Destroying content for good: two officers, a certificate that both sign, and nothing left but the history. */
import { existsSync, rmSync } from 'node:fs';
import type { Parsed } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import { canonicalJson, sha256 } from '../audit/digest.ts';
import {
  type Destruction,
  DestructionCertificate,
  type DestructionPreview,
  type Retained,
} from '../domain/retention.ts';
import { all, get } from '../storage/database.ts';
import {
  dropDoomed,
  emptyCase,
  emptyMessages,
  emptyRegisters,
  eraseTraces,
  findDoomed,
} from '../storage/destruction.ts';
import { packRow, packsOfCase } from '../storage/exhibits.ts';
import { fingerprintOf } from '../storage/officers.ts';
import { destructionRows, insertDestruction } from '../storage/retention.ts';
import { insertRow, readMeta } from '../storage/rows.ts';
import { sourcesInside } from '../storage/source-members.ts';
import { type SourceRow, sourceByUid, updateSource } from '../storage/sources.ts';
import { type CaseDesk, dbOf } from './case-desk.ts';
import { hashFile } from './import-source.ts';
import type { Job } from './jobs.ts';
import { openFile } from './origin.ts';
import { listRules, restingOn, retainedThing } from './retention.ts';
import { sessionOfSecond, signed } from './second-officer.ts';
import { change, newUid, record, requireRole } from './session.ts';
import { awaitIndexes, stopUpkeep } from './upkeep.ts';

type Subject = Pick<Parsed<'retention.preview'>, 'kind' | 'id'>;

/** What the certificate calls the way it was done; docs/security.md says what it guarantees. */
const METHOD = 'secure-delete, log truncated, database rewritten, sealed file removed';

/** What stays of each kind. */
const REMAINS: Readonly<Record<Subject['kind'], readonly string[]>> = {
  source: ['ledger', 'digests', 'audit-log', 'case-records', 'backups', 'exports'],
  case: ['decisions', 'digests', 'audit-log', 'backups', 'exports'],
  export: ['digests', 'audit-log', 'copies-given-out'],
};

/** A source with everything that came out of it. */
function sourcesOf(desk: CaseDesk, uid: string): SourceRow[] {
  const db = dbOf(desk);
  const row = sourceByUid(db, uid);
  if (!row) throw new DocketError('not-found', 'no such source', uid);
  const inside = (id: number): SourceRow[] =>
    sourcesInside(db, id).flatMap((one) => [one, ...inside(one.id)]);
  return [row, ...inside(row.id)];
}

function thingsOf(desk: CaseDesk, { kind, id }: Subject): DestructionPreview['things'] {
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
export function previewDestruction(desk: CaseDesk, subject: Subject): DestructionPreview {
  const db = dbOf(desk);
  const thing = retainedThing(desk, subject.kind, subject.id);
  const counts = { messages: 0, kept: 0, attachments: 0, accounts: 0, files: 0, rows: 0 };
  if (subject.kind === 'source') {
    const rows = sourcesOf(desk, subject.id);
    Object.assign(
      counts,
      findDoomed(
        db,
        rows.map(({ id }) => id),
      ),
      { files: rows.length },
    );
    dropDoomed(db);
  } else if (subject.kind === 'export') counts.files = existsSync(packRow(db, subject.id).file) ? 1 : 0;
  return {
    ...subject,
    name: thing.name,
    things: thingsOf(desk, subject),
    counts,
    cases: thing.cases,
    packs: packsOn(desk, subject).length,
    holds: thing.holds,
    dueAt: thing.dueAt,
    due: thing.due,
  };
}

function packsOn(desk: CaseDesk, { kind, id }: Subject): string[] {
  if (kind === 'export') return [id];
  return restingOn(desk, kind, id).flatMap(({ id: caseId }) =>
    packsOfCase(dbOf(desk), caseId).map((pack) => pack.id),
  );
}

/**
 * Destroys. Throws `conflict` while a legal hold stands on a case that rests on it, or before its period ended
 * unless `early`; `not-allowed` for an officer; as `sessionOfSecond` for the second one.
 */
export async function destroy(
  desk: CaseDesk,
  job: Job,
  input: Parsed<'retention.destroy'>,
): Promise<Destruction> {
  const { session } = desk;
  const { workspace } = session;
  const { store } = workspace;
  requireRole(session, 'manager', 'legal', 'administrator');
  const thing = retainedThing(desk, input.kind, input.id);
  if (thing.holds.length > 0) {
    throw new DocketError('conflict', 'a legal hold stands on it', holdNames(thing));
  }
  if (!thing.due && !input.early) {
    throw new DocketError('conflict', 'its period has not ended', thing.name);
  }
  const second = sessionOfSecond(session, {
    officerId: input.approverId,
    passphrase: input.approverPassphrase,
    first: session.officer.id,
  });
  job.report({ step: 'destroying', item: thing.name, done: 0, total: 2, unit: 'rows' });
  await awaitIndexes(session, job, thing.name, 'all');
  job.check();
  // From here on nothing else runs until the file is written anew.
  await stopUpkeep(workspace);
  const files = input.kind === 'source' ? filesOf(desk, input.id) : [];
  const id = newUid(session);
  store.db.pragma('secure_delete = ON');
  try {
    change(session, () => {
      const certificate = certificateOf(desk, input, thing, id, second.officer);
      const text = canonicalJson(certificate);
      const first = signed(session, text);
      const approval = signed(second, text);
      const eventId = record(session, {
        type: `${input.kind}.destroyed`,
        subject: { type: input.kind === 'export' ? 'pack' : input.kind, id: input.id },
        after: { certificate: id, sha256: sha256(text), reason: input.reason, approver: second.officer.id },
      });
      for (const { id: caseId } of restingOn(desk, input.kind, input.id)) {
        record(session, {
          type: 'case.content-destroyed',
          subject: { type: 'case', id: caseId },
          caseId,
          after: { certificate: id, kind: input.kind, subject: input.id },
        });
      }
      insertDestruction(store, {
        id,
        kind: input.kind,
        subject_id: input.id,
        certificate: text,
        officer_id: session.officer.id,
        signature: first.signature,
        public_key: first.public_key,
        approver_id: second.officer.id,
        approval_signature: approval.signature,
        approval_key: approval.public_key,
        at: certificate.at,
        event_id: eventId,
      });
      if (input.kind === 'source') insertMarks(desk, sourcesOf(desk, input.id), id);
    });
  } finally {
    store.db.pragma('secure_delete = OFF');
  }
  for (const blob of files) workspace.blobs.remove(blob);
  if (input.kind === 'export') removePack(desk, input.id);
  job.report({ step: 'destroying', item: thing.name, done: 1, total: 2, unit: 'rows' });
  eraseTraces(store.db);
  return destructionById(desk, id);
}

/** `case C-A7-0001, exhibit E-A7-0001-02, source chat.csv`. */
const holdNames = ({ holds }: Retained): string => holds.map(({ on, name }) => `${on} ${name}`).join(', ');

/** The sealed files of a source: its own bytes and its media. */
function filesOf(desk: CaseDesk, uid: string): string[] {
  return sourcesOf(desk, uid).flatMap((source) => [
    source.blob,
    ...all<{ id: string }>(dbOf(desk), 'SELECT id FROM media_files WHERE source_id = ?', source.id).map(
      (file) => file.id,
    ),
  ]);
}

/** Removes a pack where it lies and is still the file that was written; a changed file is somebody else's. */
function removePack(desk: CaseDesk, id: string): void {
  const pack = packRow(dbOf(desk), id);
  if (!existsSync(pack.file)) return;
  const file = openFile(pack.file);
  let same = false;
  try {
    same = hashFile(file, null) === pack.sha256;
  } finally {
    file.close();
  }
  if (same) rmSync(pack.file, { force: true });
}

/** Empties the rows and says what that was. Inside the transaction. */
function certificateOf(
  desk: CaseDesk,
  input: Parsed<'retention.destroy'>,
  thing: Retained,
  id: string,
  approver: { readonly id: string; readonly name: string },
): DestructionCertificate {
  const { session } = desk;
  const db = dbOf(desk);
  const subject = { kind: input.kind, id: input.id };
  const things = thingsOf(desk, subject);
  const packs = packsOn(desk, subject);
  const days = listRules(desk).find(({ kind }) => kind === input.kind);
  const name = thing.name;
  const counts = takeContent(desk, subject);
  return DestructionCertificate.parse({
    format: 'docket-destruction/1',
    id,
    workspace: { id: readMeta(db, 'workspaceId') ?? '', prefix: desk.reading.prefix },
    kind: input.kind,
    subject: input.id,
    name,
    things,
    counts,
    cases: thing.cases,
    packs,
    reason: input.reason,
    rule:
      days?.days == null || thing.dueAt === null
        ? null
        : { days: days.days, basis: days.basis, dueAt: thing.dueAt },
    early: !thing.due,
    officer: { id: session.officer.id, name: session.officer.name },
    approver: { id: approver.id, name: approver.name },
    at: session.environment.now(),
    software: desk.software,
    method: METHOD,
    remains: REMAINS[input.kind],
  });
}

function takeContent(desk: CaseDesk, { kind, id }: Subject) {
  const { store } = desk.session.workspace;
  const counts = { messages: 0, kept: 0, attachments: 0, accounts: 0, files: 0, rows: 0 };
  if (kind === 'case') return { ...counts, rows: emptyCase(store, id) };
  if (kind === 'export') return { ...counts, files: existsSync(packRow(store.db, id).file) ? 1 : 0 };
  const sources = sourcesOf(desk, id);
  const ids = sources.map((source) => source.id);
  const doomed = findDoomed(store.db, ids);
  const rows = emptyMessages(store, ids);
  const registers = emptyRegisters(store, ids);
  dropDoomed(store.db);
  const files = sources.length;
  return { ...counts, ...doomed, files, accounts: registers.accounts, rows: rows + registers.rows };
}

/** The sources leave every view, and their secrets go: their commitments tell nothing any more. */
function insertMarks(desk: CaseDesk, sources: readonly SourceRow[], destruction: string): void {
  const { store } = desk.session.workspace;
  for (const source of sources) {
    insertRow(store, 'destroyed_sources', { source_id: source.id, destruction_id: destruction });
    updateSource(store, source.id, { state: 'excluded', secret: Buffer.alloc(0) });
  }
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
