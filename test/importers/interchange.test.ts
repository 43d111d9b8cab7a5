import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { InterchangeRecord } from '../../src/core/domain/interchange.ts';
import type { Platform } from '../../src/core/domain/message.ts';
import { messageDigest, messageRecord } from '../../src/core/evidence/message-digest.ts';
import { docketInterchange } from '../../src/core/importers/chat/docket-interchange.ts';
import { writeInterchange } from '../../src/core/importers/interchange-writer.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, previews, type Run, sniffed, tally } from './helpers.ts';

const docs = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const digests = (run: Run, platform: Platform): string[] =>
  run.messages.map((message) => messageDigest(messageRecord(message, platform)));

/** What the interchange must carry over beside what the digests cover. */
const people = (run: Run): unknown[] => [
  [...run.accounts.values()].map(({ key, platformId, name, fields }) => [key, platformId, name, fields]),
  [...run.conversations.values()].map(({ key, platformId, name, type, fields }) => [
    key,
    platformId,
    name,
    type,
    fields,
  ]),
  run.memberships.map(({ conversationKey, accountKey, role, displayName, from, to }) => [
    conversationKey,
    accountKey,
    role,
    displayName,
    from,
    to,
  ]),
  run.messages.map(({ flags }) => flags),
];

async function written(run: Run, platform: Platform): Promise<string> {
  let text = '';
  for await (const line of writeInterchange(run.events, { platform, exporter: 'test' })) text += line;
  return text;
}

describe('import, write, import again: the same digests', () => {
  test.each([
    'wecom_archive_all_types.jsonl',
    'telegram_account.json',
    'telegram_old_layout.json',
    'wechatmsg_group_utf8.csv',
    'whatsapp_ios_zh_chat.txt',
    'chatlab_group.json',
    'discord/Guild - sales - deals [900000000000000100].json',
    'discord/old layout.csv',
    'messenger_message_1.json',
    'slack/deals/2024-03-01.json',
    'teams_graph.json',
    'google-chat/Space AAAAx1/messages.json',
  ])('%s', async (name) => {
    const first = await importBytes(name, fixture(name));
    const { platform } = sniffed(name, fixture(name));
    const text = await written(first, platform);
    for (const line of text.trimEnd().split('\n')) InterchangeRecord.parse(JSON.parse(line));
    const bytes = Buffer.from(text);
    expect(sniffed('chat.ndjson', bytes)).toBe(docketInterchange);
    expect(docketInterchange.platformOf?.(readHead(memorySource('chat.ndjson', bytes)))).toBe(platform);
    const second = await importBytes('chat.ndjson', bytes);
    expect(digests(second, platform)).toEqual(digests(first, platform));
    expect(people(second)).toEqual(people(first));
    expect(tally(second.ranges).skipped).toBe(0);
  });
});

describe('reading', () => {
  const read = (...lines: unknown[]) =>
    importBytes('x.ndjson', Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')));
  const header = { record: 'header', format: 'docket-chat', version: 1, platform: 'qq' };

  test('the least that an exporter can write', async () => {
    const run = await read(
      header,
      {
        record: 'message',
        conversation: '群1',
        sender: '10001',
        sentAtText: '2024-01-05T09:15:00+08:00',
        text: '你好',
      },
      { record: 'message', conversation: '群1', sender: '10001', sentAtText: '2024-01-05 09:16', text: '' },
    );
    expect(run.messages).toMatchObject([
      { senderKey: '10001', instant: Date.UTC(2024, 0, 5, 1, 15), kind: 'text', text: '你好', flags: [] },
      { wallTime: Date.UTC(2024, 0, 5, 9, 16) },
    ]);
    expect(run.facts).toMatchObject({ formatVersion: '1', needsZone: true });
    expect([...run.conversations.values()]).toMatchObject([{ key: '群1', type: 'unknown' }]);
  });

  test('what it does not know is kept or named', async () => {
    const run = await read(
      header,
      {
        record: 'message',
        conversation: 'c',
        sentAtText: 'x',
        text: 't',
        kind: 'later',
        flags: ['later'],
        attachments: [{ kind: 'later', size: -1 }],
      },
      { record: 'later', a: 1 },
      { record: 'message', text: 'no conversation' },
      { record: 'account' },
      { record: 'membership', conversation: 'c', account: 'new', role: 'later' },
    );
    expect(run.messages).toMatchObject([
      {
        kind: 'other',
        flags: ['time-unparsed'],
        attachments: [{ kind: 'file', size: null }],
        senderKey: null,
      },
    ]);
    expect(run.memberships).toMatchObject([{ accountKey: 'new', role: null }]);
    expect(tally(run.ranges).skips).toEqual({ 'unknown-record': 1, 'missing-field': 2 });
  });

  test('several conversations are listed and chosen', async () => {
    const lines = [
      header,
      { record: 'conversation', key: 'a', name: 'A', type: 'group' },
      { record: 'message', conversation: 'a', sender: '1', sentAtText: '1', text: 'x' },
      { record: 'message', conversation: 'b', sender: '1', sentAtText: '2', text: 'y' },
    ];
    const bytes = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(await previews(docketInterchange, 'x.ndjson', bytes)).toMatchObject([
      { key: 'a', name: 'A', type: 'group', messages: 1 },
      { key: 'b', messages: 1 },
    ]);
    const run = await importBytes('x.ndjson', bytes, { conversations: new Set(['b']) });
    expect(run.messages.map(({ ordinal, text }) => [ordinal, text])).toEqual([[1, 'y']]);
  });
});

describe('the published format', () => {
  test('the schema is the one that the program writes by', () => {
    const schema = {
      title: 'A line of a Docket interchange file',
      ...z.toJSONSchema(InterchangeRecord, { io: 'input' }),
    };
    expect(JSON.parse(docs('interchange-format.schema.json'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  test('the example is valid, and imports whole', async () => {
    const example = /```ndjson\n([\s\S]*?)```/.exec(docs('interchange-format.md'))?.[1] as string;
    for (const line of example.trimEnd().split('\n')) InterchangeRecord.parse(JSON.parse(line));
    const run = await importBytes('example.ndjson', Buffer.from(example));
    expect(run.messages.length).toBe(3);
    expect(tally(run.ranges).skipped).toBe(0);
  });
});
