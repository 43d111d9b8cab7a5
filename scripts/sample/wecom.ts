/** Writes the WeCom conversation archive (会话内容存档): one JSON object a line, in order of time. */

import { type DirectChat, outsiders, type Person, type Room, robots, rooms, staff } from './people.ts';
import { type Random, seeded } from './random.ts';
import { parseScript } from './script.ts';
import { departmentMarch } from './wecom-department-1.ts';
import { departmentApril } from './wecom-department-2.ts';
import { chats1 } from './wecom-direct-1.ts';
import { chats2 } from './wecom-direct-2.ts';
import { externalGroup } from './wecom-external.ts';
import { projectMarch } from './wecom-project-1.ts';
import { projectApril } from './wecom-project-2.ts';
import type { WrittenLine } from './written.ts';

type Body = { readonly msgtype: string } & Readonly<Record<string, unknown>>;

const everybody = new Map<string, Person>([...staff, ...outsiders, ...robots].map((one) => [one.name, one]));
const outside = new Set(outsiders.map((one) => one.name));

function idOf(name: string): string {
  const person = everybody.get(name);
  if (person === undefined) throw new Error(`nobody is called ${name}`);
  return person.id;
}

/** UTC milliseconds of `MM-DD HH:MM` in Beijing, 2026. */
function beijing(text: string): number {
  return Date.parse(`2026-${text.replace(' ', 'T')}:00+08:00`);
}

function media(
  random: Random,
  low: number,
  high: number,
): { md5sum: string; filesize: number; sdkfileid: string } {
  return { md5sum: random.hex(32), filesize: random.between(low, high), sdkfileid: `Ct${random.base62(46)}` };
}

function removals(room: Room | null): Map<string, number> {
  return new Map(Object.entries(room?.removed ?? {}).map(([name, at]) => [name, beijing(at)]));
}

const seconds = (text: string): number => Math.floor(beijing(text) / 1000);

interface Making {
  readonly random: Random;
  readonly speaker: string;
  readonly room: Room | null;
  readonly at: number;
}

const MAKERS: Readonly<Record<string, (parts: readonly string[], making: Making) => Body>> = {
  image: (_, { random }) => ({ msgtype: 'image', image: media(random, 40_000, 900_000) }),
  voice: ([length = ''], { random }) => {
    const { filesize, ...rest } = media(random, 3_000, 30_000);
    return { msgtype: 'voice', voice: { ...rest, voice_size: filesize, play_length: Number(length) } };
  },
  video: ([length = ''], { random }) => ({
    msgtype: 'video',
    video: { ...media(random, 2_000_000, 30_000_000), play_length: Number(length) },
  }),
  emotion: (_, { random }) => {
    const { filesize, ...rest } = media(random, 20_000, 300_000);
    return {
      msgtype: 'emotion',
      emotion: { type: 1, width: 240, height: 240, ...rest, imagesize: filesize },
    };
  },
  file: ([filename = ''], { random }) => ({
    msgtype: 'file',
    file: {
      ...media(random, 12_000, 4_000_000),
      filename,
      fileext: filename.slice(filename.lastIndexOf('.') + 1),
    },
  }),
  link: ([title = '', description = '', link_url = '']) => ({
    msgtype: 'link',
    link: { title, description, link_url, image_url: '' },
  }),
  location: ([title = '', address = '']) => ({
    msgtype: 'location',
    location: { longitude: 120.1, latitude: 30.3, address, title, zoom: 16 },
  }),
  card: ([name = '']) => ({
    msgtype: 'card',
    card: { corpname: everybody.get(name)?.department ?? '', userid: idOf(name) },
  }),
  weapp: ([title = '', description = '', displayname = '']) => ({
    msgtype: 'weapp',
    weapp: { title, description, username: 'gh_lz0000000000@app', displayname },
  }),
  doc: ([title = '', link_url = ''], { speaker }) => ({
    msgtype: 'docmsg',
    doc: { title, doc_creator: idOf(speaker), link_url },
  }),
  todo: ([title = '', content = '']) => ({ msgtype: 'todo', todo: { title, content } }),
  vote: ([votetitle = '', ...voteitem], { random }) => ({
    msgtype: 'vote',
    vote: { votetitle, voteitem, votetype: 101, voteid: random.base62(20) },
  }),
  collect: ([title = '', ...questions], { room, speaker, at }) => ({
    msgtype: 'collect',
    collect: {
      room_name: room?.name ?? '',
      creator: speaker,
      create_time: new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
      title,
      details: questions.map((ques, index) => ({ id: index + 1, ques, type: 'Text' })),
    },
  }),
  meeting: ([topic = '', start = '', end = '', address = ''], { random }) => ({
    msgtype: 'meeting',
    meeting: {
      topic,
      starttime: seconds(start),
      endtime: seconds(end),
      address,
      remarks: '',
      meetingtype: 101,
      meetingid: random.between(1_000_000, 9_999_999),
    },
  }),
  calendar: ([title = '', start = '', end = '', place = ''], { speaker, room }) => ({
    msgtype: 'calendar',
    calendar: {
      title,
      creatorname: speaker,
      attendeename: (room?.members ?? []).slice(0, 4),
      starttime: seconds(start),
      endtime: seconds(end),
      place,
      remarks: '',
    },
  }),
  redpacket: ([wish = '', count = '', amount = '']) => ({
    msgtype: 'redpacket',
    redpacket: { type: 1, wish, totalcnt: Number(count), totalamount: Number(amount) },
  }),
  agree: (_, { speaker, at }) => ({ msgtype: 'agree', agree: { userid: idOf(speaker), agree_time: at } }),
  disagree: (_, { speaker, at }) => ({
    msgtype: 'disagree',
    disagree: { userid: idOf(speaker), disagree_time: at },
  }),
  markdown: ([content = '']) => ({ msgtype: 'markdown', info: { content } }),
  news: ([title = '', description = '', url = '']) => ({
    msgtype: 'news',
    info: { item: [{ title, description, url, picurl: '' }] },
  }),
  mixed: ([content = ''], { random }) => ({
    msgtype: 'mixed',
    mixed: {
      item: [
        { type: 'text', content: JSON.stringify({ content: `${content}\n` }) },
        { type: 'image', content: JSON.stringify(media(random, 40_000, 400_000)) },
      ],
    },
  }),
  record: ([title = '', ...items], { at }) => ({
    msgtype: 'chatrecord',
    chatrecord: {
      title,
      item: items.map((item, index) => ({
        type: 'ChatRecordText',
        msgtime: Math.floor(at / 1000) - 3600 + index * 40,
        content: JSON.stringify({ content: item }),
        from_chatroom: false,
      })),
    },
  }),
  voicecall: ([length = ''], { random, at }) => ({
    msgtype: 'meeting_voice_call',
    voiceid: random.base62(20),
    meeting_voice_call: {
      endtime: Math.floor(at / 1000) + Number(length),
      sdkfileid: `Ct${random.base62(46)}`,
      demofiledata: [],
      sharescreendata: [],
    },
  }),
  sphfeed: ([sph_name = '', feed_desc = '']) => ({
    msgtype: 'sphfeed',
    sphfeed: { feed_type: 4, sph_name, feed_desc },
  }),
};

function bodyOf(text: string, making: Making): Body {
  const special = /^!(\w+) ?([\s\S]*)$/.exec(text);
  if (special === null) return { msgtype: 'text', text: { content: text } };
  const maker = MAKERS[special[1] ?? ''];
  if (maker === undefined) throw new Error(`no such kind of message: ${text}`);
  return maker((special[2] ?? '').split(' | '), making);
}

interface Talk {
  readonly room: Room | null;
  readonly conversation: string;
  readonly members: readonly string[];
  readonly text: string;
}

const talks: readonly Talk[] = [
  ...(
    [
      [rooms.project, projectMarch + projectApril],
      [rooms.department, departmentMarch + departmentApril],
      [rooms.external, externalGroup],
    ] as const
  ).map(([room, text]) => ({ room, conversation: room.name, members: room.members, text })),
  ...[...chats1, ...chats2].map(({ between, text }: DirectChat) => ({
    room: null,
    conversation: between.join(' ↔ '),
    members: between,
    text,
  })),
];

/** Every line of the archive, first the members' words, in order of time. */
export function writeWecom(): WrittenLine[] {
  const file = 'wecom-archive.jsonl';
  const said = talks
    .flatMap((talk) =>
      parseScript(talk.text, {
        name: talk.conversation,
        speakers: talk.members,
        acknowledge: talk.members.filter((name) => !outside.has(name) && !idOf(name).startsWith('wb')),
        removed: removals(talk.room),
      }).map((line) => ({ talk, line })),
    )
    .toSorted((a, b) => a.line.at - b.line.at);
  const random = seeded('wecom archive');
  /** Message ids by conversation and sender, in order of time. */
  const sent = new Map<string, string[]>();
  let sequence = 7_004_001_000_000_000_000n;
  const nextId = (at: number, external: boolean): string => {
    sequence += BigInt(random.between(1_001, 98_765_432));
    return `${sequence}_${Math.floor(at / 1000)}${external ? '_external' : ''}`;
  };
  const switchAt = Date.parse('2026-03-01T23:50:00+08:00');
  const rows: WrittenLine[] = [
    {
      file,
      line: 1,
      record: JSON.stringify({
        msgid: nextId(switchAt, false),
        action: 'switch',
        time: switchAt,
        user: idOf('林奕辰'),
      }),
      said: null,
    },
  ];
  for (const { talk, line } of said) {
    const removed = removals(talk.room);
    const present = talk.members.filter((name) => line.at < (removed.get(name) ?? Infinity));
    const msgid = nextId(
      line.at,
      talk.members.some((name) => outside.has(name)),
    );
    const place = `${talk.conversation}/${line.speaker}`;
    const own = sent.get(place) ?? [];
    const recall = /^!recall (\d+)$/.exec(line.body);
    const body: Body = recall
      ? { msgtype: 'revoke', revoke: { pre_msgid: own.at(-Number(recall[1])) } }
      : bodyOf(line.body, { random, speaker: line.speaker, room: talk.room, at: line.at });
    sent.set(place, [...own, msgid]);
    const record = {
      msgid,
      action: recall ? 'recall' : 'send',
      from: idOf(line.speaker),
      tolist: present.filter((name) => name !== line.speaker).map(idOf),
      roomid: talk.room?.id ?? '',
      msgtime: line.at,
      ...body,
    };
    rows.push({
      file,
      line: rows.length + 1,
      record: JSON.stringify(record),
      said: {
        id: msgid,
        conversation: talk.conversation,
        sender: line.speaker,
        senderId: record.from,
        source: line,
      },
    });
  }
  return rows;
}
