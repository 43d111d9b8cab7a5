/**
 * A temporary workspace with conversations, messages and hits, stored directly: what the case side of
 * the workbench works on, without importing and detecting. Its clock moves one second at each look.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseDesk } from '../../src/core/app/cases/case-desk.ts';
import { openResources } from '../../src/core/app/resources.ts';
import { disposeHits } from '../../src/core/app/review/review.ts';
import { change, newBlockUid, newUid, prefixOf, record, type Session } from '../../src/core/app/session.ts';
import { createOfficer, createWorkspace } from '../../src/core/app/workspace.ts';
import { type CategoryId, categoryOf } from '../../src/core/domain/category.ts';
import type { Act, Platform } from '../../src/core/domain/message.ts';
import { UidSource, uidInBlock } from '../../src/core/domain/uid.ts';
import type { Officer, Profile } from '../../src/core/domain/workspace.ts';
import type { ImportedMessage } from '../../src/core/importers/importer.ts';
import { hasReceipt, insertHouseRules, insertReceipt } from '../../src/core/storage/cases/house-rules.ts';
import { all, type Row, run } from '../../src/core/storage/database.ts';
import { HitWriter } from '../../src/core/storage/detection/hit-writer.ts';
import { textsAfter } from '../../src/core/storage/detection/judged-texts.ts';
import { insertRun, updateRun } from '../../src/core/storage/detection/runs.ts';
import { storeMessages } from '../../src/core/storage/messages/message-writer.ts';
import { storeAccount, storeConversation } from '../../src/core/storage/people/participants.ts';
import { sealOf } from '../../src/core/storage/rows.ts';
import {
  insertRanges,
  insertSource,
  type SourceRow,
  updateSource,
} from '../../src/core/storage/sources/sources.ts';

export const PASSPHRASE = 'first officer passphrase';
export const SECOND_PASSPHRASE = 'second officer passphrase';
export const START = Date.UTC(2026, 2, 1, 1);
const DAY = 86_400_000;

const resources = openResources(fileURLToPath(new URL('../../resources', import.meta.url)));

/** A message to store: sender, text, and days before the clock's start. */
export interface Said {
  readonly by: string | null;
  readonly text: string;
  readonly daysAgo?: number;
  /** Names of pictures. */
  readonly pictures?: readonly string[];
}

/** A hit to store on the message at `on` (its place in the last source). */
export interface Found {
  readonly on: number;
  readonly category: CategoryId;
  readonly severity?: number;
  readonly transforms?: readonly string[];
  readonly act?: Act;
  readonly rule?: string;
}

export interface CaseWorkspace {
  readonly folder: string;
  readonly session: Session;
  readonly desk: CaseDesk;
  readonly second: Officer;
  /** The desk under another officer's session. */
  deskOf(session: Session): CaseDesk;
  /** Moves the clock on by so many milliseconds. */
  wait(milliseconds: number): void;
  /** Stores a source with one conversation; answers the ids of its messages. */
  tell(
    said: readonly Said[],
    options?: { platform?: Platform; conversation?: string; listed?: boolean },
  ): string[];
  /** Stores hits on messages of the last source told; answers their ids. */
  find(found: readonly Found[]): string[];
  confirm(hitIds: readonly string[]): void;
  accountId(name: string): string;
  conversationId(): string;
  /** State of the source that holds the last told messages. */
  setSourceState(state: SourceRow['state']): void;
  /** Tables with rows whose seal does not fit. */
  brokenSeals(): string[];
  close(): void;
}

export interface Building {
  readonly profile?: Profile;
  /** Leave the house rules unadopted; else all are in force since 2020 and everybody who speaks has them. */
  readonly withoutRules?: boolean;
  /** Leave the workspace with one officer. */
  readonly alone?: boolean;
}

export function caseWorkspace(options: Building = {}): CaseWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'docket-cases-'));
  let clock = START;
  const now = () => {
    clock += 1000;
    return clock;
  };
  const random = (bytes: number) => randomBytes(bytes);
  const { session } = createWorkspace(
    folder,
    { now, random, uids: new UidSource(now, random), zone: 'Asia/Shanghai', resources },
    { profile: options.profile ?? 'platform', officerName: '陈静', passphrase: PASSPHRASE },
  );
  const second = options.alone
    ? session.officer
    : createOfficer(session, { name: '林岚', role: 'manager', passphrase: SECOND_PASSPHRASE });
  const { store } = session.workspace;
  const rulesId = options.withoutRules ? null : adoptRules(session);
  const deskOf = (as: Session): CaseDesk => ({
    session: as,
    policies: resources,
    software: 'Docket test',
    reading: {
      db: store.db,
      prefix: prefixOf(session),
      ruleFacts: (_pack, _version, rule) => ({
        title: { zh: rule, en: rule },
        basis: ['law:csl-2016-47', 'house:wg-lawful'],
      }),
    },
  });
  const desk = deskOf(session);
  let source: SourceRow | undefined;
  let conversation = '';
  const last = () => source as SourceRow;

  const tell: CaseWorkspace['tell'] = (
    said,
    { platform = 'wecom', conversation: name = '项目群', listed = false } = {},
  ) =>
    change(session, () => {
      const uid = newBlockUid(session);
      const bytes = said.length * 100;
      source = insertSource(store, sourceOf(session, uid, platform, bytes, listed));
      record(session, { type: 'source.sealed', subject: { type: 'source', id: uid }, after: { bytes } });
      const context = {
        store,
        platform,
        sourceId: source.id,
        authoritative: listed,
        newUid: () => newUid(session),
        toInstant: (wall: number) => wall,
      };
      const people = new Set(said.map(({ by }) => by).filter((by) => by !== null));
      const accounts = new Map(
        [...people].map((by) => [by, storeAccount(context, { key: by, platformId: idOf(by), name: by })]),
      );
      if (rulesId !== null) giveRules(session, rulesId, [...accounts.values()]);
      const key = `name:${name}`;
      const id = storeConversation(context, { key, platformId: null, name, type: 'group' });
      conversation =
        all<{ uid: string }>(store.db, 'SELECT uid FROM conversations WHERE id = ?', id)[0]?.uid ?? '';
      storeMessages(
        { ...context, accounts, conversations: new Map([[key, id]]) },
        said.map((message, ordinal) => imported(message, ordinal, key)),
      );
      insertRanges(store, source.id, [
        { start: 0, end: bytes, line: 1, kind: 'parsed', code: 'message', count: said.length },
      ] as Parameters<typeof insertRanges>[2]);
      updateSource(store, source.id, {
        state: 'complete',
        messages: said.length,
        bytes_done: bytes,
        digest: 'd'.repeat(64),
      });
      return said.map((_, ordinal) => uidInBlock(uid, ordinal));
    });

  return {
    folder,
    session,
    desk,
    second,
    deskOf,
    wait(milliseconds) {
      clock += milliseconds;
    },
    tell,
    find: (found) => change(session, () => storeHits(session, last(), found)),
    confirm(hitIds) {
      disposeHits(session, desk.reading, { hitIds: [...hitIds], verdict: 'confirmed', note: '' });
    },
    accountId: (name) =>
      all<{ uid: string }>(store.db, 'SELECT uid FROM accounts WHERE key = ?', name)[0]?.uid ?? '',
    conversationId: () => conversation,
    setSourceState: (state) => updateSource(store, last().id, { state }),
    brokenSeals: () => brokenSeals(session),
    close() {
      session.workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function adoptRules(session: Session): string {
  const id = newUid(session);
  insertHouseRules(session.workspace.store, {
    id,
    title: '工作群管理办法',
    version: '1',
    clauses: '[]',
    effective_from: '2020-01-01',
    ended_on: null,
    adoption_way: 'staff-consultation',
    adopted_on: '2019-12-20',
    proof: '职代会决议',
    officer_id: session.officer.id,
    at: START,
  });
  return id;
}

function giveRules(session: Session, rulesId: string, accounts: readonly number[]): void {
  const { store } = session.workspace;
  for (const account of accounts) {
    if (hasReceipt(store.db, rulesId, account)) continue;
    insertReceipt(store, {
      id: newUid(session),
      rules_id: rulesId,
      account_id: account,
      received_on: '2020-01-02',
      proof: '签收表',
      officer_id: session.officer.id,
      at: START,
    });
  }
}

/** A WeCom id; people whose name begins with 外 are outside the firm. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return name.startsWith('外') ? `wm${hex.slice(0, 30)}` : `user-${hex.slice(0, 8)}`;
}

function sourceOf(session: Session, uid: string, platform: Platform, bytes: number, listed: boolean) {
  return {
    uid,
    parent_id: null,
    file: `${platform}.jsonl`,
    sha256: createHash('sha256').update(uid).digest('hex'),
    bytes,
    blob: uid,
    secret: Buffer.alloc(32),
    importer: 'test',
    importer_version: 1,
    platform,
    holds: listed ? ('list' as const) : ('chat' as const),
    format_version: null,
    encoding: 'utf-8',
    zone: 'Asia/Shanghai',
    zone_assumed: 0,
    zone_matters: 0,
    assumptions: '{}',
    selection: '"all"',
    state: 'importing' as const,
    conversations: 1,
    accounts: 0,
    messages: 0,
    duplicates: 0,
    bytes_done: 0,
    digest: null,
    authority_id: null,
    imported_at: session.environment.now(),
    officer_id: session.officer.id,
  };
}

function imported(
  { by, text, daysAgo = 10, pictures = [] }: Said,
  ordinal: number,
  conversationKey: string,
): ImportedMessage {
  const instant = START - daysAgo * DAY + ordinal * 60_000;
  return {
    ordinal,
    conversationKey,
    platformId: null,
    senderKey: by,
    senderName: by,
    sentAtText: new Date(instant).toISOString(),
    instant,
    wallTime: null,
    kind: 'text',
    text,
    forwarded: false,
    carried: [],
    refersTo: null,
    editedAtText: null,
    attachments: pictures.map((name) => ({ kind: 'image', name, reference: null, size: null, md5: null })),
    extra: null,
    flags: [],
    locator: { start: ordinal * 100, end: ordinal * 100 + 100, line: ordinal + 1 },
  };
}

function storeHits(session: Session, source: SourceRow, found: readonly Found[]): string[] {
  const { store } = session.workspace;
  const first = all<{ id: number }>(
    store.db,
    'SELECT min(id) AS id FROM messages WHERE source_id = ?',
    source.id,
  );
  const { texts } = textsAfter(store.db, (first[0]?.id ?? 1) - 1, 100_000) ?? { texts: [] };
  const uid = newBlockUid(session);
  const detection = insertRun(store, {
    uid,
    state: 'running',
    packs: '[]',
    engine_version: '1',
    started_at: session.environment.now(),
    finished_at: null,
    up_to_message: 0,
    messages: texts.length,
    hits: found.length,
    added: found.length,
    by_category: '{}',
    officer_id: session.officer.id,
  });
  new HitWriter(store, detection.id).write(
    found.map(({ on, category, severity, transforms = [], act, rule = `test.${category}` }) => {
      const text = texts[on];
      if (!text) throw new Error(`no message ${on}`);
      return {
        text: act ? { ...text, act } : text,
        hit: {
          pack: 'test',
          rule,
          ruleVersion: '1.0.0',
          category,
          tier: categoryOf(category).tier,
          severity: severity ?? categoryOf(category).severity,
          status: 'hit' as const,
          score: 0.9,
          start: 0,
          end: 2,
          spans: JSON.stringify([{ start: 0, end: 2, text: text.text.slice(0, 2) }]),
          transforms: JSON.stringify(transforms),
        },
      };
    }),
  );
  updateRun(store, detection.id, { state: 'complete', finished_at: session.environment.now() });
  return found.map((_, position) => uidInBlock(uid, position));
}

function brokenSeals({ workspace: { store } }: Session): string[] {
  const tables = all<{ name: string }>(
    store.db,
    `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.name = 'seal' AND m.name <> 'table_totals'`,
  );
  return tables
    .filter(({ name }) =>
      all<Row>(store.db, `SELECT * FROM ${name}`).some(
        (row) => !sealOf(store.sealKey, name, row).equals(row.seal as Buffer),
      ),
    )
    .map(({ name }) => name);
}

/** Changes a row behind the back of its seal, as another program would. */
export function tamper(workspace: CaseWorkspace, sql: string): void {
  run(workspace.session.workspace.store.db, sql);
}
