/** Every fixture is taken by its own importer, and by no other with as much confidence. */
import { describe, expect, test } from 'vitest';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { encodeAs, fixture } from './helpers.ts';

const OWN: Readonly<Record<string, string>> = {
  'telegram_single_chat-miner.json': 'telegram-desktop-json',
  'telegram_account.json': 'telegram-desktop-json',
  'telegram_old_layout.json': 'telegram-desktop-json',
  'telegram_messages.html': 'telegram-desktop-html',
  'discord/Guild - sales - deals [900000000000000100].json': 'discord-chatexporter-json',
  'discord/Guild - sales - deals [900000000000000100].csv': 'discord-chatexporter-csv',
  'discord/Guild - deals [900000000000000100].txt': 'discord-chatexporter-text',
  'discord/old layout.csv': 'discord-chatexporter-csv',
  'messenger_message_1.json': 'messenger-download-json',
  'messenger_e2ee.json': 'messenger-download-json',
  'instagram_message_1.json': 'instagram-download-json',
  'slack/deals/2024-03-01.json': 'slack-export-day-json',
  'slack/users.json': 'slack-export-directory-json',
  'slack/channels.json': 'slack-export-directory-json',
  'teams_graph.json': 'teams-graph-json',
  'teams_page.json': 'teams-graph-json',
  'google-chat/Space AAAAx1/messages.json': 'google-chat-takeout-json',
  'docket_interchange.ndjson': 'other-docket-ndjson',
  'chatlab_group.json': 'other-chatlab-json',
  'chatlab_private.jsonl': 'other-chatlab-jsonl',
  'wecom_archive_all_types.jsonl': 'wecom-archive-jsonl',
  'wechatmsg_group_utf8.csv': 'wechat-wechatmsg-csv',
  'whatsapp_ios_zh_chat.txt': 'whatsapp-export-text',
  '与Alice的 WhatsApp 聊天.txt': 'whatsapp-export-text',
};

const cases = Object.entries(OWN);

describe.each(cases)('%s', (file, own) => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const best = (bytes: Uint8Array, as = name) => rankImporters(readHead(memorySource(as, bytes)));

  test(`is ${own}, and nobody else is as sure`, () => {
    const [first, second] = best(fixture(file));
    expect(first?.importer.id).toBe(own);
    expect(first?.confidence).toBeGreaterThan(second?.confidence ?? 0);
  });

  test('under any name, with a byte order mark, as UTF-16', () => {
    const text = fixture(file)
      .toString('utf8')
      .replace(/^\ufeff/, '');
    for (const shape of ['utf-8-bom', 'utf-16le-bom', 'utf-16be'] as const) {
      expect(best(encodeAs(text, shape), 'export.bin')[0]?.importer.id).toBe(own);
    }
  });

  test('cut after two thirds, and minified where it is JSON', () => {
    const bytes = fixture(file);
    if (bytes.length > 700) {
      expect(best(bytes.subarray(0, Math.floor((bytes.length * 2) / 3)))[0]?.importer.id).toBe(own);
    }
    if (!file.endsWith('.json')) return;
    const value: unknown = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
    expect(best(Buffer.from(JSON.stringify(value)))[0]?.importer.id).toBe(own);
    expect(best(Buffer.from(JSON.stringify(value, null, 4)))[0]?.importer.id).toBe(own);
  });
});
