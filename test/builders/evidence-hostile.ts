/** A pack whose every text attacks its reader. */
import type { MessageRecord } from '../../src/core/evidence/message-digest.ts';
import type { PackInput, PackMessage } from '../../src/core/evidence/pack-content.ts';
import { testKey, testMessage } from './evidence-messages.ts';
import { packInput } from './evidence-pack.ts';

const controls = Array.from({ length: 0xa0 }, (_, i) => String.fromCharCode(i))
  .filter((character) => !/[ -~]/.test(character))
  .join('');
const bidi = '\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
const separators = 'a\u2028b\u2029c\u0085d\ufeffe';
const invisible = '加\u200b微\u200c信\u2060号\u00ad：\u3164\u115f\u{e0041}';

/** Hostile texts by what they try. */
export const HOSTILE: Record<string, string> = {
  script: '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>',
  closing: '</div></article></section></body></html><!-- --><style>*{display:none}</style>',
  entities: '&lt;script&gt; &#60;b&#62; &amp;amp; "quoted" \'single\'',
  meta: '<meta http-equiv="refresh" content="0;url=https://example.org"><base href="//example.org/">',
  formula: '=HYPERLINK("https://example.org","点我")',
  plus: '+1+1',
  minus: '-2+3',
  at: '@SUM(1+1)',
  wide: '＝1+1',
  dde: "|cmd|' /C calc'!A0",
  tab: '\t=1+1',
  carriage: '\r=1+1',
  spaced: '  =1+1',
  number: '12345678901234567890',
  date: '3/5',
  quotes: '"a","b"\r\n"c"',
  controls,
  bidi: `合同${bidi}金额`,
  rightToLeft: 'مرحبا \u202egnp.exe',
  separators,
  invisible,
  family: '👨‍👩‍👧 and 👍🏽 and 🏳️‍🌈',
  backslashes: '\\u202e \\ud800 \\\\n',
  long: 'A中😀'.repeat(250_000),
};
export const names = Object.keys(HOSTILE);

export function hostilePack(): { messages: PackMessage[]; input: PackInput } {
  const messages: PackMessage[] = names.map((name, i) => {
    const text = HOSTILE[name] as string;
    const short = text.slice(0, 500);
    const hostile: Partial<MessageRecord> = {
      text,
      senderName: short,
      sentAtText: short,
      platformId: short,
      refersTo: short,
      editedAtText: short,
      carried: [
        {
          act: 'quote',
          sender: short,
          text,
          sentAtText: short,
          items: [{ act: 'forward', sender: null, text: short, sentAtText: null }],
        },
      ],
      attachments: [{ kind: 'file', name: short, reference: short, size: 1, md5: short }],
      extra: { [short]: short },
    };
    const base = testMessage(i, hostile);
    return {
      ...base,
      isSubject: i === 0,
      conversation: { id: base.conversation.id, name: short },
      sender: { id: null, name: short, platformId: short },
    };
  });
  const input = packInput([messages], testKey('officer'), testKey('second'));
  const attack = Object.values(HOSTILE)
    .filter((text) => text.length < 1000)
    .join(' ');
  return {
    messages,
    input: {
      ...input,
      recipient: attack,
      purpose: attack,
      officer: { ...input.officer, name: attack },
      case: { ...input.case, title: attack },
      parties: input.parties.map((party) => ({ ...party, name: attack, platformId: attack })),
      exhibits: input.exhibits.map((exhibit) => ({ ...exhibit, description: attack, officer: attack })),
      sources: input.sources.map((source) => ({ ...source, file: attack, officer: attack })),
      leftOut: [{ part: attack, reason: attack }],
    },
  };
}
