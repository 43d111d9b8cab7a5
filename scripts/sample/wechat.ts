/** Writes the WeChat store group as WeChatMsg exports it: CSV, UTF-8 with byte order mark, CRLF. */
import { csvRow } from './csv.ts';
import { storeMembers } from './people.ts';
import { type Random, seeded } from './random.ts';
import { parseScript } from './script.ts';
import { storesMarch } from './wechat-stores-1.ts';
import { storesApril } from './wechat-stores-2.ts';
import type { WrittenLine } from './written.ts';

const FILE = 'wechat-workgroup_utf8.csv';
const GROUP = '栎舟门店运营群';
/** Whose phone was exported. */
const SELF = '叶佳宁';
const SYSTEM = '系统';
const OUTSIDERS = new Set(['美丽小倩', '夏日微风', '唐师傅']);
const HEADER =
  'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function appMessage(type: number, title: string, inner: string): string {
  return `<msg><appmsg appid="" sdkver="0"><title>${escapeXml(title)}</title><type>${type}</type>${inner}</appmsg></msg>`;
}

/** Type, sub-type and content of a body. */
function contentOf(body: string, random: Random): [number, number, string] {
  const special = /^!(\w+) ?([\s\S]*)$/.exec(body);
  if (special === null) return [1, 0, body];
  const rest = special[2] ?? '';
  const [first = '', second = '', third = ''] = rest.split(' | ');
  const size = random.between(20_000, 900_000);
  switch (special[1]) {
    case 'sys':
      return [10000, 0, rest];
    case 'image':
      return [
        3,
        0,
        `<?xml version="1.0"?><msg><img aeskey="${random.hex(32)}" length="${size}" md5="${random.hex(32)}"/></msg>`,
      ];
    case 'voice':
      return [34, 0, `<msg><voicemsg voicelength="${Number(first) * 1000}" length="${size >> 4}"/></msg>`];
    case 'video':
      return [
        43,
        0,
        `<?xml version="1.0"?><msg><videomsg length="${size * 9}" playlength="${first}" md5="${random.hex(32)}"/></msg>`,
      ];
    case 'sticker':
      return [47, 0, `<msg><emoji type="2" md5="${random.hex(32)}" len="${size >> 2}"/></msg>`];
    case 'link':
      return [49, 5, appMessage(5, first, `<des>${escapeXml(second)}</des><url>${escapeXml(third)}</url>`)];
    case 'file':
      return [49, 6, appMessage(6, first, `<appattach><totallen>${size}</totallen></appattach>`)];
    case 'transfer':
      return [
        49,
        2000,
        appMessage(
          2000,
          '微信转账',
          `<wcpayinfo><feedesc>￥${first}</feedesc><pay_memo>${escapeXml(second)}</pay_memo></wcpayinfo>`,
        ),
      ];
    case 'quote': {
      const [quoted = '', reply = ''] = rest.split(' || ');
      const [, name = '', text = ''] = /^([^:]+): ([\s\S]*)$/.exec(quoted) ?? [];
      const shown = escapeXml(storeMembers.get(name)?.remark ?? name);
      const refer = `<refermsg><type>1</type><displayname>${shown}</displayname><content>${escapeXml(text)}</content></refermsg>`;
      return [49, 57, appMessage(57, reply, refer)];
    }
    default:
      throw new Error(`no such kind of message: ${body}`);
  }
}

/** Every row after the header, in order of time. */
export function writeWechat(): WrittenLine[] {
  const members = [...storeMembers.keys()];
  const lines = parseScript(storesMarch + storesApril, {
    name: GROUP,
    speakers: [...members, SYSTEM],
    acknowledge: members.filter((name) => name !== SELF && !OUTSIDERS.has(name)),
  });
  const random = seeded('wechat store group');
  const rows: WrittenLine[] = [{ file: FILE, line: 1, record: HEADER, said: null }];
  let lineNumber = 2;
  for (const [index, source] of lines.entries()) {
    const member = storeMembers.get(source.speaker);
    const localId = 205_113 + index * 3;
    const seconds = Math.floor(source.at / 1000);
    const local = new Date(seconds * 1000 + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const [type, subType, content] = contentOf(source.body, random);
    const isSelf = source.speaker === SELF;
    const record = csvRow([
      localId,
      217,
      type,
      subType,
      isSelf ? 1 : 0,
      seconds,
      isSelf ? 2 : 3,
      content,
      local,
      member?.remark ?? '',
      member?.nickname ?? '',
      member?.wxid ?? '',
    ]);
    rows.push({
      file: FILE,
      line: lineNumber,
      record,
      said: {
        id: String(localId),
        conversation: GROUP,
        sender: member?.remark ?? null,
        senderId: member?.wxid ?? null,
        source,
      },
    });
    lineNumber += record.split('\n').length;
  }
  return rows;
}
