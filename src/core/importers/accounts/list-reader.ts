/**
 * Reads lists of people and groups: a row is an account, a group, or an account's place in a group.
 * Columns are found by name; what no property carries is kept in the account's fields under the
 * column's own name.
 */
import { Platform } from '../../domain/message.ts';
import { EventBatch } from '../batch.ts';
import { CsvScanner } from '../csv-scanner.ts';
import type {
  ByteSource,
  ImportEvent,
  ImportedMembership,
  ImportOptions,
  Locator,
  SourceHead,
} from '../importer.ts';
import { isRowNumber, isTotals, platformOfBook } from '../lists/row-rules.ts';
import { memorySource } from '../source.ts';
import { isHeaderRow, type TableHeader } from '../table.ts';
import { bookOther, openTable } from '../table-reader.ts';
import { cleanName, setField } from '../text.ts';
import { FACT_FIELDS, type ListColumns, type ListField } from './list-columns.ts';

export type ListHeader = TableHeader<ListField>;

const ROOM_WORD = /^(?:群|群聊|群组|外部群|内部群|聊天群|group|room|chatroom|group ?chat)$/i;
const ROOM_ID = /@(?:im\.)?chatroom$|^wr[A-Z][\w-]{6,}$/;

const ROLES: readonly (readonly [RegExp, ImportedMembership['role']])[] = [
  [/^(?:群主|创建者|owner|creator)$/i, 'owner'],
  [/^(?:管理员|群管理员|群管理|管理|admin|administrator|manager)$/i, 'admin'],
  [/^(?:成员|群成员|普通成员|member)$/i, 'member'],
];

const PLATFORM_WORDS: Readonly<Record<string, Platform>> = {
  微信: 'wechat',
  weixin: 'wechat',
  公众号: 'wechat',
  微信公众号: 'wechat',
  企业微信: 'wecom',
  企微: 'wecom',
  钉钉: 'dingtalk',
  飞书: 'feishu',
  lark: 'feishu',
};

/** Role in a group by its word; null for one that is none. */
export function roleOfWord(word: string): ImportedMembership['role'] {
  return ROLES.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

export function platformOfWord(word: string): Platform | null {
  const key = cleanName(word).toLowerCase();
  return (Object.hasOwn(PLATFORM_WORDS, key) ? PLATFORM_WORDS[key] : Platform.safeParse(key).data) ?? null;
}

class ListRun {
  readonly #header: ListHeader;
  readonly #columns: ListColumns;
  readonly #scanner: CsvScanner;
  readonly #batch: EventBatch;
  readonly #ownColumns: readonly { readonly index: number; readonly name: string }[];
  /** Room key → whether its name was announced. */
  readonly #rooms = new Map<string, boolean>();

  constructor(header: ListHeader, scanner: CsvScanner, batch: EventBatch) {
    this.#header = header;
    this.#columns = header.columns;
    this.#scanner = scanner;
    this.#batch = batch;
    const known = new Set(Object.values(header.columns));
    this.#ownColumns = header.names
      .map((name, index) => ({ index, name }))
      .filter(({ index, name }) => !known.has(index) && !isRowNumber(name));
  }

  row(): void {
    const scanner = this.#scanner;
    if (isHeaderRow(this.#header.names, scanner.fields, (index) => scanner.field(index))) {
      this.#batch.range('duplicate-header', scanner.until, scanner.line);
      return;
    }
    if (isTotals(this.#header.names.map((_, index) => scanner.field(index)))) {
      this.#batch.range('structure', scanner.until, scanner.line);
      return;
    }
    const locator = { start: scanner.start, end: scanner.end, line: scanner.line };
    const id = this.#text('id');
    const roomId = this.#text('roomId');
    const name = this.#text('name') || this.#text('realName');
    const kind = this.#text('kind');
    const noPerson = this.#columns.id === undefined && this.#columns.name === undefined;
    if (ROOM_WORD.test(kind) || ROOM_ID.test(id) || noPerson || (id === '' && roomId !== '' && name === '')) {
      this.#room(id || roomId, this.#text('roomName') || name, locator);
    } else if (id === '' && name === '') {
      this.#batch.range('missing-field', scanner.until, scanner.line, 1);
    } else {
      this.#person(id, name, roomId, locator);
    }
  }

  #text(field: ListField): string {
    return this.#scanner.field(this.#columns[field] ?? -1).trim();
  }

  #room(id: string, name: string, locator: Locator): void {
    const { until, line } = this.#scanner;
    const key = id || (name === '' ? '' : `name:${cleanName(name)}`);
    if (key === '') {
      this.#batch.range('missing-field', until, line, 1);
      return;
    }
    const fields = this.#facts(false);
    const department = this.#text('department');
    if (department !== '') fields.department = department;
    this.#rooms.set(key, name !== '');
    this.#batch.conversation({
      key,
      platformId: id || null,
      name: name || null,
      type: 'group',
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
      locator,
    });
    this.#batch.listRow('groups', {
      key: `group=${key}`,
      fields: { ...fields, ...(id ? { groupId: id } : {}), ...(name ? { name } : {}) },
      locator,
    });
    this.#batch.range('conversation', until, line, 1);
  }

  #person(id: string, name: string, roomId: string, locator: Locator): void {
    const { until, line } = this.#scanner;
    const key = id || `name:${cleanName(name)}`;
    const fields = this.#facts(true);
    const realName = this.#text('realName');
    if (realName !== '' && realName !== name) fields.realName = realName;
    const platform = platformOfWord(this.#text('platform'));
    this.#batch.account({
      key,
      platformId: id || null,
      name: name || null,
      ...(platform === null ? {} : { platform }),
      ...(Object.keys(fields).length > 0 ? { fields } : {}),
      locator,
    });
    const roomName = this.#text('roomName');
    const room = roomId || (roomName === '' ? '' : `name:${cleanName(roomName)}`);
    if (room !== '') this.#membership(room, roomId, roomName, key, locator);
    const shown = { ...fields, ...(id ? { id } : {}), ...(name ? { name } : {}) };
    if (room === '') this.#batch.listRow('accounts', { key: `account=${key}`, fields: shown, locator });
    else this.#listMember(room, roomName, key, shown, locator);
    this.#batch.range(name === '' && room !== '' ? 'membership' : 'account', until, line, 1);
  }

  #membership(key: string, roomId: string, roomName: string, accountKey: string, locator: Locator): void {
    const named = this.#rooms.get(key);
    if (named === undefined || (!named && roomName !== '')) {
      this.#rooms.set(key, roomName !== '');
      this.#batch.conversation({
        key,
        platformId: roomId || null,
        name: roomName || null,
        type: 'group',
        locator,
      });
    }
    const role = this.#text('role');
    this.#batch.membership({
      conversationKey: key,
      accountKey,
      role: roleOfWord(role),
      displayName: this.#text('roomNickname') || null,
      from: this.#text('from') || null,
      to: this.#text('to') || null,
      locator,
    });
  }

  #listMember(
    room: string,
    roomName: string,
    account: string,
    shown: Readonly<Record<string, string>>,
    locator: Locator,
  ): void {
    const fields: Record<string, string> = { ...shown, groupId: room };
    if (roomName !== '') fields.groupName = roomName;
    for (const field of ['role', 'from', 'to'] as const) {
      const value = this.#text(field);
      if (value !== '') fields[field] = value;
    }
    // A person who left and came back stands there twice, with different times.
    const key = `group=${room}\u0001account=${account}\u0001from=${fields.from ?? ''}`;
    this.#batch.listRow('members', { key, fields, locator });
  }

  /** The row's facts: those with a name in the register (people only), and all other columns. */
  #facts(person: boolean): Record<string, string> {
    const fields: Record<string, string> = {};
    const put = (name: string, value: string): void => {
      if (value !== '') setField(fields, name, value);
    };
    if (person) for (const field of FACT_FIELDS) put(field, this.#text(field));
    else put('remark', this.#text('remark'));
    put('type', this.#text('kind'));
    const role = this.#text('role');
    if (role !== '' && !ROLES.some(([pattern]) => pattern.test(role))) put('role', role);
    for (const { index, name } of this.#ownColumns)
      put(name || `column ${index + 1}`, this.#scanner.field(index).trim());
    return fields;
  }
}

/** The events of a list under this header; null where the head shows none, and every row is then named. */
export async function* readList(
  source: ByteSource,
  options: ImportOptions,
  header: ListHeader | null,
): AsyncGenerator<ImportEvent> {
  const facts = { formatVersion: null, needsZone: false, assumptions: {} };
  const batch = new EventBatch(source.size, () => facts);
  const scanner = openTable(source, options.head, batch, {
    header,
    delimiter: header?.delimiter ?? ',',
    columns: header?.names.length ?? 0,
    ragged: true,
  });
  const run = header === null ? null : new ListRun(header, scanner, batch);
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step === 'row' && run !== null) run.row();
    else if (step === 'row') batch.range('unknown-record', scanner.until, scanner.line, 1);
    else bookOther(scanner, step, header, batch);
    if (batch.full) yield* batch.drain();
  }
  yield* batch.finish();
}

/** The platform that all rows of the head agree on, by their platform column or the shape of their ids. */
export function platformOfList(head: SourceHead, header: ListHeader | null): Platform {
  if (header === null) return 'other';
  const scanner = new CsvScanner(memorySource(head.name, head.bytes), head, {
    delimiter: header.delimiter,
    ragged: true,
  });
  const found = new Set<Platform>();
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    if (step !== 'row' || !scanner.terminated) continue;
    const cell = (field: ListField): string => scanner.field(header.columns[field] ?? -1).trim();
    if (isHeaderRow(header.names, scanner.fields, (index) => scanner.field(index))) continue;
    const platform =
      platformOfWord(cell('platform')) ?? platformOfId(cell('id')) ?? platformOfId(cell('roomId'));
    if (platform !== null) found.add(platform);
  }
  const [only] = found;
  if (only !== undefined && found.size === 1) return only;
  return (found.size === 0 ? platformOfBook(head.name, header.names) : null) ?? 'other';
}

/** The platform whose ids look so; null where none does. */
export function platformOfId(id: string): Platform | null {
  if (/^wxid_|^gh_|@(?:im\.)?chatroom$/.test(id)) return 'wechat';
  return /^w[morb][A-Z][\w-]{8,}$/.test(id) ? 'wecom' : null;
}
