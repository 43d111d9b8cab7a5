/** Gives a bench's workspace what officers add to imported material: links, a person, media with a code. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestBench } from './bench.ts';
import { ROOT } from './bench.ts';

export async function addMaterial(made: TestBench): Promise<void> {
  await made.call('links.update', { jobId: 'links' });
  const [account] = (await made.call('accounts.list', { limit: 1 })).rows;
  if (!account) throw new Error('the workspace has no account');
  await made.call('people.link', { accountId: account.id, name: '王安', reason: 'staff roster' });
  const { rows } = await made.call('media.list', { limit: 500 });
  const medium = rows.find(
    ({ name }) => name !== null && rows.filter((one) => one.name === name).length === 1,
  );
  const messages = await made.call('messages.context', {
    messageId: medium?.messageId ?? '',
    before: 0,
    after: 0,
  });
  const folder = join(made.root, 'media');
  mkdirSync(folder);
  copyFileSync(join(ROOT, 'test/fixtures/media/qr-two.png'), join(folder, medium?.name ?? ''));
  const sourceId = messages.messages[0]?.sourceId ?? '';
  const outcome = await made.call('media.match', { jobId: 'media', sourceId, folder });
  if (outcome.codes === 0) throw new Error('no code was read');
}
