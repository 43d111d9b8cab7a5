/**
 * QQ Chat Exporter's web pages: `message-block` elements (before them `message self|other`), or, where the
 * export is in chunks, scripts `data/chunks/c000001.js` whose records hold the same markup with an instant.
 * Times on pages have no zone. A page of an export in chunks holds no messages.
 */
import type { ConversationType } from '../../../domain/message.ts';
import { PeopleByName } from '../../chat-event.ts';
import { ChatRun, type Draft, type Place } from '../../chat-run.ts';
import { companionJson } from '../../companions.ts';
import { HtmlScanner } from '../../html-scanner.ts';
import { type HtmlElement, parseHtml, visibleText } from '../../html-tree.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { parseJson } from '../../json-values.ts';
import { ScriptArray } from '../../script-array.ts';
import { findScriptArray } from '../../script-strings.ts';
import { baseName, isObject, NONE, scalarText, stringOf } from '../../text.ts';
import { readEpoch } from '../../time.ts';
import { exporterBlock } from './qq-exporter-page.ts';

const BLOCK = /<div class="message-block"[^<>]*>/;
const MESSAGE = /<div class="message (?:self|other)"[^<>]*\bid="msg-[^"<>]*"[^<>]*>/;
const METADATA = /<!-- QCE_METADATA: (\{[^{}]*\}) -->/;
const CHUNK = /__QCE_CHUNK__\(\{\s*id:\s*"[^"]*",\s*messages:\s*\[/;
const TITLE = /<title>聊天记录 - ([^<]{1,300})<\/title>/;

const TYPES: Readonly<Record<string, ConversationType>> = {
  group: 'group',
  private: 'direct',
  temp: 'direct',
};

interface Chat {
  readonly name: string | null;
  readonly type: ConversationType;
}

/** The chat as the page's metadata or its title names it. */
function chatOfPage(head: SourceHead): Chat {
  const metadata = parseJson(METADATA.exec(head.text)?.[1] ?? '');
  const stated = isObject(metadata) ? metadata : {};
  const title = TITLE.exec(head.text)?.[1];
  const name = scalarText(stated.chatName) ?? title ?? null;
  return {
    name: name === null ? null : visibleText(parseHtml(name.replaceAll('<', '&lt;')).children),
    type: TYPES[stringOf(stated.chatType)] ?? 'unknown',
  };
}

/** The chat as the manifest of an export in chunks names it. */
async function chatOfManifest(source: ByteSource): Promise<Chat> {
  const manifest = await companionJson(source, '../manifest.json');
  const chat = isObject(manifest) && isObject(manifest.chat) ? manifest.chat : {};
  return { name: scalarText(chat.name), type: TYPES[stringOf(chat.type)] ?? 'unknown' };
}

class Page {
  readonly run: ChatRun;
  readonly #names = new PeopleByName();

  constructor(source: ByteSource, options: ImportOptions, { name, type }: Chat) {
    this.run = new ChatRun(source, options);
    const shown = name ?? baseName(source.name);
    this.run.open({ key: `name:${shown}`, platformId: null, name: shown, type });
  }

  draft(element: HtmlElement, damaged: boolean): Draft | null {
    return exporterBlock(element, damaged ? ['invalid-bytes-replaced'] : NONE);
  }

  /** Gives a message out; who took one back is named without a number, and looked up by the name. */
  message(draft: Draft, place: Place): void {
    const { sender } = draft;
    if (sender && draft.notice !== true) this.#names.add(sender.name, sender);
    const known = sender && draft.notice === true ? this.#names.get(sender.name) : null;
    this.run.message(known === null ? draft : { ...draft, sender: known }, place);
  }
}

async function* readPage(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const page = new Page(source, options, chatOfPage(options.head));
  const { run } = page;
  run.batch.range('byte-order-mark', options.head.bomLength, 1);
  const marker = findScriptArray(source, options.head, BLOCK) === null ? MESSAGE : BLOCK;
  const scanner = new HtmlScanner(source, options.head, { marker });
  let closed = true;
  for (let step = scanner.next(); step !== 'end'; step = scanner.next()) {
    const { start, end, until, line } = scanner;
    if (step === 'record') closed = scanner.closed;
    const cut = step === 'record' && !scanner.closed && until >= source.size;
    const draft = step === 'record' && !cut ? page.draft(scanner.element, scanner.damaged) : null;
    if (draft !== null) page.message(draft, { start, end, until, line });
    else if (step === 'record') run.batch.range(cut ? 'truncated' : 'bad-row', until, line, 1);
    else if (step === 'skip') run.batch.range(scanner.code, until, line, 1);
    else run.batch.range('structure', until, line);
    if (run.full) yield* run.batch.drain();
  }
  if (!closed) run.assumptions = { ending: 'cut-off' };
  yield* run.finish();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && typeof value.html === 'string' && /^msg-/.test(stringOf(value.id));
}

async function* readChunk(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const page = new Page(source, options, await chatOfManifest(source));
  const { run } = page;
  const array = new ScriptArray(source, options.head, run.batch, {
    start: CHUNK,
    opening: /\{"id":"msg-/,
    isRecord,
  });
  for (const items of array.items()) {
    for (const item of items) {
      const draft = item.code === null && isRecord(item.value) ? draftOf(item.value) : null;
      if (draft === null) run.skip(item);
      else page.message({ ...draft, flags: item.flags }, item);
    }
    if (run.full) yield* run.batch.drain();
  }
  if (!array.complete) run.assumptions = { ending: 'cut-off' };
  yield* run.finish();
}

function draftOf(record: Readonly<Record<string, unknown>>): Draft | null {
  const block = parseHtml(stringOf(record.html)).children.find((node) => typeof node !== 'string');
  const instant = record.ts === 0 ? null : readEpoch(record.ts);
  if (block === undefined || typeof block === 'string') return null;
  const draft = exporterBlock(block, NONE, instant);
  if (draft === null) return null;
  const sentAtText = draft.sentAtText === '' ? (scalarText(record.ts) ?? '') : draft.sentAtText;
  return { ...draft, platformId: draft.platformId ?? stringOf(record.id).slice(4), sentAtText };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  if (CHUNK.test(options.head.text)) yield* readChunk(source, options);
  else yield* readPage(source, options);
}

function sniff(head: SourceHead): number {
  if (CHUNK.test(head.text.slice(0, 2000))) return 0.97;
  if (!/^\s*<(?:!doctype|html)/i.test(head.text)) return 0;
  if (METADATA.test(head.text.slice(0, 5000))) return 0.97;
  if (BLOCK.test(head.text) && /data-sender-uid=/.test(head.text)) return 0.85;
  return TITLE.test(head.text) && /qq-chat-exporter|QQ聊天记录/i.test(head.text) ? 0.7 : 0;
}

export const qqExporterHtml: Importer = {
  id: 'qq-exporter-html',
  version: 1,
  platform: 'qq',
  holds: 'chat',
  title: { zh: 'QQ Chat Exporter（网页）', en: 'QQ Chat Exporter (web page)' },
  extensions: ['.html', '.htm', '.js'],
  sniff,
  read,
};
