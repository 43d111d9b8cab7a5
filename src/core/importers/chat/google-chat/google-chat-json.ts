/**
 * Google Chat as Takeout gives it: `messages.json` of one conversation. Times are words with a
 * zone, in the account's language; `message_id` is `conversation/topic/message`. The conversation's name and members stand in
 * `group_info.json` beside it.
 */
import { ChatRun, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import { companionJson, folderOf } from '../../companions.ts';
import { fileKind } from '../../file-kind.ts';
import type {
  ByteSource,
  CarriedText,
  ImportEvent,
  ImportedAttachment,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { baseName, isObject, listOf, otherMembers, scalarText, stringOf } from '../../text.ts';
import { takeoutTime } from './google-chat-dates.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'creator',
  'created_date',
  'text',
  'message_id',
  'attached_files',
  'updated_date',
  'quoted_message_metadata',
]);

/** Whether the value is a message of Takeout. */
export function isTakeoutMessage(value: unknown): boolean {
  if (!isObject(value)) return false;
  const said =
    'text' in value || 'attached_files' in value || 'annotations' in value || 'message_state' in value;
  return (
    ('created_date' in value || 'message_id' in value) &&
    (isObject(value.creator) || 'topic_id' in value) &&
    (said || isObject(value.creator))
  );
}

/** Somebody as Takeout shows them; the e-mail address is the only id that it gives. */
export function takeoutPerson(value: unknown): Person | null {
  if (!isObject(value)) return null;
  const email = scalarText(value.email)?.toLowerCase() ?? null;
  return personOf(email, value.name, fieldsOf({ email, bot: value.user_type === 'Bot' }));
}

/** The conversation that a folder is named after (`DM AbC`, `Space AbC`); null for any other folder. */
export function takeoutFolder(
  folder: string | null,
): { readonly id: string; readonly direct: boolean } | null {
  const m = /^(DM|Space|Group) ([\w-]+)$/.exec(folder ?? '');
  return m === null ? null : { id: m[2] as string, direct: m[1] === 'DM' };
}

function filesOf(message: Json): ImportedAttachment[] {
  return listOf(message.attached_files)
    .filter(isObject)
    .map((file) => {
      const name = scalarText(file.original_name);
      // Takeout writes `?` into names and `_` onto the disk.
      const reference = scalarText(file.export_name)?.replaceAll('?', '_') ?? null;
      return { kind: fileKind(name ?? reference), name, reference, size: null, md5: null };
    });
}

/** When a message was written: of one that was edited, only its first version has the time. */
function createdOf(message: Json): string {
  const own = scalarText(message.created_date);
  if (own !== null) return own;
  const versions = listOf(message.previous_message_versions).filter(isObject);
  return versions.map(({ created_date }) => scalarText(created_date)).find((at) => at !== null) ?? '';
}

/** Words of what Takeout notes about a message without text: a file, a page, an appointment, a task, a call. */
function noteOf(value: unknown): string {
  if (!isObject(value)) return '';
  const words: unknown[] = [];
  const add = (part: unknown, ...names: readonly string[]): void => {
    if (isObject(part)) for (const name of names) words.push(part[name]);
  };
  const { url_metadata: page, gsuite_integration_metadata: suite } = value;
  add(value.drive_metadata, 'title');
  add(page, 'title', 'snippet');
  if (isObject(page)) add(page.url, 'private_do_not_access_or_else_safe_url_wrapped_value');
  if (isObject(value.video_call_metadata)) add(value.video_call_metadata.meeting_space, 'meeting_url');
  if (isObject(suite)) {
    if (isObject(suite.calendar_event_data)) add(suite.calendar_event_data.calendar_event, 'title');
    if (isObject(suite.tasks_data)) add(suite.tasks_data.task_properties, 'title', 'description');
    add(suite.call_data, 'call_status');
  }
  return words.map(stringOf).filter(Boolean).join('\n');
}

function quoteOf(message: Json): CarriedText[] {
  const quoted = quotedOf(message);
  const creator = takeoutPerson(quoted.creator);
  const sender = creator?.name ?? creator?.platformId ?? null;
  const text = stringOf(quoted.text);
  return text === '' ? [] : [{ act: 'quote', sender, text, sentAtText: scalarText(quoted.created_date) }];
}

function isCall(note: unknown): boolean {
  if (!isObject(note)) return false;
  const suite = note.gsuite_integration_metadata;
  return 'video_call_metadata' in note || (isObject(suite) && 'call_data' in suite);
}

/** The quoted message; some downloads keep it in a list. */
function quotedOf(message: Json): Json {
  const quoted = message.quoted_message_metadata;
  const one = Array.isArray(quoted) ? (quoted as unknown[])[0] : quoted;
  return isObject(one) ? one : {};
}

class GoogleChat {
  readonly #run: ChatRun;
  readonly #folder: ReturnType<typeof takeoutFolder>;
  readonly #info: Json;

  constructor(run: ChatRun, folder: string | null, info: unknown) {
    this.#run = run;
    this.#folder = takeoutFolder(folder);
    this.#info = isObject(info) ? info : {};
  }

  item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null || !isObject(value) || !isTakeoutMessage(value)) this.#run.skip(item);
    else this.#message(value, item);
  }

  #conversation(messageId: string | null): void {
    const parts = (messageId ?? '').split('/');
    const id = parts.length > 1 ? (parts[0] as string) : (this.#folder?.id ?? null);
    if (this.#run.conversationKey !== '' && (id === null || id === this.#run.conversationKey)) return;
    const name = scalarText(this.#info.name) ?? (id === null ? baseName(this.#run.fileName) : null);
    const members = listOf(this.#info.members)
      .map(takeoutPerson)
      .filter((person) => person !== null);
    const direct = this.#folder === null ? members.length === 2 && name === null : this.#folder.direct;
    const group = this.#folder !== null || members.length > 0;
    this.#run.open({
      key: id ?? `name:${name}`,
      platformId: id,
      name,
      type: direct ? 'direct' : group ? 'group' : 'unknown',
    });
    for (const person of members) this.#run.member(person);
  }

  #message(message: Json, item: JsonItem): void {
    const messageId = scalarText(message.message_id);
    this.#conversation(messageId);
    const sender = takeoutPerson(message.creator);
    if (sender !== null) this.#run.member(sender);
    const files = filesOf(message);
    const quotes = quoteOf(message);
    const deleted =
      stringOf(message.message_state).toUpperCase() === 'DELETED' || isObject(message.deletion_metadata);
    const notes = listOf(message.annotations);
    const call = notes.some(isCall);
    const said = stringOf(message.text);
    const text = said === '' && !deleted ? notes.map(noteOf).filter(Boolean).join('\n') : said;
    const quoted = quotedOf(message);
    const sentAtText = createdOf(message);
    const topic = scalarText(message.topic_id);
    const own = messageId?.split('/').at(-1) ?? null;
    const thread =
      topic !== null && topic !== own && messageId !== null ? messageId.replace(/[^/]*$/, topic) : null;
    this.#run.message(
      {
        platformId: messageId,
        sender,
        sentAtText,
        time: takeoutTime(sentAtText),
        kind: deleted ? 'recall' : (files[0]?.kind ?? (call && said === '' ? 'call' : 'text')),
        text,
        carried: quotes,
        refersTo: scalarText(quoted.message_id) ?? thread,
        editedAtText: scalarText(message.updated_date),
        attachments: files,
        extra: tidy(otherMembers(message, CARRIED)),
        flags: item.flags,
      },
      item,
    );
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const info = await companionJson(source, 'group_info.json');
  const chat = new GoogleChat(run, folderOf(source), info);
  yield* readJsonChat(source, options, run, {
    arrays: ['messages'],
    arrayOf: (value) => (isTakeoutMessage(value) ? 'messages' : null),
    header: [],
    begin: () => undefined,
    item: (item) => chat.item(item),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (isObject(root)) {
    const first = listOf(root.messages)[0];
    if (isTakeoutMessage(first)) return 0.97;
  }
  return /"creator"\s*:\s*\{[^{}]*\}\s*,\s*"created_date"\s*:/.test(head.text) ? 0.6 : 0;
}

export const googleChatJson: Importer = {
  id: 'google-chat-takeout-json',
  version: 2,
  platform: 'google-chat',
  holds: 'chat',
  title: { zh: 'Google Chat（Takeout messages.json）', en: 'Google Chat (Takeout messages.json)' },
  extensions: ['.json'],
  sniff,
  read,
};
