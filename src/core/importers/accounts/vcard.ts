/**
 * vCard address books (RFC 2426, 6350; 2.1 as phones write it): one contact a card. Folded lines and
 * quoted-printable values are undone. Messengers' own properties (X-WECHAT-ID, X-QQ …) give the account.
 */
import type { Platform } from '../../domain/message.ts';
import { EventBatch } from '../batch.ts';
import { decoderOf } from '../encoding.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../importer.ts';
import { LineReader } from '../line-scanner.ts';
import { cleanName, setField } from '../text.ts';

interface Property {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

/** Properties that name an account of a messenger. */
const ACCOUNTS: Readonly<Record<string, Platform>> = {
  'X-WECHAT-ID': 'wechat',
  'X-WEIXIN': 'wechat',
  'X-QQ': 'qq',
  'X-WHATSAPP': 'whatsapp',
  'X-TELEGRAM': 'telegram',
};

const FIELDS: Readonly<Record<string, string>> = {
  EMAIL: 'email',
  ORG: 'department',
  TITLE: 'title',
  ROLE: 'role',
  NOTE: 'remark',
  NICKNAME: 'alias',
  BDAY: 'birthday',
  URL: 'url',
  ADR: 'address',
  CATEGORIES: 'label',
};

/** Lines of one card put together again; null for a line that is no property. */
function propertyOf(line: string): Property | null {
  const colon = colonOf(line);
  if (colon < 0) return null;
  const [name = '', ...parameters] = line.slice(0, colon).split(';');
  return {
    name: name.slice(name.lastIndexOf('.') + 1).toUpperCase(),
    parameters: parameters.join(';').toUpperCase(),
    value: line.slice(colon + 1),
  };
}

/** The first colon outside quotes. */
function colonOf(line: string): number {
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === ':' && !quoted) return i;
  }
  return -1;
}

function textOf({ parameters, value }: Property): string {
  if (!parameters.includes('QUOTED-PRINTABLE')) return withoutEscapes(value);
  const bytes = Buffer.from(
    value.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  return withoutEscapes(
    decoderOf(/CHARSET=(?:GB|CP936)/.test(parameters) ? 'gb18030' : 'utf-8').decode(bytes),
  );
}

const withoutEscapes = (value: string): string =>
  value.replace(/\\([nN,;:\\])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped)).trim();

interface Card {
  readonly lines: string[];
  readonly start: number;
  readonly line: number;
}

/** Undoes folding, and soft line breaks of quoted-printable values. */
function unfold(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last !== undefined && /^[ \t]/.test(line)) whole[whole.length - 1] = last + line.slice(1);
    else if (last?.endsWith('=') && /QUOTED-PRINTABLE/i.test(last)) {
      whole[whole.length - 1] = last.slice(0, -1) + line;
    } else whole.push(line);
  }
  return whole;
}

function take(card: Card, end: number, batch: EventBatch): boolean {
  const fields: Record<string, string> = {};
  let name = '';
  let structured = '';
  const phones: string[] = [];
  const accounts: { platform: Platform; id: string }[] = [];
  for (const line of unfold(card.lines)) {
    const property = propertyOf(line);
    if (!property) continue;
    const value = textOf(property);
    if (value === '') continue;
    const platform = ACCOUNTS[property.name];
    const field = FIELDS[property.name];
    if (platform) accounts.push({ platform, id: value });
    else if (property.name === 'FN') name = value;
    else if (property.name === 'N') structured = nameOfParts(value);
    else if (property.name === 'TEL') phones.push(value.replace(/^tel:/i, ''));
    else if (field) setField(fields, field, fields[field] ? `${fields[field]}, ${value}` : value);
  }
  name ||= structured;
  const [phone, ...others] = phones;
  if (phone) fields.phone = phone;
  if (others.length > 0) fields.otherPhones = others.join(', ');
  if (name === '' && phone === undefined && accounts.length === 0) return false;
  const locator = { start: card.start, end, line: card.line };
  const own = accounts[0];
  const id = own?.id ?? null;
  const key = id ?? phone ?? `name:${cleanName(name)}`;
  batch.account({
    key,
    platformId: id,
    name: name || null,
    ...(own ? { platform: own.platform } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    locator,
  });
  batch.listRow('accounts', {
    key: `account=${key}`,
    fields: { ...fields, ...(id ? { id } : {}), ...(name ? { name } : {}) },
    locator,
  });
  return true;
}

/** Family, given, further, prefix, suffix; Chinese names without a space. */
function nameOfParts(value: string): string {
  const [family = '', given = '', further = ''] = value.split(';').map((part) => part.trim());
  const joiner = /[\u4e00-\u9fff]/.test(family + given) ? '' : ' ';
  return (joiner === '' ? [family, further, given] : [given, further, family]).filter(Boolean).join(joiner);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const batch = new EventBatch(source.size, () => ({
    formatVersion: null,
    needsZone: false,
    assumptions: {},
  }));
  const reader = new LineReader(source, options.head);
  const bom = options.head.bomLength;
  batch.range('byte-order-mark', bom, 1);
  let card: Card | null = null;
  let line = 1;
  for (let at = bom; at < source.size; ) {
    const block = reader.load(at, line);
    if (block === null) break;
    if (block.tooLong) {
      if (card) batch.range('truncated', block.base, (card as Card).line, 1);
      card = null;
      batch.range('line-too-long', block.end, line++, 1);
      at = block.end;
      continue;
    }
    const texts = block.text.split(reader.terminatorText);
    for (let i = 0; i < block.lines; i++) {
      const start: number = i === 0 ? block.base : block.base + (block.ends[i - 1] as number);
      const end = block.base + (block.ends[i] as number);
      const text: string = (texts[i] ?? '').replace(/\r$/, '');
      if (/^BEGIN:VCARD\s*$/i.test(text)) {
        // A card that never ended before the next begins.
        if (card) batch.range('truncated', start, (card as Card).line, 1);
        card = { lines: [], start, line };
      } else if (card && /^END:VCARD\s*$/i.test(text)) {
        const taken = take(card, end, batch);
        batch.range(taken ? 'account' : 'missing-field', end, card.line, 1);
        card = null;
      } else if (card) {
        card.lines.push(text);
      } else {
        batch.range(text.trim() === '' ? 'blank' : 'unknown-record', end, line, text.trim() === '' ? 0 : 1);
      }
      line++;
    }
    at = block.end;
    if (batch.full) yield* batch.drain();
  }
  if (card) batch.range('truncated', source.size, card.line, 1);
  yield* batch.finish();
}

export const vCard: Importer = {
  id: 'other-vcard',
  version: 1,
  platform: 'other',
  holds: 'list',
  title: { zh: '通讯录（vCard）', en: 'Address book (vCard)' },
  extensions: ['.vcf', '.vcard'],
  sniff: (head: SourceHead) => (/^\s*BEGIN:VCARD\s*$/im.test(head.text.slice(0, 4096)) ? 0.95 : 0),
  read,
};
