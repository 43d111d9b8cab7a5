/**
 * Signal chats as text: `[YYYY-MM-DD, HH:MM] name: text` (newer versions with seconds), further lines below, `> ` before quoted lines,
 * reactions as `(- name: … -)`, files as Markdown links. Signal has no text export of its own; this is
 * what the tools for its desktop database write. The exporting person is `Me`. Times have no zone.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Place, personOf, tidy } from '../../chat-run.ts';
import { eachLine, type Line } from '../../each-line.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { detach, NONE } from '../../text.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { isSignalCall, isSignalDeleted, signalChatName, signalPerson } from './signal-words.ts';

const HEAD = /^\[(\d{4}-\d{2}-\d{2},? \d{2}:\d{2}(?::\d{2})?)\] (.*)$/;
const SENDER = /^(.{1,80}?):(?: |$)/;
const LINK = /(!?)\[([^[\]\n]{0,200})\]\((?:\.\/)?((?:media|attachments)\/[^()\n]{1,300})\)/g;
const REACTIONS = /\s*\(- (.{1,300}) -\)\s*$/;
/** Links to files and reactions as only these tools write them. */
const MARKDOWN = /\]\((?:\.\/)?media\/|^\(- .{1,300} -\)\s*$/m;
const CUT = /^\[[\d\-,: ]{0,18}\]?[^:]{0,60}$/;

interface Head {
  readonly time: string;
  /** Null for a line that names nobody. */
  readonly name: string | null;
}

function headOf(text: string): { readonly head: Head; readonly rest: string } | null {
  const m = HEAD.exec(text);
  if (m === null) return null;
  const after = m[2] as string;
  const sender = SENDER.exec(after);
  const time = m[1] as string;
  if (sender === null) return { head: { time, name: null }, rest: after };
  return { head: { time, name: sender[1] as string }, rest: after.slice(sender[0].length) };
}

function fileKind(name: string, image: boolean): ImportedAttachment['kind'] {
  if (image || /\.(?:jpe?g|png|gif|heic|webp|bmp)$/i.test(name)) return 'image';
  if (/\.(?:mp4|mov|3gp|mkv|webm)$/i.test(name)) return 'video';
  return /\.(?:m4a|mp3|ogg|aac|opus|wav)$/i.test(name) ? 'voice' : 'file';
}

class SignalRun {
  readonly run: ChatRun;
  readonly records: TextRecords<Head>;

  constructor(run: ChatRun) {
    this.run = run;
    this.records = new TextRecords(run.batch, (record, place) => this.#message(record, place));
  }

  line(line: Line): void {
    const { text } = line;
    if (text === null) {
      this.records.book('line-too-long', line, 1);
      return;
    }
    const found = headOf(text);
    if (found !== null && (line.terminated || found.head.name !== null)) {
      this.records.begin(found.head, line, found.rest);
    } else if (!line.terminated && text.startsWith('[') && CUT.test(text)) {
      this.records.book('truncated', line, 1);
    } else this.records.more(line);
  }

  #message({ head, lines, flags }: TextRecord<Head>, place: Place): void {
    const quoted = lines.filter((line) => /^> ?/.test(line));
    const carried: CarriedText[] =
      quoted.length === 0
        ? []
        : [
            {
              act: 'quote',
              sender: null,
              text: quoted.map((line) => line.replace(/^> ?/, '')).join('\n'),
              sentAtText: null,
            },
          ];
    let text = lines
      .filter((line) => !/^> ?/.test(line))
      .join('\n')
      .trim();
    const reactions = REACTIONS.exec(text.slice(-400));
    if (reactions !== null) text = text.slice(0, text.length - reactions[0].length);
    const attachments = [...text.matchAll(LINK)].map((m): ImportedAttachment => {
      const reference = m[3] as string;
      const name = reference.slice(reference.lastIndexOf('/') + 1);
      return { kind: fileKind(name, m[1] === '!'), name, reference, size: null, md5: null };
    });
    const words = text.replace(LINK, '').trim();
    const [first] = attachments;
    const media: MessageKind | null = first !== undefined && words === '' ? first.kind : null;
    const notice = head.name === null;
    const named = signalPerson(head.name ?? '');
    let kind: MessageKind = carried.length > 0 ? 'quote' : (media ?? 'text');
    if (notice) kind = 'system';
    else if (isSignalDeleted(text)) kind = 'recall';
    else if (isSignalCall(text)) kind = 'call';
    this.run.message(
      {
        sender: notice || named === 'nobody' ? null : (named ?? personOf(null, head.name)),
        sentAtText: head.time,
        time: readCivilText(head.time) ?? NO_TIME,
        kind,
        text,
        carried: carried.length === 0 ? NONE : carried,
        attachments: attachments.length === 0 ? NONE : attachments,
        extra: tidy({ reactions: reactions?.[1] }),
        flags,
      },
      place,
    );
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const senders = new Set<string>();
  for (const { text } of eachLine(source, options.head)) {
    const name = text === null ? null : (headOf(text)?.head.name ?? null);
    if (name !== null && senders.size < 4) senders.add(detach(name));
  }
  const run = new ChatRun(source, options);
  run.needsZone = true;
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const name = signalChatName(source);
  run.open({ key: `name:${name}`, platformId: null, name, type: senders.size > 2 ? 'group' : 'unknown' });
  const signal = new SignalRun(run);
  for (const line of eachLine(source, options.head)) {
    signal.line(line);
    if (run.full) yield* run.batch.drain();
  }
  signal.records.close();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  let lines = 0;
  let heads = 0;
  let seconds = 0;
  for (const text of head.text.split(/\r\n|\n|\r/, 1500)) {
    if (text.trim() === '') continue;
    lines++;
    const found = headOf(text);
    if (found?.head.name == null) continue;
    heads++;
    if (!/^.{10}, \d{2}:\d{2}$/.test(found.head.time)) seconds++;
  }
  if (heads === 0 || heads < lines * 0.1) return 0;
  // With seconds, or without the comma, WhatsApp writes the same; only these tools write Markdown.
  return seconds === 0 || MARKDOWN.test(head.text) || /\.md$/i.test(head.name) ? 0.86 : 0.5;
}

export const signalText: Importer = {
  id: 'signal-desktop-text',
  version: 2,
  platform: 'signal',
  holds: 'chat',
  title: { zh: 'Signal 聊天记录（文本）', en: 'Signal chat as text' },
  extensions: ['.txt', '.md'],
  sniff,
  read,
};
