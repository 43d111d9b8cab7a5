/** Records of the contract for tests of the window. */
import type { Account, Message } from '../../src/core/domain/conversation.ts';
import type { Inspection, Source } from '../../src/core/domain/source.ts';
import type { Dashboard } from '../../src/core/domain/statistics.ts';
import { sha, uid } from './support.tsx';

export const message = (n: number, change: Partial<Message> = {}): Message => ({
  id: uid(1000 + n),
  conversationId: uid(500),
  conversation: '行政工作群',
  senderId: uid(600),
  sender: '陈立',
  platformId: null,
  sentAt: 1_740_000_000_000 + n * 60_000,
  sentAtText: `2025-02-20 05:${String(n % 60).padStart(2, '0')}`,
  kind: 'text',
  text: `第 ${n} 条消息`,
  act: 'own-post',
  carried: [],
  attachments: [],
  editedAtText: null,
  recalled: false,
  flags: [],
  hits: 0,
  sourceId: uid(700),
  locator: { start: n * 100, end: n * 100 + 99, line: n + 1 },
  ...change,
});

export const account = (n: number, change: Partial<Account> = {}): Account => ({
  id: uid(2000 + n),
  platform: 'wecom',
  platformId: `user${n}`,
  name: `员工${n}`,
  names: [`员工${n}`],
  fields: {},
  messages: n,
  hits: 0,
  unnamed: false,
  ...change,
});

export const source = (change: Partial<Source> = {}): Source => ({
  id: uid(700),
  file: '群聊.csv',
  sha256: sha('c'),
  bytes: 1000,
  format: 'wechat-wechatmsg-csv',
  formatTitle: { zh: 'WeChatMsg CSV', en: 'WeChatMsg CSV' },
  formatVersion: null,
  importerVersion: 1,
  platform: 'wechat',
  holds: 'chat',
  encoding: 'utf-8',
  zone: { id: 'Asia/Shanghai', assumed: true, matters: true },
  assumptions: {},
  state: 'complete',
  conversations: 1,
  accounts: 3,
  messages: 20,
  duplicates: 0,
  skipped: 2,
  ledger: { parsedBytes: 900, skippedBytes: 60, ignoredBytes: 40 },
  skips: [{ code: 'bad-row', count: 2, firstLine: 7 }],
  digest: sha('d'),
  authorityId: null,
  importedAt: 1_740_000_000_000,
  officer: '周敏',
  parentId: null,
  ...change,
});

export const inspection = (change: Partial<Inspection> = {}): Inspection => ({
  path: '/dropped/result.json',
  file: 'result.json',
  bytes: 2000,
  encoding: 'utf-8',
  candidates: [
    {
      format: 'telegram-json',
      title: { zh: 'Telegram 导出', en: 'Telegram export' },
      platform: 'telegram',
      holds: 'chat',
      confidence: 0.98,
    },
  ],
  format: 'telegram-json',
  isTable: false,
  bundle: null,
  listName: null,
  lists: [],
  conversations: [],
  needsZone: false,
  preview: [{ sentAtText: '2025-02-20 05:00', sender: '陈立', kind: 'text', text: '早' }],
  alreadyImported: null,
  ...change,
});

export const dashboard = (totals: Partial<Dashboard['totals']> = {}): Dashboard => ({
  totals: {
    messages: 2000,
    conversations: 4,
    accounts: 30,
    sources: 3,
    partialSources: 0,
    openHits: 57,
    openProposals: 9,
    openCases: 2,
    openDuties: 1,
    overdueDuties: 0,
    undetected: 0,
    unnamedAccounts: 0,
    skippedRecords: 5,
    missingMedia: 0,
    unexaminedMedia: 12,
    ...totals,
  },
  hitsByWeek: [],
  hitsByCategory: [{ category: 'fraud', hits: 7, confirmed: 2, dismissed: 1, open: 4 }],
  casesByState: [{ state: 'open', cases: 2 }],
});

/** A page as the host gives it: rows of the cursor's place, `total` on the first page only. */
export function pageOf<T>(
  all: readonly T[],
  input: { cursor?: string | null | undefined; limit?: number | undefined },
) {
  const limit = input.limit ?? 100;
  const start = Number(input.cursor ?? 0);
  const end = start + limit;
  return {
    rows: all.slice(start, end),
    next: end < all.length ? String(end) : null,
    total: input.cursor ? null : all.length,
  };
}
