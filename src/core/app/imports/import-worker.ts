/**
 * Entry of an import worker thread: it reads one sealed source, parses it and prepares its messages
 * while the host stores. It has the key of that one blob and no database. The host names this file when
 * it starts a worker, because its place differs between sources and the built program.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { DocketError } from '../../../contract/errors.ts';
import { TableMapping } from '../../domain/mapping.ts';
import { wallToInstant } from '../../domain/zone.ts';
import type { ByteSource, ImportOptions } from '../../importers/importer.ts';
import { importerById } from '../../importers/registry.ts';
import { readHead } from '../../importers/sniff.ts';
import { openBlob } from '../../storage/blob-store.ts';
import { MessagePreparer } from '../../storage/messages/message-batch.ts';
import {
  type EventGroup,
  type ImportReply,
  type ImportRequest,
  type ImportSetup,
  readGroups,
} from './stored-events.ts';

type Port = NonNullable<typeof parentPort>;

/** What crosses without a copy. */
function transferable(group: EventGroup): ArrayBuffer[] {
  return group.flatMap((event) => {
    if (event.type !== 'messages') return [];
    const { digests, numbers, texts, sentTexts, platformIds, extras } = event.batch;
    const columns = [texts, sentTexts, platformIds, extras].filter((column) => column !== null);
    return [digests.buffer, numbers.buffer, ...columns.map(({ ends }) => ends.buffer)];
  });
}

async function serve(port: Port, setup: ImportSetup): Promise<void> {
  const reply = (message: ImportReply, transfer: readonly ArrayBuffer[] = []) =>
    port.postMessage(message, transfer);
  const asked = new Map<number, (bytes: Uint8Array | null) => void>();
  let questions = 0;
  let room = 0;
  let wake = () => {};
  port.on('message', (request: ImportRequest) => {
    if (request.type === 'more') {
      room++;
      wake();
    } else {
      asked.get(request.seq)?.(request.bytes);
      asked.delete(request.seq);
    }
  });
  const blob = openBlob(setup.blob);
  try {
    const importer = importerById(setup.importer);
    if (!importer) throw new Error(`no importer ${setup.importer}`);
    const source: ByteSource =
      setup.path === null
        ? blob
        : {
            ...blob,
            path: setup.path,
            companion: (path) =>
              new Promise((resolve) => {
                const seq = questions++;
                asked.set(seq, resolve);
                reply({ type: 'companion', seq, path });
              }),
          };
    const { zone, conversations, table, platform, storedTo } = setup;
    const options: ImportOptions = {
      zone,
      head: readHead(source),
      conversations: conversations === 'all' ? 'all' : new Set(conversations),
      ...(table ? { table: TableMapping.parse(JSON.parse(table)) } : {}),
    };
    const preparer = new MessagePreparer({ platform, toInstant: (wall) => wallToInstant(wall, zone) });
    for await (const group of readGroups(importer, source, options, preparer, storedTo)) {
      while (room === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      room--;
      reply({ type: 'group', group }, transferable(group));
    }
    reply({ type: 'end' });
  } catch (error) {
    const known = error instanceof DocketError ? error : null;
    reply({
      type: 'failed',
      code: known?.code ?? null,
      detail: known ? known.message : ((error as Error).stack ?? String(error)),
      subject: known?.subject ?? null,
    });
  } finally {
    blob.close();
    port.unref();
  }
}

if (parentPort !== null) void serve(parentPort, workerData as ImportSetup);
