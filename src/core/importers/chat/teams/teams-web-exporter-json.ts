/**
 * JSON of Teams Chat Exporter, an extension of browsers: `{meta, messages[]}`, one chat a file. People are
 * names; times are instants where the page or the service gave them.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { ChatRun, personOf, tidy } from '../../chat-run.ts';
import { fileKind, fileNameOf } from '../../file-kind.ts';
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
import { readTime } from '../../time.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'id',
  'author',
  'timestamp',
  'text',
  'contentHtml',
  'edited',
  'deleted',
  'system',
  'subject',
  'replyTo',
  'forwarded',
  'attachments',
  'avatar',
  'avatarId',
  'avatarUrl',
]);

/** Whether the value is a message of this exporter. */
export function isTeamsWebMessage(value: unknown): boolean {
  return (
    isObject(value) &&
    'author' in value &&
    !isObject(value.author) &&
    'timestamp' in value &&
    'text' in value &&
    ['edited', 'system', 'reactions', 'attachments', 'replyTo', 'threadId', 'messageType'].some(
      (name) => name in value,
    )
  );
}

function filesOf(message: Json): ImportedAttachment[] {
  return listOf(message.attachments)
    .filter(isObject)
    .filter((file) => file.kind !== 'preview')
    .map((file) => {
      const reference = scalarText(file.href);
      const name = scalarText(file.label) ?? (reference === null ? null : fileNameOf(reference));
      const type = stringOf(file.type);
      return { kind: fileKind(name ?? reference, type), name, reference, size: null, md5: null };
    });
}

/** What the message answers and what it passes on. */
function carriedOf(message: Json): CarriedText[] {
  const carried: CarriedText[] = [];
  const { replyTo, forwarded } = message;
  if (isObject(replyTo) && stringOf(replyTo.text) !== '') {
    const sentAtText = scalarText(replyTo.timestamp);
    carried.push({
      act: 'quote',
      sender: scalarText(replyTo.author),
      text: stringOf(replyTo.text),
      sentAtText,
    });
  }
  if (isObject(forwarded) && stringOf(forwarded.originalText) !== '') {
    carried.push({
      act: 'forward',
      sender: scalarText(forwarded.originalAuthor),
      text: stringOf(forwarded.originalText),
      sentAtText: scalarText(forwarded.originalTimestamp),
    });
  }
  return carried;
}

function kindOf(
  message: Json,
  carried: readonly CarriedText[],
  file: ImportedAttachment | undefined,
): MessageKind {
  const type = stringOf(message.messageType);
  if (/Call/i.test(type) && !/Recording/i.test(type)) return 'call';
  if (message.system === true || type.startsWith('ThreadActivity/')) return 'system';
  if (message.deleted === true) return 'recall';
  const text = stringOf(message.text);
  if (text === '' && carried.some(({ act }) => act === 'forward')) return 'forward';
  return file?.kind ?? (carried.some(({ act }) => act === 'quote') ? 'quote' : 'text');
}

class WebRun {
  readonly #run: ChatRun;

  constructor(run: ChatRun) {
    this.#run = run;
  }

  begin(members: ReadonlyMap<string, unknown>): void {
    const value = members.get('meta');
    const meta = isObject(value) ? value : {};
    const id = scalarText(meta.conversationId);
    const name = scalarText(meta.title) ?? (id === null ? baseName(this.#run.fileName) : null);
    const direct = /@unq\.gbl\.spaces$/.test(id ?? '');
    this.#run.open({
      key: id ?? `name:${name}`,
      platformId: id,
      name,
      type: id === null ? 'unknown' : direct ? 'direct' : 'group',
    });
  }

  item(item: JsonItem): void {
    const { value } = item;
    if (item.code !== null || !isObject(value) || !isTeamsWebMessage(value)) {
      this.#run.skip(item);
      return;
    }
    const files = filesOf(value);
    const carried = carriedOf(value);
    const kind = kindOf(value, carried, files[0]);
    const nobody = kind === 'system' || value.author === '[system]';
    const sender = nobody ? null : personOf(null, value.author, fieldsOfSelf(value));
    const { replyTo, forwarded } = value;
    this.#run.message(
      {
        platformId: scalarText(value.id),
        sender,
        notice: nobody,
        sentAtText: scalarText(value.timestamp) ?? '',
        time: readTime(value.timestamp),
        kind,
        text: [stringOf(value.subject), stringOf(value.text)].filter((part) => part !== '').join('\n'),
        forwarded: isObject(forwarded),
        carried,
        refersTo: isObject(replyTo) ? scalarText(replyTo.id) : null,
        attachments: files,
        extra: tidy({
          ...otherMembers(value, CARRIED),
          edited: value.edited === true,
          ...(isObject(forwarded) ? { originalMessageId: forwarded.originalMessageId } : {}),
        }),
        flags: item.flags,
      },
      item,
    );
  }
}

function fieldsOfSelf(message: Json): Readonly<Record<string, string>> | undefined {
  return message.isOwn === true ? { self: 'true' } : undefined;
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options, true);
  const chat = new WebRun(run);
  yield* readJsonChat(source, options, run, {
    arrays: ['messages'],
    arrayOf: (value) => (isTeamsWebMessage(value) ? 'messages' : null),
    header: ['meta'],
    begin: (members) => chat.begin(members),
    item: (item) => chat.item(item),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (!isObject(root) || !isObject(root.meta)) return 0;
  const first = listOf(root.messages).slice(0, 5);
  if (!first.some(isTeamsWebMessage)) return 0;
  return ['timeRange', 'startAt', 'conversationId', 'avatars'].some((name) => name in (root.meta as Json))
    ? 0.9
    : 0.6;
}

export const teamsWebExporterJson: Importer = {
  id: 'teams-web-exporter-json',
  version: 1,
  platform: 'teams',
  holds: 'chat',
  title: {
    zh: 'Microsoft Teams（Teams Chat Exporter JSON）',
    en: 'Microsoft Teams (Teams Chat Exporter JSON)',
  },
  extensions: ['.json'],
  sniff,
  read,
};
