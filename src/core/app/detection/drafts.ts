/** Drafts of rule packs: written, checked, tried in the shadow, published on a backtest. */
import { writeFileSync } from 'node:fs';
import { DocketError } from '../../../contract/errors.ts';
import type { Classifier } from '../../classifier/classifier.ts';
import { ENGINE_VERSION } from '../../detection/judge.ts';
import type { Backtest, PackDraft, PackProblem } from '../../domain/backtest.ts';
import type { RulePackSummary } from '../../domain/hit.ts';
import { asWritten } from '../../rules/as-written.ts';
import { loadingRules } from '../../rules/load-rules.ts';
import { type PackError, withLines } from '../../rules/pack-error.ts';
import { type LoadedPack, parsePackText } from '../../rules/rule-pack.ts';
import { currentPacks, findPack } from '../../storage/detection/rule-packs.ts';
import {
  findDraft,
  listBacktests,
  listDrafts,
  putDraft,
  removeDraft,
} from '../../storage/evidence/pack-drafts.ts';
import { findOfficer, listOfficers } from '../../storage/officers.ts';
import { inSlices } from '../pace.ts';
import { change, record, requireRole, type Session } from '../session.ts';
import { unlockOfficer } from '../workspace.ts';
import { classifierOf } from './classifier-in-force.ts';
import { installVersion } from './rules.ts';

const problemOf = ({ pack: _, path: __, ...problem }: PackError): PackProblem => ({
  ...problem,
  values: { ...problem.values },
});

interface ReadDraft {
  readonly loaded: LoadedPack | null;
  readonly problems: PackProblem[];
}

/** The text read last in each workspace: it is checked while typed, then kept, then published. */
const lastRead = new WeakMap<object, { text: string; classifier: object; read: ReadDraft }>();

/** The pack of a text, or everything that is wrong with it. Examples are run. */
function readDraft(session: Session, text: string): ReadDraft {
  const classifier = classifierOf(session);
  const known = lastRead.get(session.workspace);
  if (known?.text === text && known.classifier === classifier) return known.read;
  const work = reading(text, classifier);
  let step = work.next();
  while (!step.done) step = work.next();
  const read = step.value;
  lastRead.set(session.workspace, { text, classifier, read });
  return read;
}

function* reading(text: string, classifier: Classifier): Generator<void, ReadDraft> {
  const parsed = parsePackText(text, 'organisation');
  if (!parsed.ok) return { loaded: null, problems: parsed.errors.map(problemOf) };
  yield;
  const result = yield* loadingRules([parsed.loaded], classifier);
  return result.ok
    ? { loaded: parsed.loaded, problems: [] }
    : { loaded: null, problems: withLines(result.errors, text).map(problemOf) };
}

/** The same in slices; what is asked of the text next is then known. */
async function readInSlices(session: Session, text: string): Promise<ReadDraft> {
  const classifier = classifierOf(session);
  const known = lastRead.get(session.workspace);
  if (known?.text === text && known.classifier === classifier) return known.read;
  const read = await inSlices(reading(text, classifier));
  lastRead.set(session.workspace, { text, classifier, read });
  return read;
}

export async function checkText(session: Session, text: string): Promise<{ problems: PackProblem[] }> {
  return { problems: (await readInSlices(session, text)).problems };
}

/** The "id" and "version" of a text that may be wrong otherwise. */
function nameIn(text: string): { id: string | null; version: string | null } {
  try {
    const json: unknown = JSON.parse(text);
    const { id, version } = (typeof json === 'object' && json !== null ? json : {}) as Record<
      string,
      unknown
    >;
    return {
      id: typeof id === 'string' && id !== '' ? id : null,
      version: typeof version === 'string' ? version : null,
    };
  } catch {
    return { id: null, version: null };
  }
}

function toDraft(session: Session, row: NonNullable<ReturnType<typeof findDraft>>): PackDraft {
  const { db } = session.workspace.store;
  return {
    pack: row.pack,
    version: nameIn(row.body).version,
    text: row.body,
    sha256: row.sha256,
    problems: row.sha256 === null ? readDraft(session, row.body).problems : [],
    shadow: row.shadow === 1,
    updatedAt: row.updated_at,
    officer: row.officer,
    backtest: row.sha256 === null ? null : backtestOf(listBacktests(db, row.pack), row.sha256),
    needsApproval: asksApproval(session, row.pack, row.body),
  };
}

/** Whether a second officer publishes it: the draft says so, or the version in force that it would replace. */
function asksApproval(session: Session, pack: string, text: string): boolean {
  const current = currentPacks(session.workspace.store.db).find((one) => one.pack.id === pack);
  if (current?.pack.approval === 'second-officer') return true;
  const parsed = parsePackText(text, 'organisation');
  return parsed.ok && parsed.loaded.pack.approval === 'second-officer';
}

/** The newest backtest of exactly this content by this engine. */
function backtestOf(backtests: readonly Backtest[], sha256: string): Backtest | null {
  return (
    backtests.find(
      (one) => one.sha256 === sha256 && one.engineVersion === ENGINE_VERSION && one.kind === 'backtest',
    ) ?? null
  );
}

export function drafts(session: Session): PackDraft[] {
  return listDrafts(session.workspace.store.db).map((row) => toDraft(session, row));
}

/** Throws `not-found`. */
function draftOf(session: Session, pack: string): PackDraft {
  const row = findDraft(session.workspace.store.db, pack);
  if (!row) throw new DocketError('not-found', 'there is no draft of this pack', pack);
  return toDraft(session, row);
}

/** Keeps a draft, right or wrong. Throws `pack-invalid` where the text has no "id" to keep it under. */
export async function saveDraft(session: Session, text: string): Promise<PackDraft> {
  requireRole(session, 'officer', 'administrator', 'manager');
  await readInSlices(session, text);
  const { id } = nameIn(text);
  if (id === null) {
    const [problem] = readDraft(session, text).problems;
    throw new DocketError('pack-invalid', problem?.detail ?? 'has no "id"', problem?.pointer || '/id');
  }
  const { store } = session.workspace;
  const { loaded } = readDraft(session, text);
  const before = findDraft(store.db, id);
  change(session, () => {
    putDraft(store, {
      pack: id,
      body: text,
      sha256: loaded?.sha256 ?? null,
      shadow: loaded ? (before?.shadow ?? 0) : 0,
      updated_at: session.environment.now(),
      officer_id: session.officer.id,
    });
    record(session, {
      type: 'rule-draft.saved',
      subject: { type: 'rule-pack', id },
      before: before ? { sha256: before.sha256 } : null,
      after: { sha256: loaded?.sha256 ?? null },
    });
  });
  return draftOf(session, id);
}

export function discardDraft(session: Session, pack: string): { discarded: boolean } {
  requireRole(session, 'officer', 'administrator', 'manager');
  const { store } = session.workspace;
  const before = findDraft(store.db, pack);
  if (!before) return { discarded: false };
  change(session, () => {
    removeDraft(store, pack);
    record(session, {
      type: 'rule-draft.discarded',
      subject: { type: 'rule-pack', id: pack },
      before: { sha256: before.sha256 },
    });
  });
  return { discarded: true };
}

/** Lets a draft be judged beside every run, its hits kept apart. Throws `pack-invalid` for one with problems. */
export function setShadow(session: Session, pack: string, shadow: boolean): PackDraft {
  requireRole(session, 'officer', 'administrator', 'manager');
  const { store } = session.workspace;
  const row = findDraft(store.db, pack);
  if (!row) throw new DocketError('not-found', 'there is no draft of this pack', pack);
  if (shadow && row.sha256 === null) throw new DocketError('pack-invalid', 'the draft has problems', pack);
  const { officer: _, ...rest } = row;
  change(session, () => {
    putDraft(store, { ...rest, shadow: shadow ? 1 : 0 });
    record(session, {
      type: shadow ? 'rule-draft.shadowed' : 'rule-draft.unshadowed',
      subject: { type: 'rule-pack', id: pack },
      after: { sha256: row.sha256 },
    });
  });
  return draftOf(session, pack);
}

/** The draft as a pack to judge with. Throws `not-found`, and `pack-invalid` with the first problem's place. */
export function loadedDraft(session: Session, pack: string): LoadedPack {
  const draft = draftOf(session, pack);
  const { loaded, problems } = readDraft(session, draft.text);
  if (loaded) return loaded;
  throw new DocketError(
    'pack-invalid',
    problems[0]?.detail ?? 'the draft has problems',
    problems[0]?.pointer,
  );
}

/** The same without its examples, which ran when the draft was saved. */
export function keptDraft(session: Session, pack: string): LoadedPack {
  const row = findDraft(session.workspace.store.db, pack);
  const parsed = row && row.sha256 !== null ? parsePackText(row.body, 'organisation') : null;
  return parsed?.ok ? parsed.loaded : loadedDraft(session, pack);
}

/** Drafts to judge beside a run. */
export function shadowDrafts(session: Session): LoadedPack[] {
  return listDrafts(session.workspace.store.db)
    .filter(({ shadow, sha256 }) => shadow === 1 && sha256 !== null)
    .map(({ pack }) => keptDraft(session, pack));
}

/** Who publishes beside the officer; nobody where the pack does not ask for it. */
export interface Publication {
  readonly pack: string;
  readonly approverId: string | null;
  /** The approver's own unlock, at this desk. */
  readonly approverPassphrase: string;
}

/**
 * The second officer, where the pack asks for one. In a workspace with one active officer there is nobody to
 * ask; the event says so. Throws `second-officer-required`, `not-found`, `not-allowed`, `wrong-key`.
 */
function approverOf(session: Session, { pack, approverId, approverPassphrase }: Publication): string | null {
  const { db } = session.workspace.store;
  if (approverId === null) {
    const others = listOfficers(db).filter(({ id, active }) => active && id !== session.officer.id);
    if (others.length === 0) return null;
    throw new DocketError('second-officer-required', 'the pack asks for a second officer', pack);
  }
  if (approverId === session.officer.id) {
    throw new DocketError('second-officer-required', 'nobody approves their own pack', pack);
  }
  const approver = findOfficer(db, approverId);
  if (!approver) throw new DocketError('not-found', 'no such officer', approverId);
  if (!approver.active)
    throw new DocketError('not-allowed', 'this officer is no longer active', approver.name);
  unlockOfficer(session, approver.id, approverPassphrase);
  return approver.id;
}

/**
 * Makes a draft a version and switches it on; the version before stays for the hits that name it. Throws
 * `backtest-required` unless exactly this draft was judged against history by this engine, `conflict` where
 * the version is taken, and as `approverOf` where the pack asks for a second officer.
 */
export async function publish(session: Session, publication: Publication): Promise<RulePackSummary> {
  requireRole(session, 'officer', 'administrator', 'manager');
  const { pack } = publication;
  await readInSlices(session, draftOf(session, pack).text);
  const loaded = loadedDraft(session, pack);
  const { store } = session.workspace;
  const { version } = loaded.pack;
  if (findPack(store.db, pack, version)) {
    throw new DocketError('conflict', `version ${version} of ${pack} exists; versions never change`, version);
  }
  const backtest = backtestOf(listBacktests(store.db, pack), loaded.sha256);
  if (!backtest) {
    throw new DocketError('backtest-required', 'exactly this draft was not judged against history yet', pack);
  }
  const approval = asksApproval(session, pack, loaded.source)
    ? { approver: approverOf(session, publication) }
    : null;
  return change(session, () => {
    const summary = installVersion(session, loaded, { backtest: backtest.id, ...approval });
    removeDraft(store, pack);
    return summary;
  });
}

/** The JSON of a version. Throws `not-found`. */
export function sourceOf(session: Session, pack: string, version: string): { text: string; sha256: string } {
  const stored = findPack(session.workspace.store.db, pack, version);
  if (!stored) throw new DocketError('not-found', 'no such version', `${pack} ${version}`);
  return {
    text: `${JSON.stringify(asWritten(JSON.parse(stored.source)), null, 2)}\n`,
    sha256: stored.sha256,
  };
}

/** Writes the JSON of a version to a new file. Throws `file-exists`. */
export function exportPack(
  session: Session,
  input: { pack: string; version: string; file: string },
): { file: string; sha256: string } {
  const { text, sha256 } = sourceOf(session, input.pack, input.version);
  try {
    writeFileSync(input.file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new DocketError('file-exists', 'the file exists', input.file);
  }
  change(session, () =>
    record(session, {
      type: 'rule-pack.exported',
      subject: { type: 'rule-pack', id: input.pack },
      after: { version: input.version, sha256 },
    }),
  );
  return { file: input.file, sha256 };
}
