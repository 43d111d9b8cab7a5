/**
 * Verifies an evidence pack, with nothing but the file: no workspace, no network. Written for packs from
 * anybody: it never throws on what a file holds, and reads in memory that does not grow with the texts.
 */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import type { z } from 'zod';
import { sha256 } from '../audit/digest.ts';
import type { VerifyResult } from '../domain/case.ts';
import { ATTACHMENTS, AttachmentsFile, attachmentChecks, attachmentFileProblems } from './attachments.ts';
import { BagReader } from './bag-reader.ts';
import {
  BAG_DECLARATION,
  bagFolder,
  MANIFEST,
  PAYLOAD_FILES,
  PUBLIC_KEY,
  parseBagInfo,
  parseManifest,
  payloadOxum,
  SIGNATURE,
  SIGNATURE_JSON,
  STAMP_REQUEST,
  signatureJson,
  TAG_FILES,
  TAG_MANIFEST,
  TOP_FILES,
} from './bag-tags.ts';
import { TABLE } from './copies.ts';
import {
  auditChecks,
  certificateProblems,
  custodyProblems,
  decisionProblems,
  type Problem,
  sourceProblems,
} from './document-checks.ts';
import type { OriginalsFile } from './originals.ts';
import { PACK_FORMAT } from './pack-format.ts';
import { canonicalPem, fingerprintOf, verifySignature } from './pack-key.ts';
import {
  CaseFile,
  CompletenessFile,
  CustodyFile,
  DecisionsFile,
  DutiesFile,
  ProceedingsFile,
  ProofsFile,
  SourcesFile,
} from './pack-schema.ts';
import { PAGES, pageChecks, strayPages } from './page-checks.ts';
import { proofChecks } from './proof-checks.ts';
import { rowChecks } from './row-checks.ts';
import { Scratch } from './scratch.ts';
import { timestampRequest } from './timestamp-request.ts';
import { checkCopies, checkOriginals, RowsHeard, readOriginals } from './verify-copies.ts';
import { auditSink, messagesSink, pagesSink } from './verify-lines.ts';
import { type CheckName, VerifyReport } from './verify-report.ts';
import { visibleLine } from './visible-text.ts';
import { openZip, type ZipArchive, ZipError } from './zip-reader.ts';
import { SEAL_BYTES, sealOf } from './zip-seal.ts';

export interface VerifyOptions {
  /** SHA-256 in hex of the officer's raw public key, had from outside the pack. Case, colons and spaces do not matter. */
  readonly fingerprint?: string;
  /** Original files from outside the pack, held against what it says and gives of its sources. */
  readonly sources?: readonly string[];
}

/**
 * Checks a pack and names what is wrong with it: any changed, missing, added, renamed or duplicated file
 * and any message, audit entry, decision or count that does not hold. Without a fingerprint the pack can
 * only be shown to agree with itself; the check `key` then says that its key is not anchored.
 */
export async function verifyPack(file: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  const report = new VerifyReport();
  const name = basename(file);
  let zip: ZipArchive | null = null;
  const scratch = new Scratch(tmpdir());
  try {
    zip = openZip(file);
    checkContainer(zip, name, report);
    const bag = new BagReader(zip, report);
    const tags = await checkTags(bag, report);
    const fingerprint = await checkSignature(bag, report, tags, options.fingerprint);
    const payload = await checkPayload(bag, report, scratch);
    await checkPages(bag, report, payload);
    await checkCopied(bag, report, payload, options.sources ?? []);
    await checkManifest(bag, report, tags.manifest);
    checkAttachments(bag, report, payload);
    checkBagInfo(bag, report, tags.info, fingerprint, payload);
  } catch (error) {
    const reason = error instanceof ZipError ? error.reason : `cannot-be-read: ${(error as Error).message}`;
    report.fail('container', reason, { file: name });
  } finally {
    zip?.close();
    scratch.close();
  }
  return report.result();
}

function checkContainer(zip: ZipArchive, name: string, report: VerifyReport): void {
  for (const { entry, reason } of zip.findings) report.fail('container', reason, { file: entry ?? name });
  const seal = sealOf(zip.comment);
  if (seal !== null) {
    const hash = createHash('sha256');
    for (const chunk of zip.raw(0, zip.bytes - SEAL_BYTES)) hash.update(chunk);
    if (hash.digest('hex') !== seal) report.fail('container', 'seal-differs', { file: name });
  } else if (zip.comment !== '') report.fail('container', 'comment-unknown', { file: name });
  const state = seal === null ? 'not sealed: packed again by another program' : 'sealed';
  report.done('container', `${state}, ${zip.entries.length} files`);
}

interface Tags {
  readonly info: Map<string, string> | null;
  readonly manifest: Map<string, string> | null;
  readonly tagManifest: Buffer | null;
}

async function checkTags(bag: BagReader, report: VerifyReport): Promise<Tags> {
  const parse = <T>(
    bytes: Buffer | null,
    check: CheckName,
    file: string,
    parser: (text: string) => T | null,
  ) => {
    const parsed = bytes === null ? null : parser(bytes.toString('utf8'));
    if (bytes !== null && parsed === null) report.fail(check, 'malformed', { file });
    return parsed;
  };
  const declaration = await bag.readWhole('bagit.txt', 'declaration');
  if (declaration !== null && declaration.toString('utf8') !== BAG_DECLARATION) {
    report.fail('declaration', 'changed', { file: 'bagit.txt' });
  }
  report.done('declaration', 'BagIt 1.0');

  const infoBytes = await bag.readWhole('bag-info.txt', 'bag-info');
  const info = parse(infoBytes, 'bag-info', 'bag-info.txt', parseBagInfo);
  const manifest = parse(await bag.readWhole(MANIFEST, 'manifest'), 'manifest', MANIFEST, parseManifest);
  const tagManifest = await bag.readWhole(TAG_MANIFEST, 'tag-manifest');
  const listed = parse(tagManifest, 'tag-manifest', TAG_MANIFEST, parseManifest);
  if (listed !== null) {
    for (const path of TAG_FILES) {
      const stated = listed.get(path);
      if (stated === undefined) report.fail('tag-manifest', 'not-listed', { file: path });
      else if (stated !== bag.digests.get(path)?.sha256)
        report.fail('tag-manifest', 'changed', { file: path });
      listed.delete(path);
    }
    for (const path of listed.keys()) report.fail('tag-manifest', 'listed-needlessly', { file: path });
    report.done('tag-manifest', `${TAG_FILES.length} files`);
  }
  return { info, manifest, tagManifest };
}

/** The fingerprint of the pack's own key, or null where it has none. */
async function checkSignature(
  bag: BagReader,
  report: VerifyReport,
  { info, tagManifest }: Tags,
  wanted: string | undefined,
): Promise<string | null> {
  const pem = (await bag.readWhole(PUBLIC_KEY, 'key'))?.toString('latin1') ?? null;
  const signature = await bag.readWhole(SIGNATURE, 'signature');
  const summary = await bag.readWhole(SIGNATURE_JSON, 'signature');
  const request = await bag.readWhole(STAMP_REQUEST, 'signature');
  if (tagManifest !== null && signature !== null && request !== null) {
    const root = createHash('sha256').update(tagManifest).digest();
    if (!request.equals(timestampRequest(root, signature))) {
      report.fail('signature', 'changed', { file: STAMP_REQUEST });
    }
  }
  if (pem === null) return null;
  let fingerprint: string;
  try {
    fingerprint = fingerprintOf(pem);
  } catch {
    report.fail('key', 'not-an-ed25519-key', { file: PUBLIC_KEY });
    return null;
  }
  if (pem !== canonicalPem(pem)) report.fail('key', 'malformed', { file: PUBLIC_KEY });
  if (tagManifest !== null && signature !== null && summary !== null) {
    if (!verifySignature(pem, tagManifest, signature)) {
      report.fail('signature', 'signature-invalid', { file: SIGNATURE });
    }
    if (summary.toString('utf8') !== signatureJson(tagManifest, pem, signature)) {
      report.fail('signature', 'changed', { file: SIGNATURE_JSON });
    }
    report.done('signature', `Ed25519 over root ${sha256(tagManifest)}`);
  }
  if (info !== null && info.get('docket-key-fingerprint') !== fingerprint) {
    report.fail('key', 'fingerprint-differs', { file: 'bag-info.txt', entry: 'Docket-Key-Fingerprint' });
  }
  if (wanted !== undefined && wanted.toLowerCase().replace(/[\s:]/g, '') !== fingerprint) {
    report.fail('key', `fingerprint-differs: the key in the pack is ${fingerprint}`, { file: PUBLIC_KEY });
  }
  report.done('key', wanted === undefined ? `not anchored: ${fingerprint}` : `anchored: ${fingerprint}`);
  return fingerprint;
}

interface Payload {
  readonly cases: z.infer<typeof CaseFile> | null;
  /** Rows and distinct messages found; null where they could not be read. */
  readonly counts: { readonly rows: number; readonly messages: number } | null;
  readonly media: z.infer<typeof AttachmentsFile> | null;
  readonly originals: z.infer<typeof OriginalsFile> | null;
  /** Null where the messages could not be read. */
  readonly heard: RowsHeard | null;
}

/** Where the statement stands that a finding of the row checks is about. */
const STATED_IN = {
  messages: 'data/messages.ndjson',
  exhibits: 'data/case.json',
  completeness: 'data/completeness.json',
  sources: 'data/sources.json',
} as const;

async function checkPayload(bag: BagReader, report: VerifyReport, scratch: Scratch): Promise<Payload> {
  const fail = (check: CheckName, file: string, problems: readonly Problem[]) => {
    for (const { entry, reason } of problems) report.fail(check, reason, { file, entry });
  };
  const cases = await bag.document('data/case.json', 'exhibits', CaseFile);
  const sources = await bag.document('data/sources.json', 'sources', SourcesFile);
  const completeness = await bag.document('data/completeness.json', 'completeness', CompletenessFile);
  const decisions = await bag.document('data/decisions.json', 'decisions', DecisionsFile);
  await bag.document('data/duties.json', 'manifest', DutiesFile);
  await bag.document('data/proceedings.json', 'manifest', ProceedingsFile);
  const media = await bag.document(ATTACHMENTS, 'attachments', AttachmentsFile);
  const originals = await readOriginals(bag);
  const custody = await bag.document('data/custody.json', 'custody', CustodyFile);

  if (decisions !== null) {
    fail('decisions', 'data/decisions.json', decisionProblems(decisions));
    report.done('decisions', `${decisions.decisions.length} decisions`);
  }
  if (custody !== null && cases !== null) {
    fail('custody', 'data/custody.json', custodyProblems(custody, cases));
    report.done('custody', `${custody.custody.length} events`);
  }
  if (sources !== null) fail('sources', 'data/sources.json', sourceProblems(sources));
  const proofs = await bag.document('data/proofs.json', 'proofs', ProofsFile);
  const unread = { cases, counts: null, media, originals, heard: null };
  if (cases === null) return unread;
  const log = auditChecks(cases.workspace.auditHead);
  await bag.read('data/audit.json', 'audit', auditSink(report, log));
  if (sources === null || completeness === null || proofs === null || media === null) return unread;

  const { parties, exhibits } = cases;
  const stated = { parties, exhibits, sources: sources.sources, completeness: completeness.conversations };
  const checks = rowChecks(stated, scratch);
  const placed = proofChecks(proofs.sources, scratch);
  const named = attachmentChecks(media.attachments);
  const heard = new RowsHeard(sources.sources, originals, bag.has(TABLE), scratch);
  const onLine = heard.add.bind(heard);
  const sink = messagesSink(report, checks, placed, named, onLine);
  if (!(await bag.read('data/messages.ndjson', 'messages', sink))) return unread;
  fail('attachments', ATTACHMENTS, named.finish());
  fail('proofs', 'data/proofs.json', placed.finish(log.roots));
  const trees = proofs.sources.reduce((sum, source) => sum + source.trees.length, 0);
  report.done('proofs', `${trees} trees of ${proofs.sources.length} sources`);
  for (const problem of checks.finish()) fail(problem.check, STATED_IN[problem.check], [problem]);
  const { counts } = checks;
  const { totals } = cases;
  const held = [cases.exhibits.length, counts.rows, counts.messages].join(' ');
  if ([totals.exhibits, totals.rows, totals.messages].join(' ') !== held) {
    fail('exhibits', 'data/case.json', [{ entry: 'totals', reason: `counts-differ: ${held} found` }]);
  }
  fail(
    'completeness',
    'data/completeness.json',
    certificateProblems(completeness, checks, media.attachments),
  );
  report.done('exhibits', `${cases.exhibits.length} exhibits`);
  report.done('sources', `${sources.sources.length} sources`);
  report.done('completeness', `${completeness.conversations.length} conversations`);
  return { cases, counts, media, originals, heard };
}

async function checkCopied(
  bag: BagReader,
  report: VerifyReport,
  payload: Payload,
  given: readonly string[],
): Promise<void> {
  const { heard, media, originals } = payload;
  if (heard === null || media === null) return;
  await checkCopies(bag, report, heard.digests, media);
  await checkOriginals(bag, report, originals, heard, given);
}

/** The pages to file, where there are any: they show every row, and their digests are those of their text. */
async function checkPages(bag: BagReader, report: VerifyReport, { cases, counts }: Payload): Promise<void> {
  if (!bag.has(PAGES)) {
    for (const { file, reason } of strayPages(bag.paths)) report.fail('pages', reason, { file });
    return report.done('pages', 'none');
  }
  const checks = pageChecks(cases?.pack.id ?? '');
  if (!(await bag.read(PAGES, 'pages', pagesSink(report, checks)))) return;
  if (counts === null) return;
  for (const problem of checks.finish(counts.rows, bag.paths)) {
    const { reason, entry, file = PAGES } = problem as { reason: string; entry?: string; file?: string };
    report.fail('pages', reason, { file, ...(entry ? { entry } : {}) });
  }
  report.done('pages', `${checks.count} pages`);
}

/** Every file of the media is one that a message names, with its digest; call when all files were read. */
function checkAttachments(bag: BagReader, report: VerifyReport, { media }: Payload): void {
  if (media === null) return;
  for (const { reason, ...where } of attachmentFileProblems(media.attachments, bag.digests, bag.paths)) {
    report.fail('attachments', reason, where);
  }
  const included = media.attachments.filter(({ state }) => state === 'included').length;
  report.done('attachments', `${media.attachments.length} named, ${included} included`);
}

/** The payload and the manifest hold the same files with the same contents. */
async function checkManifest(
  bag: BagReader,
  report: VerifyReport,
  manifest: Map<string, string> | null,
): Promise<void> {
  const payload = bag.paths.filter((path) => !TOP_FILES.has(path));
  for (const path of payload) if (!bag.tried(path)) await bag.read(path, 'manifest', null);
  for (const path of PAYLOAD_FILES) {
    if (!bag.has(path) && !manifest?.has(path)) report.fail('manifest', 'missing', { file: path });
  }
  if (manifest === null) return;
  const added = payload.filter((path) => !manifest.has(path));
  for (const [path, stated] of manifest) {
    if (!path.startsWith('data/')) report.fail('manifest', 'not-payload', { file: path });
    if (bag.digests.get(path)?.sha256 === stated) continue;
    if (bag.has(path)) report.fail('manifest', 'changed', { file: path });
    else {
      const now = added.find((other) => bag.digests.get(other)?.sha256 === stated);
      report.fail('manifest', now === undefined ? 'missing' : `renamed: now ${now}`, { file: path });
    }
  }
  for (const path of added) report.fail('manifest', 'not-listed', { file: path });
  report.done('manifest', `${manifest.size} files`);
}

function checkBagInfo(
  bag: BagReader,
  report: VerifyReport,
  info: Map<string, string> | null,
  fingerprint: string | null,
  { cases, counts }: Payload,
): void {
  if (info === null || cases === null || counts === null) return;
  const { auditHead } = cases.workspace;
  const payload = [...bag.digests.values()].filter(({ path }) => !TOP_FILES.has(path));
  const facts: readonly (readonly [string, string])[] = [
    ['Payload-Oxum', payloadOxum(payload)],
    ['External-Identifier', cases.pack.id],
    ['Docket-Format', PACK_FORMAT],
    ['Docket-Case', cases.case.number],
    ['Docket-Audit-Head', `${auditHead.sequence} ${auditHead.hash}`],
    ['Docket-Exhibits', String(cases.exhibits.length)],
    ['Docket-Messages', String(counts.messages)],
  ];
  for (const [label, value] of facts) {
    const stated = info.get(label.toLowerCase());
    if (stated !== visibleLine(value).trim()) {
      const reason = `differs: ${stated ?? 'nothing'} stated, ${value} found`;
      report.fail('bag-info', reason, { file: 'bag-info.txt', entry: label });
    }
  }
  if (bagFolder(cases.case.number, cases.pack.id) !== bag.folder) {
    report.fail('bag-info', 'folder-renamed', { file: bag.folder });
  }
  if (fingerprint !== null && cases.pack.officer.fingerprint !== fingerprint) {
    report.fail('key', 'fingerprint-differs', { file: 'data/case.json', entry: 'officer' });
  }
  report.done('bag-info', `${info.size} fields`);
}
