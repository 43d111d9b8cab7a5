/**
 * Messages as Facebook and Instagram let people download them: `message_1.json`, `message_2.json` … of
 * `{participants, messages[], title, thread_path}`, newest first, names without ids, texts as mojibake;
 * and the encrypted chats of Messenger (`{participants, threadName, messages[{senderName, text}]}`).
 */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { ChatRun, fieldsOf, personOf, tidy } from '../../chat-run.ts';
import { fileKind, fileNameOf } from '../../file-kind.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { baseName, isObject, listOf, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import { repairText, repairValue } from './mojibake.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'sender_name',
  'senderName',
  'timestamp_ms',
  'timestamp',
  'content',
  'text',
  'photos',
  'videos',
  'audio_files',
  'gifs',
  'files',
  'media',
  'sticker',
  'share',
]);

const FILE_LISTS: readonly (readonly [string, ImportedAttachment['kind'] | null])[] = [
  ['photos', 'image'],
  ['videos', 'video'],
  ['audio_files', 'voice'],
  ['gifs', 'image'],
  ['files', null],
  ['media', null],
];

/** Folders in which the exports keep chats; the rest of `thread_path` names one. */
const FOLDERS = /^(?:messages\/)?(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover)\//;

/** Whether the value is a message of these exports; those of early 2018 give the time in seconds. */
export function isMetaMessage(value: unknown): boolean {
  if (!isObject(value)) return false;
  if ('sender_name' in value && typeof value.timestamp === 'number') return true;
  if ('timestamp_ms' in value) return 'sender_name' in value || 'content' in value;
  return 'senderName' in value && 'timestamp' in value && ('isUnsent' in value || 'text' in value);
}

/** The root of such a document with at least one message or participant; null for any other file. */
export function metaRoot(head: SourceHead): Json | null {
  const { root } = jsonHead(head);
  if (!isObject(root) || !Array.isArray(root.messages)) return null;
  const [first] = root.messages as unknown[];
  if (first !== undefined && isMetaMessage(first)) return root;
  const cut = first === undefined || (root.messages.length === 1 && isObject(first) && 'senderName' in first);
  return cut && Array.isArray(root.participants) && ('thread_path' in root || 'threadName' in root)
    ? root
    : null;
}

function filesOf(message: Json): ImportedAttachment[] {
  const files: ImportedAttachment[] = [];
  const add = (value: unknown, kind: ImportedAttachment['kind'] | null): void => {
    if (!isObject(value)) return;
    const reference = scalarText(value.uri);
    if (reference === null) return;
    const name = fileNameOf(reference);
    files.push({ kind: kind ?? fileKind(name), name, reference, size: null, md5: null });
  };
  for (const [name, kind] of FILE_LISTS) for (const value of listOf(message[name])) add(value, kind);
  add(message.sticker, 'sticker');
  return files;
}

function kindOf(message: Json, files: readonly ImportedAttachment[]): MessageKind {
  const type = stringOf(message.type).toLowerCase();
  if (message.is_unsent === true || message.isUnsent === true) return 'recall';
  if (type === 'call' || message.call_duration !== undefined || message.missed === true) return 'call';
  if (type === 'subscribe' || type === 'unsubscribe') return 'system';
  if (type === 'payment') return 'transfer';
  if (files[0] !== undefined) return files[0].kind;
  if (isObject(message.share) || type === 'share' || type === 'link') return 'link';
  return ['', 'generic', 'text', 'placeholder', 'media', 'plan'].includes(type) ? 'text' : 'other';
}

/** Shared words: somebody else's, passed on. */
function sharedOf(share: Json): CarriedText[] {
  const text = stringOf(share.share_text);
  if (text === '') return [];
  return [{ act: 'forward', sender: scalarText(share.original_content_owner), text, sentAtText: null }];
}

class MetaRun {
  readonly #run: ChatRun;

  constructor(run: ChatRun) {
    this.#run = run;
  }

  begin(members: ReadonlyMap<string, unknown>): void {
    const path = repairText(stringOf(members.get('thread_path'))).replace(/^\.\//, '');
    const title = repairText(stringOf(members.get('title')) || stringOf(members.get('threadName')));
    const people = listOf(members.get('participants'))
      .map((value) => personOf(null, repairText(isObject(value) ? stringOf(value.name) : stringOf(value))))
      .filter((person) => person !== null);
    const thread = path.replace(FOLDERS, '') || stringOf(members.get('threadName'));
    const threadType = stringOf(members.get('thread_type'));
    const several =
      threadType === 'RegularGroup' ||
      people.length > 2 ||
      (people.length < 2 && isObject(members.get('joinable_mode')));
    const type: ConversationType = several ? 'group' : people.length > 0 ? 'direct' : 'unknown';
    const fields = fieldsOf({ threadPath: path, threadType });
    this.#run.open({
      key: thread === '' ? `name:${title || baseName(this.#run.fileName)}` : thread,
      platformId: thread === '' ? null : thread,
      name: title || null,
      type,
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    });
    for (const person of people) this.#run.member(person);
  }

  item(item: JsonItem): void {
    if (item.code !== null || !isObject(item.value) || !isMetaMessage(item.value)) {
      this.#run.skip(item);
      return;
    }
    const message = repairValue(item.value) as Json;
    const repaired = message !== item.value;
    const files = filesOf(message);
    const kind = kindOf(message, files);
    const share = isObject(message.share) ? message.share : {};
    const link = stringOf(share.link);
    const content = stringOf(message.content) || stringOf(message.text);
    const sender = personOf(null, message.sender_name ?? message.senderName);
    if (kind === 'system' && sender !== null && this.#run.kept) this.#run.person(sender);
    const at = message.timestamp_ms ?? message.timestamp;
    this.#run.message(
      {
        sender: kind === 'system' ? null : sender,
        senderName: sender?.name ?? null,
        sentAtText: scalarText(at) ?? '',
        time: readTime(at),
        kind,
        text: link === '' || content.includes(link) ? content : content === '' ? link : `${content}\n${link}`,
        carried: sharedOf(share),
        attachments: files,
        extra: tidy({
          ...otherMembers(message, CARRIED),
          share: Object.keys(share).length > 2 ? share : null,
        }),
        flags: repaired ? [...item.flags, 'mojibake-repaired'] : item.flags,
      },
      item,
    );
  }
}

/** Reads such a document; the platform is the importer's. */
export async function* readMetaMessages(
  source: ByteSource,
  options: ImportOptions,
): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options, true);
  const chat = new MetaRun(run);
  yield* readJsonChat(source, options, run, {
    arrays: ['messages'],
    arrayOf: (value) => (isMetaMessage(value) ? 'messages' : null),
    header: ['participants', 'title', 'thread_path'],
    begin: (members) => chat.begin(members),
    item: (item) => chat.item(item),
  });
}
