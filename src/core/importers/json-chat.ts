/** Reads a JSON document of one conversation: what stands around its messages, then the messages. */
import { EventBatch, NO_FACTS } from './batch.ts';
import type { ChatRun } from './chat-run.ts';
import type { ByteSource, ImportEvent, ImportOptions } from './importer.ts';
import type { JsonItem } from './json-values.ts';
import { JsonWalker, type WalkerOptions } from './json-walker.ts';

export interface JsonChat extends WalkerOptions {
  /** Root members that the conversation is announced from; looked for behind the messages where need be. */
  readonly header: readonly string[];
  /** Called once, before the first item, and for a document without items at its end. */
  begin(members: ReadonlyMap<string, unknown>): void;
  /** Books one element of the array at this path. */
  item(item: JsonItem, path: string): void;
  /** Called once, when everything is read, with all scalar members of the root that were met. */
  end?(members: ReadonlyMap<string, unknown>): void;
}

/** The scalar members of the root, wherever they stand. */
function rootMembers(
  source: ByteSource,
  options: ImportOptions,
  format: WalkerOptions,
): Map<string, unknown> {
  const batch = new EventBatch(source.size, () => NO_FACTS);
  const members = new Map<string, unknown>();
  for (const event of new JsonWalker(source, options.head, batch, format).events()) {
    if (event.type === 'member' && event.path === '' && !members.has(event.name)) {
      members.set(event.name, event.value);
    }
    batch.ledger.take();
  }
  return members;
}

/** The events of a document. Of a member that stands twice the first counts. */
export async function* readJsonChat(
  source: ByteSource,
  options: ImportOptions,
  run: ChatRun,
  format: JsonChat,
): AsyncGenerator<ImportEvent> {
  const walker = new JsonWalker(source, options.head, run.batch, format);
  const members = new Map<string, unknown>();
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    const whole = format.header.every((name) => members.has(name));
    format.begin(whole ? members : new Map([...rootMembers(source, options, format), ...members]));
  };
  for (const event of walker.events()) {
    if (event.type === 'member' && event.path === '' && !members.has(event.name)) {
      members.set(event.name, event.value);
    } else if (event.type === 'items') {
      begin();
      for (const item of event.items) format.item(item, event.path);
    }
    if (run.full) yield* run.batch.drain();
  }
  begin();
  format.end?.(members);
  if (!walker.complete) run.assumptions = { ...run.assumptions, ending: 'cut-off' };
  yield* run.finish();
}
