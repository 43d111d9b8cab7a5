/** Fills what detection keeps beside runs and hits: a draft with its backtest, a sample, hits over several messages. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestBench } from './bench.ts';

const TITLE = { zh: '测试', en: 'Test' };

/** A pack with a rule over several messages, one over names and one over words. */
export function draftText(version = '1.0.0', extra: object = {}): string {
  return JSON.stringify({
    id: 'own',
    version,
    title: TITLE,
    rules: [
      { id: 'words', category: 'marketing-spam', title: TITLE, match: { terms: ['微信'] }, ...extra },
      {
        id: 'many',
        category: 'marketing-spam',
        title: TITLE,
        match: { repeat: 'any', atLeast: 2, minutes: 500 },
      },
      {
        id: 'names',
        category: 'marketing-spam',
        title: TITLE,
        match: { regex: '.' },
        when: { act: ['display'] },
      },
    ],
  });
}

/** Every table of detection holds rows afterwards. */
export async function fillDetection(made: TestBench): Promise<void> {
  await made.call('rules.saveDraft', { text: draftText() });
  await made.call('rules.backtest', { jobId: 'backtest', pack: 'own' });
  const file = join(made.root, 'own.json');
  writeFileSync(file, draftText('0.9.0'));
  await made.call('detection.start', { jobId: 'own', packFiles: [file] });
  await made.call('samples.draw', { size: 5, seed: 'a' });
  await trainOnce(made);
}

/** Reviews all that is open, hits as right and proposals as wrong, and trains on it. */
async function trainOnce(made: TestBench): Promise<void> {
  const open = async (status: 'hit' | 'proposal') =>
    (await made.call('hits.list', { filter: { status, disposition: 'open' }, limit: 500 })).rows.map(
      ({ id }) => id,
    );
  await made.call('hits.dispose', { hitIds: await open('hit'), verdict: 'confirmed' });
  const wrong = { verdict: 'dismissed', reason: 'not-a-violation' } as const;
  await made.call('hits.dispose', { hitIds: await open('proposal'), ...wrong });
  await made.call('classifier.train', { jobId: 'train', purpose: 'test' });
}
