/**
 * Web page of WeChatMsg (留痕, MemoTrace): `const chatMessages = [ … ]` in a script, as object literals
 * (old versions) or JSON. The page shows the messages from there; nothing else of it is read.
 */
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { ScriptArray } from '../../script-array.ts';
import { unescapeScript } from '../../script-literal.ts';
import { chatTitle } from './wechat-common.ts';
import { isWechatMsgRecord, WechatMsgPageRun } from './wechat-wechatmsg-record.ts';
import { unescapeXml } from './wechat-xml.ts';

const START = /(?:const|var|let)\s+chatMessages\s*=\s*\[/;
/** In the new layout the depth of the indent tells an element from one inside a forwarded record. */
const OPENING = /\{\s*type\s*:|\{(?:\r?\n {8}|\s?)"type"\s*:/;
const KEYS =
  'type|text|is_send|avatar_path|voice_to_text|timestamp|is_chatroom|displayname|icon_path|sub_type|file_name|file_size|app_name|refer_text|link_url|title|artist|website_name|url|description|thumbnail|app_logo';
const KEY = new RegExp(`[{,]\\s*(${KEYS})\\s*:\\s*`, 'g');

/** Reads an old literal whose names or titles hold quotes that the exporter did not escape. */
function rescue(text: string): unknown {
  const found = [...text.matchAll(KEY)];
  const names = new Set(found.map((match) => match[1]));
  if (!names.has('type') || !names.has('is_send') || !names.has('timestamp')) return undefined;
  const value: Record<string, unknown> = {};
  for (const [index, match] of found.entries()) {
    const name = match[1] as string;
    if (Object.hasOwn(value, name)) continue;
    const from = match.index + match[0].length;
    const to = found[index + 1]?.index ?? text.lastIndexOf('}');
    const raw = text.slice(from, to < from ? text.length : to).trim();
    const quoted = /^'([\s\S]*)'$|^"([\s\S]*)"$/.exec(raw);
    if (quoted !== null) value[name] = unescapeScript(quoted[1] ?? quoted[2] ?? '');
    else if (/^-?\d+$/.test(raw)) value[name] = Number(raw);
    else return undefined;
  }
  return value;
}

/** The chat's id and name as the page's head shows them. */
function factsOf(head: SourceHead): { readonly id: string | null; readonly name: string | null } {
  const title = /<title>([^<]{1,200})<\/title>/i.exec(head.text)?.[1]?.trim();
  const name = title === undefined || /^(?:出错了|Chat Records)$/.test(title) ? null : unescapeXml(title);
  const id = /=\s*["']((?:wxid_\w+|gh_\w+|\d+@chatroom))["']/.exec(head.text)?.[1] ?? null;
  return { id, name: name ?? chatTitle(head.name) };
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new WechatMsgPageRun(source, options, { ...factsOf(options.head), escaped: true });
  const array = new ScriptArray(source, options.head, run.batch, {
    start: START,
    opening: OPENING,
    isRecord: isWechatMsgRecord,
    rescue,
  });
  for (const items of array.items()) {
    for (const item of items) run.item(item);
    if (run.full) yield* run.batch.drain();
  }
  if (!array.complete) run.assumptions = { ending: 'cut-off' };
  run.settle();
  yield* run.finish();
}

/** The page's own names: its array, or what its head has before a long list of portraits. */
function sniff(head: SourceHead): number {
  if (!/^\s*<(?:!doctype|html)/i.test(head.text)) return 0;
  if (START.test(head.text)) return 0.97;
  return /avatarPathsDict|留痕|MemoTrace|WeChatMsg/.test(head.text) ? 0.7 : 0;
}

export const wechatMsgHtml: Importer = {
  id: 'wechat-wechatmsg-html',
  version: 1,
  platform: 'wechat',
  holds: 'chat',
  title: { zh: '微信 · 留痕（WeChatMsg）网页', en: 'WeChat · WeChatMsg web page' },
  extensions: ['.html', '.htm'],
  sniff,
  read,
};
