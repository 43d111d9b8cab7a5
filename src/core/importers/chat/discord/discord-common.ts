/** What the three shapes of DiscordChatExporter share: the conversation that a file's name tells. */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { fileKind, fileNameOf } from '../../file-kind.ts';
import type { ImportedAttachment, ImportedConversation } from '../../importer.ts';
import { baseName, cleanName } from '../../text.ts';

/** Discord's ids: 64-bit numbers that count milliseconds since 2015. */
const SNOWFLAKE = /[[(](\d{15,20})[\])]/;

/** A file's name without its partition, range and id: `Guild - Category - channel [123] [part 2].json`. */
export function discordFileName(fileName: string): { readonly id: string | null; readonly name: string } {
  const base = baseName(fileName);
  const id = SNOWFLAKE.exec(base)?.[1] ?? null;
  const name = cleanName(
    base
      .replace(/\s*\[part \d+\]/gi, '')
      .replace(/\s*\((?:after|before|\d{4}-\d\d-\d\d)[^)]*\)/gi, '')
      .replace(SNOWFLAKE, ''),
  );
  return { id, name: name === '' ? cleanName(base) : name };
}

/** The conversation of a file that states no ids itself. */
export function discordConversation(fileName: string, stated: string | null): ImportedConversation {
  const { id, name } = discordFileName(fileName);
  const title = stated ?? name;
  const direct = /^direct messages\b/i.test(title);
  return { key: id ?? `name:${title}`, platformId: id, name: title, type: direct ? 'unknown' : 'group' };
}

/** Conversation type of DiscordChatExporter's channel kinds, by name or by Discord's number. */
export function discordType(type: string): ConversationType {
  if (/^(?:DirectTextChat|DM|1)$/i.test(type)) return 'direct';
  if (/News|Announcement|Directory/i.test(type) && !/Thread/i.test(type)) return 'channel';
  if (type === '5' || type === '14') return 'channel';
  return type === '' ? 'unknown' : 'group';
}

/** Files by their addresses. */
export function filesAt(
  references: readonly string[],
  kind?: ImportedAttachment['kind'],
): ImportedAttachment[] {
  return references.map((reference) => {
    const name = fileNameOf(reference);
    return { kind: kind ?? fileKind(name), name, reference, size: null, md5: null };
  });
}

/** The kind of a message that somebody wrote: that of its first file, else text. */
export function kindByFiles(files: readonly ImportedAttachment[]): MessageKind {
  return files[0]?.kind ?? 'text';
}

/** What Discord itself puts into a chat, as DiscordChatExporter words it. */
export const DISCORD_NOTICE =
  /^(?:Added .+ to the group\.|Removed .+ from the group\.|Left the group\.|Changed the channel (?:name|icon)\b.*|Pinned a message\.|Joined the server\.|Created (?:a )?thread\b.*|Started a thread\.|Started a call that lasted .+|Started a call\.)$/;
