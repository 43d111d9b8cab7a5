/**
 * Signal chats as signalbackup-tools writes them from a backup of the phone: `[Jan 05, 2026 10:00:00] <name>
 * words`, further lines below, reactions in parentheses behind them, `*** ` before notices and files.
 * Times are those of the exporting computer, without a zone. A line of somebody's words that looks like a
 * head is not told from one.
 */
import { ChatRun, type Place, personOf, tidy } from '../../chat-run.ts';
import { eachLine, type Line } from '../../each-line.ts';
import { fileKind } from '../../file-kind.ts';
import type { ByteSource, ImportEvent, ImportedAttachment, Importer, ImportOptions } from '../../importer.ts';
import { readLineChat } from '../../line-chat.ts';
import { baseName, cleanName, detach, NONE } from '../../text.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { isCallNotice, signalBackupTime } from './signal-backup.ts';

const HEAD = /^\[([A-Z][a-z]{2} \d{2}, \d{4} \d{2}:\d{2}:\d{2})\] (?:<(.{1,200}?)> |(\*\*\*) )(.*)$/;
const SENT_FILE =
  /^<(.{1,200}?)> sent file(?: "(.{1,400}?)"| of type ([\w.+-]{1,60}\/[\w.+-]{1,80}))?(?: \(.{1,400}\))?$/;
/** Names and what they reacted with: no letters, so that people's own words in parentheses stay theirs. */
const REACTIONS =
  / \(((?:[^():;\n]{1,80}: [^\p{L}\p{N}\s();:]{1,24})(?:; [^():;\n]{1,80}: [^\p{L}\p{N}\s();:]{1,24})*)\)$/u;
const POLL = /^Poll: /;
const OPTION = /^ {20,}\[\d{1,6}\] /;
/** What an end of the file can leave of a head. */
const CUT = /^\[[A-Za-z\d,: ]{0,22}(?:\] ?(?:<[^>]{0,200}>?|\*{0,3}))?$/;
const DAMAGED = /^.?[A-Z]?[a-z]{1,3} .{2}, .{4} .{2}:.{2}:.{2}.? [<*]/;

interface Head {
  readonly time: string;
  /** Null before notices and files. */
  readonly name: string | null;
}

class BackupText {
  readonly run: ChatRun;
  readonly #records: TextRecords<Head>;

  constructor(run: ChatRun) {
    this.run = run;
    this.#records = new TextRecords<Head>(run.batch, (record, place) => this.#message(record, place));
  }

  line(line: Line): void {
    const { text } = line;
    if (text === null) {
      this.#records.book('line-too-long', line, 1);
      return;
    }
    const m = HEAD.exec(text);
    if (m !== null) {
      this.#records.begin({ time: m[1] as string, name: m[2] ?? null }, line, m[4] as string);
    } else if (!line.terminated && CUT.test(text)) this.#records.book('truncated', line, 1);
    else if (DAMAGED.test(text)) this.#records.book('bad-row', line, 1);
    else this.#records.more(line);
  }

  #message({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const shared = { sentAtText: head.time, time: signalBackupTime(head.time), flags };
    const whole = lines.join('\n');
    if (head.name === null) {
      const file = SENT_FILE.exec(whole);
      if (file === null) {
        const kind = isCallNotice(whole) ? 'call' : 'system';
        this.run.message({ ...shared, kind, text: whole, sender: null, notice: true }, place);
        return;
      }
      const [, name, fileName, type] = file as unknown as [string, string, string?, string?];
      const kind = fileKind(fileName ?? null, type ?? null);
      const attachment: ImportedAttachment = {
        kind,
        name: fileName ?? null,
        reference: fileName ?? null,
        size: null,
        md5: null,
      };
      const reactions = REACTIONS.exec(whole)?.[1];
      this.run.message(
        {
          ...shared,
          kind,
          text: '',
          sender: personOf(null, name),
          attachments: [attachment],
          extra: tidy({ reactions, type }),
        },
        place,
      );
      return;
    }
    const poll = POLL.test(whole) && OPTION.test(lines[1] ?? '');
    const reactions = poll ? null : REACTIONS.exec(whole.slice(-2000));
    this.run.message(
      {
        ...shared,
        kind: poll ? 'vote' : 'text',
        text: reactions === null ? whole : whole.slice(0, whole.length - reactions[0].length),
        sender: personOf(null, head.name),
        attachments: NONE,
        extra: tidy({ reactions: reactions?.[1] }),
      },
      place,
    );
  }

  finish(): void {
    this.#records.close();
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const senders = new Set<string>();
  for (const { text } of eachLine(source, options.head)) {
    const name = text === null ? null : (HEAD.exec(text)?.[2] ?? null);
    if (name !== null && senders.size < 4) senders.add(detach(name));
  }
  const run = new ChatRun(source, options);
  const name = cleanName(baseName(source.name).replace(/ \(_id\d+\)$/, ''));
  const type = senders.size > 2 ? 'group' : senders.has(name) ? 'direct' : 'unknown';
  run.open({ key: `name:${name}`, platformId: null, name, type });
  const text = new BackupText(run);
  yield* readLineChat(run, source, options.head, text);
}

export const signalBackupText: Importer = {
  id: 'signal-backup-text',
  version: 1,
  platform: 'signal',
  holds: 'chat',
  title: { zh: 'Signal 聊天记录（signalbackup-tools 文本）', en: 'Signal chat (signalbackup-tools text)' },
  extensions: ['.txt'],
  sniff({ text }) {
    let heads = 0;
    let lines = 0;
    for (const line of text.split(/\r\n|\n|\r/, 1000)) {
      if (line.trim() === '') continue;
      lines++;
      if (HEAD.test(line)) heads++;
      else if (heads === 0 && lines > 3) return 0;
    }
    return heads === 0 ? 0 : heads > 1 ? 0.96 : 0.9;
  },
  read,
};
