/** One message of a Slack export. */
import type { MessageKind } from '../../../domain/message.ts';
import { type Draft, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import { fileKind, fileSize } from '../../file-kind.ts';
import type { CarriedText, ImportedAttachment } from '../../importer.ts';
import type { JsonItem } from '../../json-values.ts';
import { isObject, listOf, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import { blocksText, slackText, slackUserName } from './slack-text.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'type',
  'user',
  'bot_id',
  'username',
  'text',
  'ts',
  'files',
  'file',
  'attachments',
  'blocks',
  'user_profile',
  'bot_profile',
  'client_msg_id',
  'team',
  'user_team',
  'source_team',
  'thread_ts',
  'parent_user_id',
  'edited',
  'upload',
]);

/** Subtypes under which people, or programs for them, write. */
const WRITTEN = new Set([
  '',
  'bot_message',
  'me_message',
  'thread_broadcast',
  'reply_broadcast',
  'file_share',
  'file_mention',
  'file_comment',
  'slackbot_response',
  'message_changed',
  'document_mention',
]);
const NOTICE =
  /^(?:(?:channel|group|mpim|bot|ekm|im|pinned|unpinned|reminder|sh_room|huddle|app|tombstone|message_replied|joiner|assistant)\w*|\w*_(?:join|leave|add|remove))$/;

/** Whether the value is a message of a day's file. */
export function isSlackMessage(value: unknown): boolean {
  return isObject(value) && value.type === 'message' && /^\d+(?:\.\d+)?$/.test(scalarText(value.ts) ?? '');
}

/** Who wrote: a user, else a program by its id, else a name. */
export function slackSender(message: Json, names: ReadonlyMap<string, string>): Person | null {
  const profile = isObject(message.user_profile) ? message.user_profile : null;
  const bot = isObject(message.bot_profile) ? message.bot_profile : {};
  const comment = isObject(message.comment) ? message.comment : {};
  // A huddle stands under Slack's own name; the room says who began it.
  const room = message.subtype === 'huddle_thread' && isObject(message.room) ? message.room : {};
  const user = scalarText(room.created_by) ?? scalarText(message.user) ?? scalarText(comment.user);
  if (user !== null) {
    const shown = profile === null ? '' : slackUserName({ profile, ...profile });
    return personOf(user, names.get(user) || shown, fieldsOf({ username: profile?.name }));
  }
  const botId = scalarText(message.bot_id);
  const name =
    scalarText(message.username) ??
    scalarText(bot.name) ??
    (botId === null ? null : (names.get(botId) ?? null));
  return personOf(botId, name, { bot: 'true' });
}

function filesOf(message: Json): ImportedAttachment[] {
  const files = [...listOf(message.files), ...(isObject(message.file) ? [message.file] : [])];
  return files.filter(isObject).map((file) => {
    const name = scalarText(file.name) ?? scalarText(file.title);
    return {
      kind: fileKind(name, scalarText(file.mimetype)),
      name,
      reference: scalarText(file.url_private_download) ?? scalarText(file.url_private) ?? scalarText(file.id),
      size: fileSize(file.size),
      md5: null,
    };
  });
}

/** Cards under a message: previews of links, shared messages, what programs show. */
function cardsOf(message: Json, names: ReadonlyMap<string, string>): CarriedText[] {
  const cards: CarriedText[] = [];
  for (const card of listOf(message.attachments)) {
    if (!isObject(card)) continue;
    const shared = card.is_share === true || card.is_msg_unfurl === true;
    const parts = [card.pretext, shared ? null : card.title, card.text].map((part) =>
      slackText(stringOf(part), names),
    );
    for (const field of listOf(card.fields)) {
      if (isObject(field))
        parts.push(slackText(stringOf(field.title), names), slackText(stringOf(field.value), names));
    }
    let text = parts.filter((part) => part !== '').join('\n');
    if (text === '') text = blocksText(card.message_blocks ?? card.blocks, names);
    if (text === '') text = slackText(stringOf(card.fallback), names);
    if (text === '') continue;
    const author = scalarText(card.author_name) ?? scalarText(card.author_subname);
    const authorId = scalarText(card.author_id);
    const sender = author ?? (authorId === null ? null : (names.get(authorId) ?? authorId));
    cards.push({
      act: card.is_share === true ? 'forward' : 'quote',
      sender,
      text,
      sentAtText: scalarText(card.ts),
    });
  }
  return cards;
}

function kindOf(subtype: string, files: readonly ImportedAttachment[]): MessageKind {
  if (subtype === 'message_deleted' || subtype === 'tombstone') return 'recall';
  if (subtype === 'huddle_thread' || subtype === 'sh_room_created') return 'call';
  if (!WRITTEN.has(subtype)) return NOTICE.test(subtype) ? 'system' : 'other';
  return files[0]?.kind ?? 'text';
}

/** The message of an element that `isSlackMessage` takes. */
export function slackMessage(element: Json, item: JsonItem, names: ReadonlyMap<string, string>): Draft {
  const subtype = stringOf(element.subtype);
  // A change's own element holds the message as it was changed.
  const inner = subtype === 'message_changed' && isObject(element.message) ? element.message : element;
  const files = filesOf(inner);
  const kind = kindOf(subtype, files);
  const system = kind === 'system';
  const sender = slackSender(inner, names) ?? slackSender(element, names);
  const comment = isObject(inner.comment) ? stringOf(inner.comment.comment) : '';
  const raw = stringOf(inner.text) || comment;
  const text = raw === '' ? blocksText(inner.blocks, names) : slackText(raw, names);
  const carried = cardsOf(inner, names);
  const thread = scalarText(inner.thread_ts);
  const edited = isObject(inner.edited) ? scalarText(inner.edited.ts) : null;
  const deleted = scalarText(element.deleted_ts);
  const changed = inner === element ? null : scalarText(inner.ts);
  let extra = tidy(otherMembers(element, CARRIED));
  if (raw !== '' && raw !== text) extra = { ...extra, text: raw };
  if (system && sender !== null) extra = { ...extra, actor: sender.key };
  return {
    platformId: scalarText(element.ts),
    sender: system ? null : sender,
    senderName: sender?.name ?? null,
    sentAtText: scalarText(element.ts) ?? '',
    time: readTime(scalarText(element.ts)),
    kind,
    text,
    forwarded: carried.some(({ act }) => act === 'forward'),
    carried,
    refersTo: deleted ?? changed ?? (thread !== null && thread !== element.ts ? thread : null),
    editedAtText: edited,
    attachments: files,
    extra,
    flags: item.flags,
  };
}
