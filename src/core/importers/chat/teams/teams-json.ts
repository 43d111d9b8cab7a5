/**
 * Microsoft Teams as Microsoft Graph gives it: an array of `chatMessage`s, or pages `{value: […]}`, with
 * names in capitals where PowerShell wrote them. One file may hold several chats and channels, newest first.
 */
import type { MessageKind } from '../../../domain/message.ts';
import { previewConversations } from '../../batch.ts';
import { ChatRun, fieldsOf, type Person, personOf, tidy } from '../../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { baseName, isObject, listOf, otherMembers, scalarText, stringOf } from '../../text.ts';
import { type ReadTime, readTime } from '../../time.ts';
import { lowerNames, teamsAttachments, teamsBody } from './teams-body.ts';

type Json = Readonly<Record<string, unknown>>;

const CARRIED = new Set([
  'id',
  'body',
  'createdDateTime',
  'lastEditedDateTime',
  'replyToId',
  'from',
  'chatId',
  'channelIdentity',
  'attachments',
  'etag',
  'lastModifiedDateTime',
  'locale',
  'messageType',
]);

/** Whether the value is a `chatMessage` of Graph. */
export function isTeamsMessage(value: unknown): boolean {
  if (!isObject(value)) return false;
  const body = value.body ?? value.Body;
  const created = value.createdDateTime ?? value.CreatedDateTime;
  const typed = 'messageType' in value || 'MessageType' in value || 'from' in value || 'From' in value;
  const placed =
    'chatId' in value || 'ChatId' in value || 'channelIdentity' in value || 'ChannelIdentity' in value;
  return (
    scalarText(value.id ?? value.Id) !== null && created !== undefined && (isObject(body) || placed) && typed
  );
}

/** A time as Graph writes it, or as PowerShell does: `/Date(1600000000000)/`, perhaps inside an object. */
function timeOf(value: unknown): { readonly text: string; readonly time: ReadTime } {
  const plain = isObject(value) ? (value.value ?? value.dateTime) : value;
  const text = scalarText(plain) ?? '';
  const epoch = /^\/Date\((\d+)(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  return { text, time: readTime(epoch ?? plain) };
}

function identityOf(value: unknown): Person | null {
  if (!isObject(value)) return null;
  for (const kind of ['user', 'application', 'device', 'conversation']) {
    const identity = value[kind];
    if (!isObject(identity)) continue;
    const type = identity.userIdentityType ?? identity.applicationIdentityType;
    const fields = { tenant: identity.tenantId, identityType: type, bot: kind === 'application' };
    const person = personOf(identity.id, identity.displayName, fieldsOf(fields));
    if (person !== null) return person;
  }
  return personOf(value.id, value.displayName);
}

/** An event in words: `members added: A, B (by C)`. */
function eventText(detail: Json): string {
  const type = stringOf(detail['@odata.type'])
    .replace(/^#?microsoft\.graph\./, '')
    .replace(/EventMessageDetail$/, '');
  const action = type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase() || 'event';
  const members = listOf(detail.members).map(
    (member) => identityOf(member)?.name ?? identityOf(member)?.key ?? '?',
  );
  const named = [
    'chatDisplayName',
    'channelDisplayName',
    'teamDisplayName',
    'callEventType',
    'callDuration',
    'meetingDisplayName',
  ]
    .map((name) => stringOf(detail[name]))
    .filter((text) => text !== '');
  const by = identityOf(detail.initiator);
  const what = [...named, ...members].join(', ');
  return `${action}${what === '' ? '' : `: ${what}`}${by === null ? '' : ` (by ${by.name ?? by.key})`}`;
}

class TeamsRun {
  readonly #run: ChatRun;

  constructor(run: ChatRun) {
    this.#run = run;
  }

  item(item: JsonItem): void {
    if (item.code !== null || !isTeamsMessage(item.value)) this.#run.skip(item);
    else this.#message(lowerNames(item.value) as Json, item);
  }

  #conversation(message: Json): void {
    const channel = isObject(message.channelIdentity) ? message.channelIdentity : {};
    const id = scalarText(message.chatId) ?? scalarText(channel.channelId);
    const name = id === null ? baseName(this.#run.fileName) : null;
    const key = id ?? `name:${name}`;
    if (key === this.#run.conversationKey) return;
    const fields = fieldsOf({ teamId: channel.teamId });
    const direct = /@unq\.gbl\.spaces$/.test(id ?? '') || /^48:/.test(id ?? '');
    this.#run.open({
      key,
      platformId: id,
      name,
      type: id === null ? 'unknown' : direct ? 'direct' : 'group',
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    });
  }

  /** Who came and who left, as an event says. */
  #membership(detail: Json, at: string): void {
    const type = stringOf(detail['@odata.type']);
    const joined = /members(?:Added|Joined)/.test(type);
    if (!joined && !/members(?:Deleted|Left)/.test(type)) return;
    for (const value of listOf(detail.members)) {
      const person = identityOf(value);
      if (person !== null) this.#run.member(person, joined ? { from: at } : { to: at });
    }
  }

  #message(message: Json, item: JsonItem): void {
    this.#conversation(message);
    const detail = isObject(message.eventDetail) ? message.eventDetail : null;
    const system = detail !== null || /event/i.test(stringOf(message.messageType));
    const bodyRecord = isObject(message.body) ? message.body : {};
    const html = !/^text$/i.test(stringOf(bodyRecord.contentType));
    const body = teamsBody(stringOf(bodyRecord.content), html);
    const attached = teamsAttachments(message.attachments);
    const { text: sentAtText, time } = timeOf(message.createdDateTime);
    const sender = identityOf(message.from);
    if (detail !== null) this.#membership(detail, sentAtText);
    if (sender !== null && !system) this.#run.member(sender);
    const files = [...body.files, ...attached.files];
    const carried = [...body.carried, ...attached.carried];
    const deleted = timeOf(message.deletedDateTime).text !== '';
    const forwarded = carried.some(({ act }) => act === 'forward');
    const kind: MessageKind = system
      ? 'system'
      : deleted
        ? 'recall'
        : forwarded && body.text === ''
          ? 'forward'
          : (files[0]?.kind ?? (/^(?:message|)$/i.test(stringOf(message.messageType)) ? 'text' : 'other'));
    const words = [stringOf(message.subject), body.text, detail === null ? '' : eventText(detail)];
    const plain = /^message$/i.test(stringOf(message.messageType));
    const extra = tidy({
      ...otherMembers(message, CARRIED),
      messageType: plain ? null : message.messageType,
    });
    this.#run.message(
      {
        platformId: scalarText(message.id),
        sender: system ? null : sender,
        senderName: sender?.name ?? null,
        sentAtText,
        time,
        kind,
        text: words.filter((part) => part !== '').join('\n'),
        forwarded,
        carried,
        refersTo: attached.refersTo ?? scalarText(message.replyToId),
        editedAtText: timeOf(message.lastEditedDateTime).text || null,
        attachments: files,
        extra: body.links.length === 0 ? extra : { ...extra, links: body.links },
        flags: item.flags,
      },
      item,
    );
  }
}

function arrayPath(head: SourceHead): string {
  const { root } = jsonHead(head);
  if (!isObject(root)) return '';
  return ['value', 'Value', 'messages'].find((name) => Array.isArray(root[name])) ?? 'value';
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options, true);
  const chat = new TeamsRun(run);
  const path = arrayPath(options.head);
  yield* readJsonChat(source, options, run, {
    arrays: [path],
    arrayOf: (value) => (isTeamsMessage(value) ? path : null),
    header: [],
    begin: () => undefined,
    item: (item) => chat.item(item),
  });
}

function sniff(head: SourceHead): number {
  const { root, shape } = jsonHead(head);
  if (shape === 'document') {
    const path = arrayPath(head);
    const first = listOf(path === '' ? root : (root as Json)[path])[0];
    if (isTeamsMessage(first)) return 0.96;
    const context = isObject(root) ? stringOf(root['@odata.context']) : '';
    if (/chatMessage|\/messages/.test(context)) return 0.9;
  }
  return /"bodyPreview"/.test(head.text) ||
    !/"messageType"\s*:\s*"(?:message|systemEventMessage)"/i.test(head.text)
    ? 0
    : 0.5;
}

export const teamsJson: Importer = {
  id: 'teams-graph-json',
  version: 1,
  platform: 'teams',
  holds: 'chat',
  title: { zh: 'Microsoft Teams（Graph 导出 JSON）', en: 'Microsoft Teams (Graph dump, JSON)' },
  extensions: ['.json'],
  sniff,
  list: (source, head) => previewConversations(teamsJson, source, head),
  read,
};
