/** Every importer, in order of preference between equals. A new format is one file and one line here. */
import { accountListCsv } from './accounts/account-list-csv.ts';
import { directoryCsv } from './accounts/directory-csv.ts';
import { slackDirectoryJson } from './accounts/slack-directory-json.ts';
import { chatLabJson } from './chat/chatlab-json.ts';
import { chatLabJsonl } from './chat/chatlab-jsonl.ts';
import { discordCsv } from './chat/discord-csv.ts';
import { discordJson } from './chat/discord-json.ts';
import { discordText } from './chat/discord-text.ts';
import { docketInterchange } from './chat/docket-interchange.ts';
import { googleChatJson } from './chat/google-chat-json.ts';
import { instagramJson } from './chat/instagram-json.ts';
import { messengerJson } from './chat/messenger-json.ts';
import { slackDayJson } from './chat/slack-day-json.ts';
import { teamsJson } from './chat/teams-json.ts';
import { telegramJson } from './chat/telegram-json.ts';
import { wechatMsgCsv } from './chat/wechat-wechatmsg-csv.ts';
import { wecomArchiveJsonl } from './chat/wecom-archive-jsonl.ts';
import { whatsAppText } from './chat/whatsapp-text.ts';
import type { Importer } from './importer.ts';

export const IMPORTERS: readonly Importer[] = [
  wechatMsgCsv,
  wecomArchiveJsonl,
  whatsAppText,
  telegramJson,
  discordJson,
  discordCsv,
  discordText,
  messengerJson,
  instagramJson,
  slackDayJson,
  slackDirectoryJson,
  teamsJson,
  googleChatJson,
  docketInterchange,
  chatLabJsonl,
  chatLabJson,
  directoryCsv,
  accountListCsv,
];

/** The importer with this id; null where there is none (a source imported by a later version). */
export function importerById(id: string): Importer | null {
  return IMPORTERS.find((importer) => importer.id === id) ?? null;
}
