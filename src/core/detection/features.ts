/**
 * Marks that the automaton collects over a text on its way, so that a detector looks only at texts
 * that contain what it cannot do without. A mark is one bit of a table entry (automaton.ts).
 */
import { codePointAt } from '../domain/code-point.ts';
import { characterTable } from '../normalization/character-table.ts';
import { TRANSFORM_BIT } from '../normalization/transforms.ts';
import { COUNTED } from './automaton.ts';

export const FEATURE = {
  /** A symbol that stands in a term: the view of terms with symbols must look too. */
  literal: 1 << 16,
  at: 1 << 17,
  latin: 1 << 18,
  /** A dot, or what is written for one in an address: 点, 。 */
  dot: 1 << 19,
  /** The character of a province on licence plates. */
  plate: 1 << 20,
  /** Road, lane, village, estate. */
  road: 1 << 21,
  /** What follows a number in an address. */
  houseNumber: 1 << 22,
  /** 密 of 机密, 秘密, 绝密. */
  secret: 1 << 23,
  /** A character of the ways to write WeChat, QQ, Telegram and their like. */
  channel: 1 << 24,
  /** 加, 联, 找 and other beginnings of an invitation to talk elsewhere. */
  invitation: 1 << 25,
  /** 私, 扫, 戳: invitations that need no channel. */
  whisper: 1 << 26,
  /** An opening bracket, as in the number of a document. */
  bracket: 1 << 27,
} as const;

const SETS: readonly (readonly [number, string])[] = [
  [FEATURE.at, '@'],
  [FEATURE.latin, 'abcdefghijklmnopqrstuvwxyz'],
  [FEATURE.dot, '.。点'],
  [FEATURE.plate, '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'],
  [FEATURE.road, '路街道巷弄村镇乡园苑区寓厦胡庄屯'],
  [FEATURE.houseNumber, '号栋幢室弄单楼层座'],
  [FEATURE.secret, '密'],
  [FEATURE.bracket, '〔[('],
  [FEATURE.channel, 'vwqtl√微薇威葳徽扣鹅🐧报飞✈蝠探陌钉群@'],
  [FEATURE.invitation, '加➕+联私滴戳咨找询聊谈同'],
  [FEATURE.whisper, '私扫戳滴页像加'],
];

const byCode = new Map<number, number>();
for (const [bit, characters] of SETS) {
  for (const char of characters) {
    const code = codePointAt(char, 0);
    byCode.set(code, (byCode.get(code) ?? 0) | bit);
  }
}

/** Whether a code point is an ASCII digit, or a Chinese or circled one. */
function isNumeral(code: number): boolean {
  const table = characterTable(TRANSFORM_BIT.numerals);
  const target = table.target(code);
  const first = target < 0 ? ((table.expansions[~target] as readonly number[])[0] as number) : target;
  return first >= 0x30 && first <= 0x39;
}

/** The marks of a normalised code point; digits of all kinds are counted. */
export function featureOf(code: number): number {
  return (byCode.get(code) ?? 0) | (isNumeral(code) ? COUNTED : 0);
}
