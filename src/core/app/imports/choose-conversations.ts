import type { TableMapping } from '../../domain/mapping.ts';
import type { ImportFile } from '../../domain/source.ts';
import type { ByteSource, ConversationPreview, Importer, SourceHead } from '../../importers/importer.ts';
import { readHead } from '../../importers/sniff.ts';
import { previewMapped } from '../../importers/tables/mapped-table.ts';

/** The conversations of a file that can hold several; a table does where a column of its mapping tells them apart. */
export async function* listConversations(
  importer: Importer,
  source: ByteSource,
  head: SourceHead,
  table: TableMapping | null,
): AsyncGenerator<ConversationPreview> {
  if (importer.list) yield* importer.list(source, head);
  else if (tellsConversations(table)) yield* previewMapped(source, head, table);
}

function tellsConversations(table: TableMapping | null): table is TableMapping {
  return (
    table?.target === 'messages' && Boolean(table.columns.conversationId ?? table.columns.conversationName)
  );
}

/** Conversations to keep: as named; else groups, and direct chats only where there is nothing else. */
export async function chooseConversations(
  importer: Importer,
  source: ByteSource,
  table: TableMapping | null,
  wanted: ImportFile['conversations'],
): Promise<ReadonlySet<string> | 'all'> {
  if (wanted === 'all' || !(importer.list || tellsConversations(table))) return 'all';
  if (wanted) return new Set(wanted);
  const groups = new Set<string>();
  let direct = 0;
  for await (const preview of listConversations(importer, source, readHead(source), table)) {
    if (preview.type === 'direct') direct++;
    else groups.add(preview.key);
  }
  return groups.size === 0 || direct === 0 ? 'all' : groups;
}
