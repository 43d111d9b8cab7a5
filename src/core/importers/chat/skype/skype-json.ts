/**
 * Skype's data export, `messages.json` (also of Teams for private accounts): conversations with a
 * `MessageList` each, newest first. Accounts and conversations have ids (`8:live:name`, `19:…@thread.skype`);
 * times are instants.
 */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { previewConversations } from '../../batch.ts';
import { ChatRun, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { parseJson } from '../../json-values.ts';
import { JsonWalker } from '../../json-walker.ts';
import { baseName, isObject, listOf, NONE, otherMembers, scalarText, stringOf } from '../../text.ts';
import { readTime } from '../../time.ts';
import { skypeBody, skypeKind, threadActivity } from './skype-body.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'id',
  'displayName',
  'originalarrivaltime',
  'messagetype',
  'version',
  'content',
  'conversationid',
  'from',
  'amsreferences',
  'properties',
]);

/** Whether the value is a message of this export. */
export function isSkypeMessage(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.messagetype === 'string' &&
    scalarText(value.originalarrivaltime) !== null &&
    'from' in value
  );
}

function typeOf(id: string): ConversationType {
  if (/^(?:8|28|4):/.test(id)) return 'direct';
  return id.startsWith('19:') ? 'group' : 'unknown';
}

class SkypeRun {
  readonly run: ChatRun;
  #self: string | null = null;
  #meta: Record<string, unknown> = {};

  constructor(run: ChatRun) {
    this.run = run;
  }

  root(name: string, value: unknown): void {
    if (name === 'userId') this.#self = scalarText(value);
  }

  /** A conversation begins. */
  reset(): void {
    this.#meta = {};
  }

  member(name: string, value: unknown): void {
    this.#meta[name] = value;
  }

  array(): void {
    const id = scalarText(this.#meta.id);
    if (id !== null) this.#open(id);
  }

  #open(id: string): void {
    const { threadProperties } = this.#meta;
    const thread = isObject(threadProperties) ? threadProperties : {};
    const fields = fieldsOf({ participantCount: thread.membercount });
    this.run.open({
      key: id,
      platformId: id,
      name: scalarText(this.#meta.displayName) ?? scalarText(thread.topic),
      type: typeOf(id),
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    });
    const members = typeof thread.members === 'string' ? parseJson(thread.members) : thread.members;
    for (const member of listOf(members)) {
      const person = this.#person(isObject(member) ? (member.MemberMri ?? member.id) : member, null);
      if (person !== null) this.run.member(person);
    }
  }

  #person(id: unknown, name: unknown): Person | null {
    const key = scalarText(id);
    return personOf(key, name, key !== null && key === this.#self ? { self: 'true' } : undefined);
  }

  item(item: JsonItem): void {
    if (item.code !== null || !isSkypeMessage(item.value)) {
      this.run.skip(item);
      return;
    }
    const message = item.value as Json;
    const id = scalarText(this.#meta.id) ?? scalarText(message.conversationid) ?? baseName(this.run.fileName);
    if (id !== this.run.conversationKey) this.#open(id);
    const type = stringOf(message.messagetype);
    const kind = skypeKind(type);
    const properties = isObject(message.properties) ? message.properties : {};
    const sentAtText = scalarText(message.originalarrivaltime) ?? '';
    const notice = kind === 'system';
    const sender = notice ? null : this.#person(message.from, message.displayName);
    const content = stringOf(message.content);
    const activity = type.startsWith('ThreadActivity/') ? threadActivity(content, type) : null;
    const body = activity === null ? skypeBody(content, type) : null;
    const deleted = scalarText(properties.deletetime) !== null && content === '';
    this.run.message(
      {
        platformId: scalarText(message.id),
        sender,
        sentAtText,
        time: readTime(sentAtText),
        kind: this.#kind(kind, deleted, body?.carried.length ?? 0),
        text: activity?.text ?? body?.text ?? '',
        notice,
        carried: body?.carried ?? NONE,
        refersTo: body?.refersTo ?? null,
        editedAtText: scalarText(properties.edittime) ?? body?.edited ?? null,
        attachments: body?.attachments ?? NONE,
        extra: tidy({
          ...otherMembers(message, CARRIED),
          messagetype: type === 'RichText' || type === 'Text' ? null : type,
          emotions: properties.emotions,
          links: body?.links,
          event: activity?.act
            ? { act: activity.act, actor: activity.actor, targets: activity.targets, name: activity.name }
            : null,
          content:
            (activity !== null || kind === 'other' || kind === 'vote') && content !== '' ? content : null,
        }),
        flags: item.flags,
      },
      item,
    );
    if (activity !== null) this.#membership(activity.act, activity.targets, sentAtText);
  }

  #kind(kind: MessageKind, deleted: boolean, quotes: number): MessageKind {
    if (deleted) return 'recall';
    return kind === 'text' && quotes > 0 ? 'quote' : kind;
  }

  #membership(act: string | null, targets: readonly string[], at: string): void {
    const came = act === 'invite' || act === 'join';
    if (!came && act !== 'remove' && act !== 'leave') return;
    for (const target of targets) {
      const person = this.#person(target, null);
      if (person !== null) this.run.member(person, came ? { from: at } : { to: at });
    }
  }
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options, true);
  const skype = new SkypeRun(run);
  const walker = new JsonWalker(source, options.head, run.batch, {
    arrays: ['conversations.*.MessageList'],
    arrayOf: (value) => (isSkypeMessage(value) ? 'MessageList' : null),
  });
  for (const event of walker.events()) {
    if (event.type === 'open' && event.path !== '') skype.reset();
    else if (event.type === 'member' && event.path === '') skype.root(event.name, event.value);
    else if (event.type === 'member') skype.member(event.name, event.value);
    else if (event.type === 'array') skype.array();
    else if (event.type === 'items') for (const item of event.items) skype.item(item);
    if (run.full) yield* run.batch.drain();
  }
  if (!walker.complete) run.assumptions = { ending: 'cut-off' };
  yield* run.finish();
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (isObject(root) && Array.isArray(root.conversations)) {
    const [first] = root.conversations as unknown[];
    if (isObject(first) && 'MessageList' in first) return 0.97;
    if (first === undefined && 'userId' in root && 'exportDate' in root) return 0.8;
  }
  return /"MessageList"\s*:/.test(head.text) && /"originalarrivaltime"\s*:/.test(head.text) ? 0.7 : 0;
}

export const skypeJson: Importer = {
  id: 'skype-export-json',
  version: 1,
  platform: 'skype',
  holds: 'chat',
  title: { zh: 'Skype 数据导出（messages.json）', en: 'Skype data export (messages.json)' },
  extensions: ['.json'],
  sniff,
  list: (source, head) => previewConversations(skypeJson, source, head),
  read,
};
