/**
 * Messages copied out of a QQ window, or saved so by its newer versions: the name first, then date and
 * time, then the lines: `【title】name M/D/YYYY h:mm:ss AM`, `name(number) YYYY/M/D H:mm:ss`. Times have
 * no zone. The order of day and month is inferred from the whole file.
 */
import { ChatRun } from '../../chat-run.ts';
import { clockOf, HALF_OF_DAY } from '../../clock.ts';
import { eachLine, type Line } from '../../each-line.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { baseName, cleanName, detach } from '../../text.ts';
import { isStump, TextRecords } from '../../text-records.ts';
import { civilTime } from '../../time.ts';
import { qqSender } from './qq-common.ts';
import { type QqHead, QqTextRun } from './qq-text-run.ts';

const HEAD = new RegExp(
  `^(.{1,100}?)[:：]?\\s+((\\d{1,4})([-/])(\\d{1,2})\\4(\\d{1,4})\\s+(?:(${HALF_OF_DAY})\\s*)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\s*(${HALF_OF_DAY}))?)\\s*$`,
);
const TIME_AT_END = /\d:\d{2}:\d{2}(?:\s*\S{2,4})?\s*$/;

/** Words before a time that are no name. */
const FACT = /^(?:时间|日期|导出时间|保存日期|儲存日期|时间范围)$/;

type Order = 'DMY' | 'MDY' | 'YMD';

function match(text: string): RegExpExecArray | null {
  if (text.length > 180 || !TIME_AT_END.test(text)) return null;
  const m = HEAD.exec(text);
  if (m === null) return null;
  const yearFirst = (m[3] as string).length === 4;
  const yearLast = (m[6] as string).length === 4;
  return yearFirst === yearLast || FACT.test(m[1] as string) ? null : m;
}

function readHead(text: string, order: Order): QqHead | null {
  const m = match(text);
  if (m === null) return null;
  const part = (index: number): number => Number(m[index]);
  const clock = clockOf(part(8), part(9), part(10), m[7] ?? m[11]);
  let wallTime: number | null = null;
  if (clock !== null) {
    const { hour, minute, second } = clock;
    if ((m[3] as string).length === 4) wallTime = civilTime(part(3), part(5), part(6), hour, minute, second);
    else if (order === 'DMY') wallTime = civilTime(part(6), part(5), part(3), hour, minute, second);
    else wallTime = civilTime(part(6), part(3), part(5), hour, minute, second);
  }
  return { sender: qqSender(m[1] as string), time: m[2] as string, wallTime };
}

interface Survey {
  readonly order: Order;
  readonly basis: 'dates' | 'usual' | 'given';
  readonly senders: number;
}

function survey(source: ByteSource, options: ImportOptions): Survey {
  const senders = new Set<string>();
  let dayFirst = 0;
  let monthFirst = 0;
  let yearFirst = 0;
  for (const { text } of eachLine(source, options.head)) {
    const m = text === null ? null : match(text);
    if (m === null) continue;
    if ((m[3] as string).length === 4) yearFirst++;
    else if (Number(m[3]) > 12) dayFirst++;
    else if (Number(m[5]) > 12) monthFirst++;
    if (senders.size < 9) senders.add(detach(m[1] as string));
  }
  const given = (['DMY', 'MDY'] as const).find((order) => order === options.mapping?.dateOrder);
  if (given !== undefined) return { order: given, basis: 'given', senders: senders.size };
  if (yearFirst > dayFirst + monthFirst) return { order: 'YMD', basis: 'dates', senders: senders.size };
  const basis = dayFirst === monthFirst ? 'usual' : 'dates';
  return { order: dayFirst > monthFirst ? 'DMY' : 'MDY', basis, senders: senders.size };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { order, basis, senders } = survey(source, options);
  const run = new ChatRun(source, options);
  run.needsZone = true;
  run.assumptions = { dateOrder: order, dateOrderBasis: basis };
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const text = new QqTextRun(run);
  text.open(cleanName(baseName(source.name)) || source.name, senders > 2 ? 'group' : 'unknown', {});
  const records = new TextRecords<QqHead>(run.batch, (record, place) => text.message(record, place));
  const take = (line: Line): void => {
    if (line.text === null) {
      records.book('line-too-long', line, 1);
      return;
    }
    const head = readHead(line.text, order);
    if (head === null && isStump(line, records.behindBlank)) records.book('truncated', line, 1);
    else if (head === null) records.more(line);
    else if (line.terminated) records.begin(head, line, null);
    else records.book('truncated', line, 1);
  };
  for (const line of eachLine(source, options.head)) {
    take(line);
    if (run.full) yield* run.batch.drain();
  }
  records.close();
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  let heads = 0;
  let marked = 0;
  let lines = 0;
  for (const text of head.text.split(/\r\n|\n|\r/, 2000)) {
    if (text.trim() === '') continue;
    lines++;
    const m = match(text);
    if (m === null || /\t/.test(text)) continue;
    heads++;
    const sender = qqSender(m[1] as string);
    if (sender.title !== null || sender.id !== null) marked++;
  }
  if (heads < 2 || heads < lines * 0.05) return 0;
  return marked >= heads * 0.3 ? 0.75 : 0.45;
}

export const qqCopiedText: Importer = {
  id: 'qq-copied-text',
  version: 1,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ 复制或另存的聊天记录（文本）', en: 'QQ messages copied as text' },
  extensions: ['.txt'],
  sniff,
  read,
};
