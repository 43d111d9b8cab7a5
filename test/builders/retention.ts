/** Rows of transfers, custody, stamps and retention, made as officers make them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { type TestBench, testBench } from './bench.ts';

const PASSPHRASE = 'told by telephone';

/** Needs a workspace with a case (`closedCase`); destroys one source that no case rests on. */
export async function fillRetention(made: TestBench, caseId: string, secondId: string): Promise<void> {
  const { call, root } = made;
  const { passphrase } = SAMPLE_OFFICERS[1];
  const [source] = await call('custody.sources', { caseId });
  const sourceId = source?.source.id ?? '';
  const facts = { custodian: 'A', consent: 'B', medium: 'C', method: 'D', place: 'E', note: 'F' };
  await call('custody.setAcquisition', { sourceId, acquisition: facts });
  await call('evidence.reExtract', { jobId: 'anew', sourceId });
  await call('custody.writeExtraction', {
    caseId,
    file: join(root, 'extraction.docx'),
    format: 'docx',
    language: 'en',
    body: {
      cause: 'A',
      place: 'B',
      startedAt: 1,
      endedAt: 2,
      method: 'C',
      process: 'D',
      operators: ['E', 'F'],
      witness: 'G',
    },
  });
  await call('stamps.setSchedule', { everyDays: 7 });
  await call('stamps.request', { file: join(root, 'head.tsq') });
  const [exhibit] = (await call('cases.get', { caseId })).exhibits;
  await call('custody.setHold', { on: 'exhibit', id: exhibit?.id ?? '', reason: 'in court' });
  const hold = await call('custody.setHold', { on: 'source', id: sourceId, reason: 'asked for' });
  await call('custody.liftHold', { holdId: hold.id, reason: 'given' });
  await call('retention.setRule', { kind: 'source', days: 30, basis: 'house rule 5' });
  const inCases = new Set((await call('custody.sources', { caseId })).map((one) => one.source.id));
  const lone = (await call('sources.list', {})).find(
    ({ id, state, messages }) => state === 'complete' && messages > 0 && !inCases.has(id),
  );
  if (!lone) throw new Error('every source is part of the case');
  await call('retention.destroy', {
    jobId: 'destroy',
    kind: 'source',
    id: lone.id,
    reason: 'no longer needed',
    early: true,
    approverId: secondId,
    approverPassphrase: passphrase,
  });
  await exchange(made);
}

/** A case comes from another workstation, and comes again after both gave it another title and decided. */
async function exchange(made: TestBench): Promise<void> {
  const other = testBench();
  try {
    await other.call('workspace.create', {
      profile: 'platform',
      officerName: 'B',
      passphrase: SAMPLE_OFFICERS[0].passphrase,
    });
    const carry = async (from: TestBench, to: TestBench, caseId: string, file: string) => {
      await from.call('transfers.send', {
        caseId,
        file,
        passphrase: PASSPHRASE,
        recipient: 'B',
        purpose: 'P',
      });
      const { peer } = await to.call('transfers.look', { file, passphrase: PASSPHRASE });
      await to.call('transfers.receive', {
        jobId: file,
        file,
        passphrase: PASSPHRASE,
        trust: peer.fingerprint,
      });
    };
    const { rows } = await made.call('hits.list', {
      filter: { disposition: 'open', status: 'hit' },
      limit: 1,
    });
    const hitIds = rows.map(({ id }) => id);
    await made.call('hits.dispose', { hitIds, verdict: 'confirmed' });
    const { summary } = await made.call('cases.open', { hitIds });
    const caseId = summary.id;
    await carry(made, other, caseId, join(made.root, 'out.docket'));
    const decide = async (bench: TestBench) => {
      const { parties } = await bench.call('cases.get', { caseId });
      const partyId = parties[0]?.id ?? '';
      const { options, proposed } = await bench.call('decisions.propose', { caseId, partyId });
      const measure = options.find(({ needsSecondApproval }) => !needsSecondApproval)?.id ?? '';
      const deviationReason = measure === proposed ? '' : 'minor';
      await bench.call('decisions.record', { caseId, partyId, measure, deviationReason, facts: 'F' });
    };
    await decide(made);
    await decide(other);
    await carry(other, made, caseId, join(made.root, 'back.docket'));
    const [conflict] = await made.call('transfers.conflicts', {});
    await made.call('transfers.resolve', {
      conflictId: conflict?.id ?? '',
      choice: 'ours',
      reason: 'decided first',
    });
    await origin(made, other, carry);
  } finally {
    other.remove();
  }
}

/** A case that was opened elsewhere, with messages that are new here. */
async function origin(
  made: TestBench,
  other: TestBench,
  carry: (from: TestBench, to: TestBench, caseId: string, file: string) => Promise<void>,
): Promise<void> {
  const chat = join(other.root, 'theirs.ndjson');
  const said = { conversation: 'theirs', sender: 'them', sentAtText: '2024-03-01T09:15:00+08:00' };
  writeFileSync(chat, `${JSON.stringify({ record: 'message', ...said, text: 'said only there' })}\n`);
  await other.call('sources.import', { jobId: 'chat', files: [{ path: chat, conversations: 'all' }] });
  const { rows } = await other.call('messages.search', { filter: { text: 'said only there' }, limit: 1 });
  const accountId = rows[0]?.senderId ?? '';
  const { summary } = await other.call('cases.open', { hitIds: [], accountId });
  await other.call('evidence.addExhibit', {
    caseId: summary.id,
    messageId: rows[0]?.id ?? '',
    context: 2,
  });
  await carry(other, made, summary.id, join(made.root, 'theirs.docket'));
}
