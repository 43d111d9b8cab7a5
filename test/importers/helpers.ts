/** Runs importers over bytes and checks what the interface promises of every run. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type {
  ByteSource,
  ConversationPreview,
  Encoding,
  ImportEvent,
  ImportedAccount,
  ImportedConversation,
  ImportedListRow,
  ImportedMembership,
  ImportedMessage,
  Importer,
  ImportOptions,
  LedgerRange,
} from '../../src/core/importers/importer.ts';
import { rangeKind } from '../../src/core/importers/ledger.ts';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';

export interface Run {
  readonly events: readonly ImportEvent[];
  /** The last `source` event. */
  readonly facts: Extract<ImportEvent, { type: 'source' }>;
  /** By key, the last announcement of each. */
  readonly accounts: ReadonlyMap<string, ImportedAccount>;
  readonly conversations: ReadonlyMap<string, ImportedConversation>;
  readonly memberships: readonly ImportedMembership[];
  readonly messages: readonly ImportedMessage[];
  readonly ranges: readonly LedgerRange[];
}

const FIXTURES = fileURLToPath(new URL('../fixtures/exports/', import.meta.url));

export function fixture(name: string): Buffer {
  return readFileSync(FIXTURES + name);
}

/** Rows of lists, in order. */
export function entriesOf({ events }: Run): ImportedListRow[] {
  return events.flatMap((event) => (event.type === 'list-rows' ? [...event.rows] : []));
}

/** Bytes per kind, and records per skip code. */
export function tally(ranges: readonly LedgerRange[]): {
  parsed: number;
  skipped: number;
  ignored: number;
  skips: Record<string, number>;
} {
  const total = { parsed: 0, skipped: 0, ignored: 0, skips: {} as Record<string, number> };
  for (const range of ranges) {
    total[range.kind] += range.end - range.start;
    if (range.kind === 'skipped') total.skips[range.code] = (total.skips[range.code] ?? 0) + range.count;
  }
  return total;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}

/** The promises of the interface that hold for any bytes whatever. */
function checkPromises(run: Run, source: ByteSource, encoding: Encoding): void {
  let end = 0;
  for (const range of run.ranges) {
    expect(range.start).toBe(end);
    expect(range.end).toBeGreaterThan(range.start);
    expect(range.kind).toBe(rangeKind(range.code));
    end = range.end;
  }
  expect(end).toBe(source.size);
  const accounts = new Set<string>();
  const conversations = new Set<string>();
  let ordinal = -1;
  for (const event of run.events) {
    if (event.type === 'accounts') for (const { key } of event.accounts) accounts.add(key);
    if (event.type === 'conversations') for (const { key } of event.conversations) conversations.add(key);
    if (event.type === 'memberships') {
      for (const membership of event.memberships) {
        expect(accounts).toContain(membership.accountKey);
        expect(conversations).toContain(membership.conversationKey);
      }
    }
    if (event.type !== 'messages') continue;
    expect(event.messages.length).toBeLessThanOrEqual(2000);
    for (const message of event.messages) {
      expect(message.ordinal).toBeGreaterThan(ordinal);
      ordinal = message.ordinal;
      expect(conversations).toContain(message.conversationKey);
      if (message.senderKey !== null) expect(accounts).toContain(message.senderKey);
      expect(message.instant === null || message.wallTime === null).toBe(true);
      expect(message.flags.includes('time-unparsed')).toBe(
        message.instant === null && message.wallTime === null,
      );
    }
  }
  checkLocators(run, source, encoding);
}

/** Every message lies inside a range of parsed messages, on the line that its bytes begin. */
function checkLocators(run: Run, source: ByteSource, encoding: Encoding): void {
  const bytes = source.read(0, source.size);
  const parsed = run.ranges.filter((range) => range.code === 'message');
  let index = 0;
  // Chats that were written newest first come in order of time.
  const places = run.messages.map(({ locator }) => locator).sort((a, b) => a.start - b.start);
  for (const locator of places) {
    while (index < parsed.length && (parsed[index] as LedgerRange).end < locator.end) index++;
    const range = parsed[index];
    expect(range !== undefined && range.start <= locator.start && locator.end <= range.end).toBe(true);
    expect(locator.end).toBeGreaterThan(locator.start);
  }
  expect(parsed.reduce((sum, range) => sum + range.count, 0)).toBe(run.messages.length);
  if (encoding === 'utf-8' && bytes.includes(10)) {
    for (const { locator } of run.messages.slice(0, 20))
      expect(locator.line).toBe(lineAt(bytes, locator.start));
  }
}

/** Runs an importer over bytes and checks the interface's promises. */
export async function runImporter(
  importer: Importer,
  name: string,
  bytes: Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<Run> {
  const source = memorySource(name, bytes);
  const head = readHead(source);
  const events: ImportEvent[] = [];
  for await (const event of importer.read(source, { zone: 'UTC', conversations: 'all', ...options, head })) {
    events.push(event);
  }
  const run: Run = {
    events,
    facts: events.findLast((event) => event.type === 'source') ?? {
      type: 'source',
      formatVersion: null,
      needsZone: false,
      assumptions: {},
    },
    accounts: new Map(
      events.flatMap((event) =>
        event.type === 'accounts' ? event.accounts.map((account) => [account.key, account]) : [],
      ),
    ),
    conversations: new Map(
      events.flatMap((event) =>
        event.type === 'conversations'
          ? event.conversations.map((conversation) => [conversation.key, conversation])
          : [],
      ),
    ),
    memberships: events.flatMap((event) => (event.type === 'memberships' ? event.memberships : [])),
    messages: events.flatMap((event) => (event.type === 'messages' ? event.messages : [])),
    ranges: events.flatMap((event) => (event.type === 'ranges' ? event.ranges : [])),
  };
  checkPromises(run, source, head.encoding);
  return run;
}

/** The importer that the sniffer ranks first. */
export function sniffed(name: string, bytes: Uint8Array): Importer {
  const best = rankImporters(readHead(memorySource(name, bytes)))[0];
  if (best === undefined) throw new Error(`no importer takes ${name}`);
  return best.importer;
}

/** Sniffs and runs. */
export async function importBytes(
  name: string,
  bytes: Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<Run> {
  return runImporter(sniffed(name, bytes), name, bytes, options);
}

export async function previews(
  importer: Importer,
  name: string,
  bytes: Uint8Array,
): Promise<ConversationPreview[]> {
  const source = memorySource(name, bytes);
  const found: ConversationPreview[] = [];
  for await (const preview of importer.list?.(source, readHead(source)) ?? []) found.push(preview);
  return found;
}

export type Shape =
  | 'utf-8'
  | 'utf-8-bom'
  | 'utf-16le'
  | 'utf-16le-bom'
  | 'utf-16be'
  | 'utf-16be-bom'
  | 'gb18030';

let pairs: Map<string, readonly [number, number]> | null = null;
let quads: Map<string, readonly number[]> | null = null;

/** GB18030 of a text: the decoder read backwards, and the linear range beyond the basic plane. */
function encodeGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  if (pairs === null) {
    pairs = new Map();
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        if (trail !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
      }
    }
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const pair = pairs.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(...pair);
    else if (code >= 0x10000) bytes.push(...quad(code - 0x10000 + 189_000));
    else bytes.push(...basicQuad(character, decoder));
  }
  return Buffer.from(bytes);
}

function quad(index: number): number[] {
  return [
    0x81 + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ];
}

function basicQuad(character: string, decoder: InstanceType<typeof TextDecoder>): readonly number[] {
  if (quads === null) {
    quads = new Map();
    for (let index = 0; index < 39_420; index++)
      quads.set(decoder.decode(Uint8Array.from(quad(index))), quad(index));
  }
  const bytes = quads.get(character);
  if (bytes === undefined) throw new Error(`no GB18030 for ${character}`);
  return bytes;
}

/** A text in one of the encodings that sources come in. */
export function encodeAs(text: string, shape: Shape): Buffer {
  const marked = shape.endsWith('-bom') ? `\ufeff${text}` : text;
  if (shape.startsWith('utf-8')) return Buffer.from(marked, 'utf8');
  if (shape === 'gb18030') return encodeGb18030(text);
  const bytes = Buffer.from(marked, 'utf16le');
  return shape.startsWith('utf-16le') ? bytes : bytes.swap16();
}
