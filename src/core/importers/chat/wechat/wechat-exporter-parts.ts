/** What WechatExporter's text and pages share: its times, and the messages of a forwarded record. */
import type { CarriedText } from '../../importer.ts';
import { NO_TIME, type ReadTime, readCivilText } from '../../time.ts';

/** Times with 24 hours, or, as its versions before 2021 wrote them, with 12 and the half of the day. */
export const EXPORTER_TIME = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: ?(?:[AP]M|上午|下午))?/;

/** Reads a time that `EXPORTER_TIME` matched. */
export function exporterTime(text: string): ReadTime {
  const m = /^(\d{4}-\d\d-\d\d) (\d\d)(:\d\d:\d\d)(?: ?(AM|PM|上午|下午))?$/.exec(text);
  if (m === null) return NO_TIME;
  const half = m[4];
  const hour = Number(m[2]);
  const of24 =
    half === undefined || hour > 12 ? hour : (hour % 12) + (half === 'PM' || half === '下午' ? 12 : 0);
  return readCivilText(`${m[1]} ${String(of24).padStart(2, '0')}${m[3]}`) ?? NO_TIME;
}

const BEGIN = /^<< ([\s\S]*)$/;
const END = /^([\s\S]*?) (?:Ends|结束) >>$/;

/** The title behind the mark that opens a forwarded record; null for other words. */
export function forwardBegin(text: string): string | null {
  return BEGIN.exec(text)?.[1] ?? null;
}

/** The title before the mark that closes it. */
export function forwardEnd(text: string): string | null {
  return END.exec(text)?.[1] ?? null;
}

interface Item extends CarriedText {
  readonly items: Item[];
}

/** The messages of a forwarded record, which may hold records: the exporter writes them between two marks. */
export class ForwardedRecord {
  readonly items: Item[] = [];
  /** The lists that are open, the innermost last. */
  readonly #open: Item[][] = [];

  /** Whether a mark has opened the record and none has closed it. */
  get open(): boolean {
    return this.#open.length > 0;
  }

  begin(): void {
    const current = this.#open.at(-1);
    this.#open.push(current?.at(-1)?.items ?? (current === undefined ? this.items : current));
  }

  end(): void {
    this.#open.pop();
  }

  add(sender: string | null, text: string, sentAtText: string): void {
    const list = this.#open.at(-1) ?? this.items;
    list.push({ act: 'forward', sender, text, sentAtText: sentAtText || null, items: [] });
  }

  /** As carried text under its title; null where it holds nothing. */
  carried(title: string): CarriedText | null {
    if (this.items.length === 0) return null;
    return { act: 'forward', sender: null, text: title, sentAtText: null, items: this.items.map(plain) };
  }
}

function plain({ items, ...item }: Item): CarriedText {
  return items.length === 0 ? item : { ...item, items: items.map(plain) };
}
