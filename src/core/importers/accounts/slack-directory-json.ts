/**
 * The lists of a Slack export: `users.json` (people), `channels.json`, `groups.json`, `mpims.json`,
 * `dms.json` (conversations with their members). They name what the day files know by id only.
 */

import { slackConversation } from '../chat/slack/slack-day-json.ts';
import { slackUserName } from '../chat/slack/slack-text.ts';
import { ChatRun, fieldsOf, personOf } from '../chat-run.ts';
import type { ByteSource, ImportEvent, Importer, ImportOptions, SourceHead } from '../importer.ts';
import { readJsonChat } from '../json-chat.ts';
import { jsonHead } from '../json-head.ts';
import type { JsonItem } from '../json-values.ts';
import { isObject, listOf, scalarText, stringOf } from '../text.ts';

type Json = Readonly<Record<string, unknown>>;

function isUser(value: unknown): value is Json {
  if (!isObject(value) || !/^[UWB][A-Z0-9]{4,}$|^USLACKBOT$/.test(stringOf(value.id))) return false;
  return isObject(value.profile) || 'real_name' in value || 'team_id' in value;
}

function isChannel(value: unknown): value is Json {
  if (!isObject(value) || !/^[CDG][A-Z0-9]{4,}$/.test(stringOf(value.id))) return false;
  return Array.isArray(value.members) || 'creator' in value || 'is_archived' in value;
}

function takeUser(run: ChatRun, user: Json, item: JsonItem): void {
  const profile = isObject(user.profile) ? user.profile : {};
  const name = slackUserName(user) || stringOf(user.name);
  const fields = fieldsOf({
    username: user.name,
    realName: stringOf(user.real_name) || stringOf(profile.real_name),
    title: profile.title,
    email: profile.email,
    phone: profile.phone,
    bio: profile.status_text,
    avatar: profile.image_original ?? profile.image_512,
    team: user.team_id,
    zone: user.tz,
    bot: user.is_bot,
    deleted: user.deleted,
    owner: user.is_owner,
    admin: user.is_admin,
  });
  const person = personOf(user.id, name, fields);
  if (person === null) return;
  run.batch.account({ ...person, locator: { start: item.start, end: item.end, line: item.line } });
  run.batch.range('account', item.until, item.line, 1);
}

function takeChannel(run: ChatRun, channel: Json, item: JsonItem): void {
  const id = stringOf(channel.id);
  const list = id.startsWith('D') ? 'dms' : /^mpdm-/.test(stringOf(channel.name)) ? 'mpims' : 'channels';
  const conversation = slackConversation(channel, list);
  if (conversation === null) return;
  const locator = { start: item.start, end: item.end, line: item.line };
  run.open({ ...conversation, locator });
  for (const member of listOf(channel.members)) {
    const person = personOf(member, null);
    const role = member === channel.creator ? 'owner' : 'member';
    if (person !== null) run.member(person, { role, locator });
  }
  run.batch.range('conversation', item.until, item.line, 1);
}

async function* read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent> {
  const run = new ChatRun(source, { conversations: 'all' });
  yield* readJsonChat(source, options, run, {
    arrays: [''],
    arrayOf: (value) => (isUser(value) || isChannel(value) ? '' : null),
    header: [],
    begin: () => undefined,
    item: (item) => {
      if (item.code === null && isUser(item.value)) takeUser(run, item.value, item);
      else if (item.code === null && isChannel(item.value)) takeChannel(run, item.value, item);
      else run.skip(item);
    },
  });
}

function sniff(head: SourceHead): number {
  const { root } = jsonHead(head);
  const entries = listOf(root).slice(0, 5);
  if (entries.length === 0 || entries.some((entry) => isObject(entry) && scalarText(entry.ts) !== null))
    return 0;
  // The head may end inside an entry.
  const whole =
    entries.length > 1 ? entries.filter((entry, i) => i === 0 || isUser(entry) || isChannel(entry)) : entries;
  const cut = entries.length - whole.length <= 1;
  return cut && whole.every((entry) => isUser(entry) || isChannel(entry)) ? 0.95 : 0;
}

export const slackDirectoryJson: Importer = {
  id: 'slack-export-directory-json',
  version: 1,
  platform: 'slack',
  holds: 'list',
  title: { zh: 'Slack 导出的人员与频道名录', en: 'Slack export: people and channels' },
  extensions: ['.json'],
  sniff,
  read,
};
