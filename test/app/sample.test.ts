import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildSample } from '../../scripts/build-sample.ts';
import { writeWechat } from '../../scripts/sample/wechat.ts';
import { writeWecom } from '../../scripts/sample/wecom.ts';
import { writeWhatsapp } from '../../scripts/sample/whatsapp.ts';
import { CATEGORIES, type CategoryId } from '../../src/core/domain/category.ts';

interface Planted {
  id: string;
  file: string;
  line: number;
  messageId: string | null;
  sender: string | null;
  text: string;
  category: CategoryId;
  expected: string;
  evasive: boolean;
  transforms: string[];
  resembles: CategoryId[];
}

const FOLDER = new URL('../../resources/sample/', import.meta.url);
const built = buildSample();
const said = [...writeWecom(), ...writeWechat(), ...writeWhatsapp()].flatMap((row) =>
  row.said === null ? [] : [row.said],
);

function textOf(name: string): string {
  const bytes = built.get(name);
  const encoding = name === 'account-list.csv' ? 'gb18030' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
}

const expected = JSON.parse(textOf('expected.json')) as {
  messages: Record<string, number>;
  idsWithoutName: string[];
  violations: Planted[];
  traps: Planted[];
};
const planted = [...expected.violations, ...expected.traps];
const archive = textOf('wecom-archive.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Record<string, unknown>);
const directory = textOf('wecom-directory.csv').trimEnd().split('\r\n');
const everything = [...built.keys()].map(textOf).join('\n');

/** GB 11643-1999: weights and check characters of a resident ID number. */
function residentIdHolds(id: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(id[index]), 0);
  return '10X98765432'[sum % 11] === id[17];
}

function luhnHolds(card: string): boolean {
  const sum = [...card].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

describe('the committed sample', () => {
  test.each([...built.keys()])('%s is what scripts/build-sample.ts writes', (name) => {
    expect(
      readFileSync(new URL(encodeURIComponent(name), FOLDER)).equals(built.get(name) ?? new Uint8Array()),
    ).toBe(true);
  });

  test('a second build gives the same bytes', () => {
    expect(buildSample()).toEqual(built);
  });

  test('holds about two thousand messages, most of them distinct everyday talk', () => {
    const counts = Object.values(expected.messages);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1900);
    const everyday = said.filter(
      ({ source }) => !source.generated && source.mark === null && source.body[0] !== '!',
    );
    expect(new Set(everyday.map(({ source }) => source.body)).size).toBeGreaterThanOrEqual(1200);
  });
});

describe('planted violations and traps', () => {
  test('about sixty violations in more than twenty categories, some of them evasive', () => {
    expect(expected.violations.length).toBeGreaterThanOrEqual(60);
    expect(new Set(expected.violations.map((one) => one.category)).size).toBeGreaterThan(20);
    expect(expected.violations.filter((one) => one.evasive).length).toBeGreaterThanOrEqual(15);
    expect(expected.traps.length).toBeGreaterThanOrEqual(12);
  });

  test('no category that only an organisation or a register can decide is planted', () => {
    const registerOnly = [
      'real-name',
      'notice-unsigned',
      'muted-group',
      'unlicensed-news',
      'unverified-account',
    ];
    for (const { category } of expected.violations) {
      expect(registerOnly).not.toContain(category);
      expect('organisationLoaded' in CATEGORIES[category]).toBe(false);
    }
  });

  test('ids are unique, and each stands on the line it names', () => {
    expect(new Set(planted.map((one) => one.id)).size).toBe(planted.length);
    for (const one of planted) {
      const at = textOf(one.file)
        .split('\n')
        .slice(one.line - 1)
        .join('\n');
      if (one.file.endsWith('.jsonl')) {
        const record = JSON.parse(at.slice(0, at.indexOf('\n')));
        expect(record.msgid).toBe(one.messageId);
        if (record.msgtype === 'text') expect(record.text.content).toBe(one.text);
      } else if (one.file.endsWith('.csv')) expect(at.startsWith(`${one.messageId},`)).toBe(true);
      else expect(at.slice(at.indexOf(' - ') + 3).startsWith(`${one.sender}: ${one.text}`)).toBe(true);
    }
  });

  test('a trap is not also a violation', () => {
    const places = expected.violations.map((one) => `${one.file}:${one.line}`);
    for (const one of expected.traps) expect(places).not.toContain(`${one.file}:${one.line}`);
  });
});

describe('the WeCom archive', () => {
  test('message ids are unique and times never go back', () => {
    expect(new Set(archive.map((row) => row.msgid)).size).toBe(archive.length);
    const times = archive.map((row) => Number(row.msgtime ?? row.time));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('each recall takes back an earlier message of its sender, planted violations among them', () => {
    const recalls = archive.filter((row) => row.action === 'recall');
    const recalled = recalls.map((row) => {
      const id = (row.revoke as { pre_msgid: string }).pre_msgid;
      return archive.slice(0, archive.indexOf(row)).find((other) => other.msgid === id);
    });
    expect(recalled.map((row) => row?.from)).toEqual(recalls.map((row) => row.from));
    const violations = new Set(expected.violations.map((one) => one.messageId));
    expect(recalled.filter((row) => violations.has(String(row?.msgid)))).toHaveLength(2);
  });

  test('the directory names every id but the two left out on purpose', () => {
    const listed = new Set(directory.map((row) => row.split(',')[1]));
    const used = new Set(
      archive.flatMap((row) => [row.from ?? row.user, row.roomid].filter((id): id is string => !!id)),
    );
    expect([...used].filter((id) => !listed.has(id)).toSorted()).toEqual(expected.idsWithoutName.toSorted());
    expect(expected.idsWithoutName).toHaveLength(2);
  });

  test('nobody receives messages after being removed from a room', () => {
    const removed = directory
      .map((row) => row.split(','))
      .filter((row) => row[0] !== '类型' && row[9] !== '');
    expect(removed.length).toBeGreaterThan(0);
    for (const row of removed) {
      const at = Date.parse(`${row[9]?.replace(' ', 'T')}:00+08:00`);
      const later = archive.filter((line) => line.roomid === row[6] && Number(line.msgtime) >= at);
      expect(later.length).toBeGreaterThan(0);
      for (const line of later) expect([line.from, ...(line.tolist as string[])]).not.toContain(row[1]);
    }
  });
});

describe('encodings', () => {
  test('the account list is GB18030, with a character of four bytes, and no UTF-8', () => {
    const bytes = built.get('account-list.csv');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
    const text = textOf('account-list.csv');
    expect(text.startsWith('平台,账号ID,')).toBe(true);
    expect(text).toContain('🌾');
    expect(text.trimEnd().split('\r\n').length - 1).toBeGreaterThan(50);
  });

  test('the WeChat file begins with a byte order mark, the others do not', () => {
    expect(textOf('wechat-workgroup_utf8.csv').startsWith('\ufefflocalId,TalkerId,')).toBe(true);
    for (const name of ['wecom-archive.jsonl', 'WhatsApp Chat with 二手交易 Trade Hub.txt'])
      expect(textOf(name).startsWith('\ufeff')).toBe(false);
  });
});

describe('nothing in the sample belongs to anybody', () => {
  test('mobile numbers are of the invented range', () => {
    const found = everything.match(/(?<![0-9A-Za-z_])1[3-9]\d{9}(?!\d)/g) ?? [];
    expect(found.length).toBeGreaterThan(50);
    // A second of epoch time has ten digits, so that eleven are a telephone.
    expect(found.filter((number) => !number.startsWith('1380000'))).toEqual([]);
  });

  test('foreign numbers are from ranges reserved for fiction', () => {
    const found = everything.match(/\+\d{1,3} [\d -]{8,}\d/g) ?? [];
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((number) => !/^(\+44 7700 900\d{3}|\+1 202-555-01\d\d)$/.test(number))).toEqual([]);
  });

  test('links and mail addresses use reserved names only', () => {
    const hosts = [...everything.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+\.[a-z]+)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(hosts.length).toBeGreaterThan(5);
    expect(hosts.filter((host) => !/(^|\.)(example\.(com|org|invalid)|invalid)$/.test(host))).toEqual([]);
  });

  test('resident IDs have an unassigned county and a valid check digit; the bank card too', () => {
    const ids = new Set(everything.match(/(?<![0-9A-Za-z])33019[78](19|20)\d{9}[\dX](?![0-9A-Za-z])/g) ?? []);
    const order = '330198199902302218';
    expect(ids.delete(order)).toBe(true);
    expect(ids.size).toBe(4);
    for (const id of ids) expect(residentIdHolds(id)).toBe(true);
    const cards = new Set(everything.match(/(?<!\d)62\d{17}(?!\d)/g) ?? []);
    expect(cards.size).toBe(1);
    for (const card of cards) expect(card.startsWith('629999') && luhnHolds(card)).toBe(true);
  });
});
