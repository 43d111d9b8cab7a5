/** Evidence packs: a case as a file that a stranger can check. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Parsed } from '../../contract/api.ts';
import { DocketError } from '../../contract/errors.ts';
import type { ChainEntry } from '../audit/chain.ts';
import type { PackResult, VerifyResult } from '../domain/case.ts';
import { buildPack } from '../evidence/build-pack.ts';
import { evidenceList } from '../evidence/evidence-list.ts';
import { type PackInput, PackInputError, type PackSigner } from '../evidence/pack-content.ts';
import { fingerprintOf } from '../evidence/pack-key.ts';
import type { NameMask } from '../evidence/redact.ts';
import { verifyPack } from '../evidence/verify-pack.ts';
import { zonedTime } from '../evidence/zoned-time.ts';
import { caseRow, caseSummary, partiesOfCase } from '../storage/cases.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { decisionsOfCase, signingKeysOfCase } from '../storage/decisions.ts';
import { dutyRows } from '../storage/duties.ts';
import { auditHead } from '../storage/events.ts';
import { exhibitRows, insertCustody, insertPack, toExhibit } from '../storage/exhibits.ts';
import { pemOf, publicKeyPem, signAs } from '../storage/officers.ts';
import { packCompleteness } from '../storage/pack-completeness.ts';
import { auditExtract, PackRows } from '../storage/pack-rows.ts';
import { readMeta } from '../storage/rows.ts';
import { DATABASE_FILE } from '../storage/workspace-folder.ts';
import { type CaseDesk, caseHits, dbOf } from './case-desk.ts';
import { showDuty } from './duties.ts';
import { gapSummary } from './gaps.ts';
import { fixCommitments, stateRoots } from './proofs.ts';
import { change, newUid, record } from './session.ts';
import { documentContent } from './write-document.ts';

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** Rows written so far, and in all; each message counts once for each form it is written in. */
  progress?(done: number, total: number): void;
  /** Messages of a source whose commitments are being fixed, and its messages in all. */
  fixing?(file: string, done: number, total: number): void;
}

/** The list of evidence: as DOCX in every pack, as PDF where something draws pages. */
const LIST = 'data/evidence-list';

/**
 * Writes the evidence pack of a case, replacing `file`, and enters it into the custody of every
 * exhibit. Reads from one snapshot: work that goes on meanwhile is not in it.
 * Throws `conflict` for a case without exhibits or with one whose source was taken back, `cancelled`
 * (nothing is left then), and `workspace-damaged` where the content does not agree with its digests.
 */
export async function exportPack(
  desk: CaseDesk,
  input: Parsed<'evidence.export'>,
  options: ExportOptions = {},
): Promise<PackResult> {
  caseRow(dbOf(desk), input.caseId);
  await fixRoots(desk, input.caseId, options);
  const { folder, databaseKey } = desk.session.workspace;
  const snapshot = openDatabase(join(folder, DATABASE_FILE), databaseKey, { readonly: true });
  try {
    snapshot.exec('BEGIN');
    const by = signer(desk, snapshot);
    const content = await withPages(desk, packContent(desk, snapshot, input), by);
    const result = await build(content, by, input.file, options);
    try {
      enter(desk, input, content, result);
    } catch (error) {
      // A pack that no log knows of must not go out.
      rmSync(input.file, { force: true });
      throw error;
    }
    return result;
  } finally {
    snapshot.close();
  }
}

/** Fixes the commitments of every source that the case's exhibits stand in, and states their roots in its log. */
async function fixRoots(desk: CaseDesk, caseId: string, { signal, fixing }: ExportOptions): Promise<void> {
  const sources = new PackRows(dbOf(desk), caseId, []).sources().map(({ id }) => id);
  if (sources.length === 0) return;
  await fixCommitments(desk.session, sources, {
    ...(signal ? { signal } : {}),
    ...(fixing ? { progress: fixing } : {}),
  });
  stateRoots(desk.session, caseId, sources);
}

async function build(
  content: PackInput,
  by: PackSigner,
  file: string,
  { signal, progress }: ExportOptions,
): Promise<PackResult> {
  try {
    return await buildPack(content, by, file, {
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

/** The content with its list of evidence drawn. */
async function withPages(desk: CaseDesk, content: PackInput, by: PackSigner): Promise<PackInput> {
  const list = evidenceList(content, fingerprintOf(by.publicKey), zonedTime(content.zone));
  const draw = async (format: 'docx' | 'pdf') => ({
    path: `${LIST}.${format}`,
    bytes: await documentContent(desk, list, format),
  });
  const pages = [await draw('docx')];
  if (!desk.printPage) return { ...content, pages, leftOut: [{ part: 'pdf', reason: 'no-renderer' }] };
  return { ...content, pages: [...pages, await draw('pdf')] };
}

function packContent(desk: CaseDesk, db: Database, input: Parsed<'evidence.export'>): PackInput {
  const { session, software } = desk;
  const { environment, officer } = session;
  const reading = { ...desk.reading, db };
  const { prefix } = reading;
  const row = caseRow(db, input.caseId);
  const now = environment.now();
  const exhibits = exhibitRows(db, row.id).map((exhibit) => toExhibit(db, prefix, exhibit));
  if (exhibits.length === 0) throw new DocketError('conflict', 'the case has no exhibit', row.id);
  const rows = new PackRows(db, row.id, caseHits(reading, row.id), { aliases: input.aliases });
  const { mask } = rows;
  const whole = new Set(exhibits.filter(({ id }) => rows.isWhole(id)).map(({ id }) => id));
  const head = auditHead(db);
  return {
    id: newUid(session),
    profile: input.profile,
    recipient: input.recipient,
    purpose: input.purpose,
    createdAt: now,
    zone: environment.zone,
    software,
    officer: { id: officer.id, name: officer.name },
    workspace: {
      id: readMeta(db, 'workspaceId') ?? '',
      prefix,
      profile: row.profile,
      auditHead: head,
    },
    case: mask.value({ ...caseSummary(db, prefix, row), note: row.note }),
    parties: partiesOfCase(db, row.id),
    exhibits: exhibits.map((exhibit) => ({
      ...exhibit,
      description: mask.text(exhibit.description),
      sha256: whole.has(exhibit.id) ? exhibit.sha256 : null,
      rows: () => rows.rows(exhibit.id),
    })),
    sources: rows.sources().map((source) => ({ ...source, file: mask.text(source.file) })),
    proofs: rows.proofs(),
    decisions: decisionsOfCase(db, row.id),
    keys: signingKeysOfCase(db, row.id).map(({ officer: name, publicKey }) => ({
      officer: name,
      publicKey: pemOf(publicKey),
    })),
    duties: dutyRows(db, row.id).map((duty) => showDuty(db, prefix, now, duty)),
    custody: exhibits.flatMap(({ number, custody }) =>
      custody.map((event) => ({ ...event, purpose: mask.text(event.purpose), exhibit: number })),
    ),
    audit: () => closedWhere(auditExtract(db, row.id, head.sequence), mask, exhibits, whole),
    completeness: packCompleteness(db, row.id, (id) => gapSummary(db, id, environment.zone), rows),
    tools: environment.resources.packTools,
    pages: [],
    leftOut: [],
  };
}

/**
 * Closes the events that would tell what the pack withholds: those with a name under an alias, and those
 * with the digest of an exhibit of which something is withheld, from which short texts could be guessed.
 */
function* closedWhere(
  entries: Iterable<ChainEntry>,
  mask: NameMask,
  exhibits: readonly { readonly id: string }[],
  whole: ReadonlySet<string>,
): Generator<ChainEntry> {
  const guarded = new Set(exhibits.map(({ id }) => id).filter((id) => !whole.has(id)));
  for (const entry of entries) {
    const { event } = entry;
    const tells = event !== undefined && (guarded.has(event.subject.id) || tellsName(event, mask));
    if (!tells) yield entry;
    else {
      const { sequence, previous, at, payloadDigest, hash } = entry;
      yield { sequence, previous, at, payloadDigest, hash };
    }
  }
}

function tellsName(event: unknown, mask: NameMask): boolean {
  const text = JSON.stringify(event);
  return mask.text(text) !== text;
}

function enter(
  desk: CaseDesk,
  input: Parsed<'evidence.export'>,
  content: PackInput,
  result: PackResult,
): void {
  const { session } = desk;
  const { store } = session.workspace;
  const by = { officer_id: session.officer.id, at: session.environment.now() };
  const { sha256, root, exhibits, messages } = result;
  change(session, () => {
    insertPack(store, {
      id: content.id,
      case_id: input.caseId,
      profile: input.profile,
      file: input.file,
      sha256,
      root,
      exhibits,
      messages,
      ...by,
    });
    const { profile, recipient, purpose, aliases } = input;
    const eventId = record(session, {
      type: 'pack.exported',
      subject: { type: 'pack', id: content.id },
      caseId: input.caseId,
      after: { profile, recipient, purpose, aliases, file: input.file, sha256, root, exhibits, messages },
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
