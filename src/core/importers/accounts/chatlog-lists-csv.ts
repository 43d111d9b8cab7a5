/**
 * Lists of chatlog: contacts (`UserName,Alias,Remark,NickName`) and groups (`Name,Remark,NickName,Owner,
 * UserCount`). The exporter writes no quotes, so a name with a comma gives a row too many fields: the
 * ids around the names are still sure, and of the names only all of them together, as they stand.
 */
import { EventBatch } from '../batch.ts';
import { eachLine, type Line } from '../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../importer.ts';

const CONTACTS = 'UserName,Alias,Remark,NickName';
const ROOMS = 'Name,Remark,NickName,Owner,UserCount';

function headerOf(head: SourceHead): string | null {
  const first = /\S[^\r\n]*/.exec(head.text)?.[0].trim();
  return first === CONTACTS || first === ROOMS ? first : null;
}

/** Remark and name, where a comma inside one of them does not make it unsure which is which. */
function namesOf(cells: readonly string[]): {
  readonly name: string | null;
  readonly fields: Record<string, string>;
} {
  const [remark = '', nick = ''] = cells;
  if (cells.length === 2) {
    return { name: nick || remark || null, fields: remark === '' || nick === '' ? {} : { remark } };
  }
  const together = cells.join(',').replace(/^,|,$/g, '');
  return { name: together || null, fields: { names: cells.join(',') } };
}

class ChatlogList {
  readonly batch: EventBatch;
  readonly #rooms: boolean;

  constructor(size: number, rooms: boolean) {
    this.batch = new EventBatch(size, () => ({ formatVersion: null, needsZone: false, assumptions: {} }));
    this.#rooms = rooms;
  }

  /** Books a row. */
  row(text: string, line: Line): void {
    const cells = text.split(',').map((cell) => cell.trim());
    const id = cells[0] as string;
    const tail = this.#rooms ? cells.slice(-2) : [];
    const names = this.#rooms ? cells.slice(1, -2) : cells.slice(2);
    if (id === '' || names.length < 2 || (this.#rooms && !/^\d+$/.test(tail[1] ?? ''))) {
      this.batch.range(line.terminated ? 'bad-row' : 'truncated', line.until, line.line, 1);
      return;
    }
    const { name, fields } = namesOf(names);
    const locator = { start: line.start, end: line.end, line: line.line };
    if (this.#rooms || /@(?:im\.)?chatroom$/.test(id)) {
      const more = this.#rooms ? { ...fields, memberCount: tail[1] as string } : fields;
      this.batch.conversation({ key: id, platformId: id, name, type: 'group', fields: more, locator });
      this.#owner(id, tail[0] ?? '');
      this.batch.range('conversation', line.until, line.line, 1);
    } else {
      const alias = cells[1] as string;
      const more = alias === '' ? fields : { alias, ...fields };
      this.batch.account({ key: id, platformId: id, name, fields: more, locator });
      this.batch.range('account', line.until, line.line, 1);
    }
  }

  #owner(conversationKey: string, id: string): void {
    if (id === '') return;
    this.batch.account({ key: id, platformId: id, name: null });
    const place = { displayName: null, from: null, to: null };
    this.batch.membership({ conversationKey, accountKey: id, role: 'owner', ...place });
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const header = headerOf(options.head);
  const list = new ChatlogList(source.size, header === ROOMS);
  const { batch } = list;
  batch.range('byte-order-mark', options.head.bomLength, 1);
  let begun = false;
  for (const line of eachLine(source, options.head)) {
    const { text } = line;
    if (text === null) batch.range('line-too-long', line.until, line.line, 1);
    else if (text.trim() === '') batch.range('blank', line.until, line.line);
    else if (header === null) batch.range('unknown-record', line.until, line.line, 1);
    else if (text.trim() === header) {
      batch.range(begun ? 'duplicate-header' : 'header', line.until, line.line);
      begun = true;
    } else list.row(text, line);
    if (batch.full) yield* batch.drain();
  }
  yield* batch.finish();
}

export const chatlogLists: Importer = {
  id: 'wechat-chatlog-lists',
  version: 2,
  platform: 'wechat',
  holds: 'list',
  title: { zh: '微信 · chatlog 联系人与群（CSV）', en: 'WeChat · chatlog contacts and groups (CSV)' },
  extensions: ['.csv', '.txt'],
  sniff: (head) => (headerOf(head) === null ? 0 : 0.97),
  read,
};
