/**
 * SQL scripts of WeFlow (table `weflow_messages`, a statement a message) and of CipherTalk (密语; tables
 * `sessions` and `messages`, rows of 500 in a statement, a row a line). Both are the messages of their
 * JSON; times are instants.
 */
import { ChatRun } from '../../chat-run.ts';
import type { Line } from '../../each-line.ts';
import type {
  ByteSource,
  ImportEvent,
  Importer,
  ImportOptions,
  MessageFlag,
  RangeCode,
  SourceHead,
} from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { OpenRow, type SqlValue, sqlColumns } from '../../sql-rows.ts';
import { NONE } from '../../text.ts';
import { attachmentOf, chatTitle } from './wechat-common.ts';
import { WeflowChat } from './wechat-weflow-chat.ts';

const WEFLOW = /^INSERT INTO weflow_messages \(([\w, ]{1,400})\) VALUES (?=\()/;
const CIPHERTALK = /^INSERT INTO messages \(([\w, ]{1,400})\) VALUES *(?=\(|$)/;
const SESSION = /^INSERT INTO sessions \(([\w, ]{1,400})\) VALUES (?=\()/;
/** The beginning of a row, with the first sign of its first value. */
const ROW = /^\('(?!')/;
/** What these scripts hold besides rows. */
const STATEMENT =
  /^(?:BEGIN|COMMIT|CREATE (?:TABLE|INDEX)|DELETE FROM)\b|^ {2}\w+ (?:TEXT|BIGINT|INTEGER|SMALLINT|SERIAL|BOOLEAN)\b|^\);$/;

/** Fields of WeFlow's JSON by column. */
const FIELDS: Readonly<Record<string, string>> = {
  local_id: 'localId',
  message_id: 'platformMessageId',
  create_time: 'createTime',
  formatted_time: 'formattedTime',
  msg_type: 'type',
  local_type: 'localType',
  content: 'content',
  is_send: 'isSend',
  sender: 'senderUsername',
  sender_username: 'senderUsername',
  sender_display_name: 'senderDisplayName',
  group_nickname: 'groupNickname',
  reply_to_message_id: 'replyToMessageId',
};

/** The order in which CipherTalk writes messages. */
const CIPHERTALK_COLUMNS =
  'session_wxid local_id create_time formatted_time msg_type content is_send sender_username sender_display_name group_nickname reply_to_message_id'.split(
    ' ',
  );

const DAMAGED: readonly MessageFlag[] = ['invalid-bytes-replaced'];

class WeflowScript {
  readonly run: ChatRun;
  readonly #chat: WeflowChat;
  /** Columns of the rows that follow. */
  #columns: readonly string[] = [];
  #table: 'messages' | 'sessions' = 'messages';
  #open: OpenRow | null = null;
  #sessions = new Map<string, Readonly<Record<string, unknown>>>();
  #opened: string | null = null;

  constructor(run: ChatRun) {
    this.run = run;
    this.#chat = new WeflowChat(run);
  }

  line(line: Line): void {
    const { text } = line;
    if (text === null) this.#book('line-too-long', line, 1);
    else if (this.#begins(text, line)) this.#settle(line);
    else if (this.#open?.inText === true) {
      if (this.#open.more(line)) this.#settle(line);
      else this.#book('line-too-long', line, 1);
    } else if (text.trim() === '') this.#book('blank', line, 0);
    else if (text.startsWith('--')) this.#book('comment', line, 0);
    else if (STATEMENT.test(text)) this.#book('structure', line, 0);
    else if (!line.terminated) this.#book('truncated', line, 1);
    else this.#book('bad-row', line, 1);
  }

  /** Takes a line that begins a row, or announces rows. */
  #begins(text: string, line: Line): boolean {
    const m = WEFLOW.exec(text) ?? CIPHERTALK.exec(text) ?? SESSION.exec(text);
    // Inside a text the same words are text, unless one quote alone follows.
    const inText = this.#open?.inText === true;
    if (m === null) {
      if (!ROW.test(text)) return false;
    } else {
      const row = text.slice(m[0].length);
      if (inText && !ROW.test(row)) return false;
    }
    this.#giveUp();
    if (m !== null) {
      this.#columns = sqlColumns(m[1] as string);
      this.#table = SESSION.test(text) ? 'sessions' : 'messages';
      if (m[0].length === text.length) {
        this.run.batch.range(line.terminated ? 'structure' : 'truncated', line.until, line.line);
        return true;
      }
    }
    this.#open = new OpenRow(line, m === null ? text : text.slice(m[0].length));
    return true;
  }

  /** Books the open row where its lines are complete. */
  #settle({ terminated }: Line): void {
    const open = this.#open;
    if (open === null || open.inText) return;
    this.#open = null;
    const values = open.values();
    const record = values === null ? null : this.#record(values);
    if (record === null) this.run.batch.range(terminated ? 'bad-row' : 'truncated', open.until, open.line, 1);
    else if (this.#table === 'sessions') {
      this.#sessions.set(String(record.wxid), record);
      this.run.batch.range('metadata', open.until, open.line, 1);
    } else this.#message(record, open);
  }

  #record(values: readonly SqlValue[]): Record<string, SqlValue> | null {
    if (values.length === CIPHERTALK_COLUMNS.length && this.#columns.length !== values.length) {
      // The line that announces these rows is damaged.
      this.#columns = CIPHERTALK_COLUMNS;
      this.#table = 'messages';
    }
    if (values.length !== this.#columns.length) return null;
    return Object.fromEntries(this.#columns.map((name, i) => [name, values[i] as SqlValue]));
  }

  #message(record: Readonly<Record<string, SqlValue>>, open: OpenRow): void {
    this.#conversation(record.session_id ?? record.session_wxid ?? '');
    const value: Record<string, unknown> = {};
    for (const name in record) if (Object.hasOwn(FIELDS, name)) value[FIELDS[name] as string] = record[name];
    value.isSend = /^(?:1|true)$/i.test(record.is_send ?? '');
    if (value.localType === null || value.localType === undefined) delete value.localType;
    const draft = this.#chat.draft(value, open.damaged ? DAMAGED : NONE);
    const path = record.media_path ?? null;
    this.run.message(path === null ? draft : { ...draft, attachments: attachmentOf(draft.kind, path) }, open);
  }

  #conversation(id: string): void {
    if (this.#opened === id) return;
    this.#opened = id;
    const session = this.#sessions.get(id);
    const fallback = chatTitle(this.run.fileName);
    this.#chat.begin(
      new Map([
        [
          'session',
          { wxid: id, displayName: session?.display_name ?? fallback, type: session?.session_type },
        ],
      ]),
    );
  }

  #giveUp(): void {
    const open = this.#open;
    this.#open = null;
    if (open !== null) this.run.batch.range('bad-row', open.until, open.line, 1);
  }

  #book(code: RangeCode, line: Line, count: number): void {
    this.#giveUp();
    this.run.batch.range(code, line.until, line.line, count);
  }

  finish(): void {
    const open = this.#open;
    this.#open = null;
    if (open !== null) this.run.batch.range('truncated', open.until, open.line, 1);
    this.#chat.events.settle();
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const script = new WeflowScript(run);
  yield* readLineChat(run, source, options.head, script);
}

function lineLike(head: SourceHead, pattern: RegExp): boolean {
  return head.text.split(/\r\n|\n|\r/, 400).some((line) => pattern.test(line));
}

export const weflowSql: Importer = {
  id: 'wechat-weflow-sql',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · WeFlow SQL', en: 'WeChat · WeFlow SQL' },
  extensions: ['.sql'],
  sniff(head) {
    if (lineLike(head, WEFLOW)) return 0.98;
    return lineLike(head, /^CREATE TABLE IF NOT EXISTS weflow_messages \(/) ? 0.8 : 0;
  },
  read,
};

export const cipherTalkSql: Importer = {
  id: 'wechat-ciphertalk-sql',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 密语（CipherTalk）SQL', en: 'WeChat · CipherTalk SQL' },
  extensions: ['.sql'],
  sniff(head) {
    const rows = lineLike(head, CIPHERTALK);
    if (rows && /\bsession_wxid\b/.test(head.text)) return 0.97;
    return /\bsession_wxid TEXT\b/.test(head.text) ||
      lineLike(head, /^DELETE FROM messages WHERE session_wxid = /)
      ? 0.8
      : 0;
  },
  read,
};
