/**
 * What a reviewer can read in the XML of WeChat's non-text messages: titles, quotes, forwarded
 * records, attachments. By search for known elements, not a full parse: the XML is often cut or
 * damaged, and the raw text is kept by the caller in any case.
 */
import type { CarriedText, ImportedAttachment } from '../../importer.ts';

export interface ReadableXml {
  /** What the sender wrote or shared, in words; empty where there is nothing to read. */
  readonly text: string;
  readonly carried: readonly CarriedText[];
  readonly attachments: readonly ImportedAttachment[];
}

/** Levels of forwarded records inside forwarded records that are followed. */
const MAX_DEPTH = 8;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Resolves the predefined and numeric entities of XML, once. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:(lt|gt|quot|apos|amp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (whole, name, decimal, hex) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : whole;
    },
  );
}

/** Raw content of the first element of this name, CDATA unwrapped and entities resolved; null where there is none. */
function element(xml: string, name: string): string | null {
  const open = xml.indexOf(`<${name}>`);
  if (open < 0) return null;
  const from = open + name.length + 2;
  const close = xml.indexOf(`</${name}>`, from);
  if (close < 0) return null;
  const content = xml.slice(from, close).trim();
  if (content.startsWith('<![CDATA[') && content.endsWith(']]>')) return content.slice(9, -3);
  return unescapeXml(content);
}

function attribute(xml: string, name: string): string | null {
  const at = xml.search(new RegExp(`\\s${name}\\s*=\\s*["']`));
  if (at < 0) return null;
  const open = xml.slice(at).search(/["']/) + at;
  const close = xml.indexOf(xml[open] as string, open + 1);
  return close < 0 ? null : unescapeXml(xml.slice(open + 1, close));
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function md5(text: string | null): string | null {
  return text !== null && /^[\da-f]{32}$/i.test(text) ? text.toLowerCase() : null;
}

function lines(...parts: readonly (string | null)[]): string {
  return [...new Set(parts.map((part) => part?.trim() ?? '').filter((part) => part !== ''))].join('\n');
}

/** The quoted message of a reply. Its content is text, or XML of its own. */
function quoteOf(xml: string): CarriedText[] {
  const refer = /<refermsg>([\s\S]*?)<\/refermsg>/.exec(xml)?.[1];
  if (refer === undefined) return [];
  const content = element(refer, 'content') ?? '';
  const text = content.trimStart().startsWith('<') ? (element(content, 'title') ?? content) : content;
  return [
    { act: 'quote', sender: element(refer, 'displayname'), text, sentAtText: element(refer, 'createtime') },
  ];
}

/** The records of a forwarded chat record. A record inside a record stands in an element of its own. */
function forwardedRecords(xml: string, depth: number): CarriedText[] {
  const nested: string[] = [];
  const records = (element(xml, 'recorditem') ?? element(xml, 'recordinfo') ?? xml).replace(
    /<recordxml>[\s\S]*?<\/recordxml>/g,
    (whole) => `<nested>${nested.push(whole) - 1}</nested>`,
  );
  const found: CarriedText[] = [];
  for (const [, item] of records.matchAll(/<dataitem\b([\s\S]*?)<\/dataitem>/g)) {
    const body = item as string;
    const record: CarriedText = {
      act: 'forward',
      sender: element(body, 'sourcename'),
      text: lines(element(body, 'datadesc'), element(body, 'datatitle')),
      sentAtText: element(body, 'sourcetime'),
    };
    const inner = nested[Number(element(body, 'nested') ?? -1)];
    const items =
      inner === undefined || depth === MAX_DEPTH
        ? []
        : forwardedRecords(element(inner, 'recordxml') ?? '', depth + 1);
    found.push(items.length > 0 ? { ...record, items } : record);
  }
  return found;
}

/** Reads the XML of a message of this type and sub-type. */
export function readWechatXml(xml: string, type: number, subType: number): ReadableXml {
  const attachments: ImportedAttachment[] = [];
  const attach = (kind: ImportedAttachment['kind'], size: string): void => {
    attachments.push({
      kind,
      name: null,
      reference: null,
      size: wholeNumber(attribute(xml, size)),
      md5: md5(attribute(xml, 'md5')),
    });
  };
  if (type === 3) attach('image', 'length');
  if (type === 34) attach('voice', 'length');
  if (type === 43 || type === 62) attach('video', 'length');
  if (type === 47) attach('sticker', 'len');
  if (type === 42)
    return { text: lines(attribute(xml, 'nickname'), attribute(xml, 'username')), carried: [], attachments };
  if (type === 48)
    return { text: lines(attribute(xml, 'poiname'), attribute(xml, 'label')), carried: [], attachments };
  if (type === 50) {
    const call = /<VoIPBubbleMsg>[\s\S]*?<\/VoIPBubbleMsg>/.exec(xml)?.[0] ?? '';
    return { text: element(call, 'msg') ?? '', carried: [], attachments };
  }
  if (type !== 49) {
    const notice = type >= 10000 ? (element(xml, 'replacemsg') ?? element(xml, 'content')) : null;
    return { text: notice ?? '', carried: [], attachments };
  }
  const title = element(xml, 'title');
  if (subType === 57) return { text: title ?? '', carried: quoteOf(xml), attachments };
  if (subType === 19 || subType === 40) {
    return { text: title ?? '', carried: forwardedRecords(xml, 0), attachments };
  }
  if (subType === 6 || subType === 74) {
    const size = wholeNumber(element(xml, 'totallen'));
    attachments.push({ kind: 'file', name: title, reference: null, size, md5: md5(element(xml, 'md5')) });
    return { text: title ?? '', carried: [], attachments };
  }
  if (subType === 2000 || subType === 2001) {
    return {
      text: lines(element(xml, 'feedesc'), element(xml, 'pay_memo'), element(xml, 'sendertitle'), title),
      carried: [],
      attachments,
    };
  }
  return { text: lines(title, element(xml, 'des'), element(xml, 'url')), carried: [], attachments };
}
