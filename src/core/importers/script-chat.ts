/** Chats whose messages are the elements of one array in a page's script, of an exporter with one record a message. */
import type { ChatRun, Draft } from './chat-run.ts';
import type { ByteSource, ImportEvent, SourceHead } from './importer.ts';
import { ScriptArray, type ScriptArrayOptions } from './script-array.ts';

/** What a page says of its chat, and how a record of its array becomes a message. */
export interface ScriptChat<T> {
  readonly run: ChatRun;
  draft(record: T): Draft;
}

interface ScriptRecords<T> extends Pick<ScriptArrayOptions, 'start' | 'opening'> {
  readonly isRecord: (value: unknown) => value is T;
}

/** Reads the array to its end: other elements are skipped and booked, an array without an end is `cut-off`. */
export async function* readScriptChat<T>(
  page: ScriptChat<T>,
  source: ByteSource,
  head: SourceHead,
  records: ScriptRecords<T>,
): AsyncGenerator<ImportEvent> {
  const { run } = page;
  const array = new ScriptArray(source, head, run.batch, records);
  for (const items of array.items()) {
    for (const item of items) {
      if (item.code === null && records.isRecord(item.value)) {
        run.message({ ...page.draft(item.value), flags: item.flags }, item);
      } else run.skip(item);
    }
    if (run.full) yield* run.batch.drain();
  }
  if (!array.complete) run.assumptions = { ending: 'cut-off' };
  yield* run.finish();
}
