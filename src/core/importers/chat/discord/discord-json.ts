/**
 * DiscordChatExporter's JSON: `{guild, channel, dateRange, messages[], messageCount}`, one channel a
 * file, long ones in parts (`[part 2]`) that repeat the head. Times have an offset. Layouts since 2019:
 * older ones lack roles, stickers, references and the category's id.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import { fileKind, fileSize } from '../../file-kind.ts';
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
import { isObject, listOf, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import { discordFileName, discordType, kindByFiles } from './discord-common.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'id',
  'type',
  'timestamp',
  'timestampEdited',
  'content',
  'author',
  'attachments',
  'stickers',
  'embeds',
  'forwardedMessage',
  'inlineEmojis',
]);

/** Kinds of messages that people write, by the exporter's name or Discord's number. */
const WRITTEN = new Set([
  '',
  'default',
  '0',
  'reply',
  '19',
  'chatinputcommand',
  '20',
  'threadstartermessage',
  '21',
  'contextmenucommand',
  '23',
]);
const KNOWN_NOTICES =
  /^(?:[1-9]|1\d|2[245-9]|3\d|4[46]|recipient(?:add|remove)|call|channel\w*|guild\w*|userpremium\w*|threadcreated|stage\w*|poll\w*|purchase\w*)$/;

/** Whether the value is a message of this exporter. */
export function isDiscordMessage(value: unknown): boolean {
  return (
    isObject(value) &&
    scalarText(value.id) !== null &&
    scalarText(value.timestamp) !== null &&
    (isObject(value.author) || 'isPinned' in value || 'timestampEdited' in value)
  );
}

function authorOf(value: unknown): Person | null {
  if (!isObject(value)) return null;
  const tag = scalarText(value.discriminator);
  const user = scalarText(value.name);
  const username = user === null ? null : tag === null || /^0+$/.test(tag) ? user : `${user}#${tag}`;
  const roles = listOf(value.roles)
    .map((role) => (isObject(role) ? stringOf(role.name) : stringOf(role)))
    .filter((name) => name !== '');
  return personOf(
    value.id,
    scalarText(value.nickname) ?? user,
    fieldsOf({ username, bot: value.isBot, avatar: value.avatarUrl, roles: roles.join(', ') }),
  );
}

function filesOf(message: Json): ImportedAttachment[] {
  const files: ImportedAttachment[] = [];
  for (const file of listOf(message.attachments)) {
    if (!isObject(file)) continue;
    const name = scalarText(file.fileName);
    files.push({
      kind: fileKind(name ?? scalarText(file.url)),
      name,
      reference: scalarText(file.url),
      size: fileSize(file.fileSizeBytes),
      md5: null,
    });
  }
  for (const sticker of listOf(message.stickers)) {
    if (!isObject(sticker)) continue;
    const reference = scalarText(sticker.sourceUrl);
    files.push({ kind: 'sticker', name: scalarText(sticker.name), reference, size: null, md5: null });
  }
  return files;
}

/** Cards under a message: previews of links and what programs show. Their words are not the sender's. */
function cardsOf(message: Json): CarriedText[] {
  const cards: CarriedText[] = [];
  for (const embed of listOf(message.embeds)) {
    if (!isObject(embed)) continue;
    const lines = [embed.title, embed.description, embed.url].map(stringOf);
    for (const field of listOf(embed.fields)) {
      if (isObject(field)) lines.push(stringOf(field.name), stringOf(field.value));
    }
    if (isObject(embed.footer)) lines.push(stringOf(embed.footer.text));
    const text = lines.filter((line) => line !== '').join('\n');
    if (text === '') continue;
    const sender = isObject(embed.author) ? scalarText(embed.author.name) : null;
    cards.push({ act: 'quote', sender, text, sentAtText: scalarText(embed.timestamp) });
  }
  return cards;
}

class DiscordRun {
  readonly #run: ChatRun;
  #channel: Json = {};
  #guild: Json = {};

  constructor(run: ChatRun) {
    this.#run = run;
  }

  begin(members: ReadonlyMap<string, unknown>): void {
    const channel = members.get('channel');
    const guild = members.get('guild');
    if (isObject(channel)) this.#channel = channel;
    if (isObject(guild)) this.#guild = guild;
    const file = discordFileName(this.#run.fileName);
    const id = scalarText(this.#channel.id) ?? file.id;
    const name = scalarText(this.#channel.name) ?? file.name;
    const direct = scalarText(this.#guild.id) === '0';
    const fields = fieldsOf({
      guild: direct ? null : this.#guild.name,
      guildId: direct ? null : this.#guild.id,
      category: this.#channel.category,
      categoryId: this.#channel.categoryId,
      topic: this.#channel.topic,
    });
    this.#run.open({
      key: id ?? `name:${name}`,
      platformId: id,
      name,
      type: discordType(stringOf(this.#channel.type)),
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    });
  }

  item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null || !isObject(value) || !isDiscordMessage(value)) this.#run.skip(item);
    else this.#message(value, item);
  }

  #message(message: Json, item: JsonItem): void {
    const type = (scalarText(message.type) ?? '').toLowerCase();
    const author = authorOf(message.author);
    const files = filesOf(message);
    const forwarded = isObject(message.forwardedMessage) ? message.forwardedMessage : null;
    if (forwarded !== null) files.push(...filesOf(forwarded));
    let kind: MessageKind = forwarded === null ? kindByFiles(files) : 'forward';
    if (type === 'call' || type === '3') kind = 'call';
    else if (KNOWN_NOTICES.test(type)) kind = 'system';
    else if (!WRITTEN.has(type)) kind = 'other';
    const carried = cardsOf(message);
    if (forwarded !== null) {
      const text = stringOf(forwarded.content);
      const inside = cardsOf(forwarded);
      const items = inside.length === 0 ? {} : { items: inside };
      carried.push({
        act: 'forward',
        sender: null,
        text,
        sentAtText: scalarText(forwarded.timestamp),
        ...items,
      });
    }
    const reference = isObject(message.reference) ? message.reference : {};
    const isReply = kind !== 'system' && stringOf(reference.type).toLowerCase() !== 'forward';
    let extra = tidy(otherMembers(message, CARRIED));
    if (kind === 'system' || kind === 'other') extra = { ...extra, type: message.type };
    if (kind === 'system' && author !== null) {
      extra = { ...extra, actor: author.key };
      if (this.#run.kept) this.#run.person(author);
    } else if (author !== null) {
      const roles = author.fields?.roles;
      this.#run.member(author, roles === undefined ? {} : { displayName: author.name });
    }
    this.#run.message(
      {
        platformId: scalarText(message.id),
        sender: kind === 'system' ? null : author,
        senderName: author?.name ?? null,
        sentAtText: scalarText(message.timestamp) ?? '',
        time: readTime(message.timestamp),
        kind,
        text: stringOf(message.content),
        forwarded: forwarded !== null,
        carried,
        refersTo: isReply || kind === 'system' ? scalarText(reference.messageId) : null,
        editedAtText: scalarText(message.timestampEdited),
        attachments: files,
        extra,
        flags: item.flags,
      },
      item,
    );
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const chat = new DiscordRun(run);
  yield* readJsonChat(source, options, run, {
    arrays: ['messages'],
    arrayOf: (value) => (isDiscordMessage(value) ? 'messages' : null),
    header: ['guild', 'channel'],
    begin: (members) => chat.begin(members),
    item: (item) => chat.item(item),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (isObject(root)) {
    const named = isObject(root.guild) && isObject(root.channel);
    if (named) return 0.98;
    const first = listOf(root.messages)[0];
    if (isObject(first) && isDiscordMessage(first) && isObject(first.author)) return 0.85;
  }
  return /"guild"\s*:\s*\{[^{}]*\}\s*,\s*"channel"\s*:\s*\{/.test(head.text) ? 0.6 : 0;
}

export const discordJson: Importer = {
  id: 'discord-chatexporter-json',
  version: 1,
  platform: 'discord',
  holds: 'chat',
  title: { zh: 'Discord · DiscordChatExporter JSON', en: 'Discord · DiscordChatExporter JSON' },
  extensions: ['.json'],
  sniff,
  read,
};
