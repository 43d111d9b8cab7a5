/**
 * Builds resources/sample from scripts/sample: the same files, byte for byte, on every run.
 *
 *   node scripts/with-node.mjs scripts/build-sample.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectedText } from './sample/expected.ts';
import { encodeGb18030 } from './sample/gb18030.ts';
import { accountText, directoryText } from './sample/lists.ts';
import { writeWechat } from './sample/wechat.ts';
import { writeWecom } from './sample/wecom.ts';
import { writeWhatsapp } from './sample/whatsapp.ts';
import type { WrittenLine } from './sample/written.ts';

function join(lines: readonly WrittenLine[], terminator: string): string {
  return lines.map((line) => line.record + terminator).join('');
}

/** Every generated file of the sample: name → bytes. */
export function buildSample(): Map<string, Uint8Array> {
  const wecom = writeWecom();
  const wechat = writeWechat();
  const whatsapp = writeWhatsapp();
  const utf8 = new TextEncoder();
  return new Map([
    ['wecom-archive.jsonl', utf8.encode(join(wecom, '\n'))],
    ['wecom-directory.csv', utf8.encode(directoryText())],
    ['wechat-workgroup_utf8.csv', utf8.encode(`\ufeff${join(wechat, '\r\n')}`)],
    ['WhatsApp Chat with 二手交易 Trade Hub.txt', utf8.encode(join(whatsapp, '\n'))],
    ['account-list.csv', encodeGb18030(accountText())],
    ['expected.json', utf8.encode(expectedText([...wecom, ...wechat, ...whatsapp]))],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'resources', 'sample');
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of buildSample()) {
    writeFileSync(path.join(folder, name), bytes);
    console.log(`${name}: ${bytes.length} bytes`);
  }
}
