import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { classOf, entitlementOf, Licences } from '../../src/core/accounts/entitlement.ts';
import { testBench } from '../builders/bench.ts';

const ACCOUNT = { name: '某地发布', accountId: 'gh_1', registrant: '某地新闻中心', reviewedAt: '2026-01-01' };
const FILED = { filingStatus: '已备案' };
const LICENCE = {
  number: '证-1',
  accountId: 'gh_1',
  type: '互联网新闻信息服务（采编发布）',
  issuedAt: '2025-03-02',
  expiresAt: '2026-03-01',
};
const on = (day: string, account: Record<string, string>, ...licences: Record<string, string>[]) =>
  entitlementOf({ ...ACCOUNT, ...FILED, ...account }, new Licences(licences), day);

describe('the class of a public account', () => {
  it.each([
    ['党政机关', 'official'],
    ['人民团体', 'official'],
    ['事业单位', 'official'],
    ['government body', 'official'],
    ['新闻单位', 'news'],
    ['事业单位（报社）', 'news'],
    ['企业', 'organisation'],
    ['社会团体', 'organisation'],
    ['个人', 'individual'],
    ['', 'unknown'],
  ])('%s is %s', (registrantNature, expected) => {
    expect(classOf({ registrantNature })).toBe(expected);
  });
});

describe('what an account may do with political news (S1-10, S1-15)', () => {
  it.each([
    ['official', '党政机关', 'own-affairs', []],
    ['news', '新闻单位', 'none', ['licence-missing']],
    ['a company', '企业', 'none', []],
    ['a person', '个人', 'none', []],
    ['unknown', '', 'none', ['class-unknown']],
  ])('without a licence: %s', (_, registrantNature, entitlement, gaps) => {
    expect(on('2026-02-01', { registrantNature })).toMatchObject({ entitlement, gaps, licence: null });
  });

  it.each([
    ['before it was issued', '2025-03-01', 'own-affairs', []],
    ['on its first day', '2025-03-02', 'publish', []],
    ['a month before its end', '2026-01-29', 'publish', []],
    ['in its last thirty days', '2026-01-30', 'publish', ['licence-ends-soon']],
    ['on its last day', '2026-03-01', 'publish', ['licence-ends-soon']],
    ['the day after', '2026-03-02', 'own-affairs', ['licence-expired']],
  ])('a licence %s', (_, day, entitlement, gaps) => {
    expect(on(day, { registrantNature: '党政机关' }, LICENCE)).toMatchObject({ entitlement, gaps });
  });

  it.each([
    ['to reprint', { type: '互联网新闻信息转载服务' }, 'reprint'],
    ['revoked', { status: '已注销' }, 'none'],
    ['about something else', { type: '网络文化经营', scope: '网络表演' }, 'none'],
    ['of another account', { accountId: 'gh_2' }, 'none'],
    ['of the registrant, naming no account', { accountId: '', holder: '某地新闻中心' }, 'publish'],
    ['naming the account among several', { accountId: '', account: '别的、某地发布' }, 'publish'],
  ])('a licence %s', (_, change, entitlement) => {
    expect(on('2025-06-01', { registrantNature: '企业' }, { ...LICENCE, ...change }).entitlement).toBe(
      entitlement,
    );
  });

  it('the better of two licences counts, and what the register lacks is told', () => {
    const reprint = { ...LICENCE, number: '证-2', type: '新闻转载', expiresAt: '2030-01-01' };
    const bare = { registrantNature: '企业', filingStatus: '', reviewedAt: '' };
    expect(on('2025-06-01', bare, reprint, LICENCE)).toMatchObject({
      entitlement: 'publish',
      licence: { number: '证-1', expiresAt: '2026-03-01' },
      gaps: ['not-filed', 'review-missing'],
    });
    expect(on('2026-06-01', bare, reprint, LICENCE)).toMatchObject({
      entitlement: 'reprint',
      licence: { number: '证-2' },
    });
  });
});

describe('the register of public accounts', () => {
  let folder = '';
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('comes from imported lists, on any day, and is narrowed and paged', async () => {
    folder = mkdtempSync(join(tmpdir(), 'docket-register-'));
    const made = testBench();
    try {
      await made.call('workspace.create', {
        profile: 'platform',
        officerName: '陈静',
        passphrase: 'long enough',
      });
      const accounts = join(folder, '公众账号.csv');
      writeFileSync(
        accounts,
        [
          '账号ID,账号名称,主体名称,主体性质,备案状态,审核日期',
          'gh_1,某地发布,某地政府办公室,党政机关,已备案,2026-01-01',
          'gh_2,晨报,晨报社,新闻单位,已备案,2026-01-01',
          'gh_3,好物推荐,某商贸公司,企业,,',
          '',
        ].join('\n'),
      );
      const licences = join(folder, '许可资质.csv');
      writeFileSync(
        licences,
        [
          '许可证编号,持证主体,账号ID,许可类型,发证机关,发证日期,有效期至',
          '证-9,晨报社,gh_2,互联网新闻信息服务（采编发布）,网信办,2024-01-01,2026-03-01',
          '',
        ].join('\n'),
      );
      await made.call('sources.import', {
        jobId: 'lists',
        files: [accounts, licences].map((path) => ({ path, conversations: 'all' as const })),
      });
      const list = (input: Record<string, unknown>) =>
        made.call('publicAccounts.list', { day: '2026-02-28', ...input } as never);
      const before = await list({});
      expect(before.total).toBe(3);
      expect(
        before.rows.map(({ name, class: kind, entitlement, gaps }) => [name, kind, entitlement, gaps]),
      ).toEqual([
        ['好物推荐', 'organisation', 'none', ['not-filed', 'review-missing']],
        ['晨报', 'news', 'publish', ['licence-ends-soon']],
        ['某地发布', 'official', 'own-affairs', []],
      ]);
      const after = await list({ day: '2026-03-02', gap: 'licence-expired' });
      expect(after.rows.map(({ name, entitlement }) => [name, entitlement])).toEqual([['晨报', 'none']]);
      expect((await list({ class: 'official' })).rows.map(({ name }) => name)).toEqual(['某地发布']);
      expect((await list({ entitlement: 'none', text: '商贸' })).total).toBe(1);
      const first = await list({ limit: 2 });
      expect(first.rows).toHaveLength(2);
      expect((await list({ limit: 2, cursor: first.next })).rows.map(({ name }) => name)).toEqual([
        '某地发布',
      ]);
    } finally {
      made.remove();
    }
  });
});
