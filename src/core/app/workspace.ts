import { DocketError } from '../../contract/errors.ts';
import type { Officer, Profile, Role, WorkspaceStatus } from '../domain/workspace.ts';
import { transact } from '../storage/database.ts';
import { interruptedRuns, updateRun } from '../storage/detection/runs.ts';
import { auditHead, lastUid } from '../storage/events.ts';
import {
  type Credential,
  deviceSlot,
  hasKeyFile,
  type KeyFile,
  passphraseSlot,
  readKeyFile,
  recoverySlot,
  unlockSlot,
  unlockSlotAside,
  writeKeyFile,
} from '../storage/key-slots.ts';
import {
  findOfficer,
  insertOfficer,
  listOfficers,
  replaceKeyPair,
  setOfficerActive,
} from '../storage/officers.ts';
import { readMeta, writeMeta } from '../storage/rows.ts';
import { interruptedSources, updateSource } from '../storage/sources/sources.ts';
import {
  createWorkspaceFolder,
  type OpenWorkspace,
  openWorkspaceFolder,
} from '../storage/workspace-folder.ts';
import {
  change,
  type Environment,
  newUid,
  prefixOf,
  profileOf,
  record,
  requireRole,
  type Session,
} from './session.ts';

/** What a new workspace is made from. Without a passphrase the first officer gets a device key. */
export interface NewWorkspace {
  readonly profile: Profile;
  readonly officerName: string;
  readonly passphrase: string | null;
  readonly sample?: boolean;
}

export interface CreatedWorkspace {
  readonly session: Session;
  /** Shown once, then known to nobody but its holder. */
  readonly recoveryKey: string;
  /** Set where there is no passphrase: the caller stores it outside the workspace. */
  readonly deviceSecret: Buffer | null;
}

/** Letters and digits that are not mistaken for each other when spoken. */
const PREFIX_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/**
 * Makes a workspace with one officer, who is its administrator.
 * Throws `workspace-exists`, or `file-exists` for a folder with other things in it.
 */
export function createWorkspace(
  folder: string,
  environment: Environment,
  input: NewWorkspace,
): CreatedWorkspace {
  const workspaceId = environment.uids.next();
  const officerId = environment.uids.next();
  const dataKey = Buffer.from(environment.random(32));
  const officerKey = Buffer.from(environment.random(32));
  const officer = { id: officerId, name: input.officerName, key: officerKey };
  const device = input.passphrase === null ? deviceSlot({ dataKey, officer }) : null;
  const recovery = recoverySlot({ dataKey, officer: null });
  const keyFile: KeyFile = {
    format: 1,
    workspaceId,
    sample: input.sample ?? false,
    slots: [
      device ? device.slot : passphraseSlot(input.passphrase ?? '', { dataKey, officer }),
      recovery.slot,
    ],
  };
  const workspace = createWorkspaceFolder(folder, keyFile, { dataKey, officerId, officerKey });
  const [letter = 0, digit = 0] = environment.random(2);
  const session = transact(workspace.store.db, () => {
    const { store } = workspace;
    writeMeta(store, 'workspaceId', workspaceId);
    writeMeta(store, 'profile', input.profile);
    writeMeta(store, 'prefix', `${PREFIX_LETTERS[letter % PREFIX_LETTERS.length]}${(digit % 8) + 2}`);
    const first = insertOfficer(
      store,
      { id: officerId, name: input.officerName, role: 'administrator', createdAt: environment.now() },
      officerKey,
    );
    const made: Session = { workspace, environment, officer: first, officerKey };
    record(made, {
      type: 'workspace.created',
      subject: { type: 'workspace', id: workspaceId },
      after: { profile: input.profile, officer: first.name, fingerprint: first.fingerprint },
    });
    return made;
  });
  return { session, recoveryKey: recovery.key, deviceSecret: device?.secret ?? null };
}

/** Opens a workspace and marks what a crash left unfinished. Throws as `openWorkspaceFolder`, and `not-allowed` for an officer who left. */
export function openWorkspace(folder: string, environment: Environment, credential: Credential): Session {
  const workspace = openWorkspaceFolder(folder, credential);
  try {
    const session = sessionOf(workspace, environment);
    const last = lastUid(workspace.store.db);
    if (last !== null) environment.uids.observe(last);
    settleInterrupted(session);
    return session;
  } catch (error) {
    workspace.close();
    throw error;
  }
}

function sessionOf(workspace: OpenWorkspace, environment: Environment): Session {
  const { officerId, officerKey } = workspace.keys;
  const officer = officerId ? findOfficer(workspace.store.db, officerId) : null;
  if (!officer || !officerKey) throw new DocketError('wrong-key', 'this key names no officer');
  if (!officer.active) throw new DocketError('not-allowed', 'this officer is no longer active', officer.name);
  return { workspace, environment, officer, officerKey };
}

function settleInterrupted(session: Session): void {
  const { store } = session.workspace;
  change(session, () => {
    for (const source of interruptedSources(store.db)) {
      updateSource(store, source.id, { state: 'partial' });
      record(session, {
        type: 'source.cut-off',
        subject: { type: 'source', id: source.uid },
        after: { messages: source.messages, bytes: source.bytes_done },
      });
    }
    for (const run of interruptedRuns(store.db)) {
      updateRun(store, run.id, { state: 'failed', finished_at: session.environment.now() });
      record(session, { type: 'detection.cut-off', subject: { type: 'run', id: run.uid } });
    }
  });
}

/**
 * Opens with the recovery key and gives an officer a new passphrase. The officer's old signing key
 * stays behind its old passphrase; a new one begins, and the event says so.
 */
export function recoverWorkspace(
  folder: string,
  environment: Environment,
  input: { recoveryKey: string; officerId: string; newPassphrase: string },
): Session {
  const workspace = openWorkspaceFolder(folder, { kind: 'recovery', key: input.recoveryKey });
  try {
    const { store } = workspace;
    const officer = findOfficer(store.db, input.officerId);
    if (!officer) throw new DocketError('not-found', 'no such officer', input.officerId);
    const officerKey = Buffer.from(environment.random(32));
    replaceKeyPair(store, officer.id, officerKey);
    const renewed = findOfficer(store.db, officer.id) as Officer;
    const session: Session = { workspace, environment, officer: renewed, officerKey };
    setPassphrase(session, input.newPassphrase);
    record(session, {
      type: 'officer.recovered',
      subject: { type: 'officer', id: officer.id },
      before: { fingerprint: officer.fingerprint },
      after: { fingerprint: renewed.fingerprint },
    });
    settleInterrupted(session);
    return session;
  } catch (error) {
    workspace.close();
    throw error;
  }
}

/** Replaces every slot of the session's officer by one for this passphrase. */
function setPassphrase(session: Session, passphrase: string): void {
  const { folder, keys } = session.workspace;
  const file = readKeyFile(folder);
  const { id, name } = session.officer;
  const slot = passphraseSlot(passphrase, {
    dataKey: keys.dataKey,
    officer: { id, name, key: session.officerKey },
  });
  writeKeyFile(folder, { ...file, slots: [...file.slots.filter((old) => old.officerId !== id), slot] });
}

/** Checks an officer's passphrase; gives their key. Throws `wrong-key`. */
export function unlockOfficer(session: Session, officerId: string, passphrase: string): Buffer {
  const unlocked = unlockSlot(readKeyFile(session.workspace.folder), {
    kind: 'passphrase',
    officerId,
    passphrase,
  });
  return keyIn(unlocked);
}

/** As `unlockOfficer`; the host answers others meanwhile. */
export async function unlockOfficerAside(
  session: Session,
  officerId: string,
  passphrase: string,
): Promise<Buffer> {
  return keyIn(await unlockSlotAside(readKeyFile(session.workspace.folder), { officerId, passphrase }));
}

function keyIn({ officerKey }: { readonly officerKey: Buffer | null }): Buffer {
  if (!officerKey) throw new DocketError('wrong-key', 'this key names no officer');
  return officerKey;
}

export function changePassphrase(session: Session, current: string, next: string): void {
  const file = readKeyFile(session.workspace.folder);
  const hasPassphrase = file.slots.some(
    (slot) => slot.kind === 'passphrase' && slot.officerId === session.officer.id,
  );
  if (hasPassphrase) unlockOfficer(session, session.officer.id, current);
  change(session, () =>
    record(session, {
      type: 'officer.passphrase-changed',
      subject: { type: 'officer', id: session.officer.id },
    }),
  );
  setPassphrase(session, next);
}

/** A new recovery key; the old one opens nothing any more. */
export function newRecoveryKey(session: Session, passphrase: string): string {
  unlockOfficer(session, session.officer.id, passphrase);
  const { folder, keys } = session.workspace;
  const file = readKeyFile(folder);
  const { slot, key } = recoverySlot({ dataKey: keys.dataKey, officer: null });
  change(session, () =>
    record(session, {
      type: 'workspace.recovery-key-renewed',
      subject: { type: 'workspace', id: file.workspaceId },
    }),
  );
  writeKeyFile(folder, { ...file, slots: [...file.slots.filter((old) => old.kind !== 'recovery'), slot] });
  return key;
}

/** Adds an officer with their own unlock and signing key. Only an administrator may. */
export function createOfficer(
  session: Session,
  input: { name: string; role: Role; passphrase: string },
): Officer {
  requireRole(session, 'administrator');
  const { folder, keys, store } = session.workspace;
  const id = newUid(session);
  const key = Buffer.from(session.environment.random(32));
  const slot = passphraseSlot(input.passphrase, {
    dataKey: keys.dataKey,
    officer: { id, name: input.name, key },
  });
  const officer = change(session, () => {
    const made = insertOfficer(
      store,
      { id, name: input.name, role: input.role, createdAt: session.environment.now() },
      key,
    );
    record(session, {
      type: 'officer.created',
      subject: { type: 'officer', id },
      after: { name: made.name, role: made.role, fingerprint: made.fingerprint },
    });
    return made;
  });
  const file = readKeyFile(folder);
  writeKeyFile(folder, { ...file, slots: [...file.slots, slot] });
  return officer;
}

/** Takes an officer's unlock away; what they did stays theirs. Throws `conflict` for oneself. */
export function deactivateOfficer(session: Session, officerId: string, reason: string): Officer {
  requireRole(session, 'administrator');
  if (officerId === session.officer.id)
    throw new DocketError('conflict', 'nobody deactivates themselves', officerId);
  const { folder, store } = session.workspace;
  if (!findOfficer(store.db, officerId)) throw new DocketError('not-found', 'no such officer', officerId);
  change(session, () => {
    setOfficerActive(store, officerId, false);
    record(session, {
      type: 'officer.deactivated',
      subject: { type: 'officer', id: officerId },
      before: { active: true },
      after: { active: false, reason },
    });
  });
  const file = readKeyFile(folder);
  writeKeyFile(folder, { ...file, slots: file.slots.filter((slot) => slot.officerId !== officerId) });
  return findOfficer(store.db, officerId) as Officer;
}

export function setProfile(session: Session, profile: Profile): void {
  requireRole(session, 'administrator');
  const before = profileOf(session);
  change(session, () => {
    writeMeta(session.workspace.store, 'profile', profile);
    record(session, {
      type: 'workspace.profile-changed',
      subject: { type: 'workspace', id: session.workspace.keyFile.workspaceId },
      before: { profile: before },
      after: { profile },
    });
  });
}

/** What can be said about a workspace, open or not. */
export function workspaceStatus(folder: string, session: Session | null): WorkspaceStatus {
  if (session) {
    const { store, keyFile } = session.workspace;
    return {
      state: 'open',
      path: folder,
      workspaceId: readMeta(store.db, 'workspaceId'),
      prefix: prefixOf(session),
      profile: profileOf(session),
      officers: listOfficers(store.db)
        .filter((officer) => officer.active)
        .map(({ id, name }) => ({ id, name })),
      officer: findOfficer(store.db, session.officer.id),
      auditHead: auditHead(store.db),
      sample: keyFile.sample,
    };
  }
  const file = hasKeyFile(folder) ? readKeyFile(folder) : null;
  return {
    state: file ? 'locked' : 'missing',
    path: folder,
    workspaceId: file?.workspaceId ?? null,
    prefix: null,
    profile: null,
    officers: (file?.slots ?? []).flatMap((slot) =>
      slot.officerId && slot.officerName ? [{ id: slot.officerId, name: slot.officerName }] : [],
    ),
    officer: null,
    auditHead: null,
    sample: file?.sample ?? false,
  };
}
