/** Links in what a message shows: its text, texts it carries, addresses in the export's fields, codes in pictures. */
import { findLinks } from '../detection/detectors/link.ts';
import { shortLink } from '../detection/detectors/short-link.ts';
import { DetectorText } from '../detection/finding.ts';

export interface FoundAddress {
  /** With its scheme; hxxp and the like already read. */
  readonly url: string;
  /** Host without `www.`. */
  readonly domain: string;
  readonly short: boolean;
  /** UTF-16 units into the text. */
  readonly start: number;
}

/** Longest address that the register keeps, in code units; what is beyond is tracking. */
const LONGEST = 2000;
/** A link holds a dot of some kind between signs of some script; most messages do not. */
const MAYBE = /[.。．点]\s?[a-zａ-ｚ0-9]/i;

export function linksIn(text: string): FoundAddress[] {
  if (!MAYBE.test(text)) return [];
  const read = new DetectorText(text);
  const short = new Set(shortLink.find(read).map(({ start }) => start));
  return findLinks(read).map(({ host, finding }) => ({
    url: finding.value.slice(0, LONGEST),
    domain: host.replace(/^www\./, ''),
    short: short.has(finding.start),
    start: finding.start,
  }));
}

/** Names of fields that hold where a card, a mini-program or a document leads; others hold pictures. */
const FIELD = /^(?:link_?url|url|href|links?|weburl|doc_?url|title_?url)$/i;

/** Addresses in the fields that an export gave beside the text (JSON), also in a card's XML. */
export function linksInFields(extra: string): FoundAddress[] {
  const found: FoundAddress[] = [];
  const take = (text: string) => {
    for (const link of linksIn(text)) if (!found.some(({ url }) => url === link.url)) found.push(link);
  };
  const walk = (value: unknown, name: string) => {
    if (typeof value === 'string') {
      if (FIELD.test(name)) take(value);
      else if (value.includes('<url>')) {
        for (const match of value.matchAll(/<url>\s*(?:<!\[CDATA\[)?([^<\]]{4,2000})/g)) {
          take((match[1] ?? '').replaceAll('&amp;', '&'));
        }
      }
    } else if (Array.isArray(value)) for (const item of value) walk(item, name);
    else if (value !== null && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) walk(item, key);
    }
  };
  walk(JSON.parse(extra), '');
  return found;
}
