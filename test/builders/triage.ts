/** Rows of the queue's order, locks, covered names, filters, tasks, campaigns, bulletins and controls. */
import { join } from 'node:path';
import type { TestBench } from './bench.ts';

/** Needs a workspace with an open hit, a confirmed one and a case that is not closed. */
export async function fillTriage(made: TestBench, caseId: string): Promise<void> {
  const { call } = made;
  await call('priority.set', {
    jobId: 'weigh',
    formula: { severity: 1, reach: 0.5, duty: 0.5, doublingDays: 30 },
    reason: 'reach counts',
  });
  const open = await call('hits.list', { filter: { status: 'hit', disposition: 'open' }, limit: 1 });
  const hitId = open.rows[0]?.id ?? '';
  await call('work.take', { subject: { type: 'hit', id: hitId } });
  await call('triage.reveal', { hitId, reason: 'the roster is to be checked' });
  await call('filters.save', { screen: 'review', name: 'Worst first', search: '{"severity":5}' });
  await call('cases.addTask', { caseId, title: 'Ask the landlord' });
  const campaign = await call('campaigns.open', {
    title: 'Spring clean-up',
    basis: 'Announcement of 9 June 2021',
    categories: ['gambling'],
    startedAt: Date.UTC(2026, 0, 1),
  });
  await call('bulletins.write', {
    query: { from: 0, to: Date.now(), categories: [] },
    campaignId: campaign.id,
    title: 'Bulletin',
    format: 'docx',
    language: 'zh-CN',
    file: join(made.root, 'bulletin.docx'),
  });
  await call('controls.set', {
    control: 'house-rules',
    state: 'in-place',
    evidence: 'Rules of 2024',
    nextReview: '2027-01-01',
  });
}
