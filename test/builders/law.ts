/** Rows of circumstances, inspections, meters and quarantine, made as an officer makes them. */
import type { TestBench } from './bench.ts';

/** Needs a workspace with a case (`closedCase`). */
export async function fillLaw(made: TestBench): Promise<void> {
  const confirmed = await made.call('hits.list', { filter: { disposition: 'confirmed' }, limit: 1 });
  const [hit] = confirmed.rows;
  if (!hit) throw new Error('no hit is confirmed');
  await made.call('duties.mark', {
    hitId: hit.id,
    mark: 'organised-crime',
    on: true,
    reason: 'several sellers',
  });
  await made.call('inspections.record', {
    kind: 'assistance',
    authority: 'A police station',
    request: 'Records of one account',
    receivedAt: Date.now(),
  });
  if (!hit.senderId) throw new Error('the hit has no sender');
  await made.call('meter.enterFigure', {
    subject: { type: 'person', id: hit.senderId },
    meter: 'illegal-network-use',
    counter: 'proceeds',
    value: 5000,
    day: '2026-01-05',
    source: 'bank statement',
  });
  const { rows } = await made.call('messages.search', { filter: { withHits: false }, limit: 1 });
  await made.call('quarantine.set', { messageIds: [rows[0]?.id ?? ''], reason: 'other' });
}
