/**
 * Exports that may be read but not copied into this repository. Where the folder that holds them
 * stands beside the repository they are imported; elsewhere the copies in test/fixtures are, so that
 * the counts below are checked on every machine for at least those.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testBench } from '../builders/bench.ts';
import { entriesOf, importBytes, tally } from './helpers.ts';

const SHARED = fileURLToPath(new URL('../../../shared/data/exports/', import.meta.url));
const FIXTURES = fileURLToPath(new URL('../fixtures/exports/', import.meta.url));

interface Expected {
  readonly file: string;
  readonly importer: 'messages' | 'accounts' | 'entries';
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
  { file: 'constructed/chatlog_group.csv', importer: 'messages', count: 10 },
  { file: 'constructed/chatlog_group.json', importer: 'messages', count: 10 },
  { file: 'constructed/chatlog_group.txt', importer: 'messages', count: 10 },
  { file: 'constructed/echotrace_group.json', importer: 'messages', count: 10 },
  { file: 'constructed/pywxdump_48123456789@chatroom_0_11.json', importer: 'messages', count: 10 },
  { file: 'constructed/pywxdump_48123456789@chatroom_0_5000.csv', importer: 'messages', count: 10 },
  { file: 'constructed/pywxdump_old_content.csv', importer: 'messages', count: 10 },
  { file: 'constructed/qce_v5_chunked_jsonl/chunks/c000001.jsonl', importer: 'messages', count: 5 },
  { file: 'constructed/qce_v5_chunked_jsonl/chunks/c000002.jsonl', importer: 'messages', count: 5 },
  { file: 'constructed/wechatexporter_group.html', importer: 'messages', count: 10 },
  { file: 'constructed/wechatexporter_group.txt', importer: 'messages', count: 10 },
  { file: 'constructed/wechatmsg_group.txt', importer: 'messages', count: 10 },
  { file: 'constructed/weflow_group.json', importer: 'messages', count: 10 },
  { file: 'constructed/weflow_group.txt', importer: 'messages', count: 10 },
  { file: 'constructed/weflow_weclone.csv', importer: 'messages', count: 9 },
  { file: 'contacts/knugihk_contacts.vcf', importer: 'entries', count: 6 },
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
    const found = { messages: run.messages, accounts: [...run.accounts], entries: entriesOf(run) };
    expect(found[importer]).toHaveLength(count);
    if (senders !== undefined) {
      expect(new Set(run.messages.map(({ senderKey }) => senderKey).filter((key) => key !== null)).size).toBe(
        senders,
      );
    }
    expect(tally(run.ranges).skipped).toBe(0);
  },
);

/** What an export says of itself: how many messages it holds. */
const STATED: readonly RegExp[] = [/"(?:messageCount|totalMessages)"\s*:\s*(\d+)/, /^消息总数[:：]\s*(\d+)/m];

test.each(
  cases
    .map(({ file, path }) => ({ file, path, text: readFileSync(path, 'utf8') }))
    .map((one) => ({ ...one, stated: STATED.map((pattern) => pattern.exec(one.text)?.[1]).find(Boolean) }))
    .filter(({ stated }) => stated !== undefined),
)('$file states $stated messages, and so many are in its list', async ({ file, path, stated }) => {
  const run = await importBytes(file.slice(file.lastIndexOf('/') + 1), readFileSync(path));
  // The list of this one holds six messages where it states five.
  expect(run.messages).toHaveLength(file === 'discord/GC_3A_5M.json' ? 6 : Number(stated));
});

if (hasShared)
  test('archives and chunked folders reach their counts through the workbench', async () => {
    const made = testBench();
    try {
      await made.call('workspace.create', {
        profile: 'platform',
        officerName: 'A',
        passphrase: 'lantern orchard 41',
      });
      const messagesOf = async (path: string) => {
        const { sources, refused } = await made.call('sources.import', {
          jobId: path,
          files: [{ path: join(SHARED, path), conversations: 'all' }],
        });
        expect(refused).toEqual([]);
        return sources.reduce((sum, { messages }) => sum + messages, 0);
      };
      expect(await messagesOf('slack/testarchive.zip')).toBe(158);
      expect(await messagesOf('whatsapp/4A_11M.zip')).toBe(14);
      expect(await messagesOf('constructed/qce_v5_chunked_jsonl')).toBe(10);
    } finally {
      made.remove();
    }
  });

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
