/** Writes the trade group as WhatsApp on Android exports it: text, UTF-8, `D/M/YY, HH:MM - Name: …`. */
import { tradeMembers } from './people.ts';
import { parseScript } from './script.ts';
import { tradeMarch } from './whatsapp-trade-1.ts';
import { tradeApril } from './whatsapp-trade-2.ts';
import type { WrittenLine } from './written.ts';

const GROUP = '二手交易 Trade Hub';
const FILE = `WhatsApp Chat with ${GROUP}.txt`;

function textOf(body: string): string {
  const special = /^!(\w+) ?([\s\S]*)$/.exec(body);
  switch (special?.[1]) {
    case undefined:
      return body;
    case 'media':
      return '<Media omitted>';
    case 'deleted':
      return 'This message was deleted';
    case 'attach':
      return `${special[2]} (file attached)`;
    default:
      throw new Error(`no such kind of message: ${body}`);
  }
}

/** Every message and system line, in order of time. */
export function writeWhatsapp(): WrittenLine[] {
  const lines = parseScript(tradeMarch + tradeApril, {
    name: GROUP,
    speakers: [...tradeMembers.keys()],
    acknowledge: [],
  });
  let lineNumber = 1;
  return lines.map((source) => {
    const local = new Date(source.at + 8 * 3_600_000);
    const day = `${local.getUTCDate()}/${local.getUTCMonth() + 1}/${String(local.getUTCFullYear()).slice(2)}`;
    const stamp = `${day}, ${local.toISOString().slice(11, 16)}`;
    const isSystem = source.speaker === 'system';
    const sender = isSystem ? null : (tradeMembers.get(source.speaker) ?? source.speaker);
    const record = isSystem
      ? `${stamp} - ${source.body.replace(/^!sys /, '')}`
      : `${stamp} - ${sender}: ${textOf(source.body)}`;
    const line = lineNumber;
    lineNumber += record.split('\n').length;
    return {
      file: FILE,
      line,
      record,
      said: { id: null, conversation: GROUP, sender, senderId: null, source },
    };
  });
}
