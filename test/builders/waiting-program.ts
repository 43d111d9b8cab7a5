// A program that does nothing but wait for indexes, as the command line does at the end of an import; run by
// test/app/import-worker.test.ts.
import { awaitIndexes } from '../../src/core/app/upkeep.ts';
import { missingIndexes } from '../../src/core/storage/messages/bulk-load.ts';
import { testBench } from './bench.ts';

const [, , upkeepWorker = ''] = process.argv;
const made = testBench({ upkeepWorker });
await made.call('workspace.create', { profile: 'employer', officerName: 'O', passphrase: 'long enough' });
const { session } = made.bench;
const { db } = session.workspace.store;
for (const name of ['messages_by_time', 'messages_by_sender']) db.exec(`DROP INDEX ${name}`);
const job = { id: 'wait', signal: new AbortController().signal, report() {}, check() {} };
await awaitIndexes(session, job, 'chats.csv', 'indexes');
process.stdout.write(`missing: ${missingIndexes(db).length}\n`);
made.remove();
