/**
 * Huawei WeLink's messages as text: `name(id) TAB date time`, then the lines of the message until the
 * next such line. Times have no zone; the chat's name is the file's.
 */
import { ChatRun, type Place, personOf } from '../../chat-run.ts';
import { eachLine, type Line } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { baseName, cleanName, detach } from '../../text.ts';
import { type TextRecord, TextRecords } from '../../text-records.ts';
import { NO_TIME, readCivilText } from '../../time.ts';
import { qqKind } from '../qq/qq-common.ts';

const HEAD =
  /^(.{0,80}?)\(([\w.@-]{2,40})\)(?:\t+| {2,}| ?\t ?)(\d{4}[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2}(?::\d{2})?)\s*$/;

interface Head {
  readonly name: string;
  readonly id: string;
  readonly time: string;
}

function headOf(text: string): Head | null {
  if (text.length > 160) return null;
  const m = HEAD.exec(text);
  return m === null ? null : { name: (m[1] as string).trim(), id: m[2] as string, time: m[3] as string };
}

/** Whether a line was a head before it was damaged. */
function isDamagedHead(text: string): boolean {
  return text.length <= 160 && /\([\w.@-]{2,40}\)\t+\d{2,4}[-/]\d/.test(text);
}

/** Whether a last line without a line end is a head that the end of the file has cut. */
function isCut(line: Line, head: Head | null, people: ReadonlySet<string>): boolean {
  if (line.terminated || line.text === null || line.text.length > 160) return false;
  const text = line.text.replace(/\ufffd$/, '');
  if (head !== null || /\([\w.@-]{2,40}\)?\t*[\d\-/: ]*$/.test(text)) return true;
  return [...people].some((person) => person.startsWith(text));
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const senders = new Set<string>();
  const people = new Set<string>();
  for (const { text } of eachLine(source, options.head)) {
    const head = text === null ? null : headOf(text);
    if (head === null) continue;
    if (senders.size < 4) senders.add(detach(head.id));
    if (people.size < 5000) people.add(detach(`${head.name}(${head.id})`));
  }
  const run = new ChatRun(source, options);
  run.needsZone = true;
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const name = cleanName(baseName(source.name)) || source.name;
  run.open({ key: `name:${name}`, platformId: null, name, type: senders.size > 2 ? 'group' : 'unknown' });
  const records = new TextRecords<Head>(run.batch, (record: TextRecord<Head>, place: Place) => {
    const { head, lines, flags } = record;
    const text = lines.join('\n');
    run.message(
      {
        sender: personOf(head.id, head.name),
        sentAtText: head.time,
        time: readCivilText(head.time) ?? NO_TIME,
        kind: qqKind(text),
        text,
        flags,
      },
      place,
    );
  });
  const take = (line: Line): void => {
    const { text } = line;
    if (text === null) {
      records.book('line-too-long', line, 1);
      return;
    }
    const head = headOf(text);
    if (head !== null && line.terminated) records.begin(head, line, null);
    else if (isCut(line, head, people)) records.book('truncated', line, 1);
    else if (head === null && isDamagedHead(text)) records.book('bad-row', line, 1);
    else records.more(line);
  };
  for (const line of eachLine(source, options.head)) {
    take(line);
    if (run.full) yield* run.batch.drain();
  }
  records.close();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  let lines = 0;
  let heads = 0;
  for (const text of head.text.split(/\r\n|\n|\r/, 1500)) {
    if (text.trim() === '') continue;
    lines++;
    if (headOf(text) !== null) heads++;
  }
  if (heads === 0 || heads < lines * 0.05) return 0;
  return heads >= 2 ? 0.9 : 0.6;
}

export const welinkText: Importer = {
  id: 'welink-native-text',
  version: 1,
  platform: 'welink',
  holds: 'chat',
  title: { zh: '华为 WeLink 聊天记录（文本）', en: 'Huawei WeLink messages (text)' },
  extensions: ['.txt'],
  sniff,
  read,
};
