/** Messages that travel with a case, as files of Docket's interchange format, one for each source. */
import type { Platform } from '../../domain/message.ts';
import type { ImportEvent, ImportedMessage } from '../../importers/importer.ts';
import { writeInterchange } from '../../importers/interchange-writer.ts';
import { type FullRow, MessageRecords } from '../../storage/check/check-messages.ts';
import { all, type Database, get } from '../../storage/database.ts';
import { isQuarantined } from '../../storage/messages/quarantine.ts';
import { sharedMessageUid } from '../../storage/transfer/transfer-rows.ts';
import { messageWithFile, registerKey, sharedSubject } from '../../storage/transfer/transfer-subjects.ts';
import type { TransferWriter } from '../../transfer/container.ts';
import type { Excerpt } from '../../transfer/payload.ts';
import { messageRecords } from '../../transfer/records.ts';
import { Pace } from '../pace.ts';

interface Register {
  id: number;
  platform: Platform;
  key: string;
  platform_id: string | null;
  name: string | null;
  fields: string;
}

const fieldsOf = (json: string) => JSON.parse(json) as Record<string, string>;

function accountEvent(rows: readonly Register[]): ImportEvent {
  return {
    type: 'accounts',
    accounts: rows.map(({ key, platform_id, name, fields }) => ({
      key,
      platformId: platform_id,
      name,
      fields: fieldsOf(fields),
    })),
  };
}

function groupEvent(rows: readonly (Register & { type: 'group' })[]): ImportEvent {
  return {
    type: 'conversations',
    conversations: rows.map(({ key, platform_id, name, type, fields }) => ({
      key,
      platformId: platform_id,
      name,
      type,
      fields: fieldsOf(fields),
    })),
  };
}

function imported(records: MessageRecords, row: FullRow, ordinal: number): ImportedMessage {
  const { conversation, sender, ...said } = records.record(row);
  return {
    ...said,
    ordinal,
    conversationKey: conversation.key,
    senderKey: sender,
    flags: (row.flags ? row.flags.split(' ') : []) as ImportedMessage['flags'],
    locator: { start: 0, end: 0, line: 0 },
  };
}

/** What is held in memory of the messages of a source until all is written. */
interface OfSource {
  /** Row ids, ascending. */
  readonly ids: number[];
  readonly senders: Set<number>;
  readonly conversations: Set<number>;
}

/** What both workstations call messages, with the digests of their records. */
function* namesOf(db: Database, ids: readonly number[]): Generator<{ uid: string; digest: Buffer }> {
  for (const id of ids) {
    const row = get<{ digest: Buffer }>(db, 'SELECT digest FROM messages WHERE id = ?', id);
    if (row) yield { uid: sharedMessageUid(db, id), digest: row.digest };
  }
}

/** Messages read and written at once. */
const PAGE = 500;

function* messageEvents(
  db: Database,
  records: MessageRecords,
  ids: readonly number[],
): Generator<ImportEvent> {
  for (let from = 0; from < ids.length; from += PAGE) {
    yield {
      type: 'messages',
      messages: ids.slice(from, from + PAGE).map((id, i) => {
        const row = get<FullRow>(db, 'SELECT * FROM messages WHERE id = ?', id) as FullRow;
        return imported(records, row, from + i);
      }),
    };
  }
}

/** Bytes of a file of the interchange format, some lines at a time. */
async function* linesOf(
  platform: Platform,
  events: () => Iterable<ImportEvent>,
  exporter = 'docket-transfer',
): AsyncGenerator<Buffer> {
  let lines: string[] = [];
  for await (const line of writeInterchange(events(), { platform, exporter })) {
    lines.push(line);
    if (lines.length < PAGE) continue;
    yield Buffer.from(lines.join(''), 'utf8');
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''), 'utf8');
}

/** Registers by row id; `ids` in any order, each once. */
function registers<T extends Register>(db: Database, table: string, ids: Iterable<number>): T[] {
  return [...new Set(ids)]
    .sort((a, b) => a - b)
    .map((id) => get<T>(db, `SELECT * FROM ${table} WHERE id = ?`, id) as T);
}

/**
 * Writes the excerpts of messages, by the source that brought each, with the accounts and groups that are named
 * besides. What is in quarantine stays: the messages that went are answered too.
 */
export async function makeExcerpts(
  db: Database,
  writer: Pick<TransferWriter, 'part'>,
  messageIds: ReadonlySet<number>,
  named: { readonly accounts: readonly number[]; readonly groups: readonly number[] },
): Promise<{ excerpts: Excerpt[]; sent: Set<number>; withheld: number }> {
  const records = new MessageRecords(db);
  const bySource = new Map<number, OfSource>();
  const sent = new Set<number>();
  let withheld = 0;
  const pace = new Pace();
  for (const id of [...messageIds].sort((a, b) => a - b)) {
    if (pace.due) await pace.rest();
    if (isQuarantined(db, id)) {
      withheld++;
      continue;
    }
    const row = get<Pick<FullRow, 'source_id' | 'conversation_id' | 'sender_id'>>(
      db,
      'SELECT source_id, conversation_id, sender_id FROM messages WHERE id = ?',
      id,
    ) as Pick<FullRow, 'source_id' | 'conversation_id' | 'sender_id'>;
    sent.add(id);
    let own = bySource.get(row.source_id);
    if (!own) {
      own = { ids: [], senders: new Set(), conversations: new Set() };
      bySource.set(row.source_id, own);
    }
    own.ids.push(id);
    own.conversations.add(row.conversation_id);
    if (row.sender_id !== null) own.senders.add(row.sender_id);
  }
  const accountsToName = registers<Register>(db, 'accounts', named.accounts);
  const groupsToName = registers<Register & { type: 'group' }>(db, 'conversations', named.groups);
  const excerpts: Excerpt[] = [];
  for (const [sourceId, { ids, senders, conversations }] of bySource) {
    const source = get<{ file: string; sha256: string; zone: string; platform: Platform }>(
      db,
      'SELECT file, sha256, zone, platform FROM sources WHERE id = ?',
      sourceId,
    ) as { file: string; sha256: string; zone: string; platform: Platform };
    const platform =
      get<{ platform: Platform }>(
        db,
        'SELECT platform FROM conversations WHERE id = ?',
        [...conversations][0],
      )?.platform ?? source.platform;
    const accounts = [
      ...registers<Register>(db, 'accounts', senders),
      ...accountsToName.filter(({ id, platform: own }) => own === platform && !senders.has(id)),
    ];
    const groups = [
      ...registers<Register & { type: 'group' }>(db, 'conversations', conversations),
      ...groupsToName.filter(({ id, platform: own }) => own === platform && !conversations.has(id)),
    ];
    const part = await writer.part(
      linesOf(platform, function* () {
        yield accountEvent(accounts);
        yield groupEvent(groups);
        yield* messageEvents(db, records, ids);
      }),
    );
    const index = await writer.part(messageRecords(namesOf(db, ids)));
    excerpts.push({
      platform,
      zone: source.zone,
      file: source.file,
      sha256: source.sha256,
      part,
      index,
      accounts: accounts.map(({ key }) => registerKey(platform, key)),
      groups: groups.map(({ key }) => registerKey(platform, key)),
    });
  }
  return {
    excerpts: [...excerpts, ...(await nameOnly(writer, excerpts, accountsToName, groupsToName))],
    sent,
    withheld,
  };
}

/** Parties of platforms of which no message travels: an excerpt that only names them. */
async function nameOnly(
  writer: Pick<TransferWriter, 'part'>,
  excerpts: readonly Excerpt[],
  accounts: readonly Register[],
  groups: readonly (Register & { type: 'group' })[],
): Promise<Excerpt[]> {
  const there = new Set(excerpts.map(({ platform }) => platform));
  const platforms = new Set([...accounts, ...groups].map(({ platform }) => platform));
  const made: Excerpt[] = [];
  for (const platform of platforms) {
    if (there.has(platform)) continue;
    const own = accounts.filter((row) => row.platform === platform);
    const ownGroups = groups.filter((row) => row.platform === platform);
    const part = await writer.part(linesOf(platform, () => [accountEvent(own), groupEvent(ownGroups)]));
    made.push({
      platform,
      zone: 'UTC',
      file: 'parties',
      sha256: part.sha256,
      part,
      messages: [],
      accounts: own.map(({ key }) => registerKey(platform, key)),
      groups: ownGroups.map(({ key }) => registerKey(platform, key)),
    });
  }
  return made;
}

/** For each list whose published items hits are about: a file with a head alone, which names the list. */
export async function itemExcerpts(
  db: Database,
  writer: Pick<TransferWriter, 'part'>,
  hits: readonly number[],
): Promise<Excerpt[]> {
  const bySource = new Map<number, Set<string>>();
  for (const id of hits) {
    const row = get<{ source_id: number; uid: string; part: number }>(
      db,
      `SELECT s.source_id, s.uid, s.part FROM hits h JOIN hit_subjects s ON s.uid = h.subject_uid
       AND s.part = h.part WHERE h.id = ? AND s.type = 'published-item'`,
      id,
    );
    const subject = row && sharedSubject(db, { subject_uid: row.uid, part: row.part });
    if (!row || !subject) continue;
    bySource.set(row.source_id, (bySource.get(row.source_id) ?? new Set()).add(subject.key));
  }
  const made: Excerpt[] = [];
  for (const [sourceId, items] of bySource) {
    const source = get<{ file: string; sha256: string; zone: string }>(
      db,
      'SELECT file, sha256, zone FROM sources WHERE id = ?',
      sourceId,
    ) as { file: string; sha256: string; zone: string };
    // Heads of two lists must differ: the same bytes are one source.
    const part = await writer.part(linesOf('other', () => [], `docket-transfer, list ${source.sha256}`));
    const { file, sha256, zone } = source;
    made.push({
      platform: 'other',
      zone,
      file,
      sha256,
      part,
      messages: [],
      accounts: [],
      groups: [],
      items: [...items],
    });
  }
  return made;
}

/** Message row ids that a case shows or rests on: its exhibits, its hits, what is withheld from its packs. */
export function messagesOfCase(db: Database, caseId: string): Set<number> {
  const rows = all<{ id: number | null }>(
    db,
    `SELECT e.message_id AS id FROM exhibit_messages e JOIN exhibits x ON x.id = e.exhibit_id WHERE x.case_id = ?
     UNION SELECT h.message_id FROM case_hits k JOIN hits h ON h.id = k.hit_id WHERE k.case_id = ?
     UNION SELECT message_id FROM redactions WHERE case_id = ?`,
    caseId,
    caseId,
    caseId,
  );
  return new Set(rows.map(({ id }) => id).filter((id) => id !== null));
}

/** The message that shows the picture whose code a hit is about; undefined for any other hit. */
export function messageOfCode(db: Database, hitId: number): number | undefined {
  const row = get<{ subject_uid: string }>(
    db,
    "SELECT subject_uid FROM hits WHERE id = ? AND subject_type = 'attachment'",
    hitId,
  );
  return row && messageWithFile(db, row.subject_uid.slice(0, row.subject_uid.lastIndexOf('/')))?.id;
}
