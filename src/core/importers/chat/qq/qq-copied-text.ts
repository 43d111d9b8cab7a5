/**
 * Messages copied out of a QQ window, or saved so by its newer versions: the name first, then date and
 * time, then the lines: `【title】name M/D/YYYY h:mm:ss AM`, `name(number) YYYY/M/D H:mm:ss`; out of the
 * chat of a day the time alone, on phones below headings of days (`— —  2020-2-21  — —`). Times have no
 * zone. The order of day and month is inferred from the whole file. Notices stand bare between messages.
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
const TIME_HEAD = new RegExp(
  `^(.{1,100}?)[:：]?\\s+((?:(${HALF_OF_DAY})\\s*)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\s*(${HALF_OF_DAY}))?)\\s*$`,
);
const DAY =
  /^[—–-]{1,3}[ \u00a0]?[—–-]{1,3}\s+(\d{4})-(\d{1,2})-(\d{1,2})\s+[—–-]{1,3}[ \u00a0]?[—–-]{1,3}\s*$/;
/** Whole lines by which QQ itself speaks in a window. */
const NOTICE =
  /^(?:.{1,60}撤回了一条消息(?: ?重新编辑)?|你和.{1,60}有\d{1,4}个共同好友，点击添加好友。?|.{1,60}(?:邀请.{1,100})?加入(?:了)?本群。?|.{1,60}(?:退出了?|离开了?)本群。?|.{1,60}被(?:管理员|群主)?.{0,60}(?:移出|禁言|解除禁言).{0,30})$/;
/** QQ itself, at no time that the file shows. */
const NOBODY: QqHead = { sender: qqSender('系统消息'), time: '', wallTime: null };
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

/** A head with a time alone, on the day of the heading above; without one, its time is no moment. */
function readTimeHead(text: string, day: readonly [number, number, number] | null): QqHead | null {
  if (text.length > 160 || !TIME_AT_END.test(text)) return null;
  const m = TIME_HEAD.exec(text);
  if (m === null || FACT.test(m[1] as string)) return null;
  const clock = clockOf(Number(m[4]), Number(m[5]), Number(m[6]), m[3] ?? m[7]);
  const wallTime =
    clock === null || day === null ? null : civilTime(...day, clock.hour, clock.minute, clock.second);
  return { sender: qqSender(m[1] as string), time: m[2] as string, wallTime };
}

interface Survey {
  readonly order: Order;
  readonly basis: 'dates' | 'usual' | 'given';
  readonly senders: number;
  /** No head has a date. */
  readonly timesOnly: boolean;
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
  const shared = { senders: senders.size, timesOnly: senders.size === 0 };
  if (given !== undefined) return { order: given, basis: 'given', ...shared };
  if (yearFirst > dayFirst + monthFirst) return { order: 'YMD', basis: 'dates', ...shared };
  const basis = dayFirst === monthFirst ? 'usual' : 'dates';
  return { order: dayFirst > monthFirst ? 'DMY' : 'MDY', basis, ...shared };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const { order, basis, senders, timesOnly } = survey(source, options);
  const run = new ChatRun(source, options);
  run.needsZone = true;
  run.assumptions = timesOnly ? {} : { dateOrder: order, dateOrderBasis: basis };
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const text = new QqTextRun(run);
  text.open(cleanName(baseName(source.name)) || source.name, senders > 2 ? 'group' : 'unknown', {});
  const records = new TextRecords<QqHead>(run.batch, (record, place) => text.message(record, place));
  let day: [number, number, number] | null = null;
  const take = (line: Line): void => {
    if (line.text === null) {
      records.book('line-too-long', line, 1);
      return;
    }
    const heading = timesOnly ? DAY.exec(line.text) : null;
    if (heading !== null) {
      day = [Number(heading[1]), Number(heading[2]), Number(heading[3])];
      records.book('structure', line);
      return;
    }
    const head = timesOnly ? readTimeHead(line.text, day) : readHead(line.text, order);
    if (head === null && line.terminated && records.behindBlank && NOTICE.test(line.text.trim())) {
      records.begin(NOBODY, line, line.text);
      return;
    }
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
  let times = 0;
  let markedTimes = 0;
  let days = 0;
  let lines = 0;
  for (const text of head.text.split(/\r\n|\n|\r/, 2000)) {
    if (text.trim() === '') continue;
    lines++;
    if (/\t/.test(text)) continue;
    if (DAY.test(text)) days++;
    const m = match(text);
    const timed = m === null ? readTimeHead(text, null) : null;
    if (m === null && timed === null) continue;
    if (m === null) times++;
    else heads++;
    const sender = timed?.sender ?? qqSender(m?.[1] as string);
    if (sender.title === null && sender.id === null) continue;
    if (m === null) markedTimes++;
    else marked++;
  }
  if (heads === 0 && times >= 2 && times >= lines * 0.2) {
    // A time alone behind words is in many files: a heading of a day, a title or a number must show it.
    if (days > 0) return 0.7;
    return markedTimes >= times * 0.5 ? 0.6 : 0;
  }
  if (heads < 2 || heads < lines * 0.05) return 0;
  return marked >= heads * 0.3 ? 0.75 : 0.45;
}

export const qqCopiedText: Importer = {
  id: 'qq-copied-text',
  version: 2,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ 复制或另存的聊天记录（文本）', en: 'QQ messages copied as text' },
  extensions: ['.txt'],
  sniff,
  read,
};
