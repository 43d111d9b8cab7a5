/**
 * Signal chats as signal-export writes them beside its Markdown: `data.json`, a message a line with date,
 * sender, body, quote, sticker, reactions and attachments. People are names, the exporting one is `Me`; times
 * have no zone. The chat is called after its folder.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, type Person, personOf, tidy } from '../../chat-run.ts';
import { fileKind } from '../../file-kind.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import { readJsonLines } from '../../json-lines.ts';
import type { JsonItem } from '../../json-values.ts';
import { detach, isObject, listOf, otherMembers, scalarText, stringOf } from '../../text.ts';
import { type ReadTime, readTime } from '../../time.ts';
import { isSignalCall, signalChatName, signalPerson } from './signal-words.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'date',
  'sender',
  'body',
  'quote',
  'sticker',
  'attachments',
  'deleted',
  'call',
  'missed',
]);

/** Whether the value is a message of this tool. */
export function isSignalExportMessage(value: unknown): value is Json {
  return (
    isObject(value) &&
    typeof value.date === 'string' &&
    typeof value.sender === 'string' &&
    'body' in value &&
    'quote' in value &&
    Array.isArray(value.attachments)
  );
}

/** To the second, as the Markdown beside it has it: so the two are one message. */
function timeOf(value: unknown): ReadTime {
  const { instant, wallTime } = readTime(value);
  const whole = (time: number | null): number | null =>
    time === null ? null : Math.floor(time / 1000) * 1000;
  return { instant: whole(instant), wallTime: whole(wallTime) };
}

function filesOf(message: Json): ImportedAttachment[] {
  const files = listOf(message.attachments)
    .filter(isObject)
    .map((file): ImportedAttachment => {
      const name = scalarText(file.name);
      const reference = scalarText(file.path);
      return { kind: fileKind(name ?? reference), name, reference, size: null, md5: null };
    });
  const { sticker } = message;
  const label = isObject(sticker) ? scalarText(sticker.emoji) : scalarText(sticker);
  if (label !== null) files.push({ kind: 'sticker', name: label, reference: null, size: null, md5: null });
  return files;
}

function quoteOf(message: Json): CarriedText[] {
  const text = stringOf(message.quote)
    .split('\n')
    .map((line) => line.replace(/^> ?/, ''))
    .join('\n')
    .trim();
  return text === '' ? [] : [{ act: 'quote', sender: null, text, sentAtText: null }];
}

function takeItem(run: ChatRun, item: JsonItem, senders: Set<string>): void {
  const { value } = item;
  if (item.code !== null || !isSignalExportMessage(value)) {
    run.skip(item);
    return;
  }
  const named = signalPerson(stringOf(value.sender));
  const sender: Person | null = named === 'nobody' ? null : (named ?? personOf(null, value.sender));
  if (sender !== null && senders.size < 4) senders.add(detach(sender.key));
  const files = filesOf(value);
  const carried = quoteOf(value);
  const text = stringOf(value.body).trim();
  let kind: MessageKind = carried.length > 0 ? 'quote' : 'text';
  if (value.deleted === true) kind = 'recall';
  else if (value.call === true || isSignalCall(text)) kind = 'call';
  else if (text === '') kind = files[0]?.kind ?? kind;
  run.message(
    {
      sender,
      sentAtText: stringOf(value.date),
      time: timeOf(value.date),
      kind,
      text,
      carried,
      attachments: files,
      extra: tidy(otherMembers(value, CARRIED)),
      flags: item.flags,
    },
    item,
  );
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const name = signalChatName(source);
  const chat = { key: `name:${name}`, platformId: null, name };
  run.open({ ...chat, type: 'unknown' });
  const senders = new Set<string>();
  for (const items of readJsonLines(source, options.head, isSignalExportMessage)) {
    for (const item of items) takeItem(run, item, senders);
    if (run.full) yield* run.batch.drain();
  }
  if (senders.size > 2 && run.kept) run.batch.conversation({ ...chat, type: 'group' });
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  const { lines } = jsonHead(head);
  return lines.length > 0 && isSignalExportMessage(lines[0]) ? 0.93 : 0;
}

export const signalExportJson: Importer = {
  id: 'signal-export-json',
  version: 1,
  platform: 'signal',
  holds: 'chat',
  title: { zh: 'Signal（signal-export 的 data.json）', en: 'Signal (data.json of signal-export)' },
  extensions: ['.json'],
  sniff,
  read,
};
