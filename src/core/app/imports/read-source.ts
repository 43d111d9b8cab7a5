/** Reading a sealed source as it is stored: in a worker thread where that pays, else here. */
import { wallToInstant } from '../../domain/zone.ts';
import type { Importer, ImportOptions } from '../../importers/importer.ts';
import { MessagePreparer } from '../../storage/messages/message-batch.ts';
import type { SourceRow } from '../../storage/sources/sources.ts';
import type { Session } from '../session.ts';
import { nameOf, type OpenSource } from './origin.ts';
import { type EventGroup, readGroups, readGroupsInWorker } from './stored-events.ts';

/** Bytes of a source from which on a thread of its own parses it: its start takes a quarter of a second. */
const WORTH_A_WORKER = 4 << 20;

/** The events of a source in groups, without the messages that are stored already (`readGroups`). */
export function readSource(
  session: Session,
  source: SourceRow,
  importer: Importer,
  bytes: OpenSource,
  options: ImportOptions,
  storedTo: number,
): AsyncGenerator<EventGroup> {
  const { platform, zone } = source;
  const { importWorker } = session.environment;
  if (importWorker === undefined || source.bytes < WORTH_A_WORKER) {
    const preparer = new MessagePreparer({ platform, toInstant: (wall) => wallToInstant(wall, zone) });
    return readGroups(importer, bytes, options, preparer, storedTo);
  }
  const { conversations, table } = options;
  const setup = {
    blob: session.workspace.blobs.handle(source.blob, nameOf(source.file), source.bytes),
    path: bytes.path ?? null,
    importer: importer.id,
    platform,
    zone,
    conversations: conversations === 'all' ? ('all' as const) : [...conversations],
    table: table ? JSON.stringify(table) : null,
    storedTo,
  };
  return readGroupsInWorker(importWorker, setup, bytes.companion);
}
