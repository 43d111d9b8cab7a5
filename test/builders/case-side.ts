/** Fills every table of leads, cases, penalties and hearings with at least one row, as officers would. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import type { TestBench } from './bench.ts';

export async function fillCaseSide(made: TestBench, caseId: string, secondId: string): Promise<void> {
  const { call } = made;
  const { passphrase } = SAMPLE_OFFICERS[1];
  const { parties } = await call('cases.get', { caseId });
  const accountIds = parties.flatMap(({ accountId }) => accountId ?? []);
  const rules = await call('houseRules.adopt', {
    title: '用户服务协议',
    version: '3',
    effectiveFrom: '2024-01-01',
    adoption: { way: 'terms-of-service', on: '2023-12-01', proof: '公示截图' },
  });
  await call('houseRules.receive', { rulesId: rules.id, accountIds, on: '2024-01-02', proof: '注册勾选' });
  const { rows } = await call('measures.list', { caseId });
  await call('measures.execute', {
    measureIds: rows.map(({ id }) => id),
    at: Date.now() - 1000,
    by: '王工',
    proof: '工单 1',
  });
  const [batch] = await call('batches.record', {
    caseId,
    subjectType: 'link',
    measure: 'link-blocked-announced',
    facts: '同一商城',
    items: [{ target: 'https://shop.test' }],
  });
  await call('batches.approve', {
    batchId: batch?.id ?? '',
    officerId: secondId,
    passphrase,
    approved: true,
  });
  const { decisions } = await call('cases.get', { caseId });
  const [decision] = decisions;
  if (!decision) throw new Error('the case has no decision');
  const { partyId } = decision;
  await call('hearings.put', { caseId, partyId, notInvitedReason: '账号已注销' });
  await call('letters.write', {
    caseId,
    partyId,
    kind: 'decision',
    language: 'zh-CN',
    format: 'docx',
    file: join(made.root, 'letter.docx'),
    contact: '邮箱',
    organisation: '合规部',
  });
  const third = await call('officers.create', {
    name: '何平',
    role: 'legal',
    passphrase: 'the third passphrase',
  });
  const [appeal] = await call('appeals.lodge', {
    decisionId: decision.id,
    lodgedAt: Date.now(),
    lodgedBy: '本人',
    grounds: '账号被盗',
  });
  await call('appeals.decide', {
    appealId: appeal?.id ?? '',
    officerId: third.id,
    passphrase: 'the third passphrase',
    outcome: 'upheld',
    reason: '证据充分',
  });
  await call('leads.receive', {
    source: 'user-report',
    receivedAt: Date.now() - 1000,
    reporter: '热心用户',
    target: '丛辉',
    text: '发赌博广告',
  });
  const accounts = await call('accounts.list', { limit: 20 });
  const other = accounts.rows.find(({ id, name }) => name !== null && !accountIds.includes(id));
  if (!other) throw new Error('the sample has no other account');
  await call('watch.add', { accountId: other.id, reason: '多次换号' });
  // Somebody of the same name comes in from elsewhere.
  const file = join(made.root, 'WhatsApp Chat with Y.txt');
  writeFileSync(file, [9, 10].map((hour) => `[2026-03-01, ${hour}:00:00] ${other.name}: 又来了\n`).join(''));
  await call('sources.import', {
    jobId: 'return',
    files: [{ path: file, zone: 'Asia/Shanghai', conversations: 'all' }],
  });
}
