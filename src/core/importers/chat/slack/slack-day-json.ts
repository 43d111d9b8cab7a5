/**
 * One day of one channel in a Slack export: `<channel>/YYYY-MM-DD.json`, an array of messages with ids
 * for people. In an archive or folder the lists beside it (`../users.json`, `../channels.json` …) give the
 * names; a file by itself is read with ids only, its channel named after the folder or the file.
 */
import type { ConversationType } from '../../../domain/message.ts';
import { ChatRun, fieldsOf, personOf } from '../../chat-run.ts';
import { companionJson, folderOf } from '../../companions.ts';
import type {
  ByteSource,
  ImportEvent,
  ImportedConversation,
  Importer,
  ImportOptions,
  SourceHead,
} from '../../importer.ts';
import { readJsonChat } from '../../json-chat.ts';
import { jsonHead } from '../../json-head.ts';
import type { JsonItem } from '../../json-values.ts';
import { baseName, isObject, listOf, scalarText, stringOf } from '../../text.ts';
import { isSlackMessage, slackMessage, slackSender } from './slack-message.ts';
import { addSlackNames } from './slack-text.ts';

type Json = Readonly<Record<string, unknown>>;

const LISTS = ['channels', 'groups', 'mpims', 'dms'] as const;
type ListName = (typeof LISTS)[number];

const TYPES: Readonly<Record<ListName, ConversationType>> = {
  channels: 'group',
  groups: 'group',
  mpims: 'group',
  dms: 'direct',
};

/** An entry of one of the lists as a conversation. */
export function slackConversation(entry: Json, list: ListName): ImportedConversation | null {
  const id = scalarText(entry.id);
  const name = scalarText(entry.name);
  if (id === null && name === null) return null;
  const text = (value: unknown): string => (isObject(value) ? stringOf(value.value) : '');
  const fields = fieldsOf({
    topic: text(entry.topic),
    purpose: text(entry.purpose),
    creator: entry.creator,
    created: entry.created,
    archived: entry.is_archived,
  });
  const more = Object.keys(fields).length === 0 ? {} : { fields };
  return { key: id ?? `name:${name}`, platformId: id, name, type: TYPES[list], ...more };
}

interface Directory {
  readonly names: ReadonlyMap<string, string>;
  readonly conversation: ImportedConversation | null;
  readonly members: readonly string[];
}

/** What the lists of the export say of people and of this file's channel. */
async function directoryOf(source: ByteSource, folder: string | null): Promise<Directory> {
  const names = new Map<string, string>();
  let conversation: ImportedConversation | null = null;
  let members: readonly string[] = [];
  if (source.companion === undefined || folder === null) return { names, conversation, members };
  for (const name of ['users', 'org_users', 'channels', 'groups'] as const) {
    addSlackNames(await companionJson(source, `../${name}.json`), names);
  }
  for (const list of LISTS) {
    for (const entry of listOf(await companionJson(source, `../${list}.json`))) {
      if (conversation !== null || !isObject(entry)) continue;
      if (scalarText(entry.name) !== folder && scalarText(entry.id) !== folder) continue;
      conversation = slackConversation(entry, list);
      members = listOf(entry.members)
        .map(stringOf)
        .filter((id) => id !== '');
    }
  }
  return { names, conversation, members };
}

function alone(source: ByteSource, folder: string | null): ImportedConversation {
  const id = folder !== null && /^[CDG][A-Z0-9]{7,}$/.test(folder) ? folder : null;
  const name = folder ?? baseName(source.name);
  return { key: id ?? `name:${name}`, platformId: id, name: id === null ? name : null, type: 'unknown' };
}

/** Books an element, and who came or left by it. */
function takeItem(run: ChatRun, item: JsonItem, names: ReadonlyMap<string, string>): void {
  const { value } = item;
  if (item.code !== null || !isObject(value) || !isSlackMessage(value)) {
    run.skip(item);
    return;
  }
  const person = slackSender(value, names);
  const change = /_(join|leave)$/.exec(stringOf(value.subtype))?.[1];
  if (person !== null && run.kept) {
    const at = stringOf(value.ts);
    if (change === undefined) run.person(person);
    else run.member(person, change === 'join' ? { from: at } : { to: at });
  }
  run.message(slackMessage(value, item, names), item);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, options);
  const folder = folderOf(source);
  const { names, conversation, members } = await directoryOf(source, folder);
  yield* readJsonChat(source, options, run, {
    arrays: [''],
    arrayOf: (value) => (isSlackMessage(value) ? '' : null),
    header: [],
    begin: () => {
      run.open(conversation ?? alone(source, folder));
      for (const id of members) {
        const person = personOf(id, names.get(id));
        if (person !== null) run.member(person);
      }
    },
    item: (item) => takeItem(run, item, names),
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  if (Array.isArray(root)) {
    const first = (root as unknown[]).slice(0, 20);
    if (first.some(isSlackMessage)) return /^\d{4}-\d\d-\d\d\.json$/.test(head.name) ? 0.97 : 0.92;
    return 0;
  }
  return 0;
}

export const slackDayJson: Importer = {
  id: 'slack-export-day-json',
  version: 2,
  platform: 'slack',
  holds: 'chat',
  title: { zh: 'Slack 导出（频道的一天）', en: 'Slack export (a day of a channel)' },
  extensions: ['.json'],
  sniff,
  read,
};
