/** Evidence packs: a case as a file that a stranger can check. */
import { rmSync } from 'node:fs';
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { PackResult, VerifyResult } from '../../domain/case.ts';
import type { PackPlan } from '../../domain/pack.ts';
import { buildPack } from '../../evidence/build-pack.ts';
import { type PackInput, PackInputError, type PackSigner } from '../../evidence/pack-content.ts';
import { verifyPack } from '../../evidence/verify-pack.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import type { Database } from '../../storage/database.ts';
import { insertCustody, insertPack, insertPackDetails } from '../../storage/evidence/exhibits.ts';
import { publicKeyPem, signAs } from '../../storage/officers.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { sessionOfSecondAside } from '../cases/second-officer.ts';
import { collectLean } from '../imports/lean-collector.ts';
import { change, newUid, record } from '../session.ts';
import { withTightHeap } from '../tight-heap.ts';
import { type Chosen, choose } from './pack-choice.ts';
import { packInput } from './pack-input.ts';
import { chosenOriginals, requireOriginals } from './pack-originals.ts';
import { onPackSnapshot } from './pack-plan.ts';
import { fixCommitments, stateRoots } from './proofs.ts';

/** Rows from which on a pack's short-lived objects would fill whatever space V8 gives them. */
const LARGE = 5000;

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Rows written so far, and in all; each message counts once for each form it is written in. */
  progress?(done: number, total: number): void;
  /** Messages of a source whose commitments are being fixed, and its messages in all. */
  fixing?(file: string, done: number, total: number): void;
}

/**
 * Writes the evidence pack of a case, replacing `file`, and enters it into the custody of every exhibit in
 * it. Reads from one snapshot: work that goes on meanwhile is not in it.
 * Throws `conflict` for a case without exhibits or with one whose source was taken back, `cancelled`
 * (nothing is left then), `conflict` where whole source files would show what is withheld or in quarantine,
 * `second-officer-required` where bystanders would be named, or source files given, without approval, what the
 * second unlock throws, `no-page-printer`, and `workspace-damaged` where the content does not agree with
 * its digests.
 */
export async function exportPack(
  desk: CaseDesk,
  input: Parsed<'evidence.export'>,
  options: ExportOptions = {},
): Promise<PackResult> {
  caseRow(dbOf(desk), input.caseId);
  const first = await onPackSnapshot(desk, (db) => {
    const chosen = choose(desk, db, input);
    const { plan } = chosenOriginals(desk, db, chosen, input);
    return { chosen, originals: plan, sources: chosen.rows.sources().map(({ id }) => id) };
  });
  const isLarge = first.chosen.exhibits.reduce((sum, { rows }) => sum + rows, 0) >= LARGE;
  if (isLarge) collectLean();
  requireOriginals(first.originals);
  const id = newUid(desk.session);
  const approver = await approve(desk, id, input, first);
  const write = async () => {
    await fixRoots(desk, input.caseId, first.sources, options);
    return onPackSnapshot(desk, (db) => writePack(desk, db, id, input, approver, options));
  };
  return isLarge ? withTightHeap(write) : write();
}

async function writePack(
  desk: CaseDesk,
  db: Database,
  id: string,
  input: Parsed<'evidence.export'>,
  approver: string | null,
  options: ExportOptions,
): Promise<PackResult> {
  const content = packInput(desk, db, id, choose(desk, db, input), input);
  const result = await build(desk, content, signer(desk, db), input.file, options);
  try {
    enter(desk, input, content, result, approver);
  } catch (error) {
    // A pack that no log knows of must not go out.
    rmSync(input.file, { force: true });
    throw error;
  }
  return result;
}

/** Fixes the commitments of every source that the chosen rows stand in, and states their roots in the case's log. */
async function fixRoots(
  desk: CaseDesk,
  caseId: string,
  sources: readonly string[],
  { signal, fixing }: ExportOptions,
): Promise<void> {
  if (sources.length === 0) return;
  await fixCommitments(desk.session, sources, {
    ...(signal ? { signal } : {}),
    ...(fixing ? { progress: fixing } : {}),
  });
  stateRoots(desk.session, caseId, sources);
}

/**
 * The second officer's own events that bystanders may be named in this pack, and that source files may go along;
 * null where nobody has to be asked.
 */
async function approve(
  desk: CaseDesk,
  packId: string,
  input: Parsed<'evidence.export'>,
  first: { chosen: Chosen; originals: PackPlan['originals']; sources: readonly string[] },
): Promise<string | null> {
  const { needsApproval: namesPeople, named } = first.chosen;
  const { reasons } = first.originals;
  if (!namesPeople && reasons.length === 0) return null;
  const { session } = desk;
  if (!input.approval) {
    const what = namesPeople ? 'naming bystanders' : 'giving source files';
    throw new DocketError('second-officer-required', `${what} needs a second officer`, input.caseId);
  }
  const second = await sessionOfSecondAside(session, { ...input.approval, first: session.officer.id });
  const { caseId, recipient, purpose } = input;
  const asked = { recipient, purpose, asked: session.officer.id };
  const subject = { type: 'pack' as const, id: packId };
  change(second, () => {
    if (namesPeople) {
      const accounts = named.map(({ accountId }) => accountId);
      const after = { accounts, ...asked };
      record(second, { type: 'pack.unmasking-approved', subject, caseId, after });
    }
    if (reasons.length > 0) {
      const sources = first.originals.sources.map(({ id, originals }) => ({ source: id, form: originals }));
      const after = { sources, reasons, ...asked };
      record(second, { type: 'pack.originals-approved', subject, caseId, after });
    }
  });
  return second.officer.id;
}

async function build(
  desk: CaseDesk,
  content: PackInput,
  by: PackSigner,
  file: string,
  { signal, progress }: ExportOptions,
): Promise<PackResult> {
  try {
    return await buildPack(content, by, file, {
      scratchFolder: desk.session.workspace.folder,
      ...(signal ? { signal } : {}),
      ...(progress ? { onProgress: progress } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw new DocketError('cancelled', 'cancelled by the officer', file);
    if (error instanceof PackInputError) {
      throw new DocketError('workspace-damaged', error.message, error.entry);
    }
    throw error;
  }
}

function signer(desk: CaseDesk, db: Database): PackSigner {
  const { officer, officerKey } = desk.session;
  return {
    publicKey: publicKeyPem(db, officer.id),
    sign: (bytes) => signAs(db, officer.id, officerKey, bytes),
  };
}

function enter(
  desk: CaseDesk,
  input: Parsed<'evidence.export'>,
  content: PackInput,
  result: PackResult,
  approver: string | null,
): void {
  const { session } = desk;
  const { store } = session.workspace;
  const by = { officer_id: session.officer.id, at: session.environment.now() };
  const { sha256, root, exhibits, messages, bytes } = result;
  const { profile, recipient, purpose, aliases, file } = input;
  const options = {
    exhibits: content.exhibits.map(({ number }) => number),
    context: input.context ?? null,
    aliases,
    unmask: input.unmask ?? [],
    attachments: input.attachments ?? 'all',
    originals: input.originals ?? 'none',
    ...(input.originalsOf?.length ? { originalsOf: input.originalsOf } : {}),
    formats: [...content.formats],
    watermark: content.watermark,
  };
  change(session, () => {
    insertPack(store, {
      id: content.id,
      case_id: input.caseId,
      profile,
      file,
      sha256,
      root,
      exhibits,
      messages,
      ...by,
    });
    insertPackDetails(store, {
      pack_id: content.id,
      recipient,
      purpose,
      bytes,
      options: JSON.stringify(options),
      approver_id: approver,
    });
    const eventId = record(session, {
      type: 'pack.exported',
      subject: { type: 'pack', id: content.id },
      caseId: input.caseId,
      after: { profile, recipient, purpose, ...options, file, sha256, root, exhibits, messages, approver },
    });
    for (const exhibit of content.exhibits) {
      insertCustody(store, {
        id: newUid(session),
        exhibit_id: exhibit.id,
        action: 'exported',
        purpose: [recipient, purpose].filter((part) => part !== '').join(' · '),
        event_id: eventId,
        ...by,
      });
    }
  });
}

/** Checks a pack; needs no workspace. */
export function verifyEvidence(input: Parsed<'evidence.verify'>): Promise<VerifyResult> {
  return verifyPack(input.file, input.fingerprint ? { fingerprint: input.fingerprint } : {});
}
