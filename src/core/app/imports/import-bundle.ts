/** Imports a folder or an archive: each file that something reads becomes a source of its own. */
import { DocketError } from '../../../contract/errors.ts';
import type { ImportFile, ImportOutcome } from '../../domain/source.ts';
import { ARCHIVE_LIMITS } from '../../importers/archive/member-rules.ts';
import { ArchiveError } from '../../importers/archive/zip-archive.ts';
import type { LedgerRange } from '../../importers/importer.ts';
import { Ledger } from '../../importers/ledger.ts';
import { rankImporters } from '../../importers/sniff.ts';
import { transact } from '../../storage/database.ts';
import { sourceAt } from '../../storage/sources/source-members.ts';
import { type SourceRow, sourceByUid, sourcesBySha256, updateSource } from '../../storage/sources/sources.ts';
import type { Job } from '../jobs.ts';
import { newUid, type Session } from '../session.ts';
import {
  type ArchiveBudget,
  type Bundle,
  type BundleMember,
  beginsArchive,
  ignoredKind,
  isArchive,
  openArchive,
  openFolder,
} from './bundle.ts';
import { rankFormats } from './choose-format.ts';
import {
  hashFile,
  type ImportSettings,
  insertSealed,
  openSealed,
  parseSource,
  prepareSource,
} from './import-source.ts';
import { fileOrigin, type Origin } from './origin.ts';
import { SourceStoring } from './source-storing.ts';

/** The importers' place of a source that is an archive: it has no messages, only members. */
export const ARCHIVE = { id: 'archive-zip', version: 1, holds: 'archive' } as const;
/** The same for a file that was read together with others. */
export const COMPANION = { id: 'companion-file', version: 1, holds: 'companion' } as const;

/** Paths of a kind of ignored files that are named. */
const EXAMPLES = 20;

/** What came of a bundle, gathered over archives inside archives. */
export class BundleOutcome {
  readonly rows: SourceRow[] = [];
  readonly already: string[] = [];
  readonly refused: ImportOutcome['refused'] = [];
  readonly ignored: ImportOutcome['ignored'] = [];

  refuse(path: string, code: string, detail: string): void {
    this.refused.push({ path, code, detail });
  }

  ignore(
    container: string,
    path: string,
    bytes: number,
    kind: ImportOutcome['ignored'][number]['kind'],
  ): void {
    let group = this.ignored.find((one) => one.container === container && one.kind === kind);
    if (!group) {
      group = { container, kind, files: 0, bytes: 0, examples: [] };
      this.ignored.push(group);
    }
    group.files++;
    group.bytes += bytes;
    if (group.examples.length < EXAMPLES) group.examples.push(path);
  }
}

interface Run {
  readonly session: Session;
  readonly job: Job;
  readonly file: ImportFile;
  readonly settings: ImportSettings;
  readonly outcome: BundleOutcome;
  readonly budget: ArchiveBudget;
}

/** Codes that refuse one member and leave the others alone. */
const PER_MEMBER = new Set(['nothing-kept', 'file-unreadable', 'conflict', 'mapping-unfit']);

/** Imports a folder. Throws `cancelled` and what stops a whole import. */
export async function importFolder(
  session: Session,
  job: Job,
  file: ImportFile,
  settings: ImportSettings,
  outcome: BundleOutcome,
): Promise<void> {
  const run = { session, job, file, settings, outcome, budget: { bytes: ARCHIVE_LIMITS.totalBytes } };
  const bundle = openFolder(session, file.path);
  await importMembers(run, bundle, {
    id: newUid(session),
    container: file.path,
    parent: null,
    depth: 0,
    prefix: '',
  });
}

/** Imports a zip archive by its path. Throws as `importFolder` does, and `archive-damaged`. */
export async function importArchive(
  session: Session,
  job: Job,
  file: ImportFile,
  settings: ImportSettings,
  outcome: BundleOutcome,
): Promise<void> {
  const run = { session, job, file, settings, outcome, budget: { bytes: ARCHIVE_LIMITS.totalBytes } };
  await archiveOf(run, fileOrigin(session, file.path), 0, '');
}

/** Goes on with an archive that was cut off. */
export async function resumeArchive(
  session: Session,
  job: Job,
  row: SourceRow,
  settings: ImportSettings,
  outcome: BundleOutcome,
): Promise<void> {
  const chosen = JSON.parse(row.selection) as Pick<ImportFile, 'conversations' | 'members' | 'zone'>;
  const file = { ...chosen, path: row.file };
  const run = { session, job, file, settings, outcome, budget: { bytes: ARCHIVE_LIMITS.totalBytes } };
  await sealedArchive(run, row, row.file, 0, '');
}

async function archiveOf(run: Run, origin: Origin, depth: number, prefix: string): Promise<void> {
  const { session, job, file, settings, outcome } = run;
  const { store } = session.workspace;
  const source = origin.open();
  let known: SourceRow | undefined;
  try {
    // A damaged archive is told before anything is sealed.
    await openArchive(session, source, origin.label);
    known = sourcesBySha256(store.db, hashFile(source, job)).find(
      (row) => row.importer === ARCHIVE.id && row.state !== 'excluded',
    );
  } catch (error) {
    if (error instanceof ArchiveError) throw new DocketError('archive-damaged', error.message, origin.label);
    throw error;
  } finally {
    source.close();
  }
  let row = known;
  if (!row) {
    const sealed = await origin.seal((done, total) => {
      job.check();
      job.report({ step: 'sealing', item: origin.file, done, total, unit: 'bytes' });
    });
    const { conversations, members, zone } = file;
    row = transact(store.db, () =>
      insertSealed(session, origin, sealed, {
        importer: ARCHIVE,
        platform: 'other',
        zone: session.environment.zone,
        zone_assumed: 0,
        selection: JSON.stringify({ conversations, members, zone }),
        authority_id: settings.authorityId,
        table: null,
        list: null,
      }),
    );
  } else if (row.state === 'complete') {
    outcome.already.push(row.uid);
  }
  await sealedArchive(run, row, origin.label, depth, prefix);
}

async function sealedArchive(
  run: Run,
  row: SourceRow,
  label: string,
  depth: number,
  prefix: string,
): Promise<void> {
  const { session, outcome } = run;
  const { store } = session.workspace;
  // The archive stands before its members.
  const place = outcome.rows.push(row) - 1;
  const source = openSealed(session, row);
  try {
    const bundle = await openArchive(session, source, label, run.budget);
    const within = { id: row.uid, container: label, parent: row.id, depth, prefix };
    const codes = await importMembers(run, bundle, within);
    if (row.state !== 'complete') {
      const storing = await SourceStoring.begin(session, row, 0);
      storing.take({
        type: 'source',
        formatVersion: null,
        needsZone: false,
        assumptions: { 'name-encoding': bundle.archive?.nameEncoding ?? 'utf-8' },
      });
      storing.take({ type: 'ranges', ranges: archiveLedger(bundle, codes, row.bytes) });
      storing.finish();
    }
  } catch (error) {
    transact(store.db, () => {
      if (row.state !== 'complete') updateSource(store, row.id, { state: 'partial' });
    });
    throw error;
  } finally {
    source.close();
    outcome.rows[place] = sourceByUid(store.db, row.uid) ?? row;
  }
}

type MemberCode = 'member' | 'member-refused' | 'member-not-read';

/** Every byte of the archive: members by what became of them, headers and directory as structure. */
function archiveLedger(bundle: Bundle, codes: ReadonlyMap<string, MemberCode>, size: number): LedgerRange[] {
  const ledger = new Ledger(size);
  const members = [...(bundle.archive?.members ?? [])].sort((a, b) => a.start - b.start);
  for (const member of members) {
    if (member.start < ledger.end || member.end <= member.start) continue;
    ledger.add('structure', member.start, 1);
    const code = member.refusal ? 'member-refused' : (codes.get(member.path) ?? 'member-not-read');
    ledger.add(code, member.end, 1, 1);
  }
  ledger.add('structure', size, 1);
  ledger.assertComplete();
  return ledger.take();
}

interface Within {
  /** Id of the bundle, under which companions are found. */
  readonly id: string;
  readonly container: string;
  readonly parent: number | null;
  readonly depth: number;
  /** Path of the archive within the outermost one, ending in `!/`; empty for the outermost. */
  readonly prefix: string;
}

/** Seals what can be read, then parses it: lists first, so that names are there when chats come. */
async function importMembers(run: Run, bundle: Bundle, within: Within): Promise<Map<string, MemberCode>> {
  const { session, job, outcome } = run;
  const { store } = session.workspace;
  const codes = new Map<string, MemberCode>();
  for (const { path, code, detail } of bundle.refused) {
    outcome.refuse(`${within.container}!/${path}`, code, detail);
  }
  for (const { path, bytes } of bundle.litter) outcome.ignore(within.container, path, bytes, 'system');
  const wanted = run.file.members ? new Set(run.file.members) : null;
  const waiting: SourceRow[] = [];
  const nested: { origin: Origin; member: BundleMember }[] = [];
  try {
    for (const member of bundle.members) {
      job.check();
      const code = await takeMember(run, member, within, wanted, waiting, nested);
      if (code) codes.set(member.path, code);
    }
    await sealCompanions(run, bundle, within);
    waiting.sort((a, b) => Number(b.holds === 'list') - Number(a.holds === 'list'));
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      job.check();
      outcome.rows.push(await parseSource(session, job, next));
    }
    for (const { origin, member } of nested) {
      try {
        await archiveOf(run, origin, within.depth + 1, `${within.prefix}${member.path}!/`);
      } catch (error) {
        if (!(error instanceof DocketError) || error.code !== 'archive-damaged') throw error;
        outcome.refuse(member.label, 'damaged', error.message);
        codes.set(member.path, 'member-refused');
      }
    }
  } finally {
    // What was sealed and not reached is resumable, not lost.
    for (const row of waiting) transact(store.db, () => updateSource(store, row.id, { state: 'partial' }));
  }
  return codes;
}

/** Judges one member and seals it where something reads it; what became of it. */
async function takeMember(
  run: Run,
  member: BundleMember,
  within: Within,
  wanted: ReadonlySet<string> | null,
  waiting: SourceRow[],
  nested: { origin: Origin; member: BundleMember }[],
): Promise<MemberCode | null> {
  const { session, job, outcome, file, settings } = run;
  const origin: Origin = {
    label: member.label,
    file: member.path,
    place: { bundle: within.id, path: member.path },
    parentId: within.parent,
    open: () => member.open(),
    seal: (onChunk) => member.seal(onChunk),
  };
  const report = (done: number) => {
    job.check();
    job.report({ step: 'unpacking', item: member.path, done, total: member.bytes, unit: 'bytes' });
  };
  let kept = false;
  try {
    const stated = file.format || file.mapping ? /\.(?:csv|tsv|txt|xlsx|xlsm)$/i : null;
    const found = await recognise(session, member, report, stated);
    if (found === 'archive') {
      if (within.depth + 1 >= ARCHIVE_LIMITS.nesting) {
        outcome.refuse(member.label, 'nested-too-deep', `deeper than ${ARCHIVE_LIMITS.nesting} archives`);
        return 'member-refused';
      }
      kept = true;
      nested.push({ origin, member });
      return 'member';
    }
    if (found === 'nothing') {
      outcome.ignore(within.container, within.prefix + member.path, member.bytes, ignoredKind(member.path));
      return 'member-not-read';
    }
    if (wanted && !wanted.has(within.prefix + member.path)) return 'member-not-read';
    const { path: _, members: __, ...chosen } = file;
    const prepared = await prepareSource(session, job, origin, chosen, settings);
    if (prepared.state === 'known') {
      outcome.rows.push(prepared.source);
      outcome.already.push(prepared.source.uid);
    } else {
      kept = prepared.state === 'new';
      waiting.push(prepared.source);
    }
    return 'member';
  } catch (error) {
    if (error instanceof ArchiveError) outcome.refuse(member.label, error.refusal, error.message);
    else if (error instanceof DocketError && PER_MEMBER.has(error.code)) {
      outcome.refuse(member.label, error.code, error.message);
    } else throw error;
    return 'member-refused';
  } finally {
    if (!kept) member.discard();
  }
}

/**
 * Whether something reads a member; it is fetched then. The beginning decides, so that gigabytes of
 * videos are not unpacked to learn that nobody reads them. Files whose name `stated` fits are read in
 * the format that the officer named.
 */
export async function recognise(
  session: Session,
  member: BundleMember,
  onChunk: (done: number) => void,
  stated: RegExp | null = null,
): Promise<'source' | 'archive' | 'nothing'> {
  const head = await member.head();
  const packed = beginsArchive(head.bytes);
  if (!packed && rankImporters(head).length === 0 && !/\.(?:csv|tsv|txt)$/i.test(member.path))
    return 'nothing';
  if (packed && ignoredKind(member.path) === 'document' && !/\.(?:zip|tar|xlsx|xlsm)$/i.test(member.path))
    return 'nothing';
  await member.fetch(onChunk);
  const source = member.open();
  try {
    if (packed && (await isArchive(source))) return 'archive';
    const known = stated?.test(member.path) || (await rankFormats(session, source)).length > 0;
    return known ? 'source' : 'nothing';
  } finally {
    source.close();
  }
}

/** Files that importers read beside a source, and that are no source by themselves, are sealed as well. */
async function sealCompanions(run: Run, bundle: Bundle, within: Within): Promise<void> {
  const { session, settings } = run;
  const { store } = session.workspace;
  for (const path of bundle.asked) {
    const member = bundle.members.find((one) => one.path === path);
    if (!member || sourceAt(store.db, within.id, path)) continue;
    const sealed = await member.seal(() => run.job.check());
    const place = { bundle: within.id, path };
    const row = transact(store.db, () =>
      insertSealed(session, { file: path, place, parentId: within.parent }, sealed, {
        importer: COMPANION,
        platform: 'other',
        zone: session.environment.zone,
        zone_assumed: 0,
        selection: '"all"',
        authority_id: settings.authorityId,
        table: null,
        list: null,
      }),
    );
    const storing = await SourceStoring.begin(session, row, 0);
    const ledger = new Ledger(row.bytes);
    ledger.add('metadata', row.bytes, 1);
    storing.take({ type: 'ranges', ranges: ledger.take() });
    run.outcome.rows.push(storing.finish());
  }
}
