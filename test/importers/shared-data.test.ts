/**
 * Exports that may be read but not copied into this repository. Where the folder that holds them
 * stands beside the repository they are imported; elsewhere the copies in test/fixtures are, so that
 * the counts below are checked on every machine for at least those.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { importBytes, tally } from './helpers.ts';

const SHARED = fileURLToPath(new URL('../../../shared/data/exports/', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/exports/', import.meta.url));

interface Expected {
  readonly file: string;
  readonly importer: 'messages' | 'accounts';
  readonly count: number;
  /** Different senders among the messages. */
  readonly senders?: number;
}

const ONLY_SHARED: readonly Expected[] = [
  { file: 'telegram/BIG_20A_5475M.json', importer: 'messages', count: 5475, senders: 20 },
  { file: 'whatsapp/4A_11M.txt', importer: 'messages', count: 14, senders: 5 },
  { file: 'whatsapp/pokemon.txt', importer: 'messages', count: 20, senders: 8 },
  { file: 'whatsapp/lorem-2000.txt', importer: 'messages', count: 2000, senders: 4 },
  { file: 'whatsapp/lorem-merge-part1.txt', importer: 'messages', count: 300, senders: 4 },
  { file: 'whatsapp/lorem-merge-part2.txt', importer: 'messages', count: 300, senders: 5 },
  { file: 'discord/GC_3A_5M.json', importer: 'messages', count: 6, senders: 3 },
  { file: 'constructed/googlechat_takeout/messages.json', importer: 'messages', count: 2, senders: 2 },
  { file: 'chatlab/doc_example.jsonl', importer: 'messages', count: 3, senders: 2 },
  { file: 'chatlab/doc_example_1.json', importer: 'messages', count: 1, senders: 1 },
  { file: 'chatlab/doc_example_2.json', importer: 'messages', count: 2, senders: 2 },
  { file: 'chatlab/doc_example_3.json', importer: 'messages', count: 1, senders: 1 },
];

const EVERYWHERE: readonly Expected[] = [
  { file: 'telegram_single_chat-miner.json', importer: 'messages', count: 2, senders: 2 },
  { file: 'wechatmsg_group_utf8.csv', importer: 'messages', count: 10, senders: 4 },
  { file: 'wecom_archive_all_types.jsonl', importer: 'messages', count: 29, senders: 1 },
  { file: 'whatsapp_ios_zh_chat.txt', importer: 'messages', count: 3, senders: 2 },
  { file: '与Alice的 WhatsApp 聊天.txt', importer: 'messages', count: 5, senders: 2 },
  { file: 'qq_native_12h.txt', importer: 'messages', count: 3, senders: 2 },
  { file: 'qq_native_group.txt', importer: 'messages', count: 10, senders: 4 },
  { file: 'qce_v5_group.json', importer: 'messages', count: 10, senders: 4 },
  { file: 'qce_v5_group.txt', importer: 'messages', count: 10, senders: 4 },
  { file: 'line_en_group.txt', importer: 'messages', count: 3, senders: 2 },
  { file: 'line_ja_group.txt', importer: 'messages', count: 3, senders: 2 },
  { file: 'line_zh-TW_private.txt', importer: 'messages', count: 6, senders: 2 },
  { file: 'line_windows_en.txt', importer: 'messages', count: 3, senders: 2 },
  { file: 'welink.txt', importer: 'messages', count: 2, senders: 2 },
  { file: 'feishu_im_v1_messages.json', importer: 'messages', count: 6, senders: 3 },
  { file: 'wechatmsg_contacts.csv', importer: 'accounts', count: 3 },
  { file: 'weflow_contacts.csv', importer: 'accounts', count: 3 },
];

const hasShared = existsSync(SHARED);
const cases = [
  ...EVERYWHERE.map((expected) => ({ ...expected, path: join(FIXTURES, expected.file) })),
  ...(hasShared ? ONLY_SHARED.map((expected) => ({ ...expected, path: join(SHARED, expected.file) })) : []),
];

test.each(cases)(
  '$file keeps $count $importer and its ledger balances',
  async ({ file, path, importer, count, senders }) => {
    const run = await importBytes(file.slice(file.lastIndexOf('/') + 1), readFileSync(path));
    expect(importer === 'messages' ? run.messages.length : run.accounts.size).toBe(count);
    if (senders !== undefined) {
      expect(new Set(run.messages.map(({ senderKey }) => senderKey).filter((key) => key !== null)).size).toBe(
        senders,
      );
    }
    expect(tally(run.ranges).skipped).toBe(0);
  },
);

test('what the repository holds is what the folder holds', () => {
  const names = new Set(readdirSync(FIXTURES));
  for (const { file } of EVERYWHERE) expect(names).toContain(file);
  if (!hasShared) return;
  for (const { file } of EVERYWHERE) {
    const original = join(
      SHARED,
      file.startsWith('telegram') ? 'telegram/test_single_export.json' : `constructed/${file}`,
    );
    expect(readFileSync(join(FIXTURES, file)).equals(readFileSync(original))).toBe(true);
  }
});
