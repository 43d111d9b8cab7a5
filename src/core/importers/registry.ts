/** Every importer, in order of preference between equals. A new format is one file and one line here. */
import { accountListCsv } from './accounts/account-list-csv.ts';
import { chatlogLists } from './accounts/chatlog-lists-csv.ts';
import { directoryCsv } from './accounts/directory-csv.ts';
import { slackDirectoryJson } from './accounts/slack-directory-json.ts';
import { vCard } from './accounts/vcard.ts';
import { chatLabJson } from './chat/chatlab-json.ts';
import { chatLabJsonl } from './chat/chatlab-jsonl.ts';
import { discordCsv } from './chat/discord-csv.ts';
import { discordJson } from './chat/discord-json.ts';
import { discordText } from './chat/discord-text.ts';
import { docketInterchange } from './chat/docket-interchange.ts';
import { feishuJson } from './chat/feishu-json.ts';
import { googleChatJson } from './chat/google-chat-json.ts';
import { instagramJson } from './chat/instagram-json.ts';
import { kakaoTalkCsv } from './chat/kakaotalk-csv.ts';
import { kakaoTalkText } from './chat/kakaotalk-text.ts';
import { lineText } from './chat/line-text.ts';
import { messengerJson } from './chat/messenger-json.ts';
import { metaMessagesHtml } from './chat/meta-messages-html.ts';
import { qqCopiedText } from './chat/qq-copied-text.ts';
import { qqExporterHtml } from './chat/qq-exporter-html.ts';
import { qqExporterJson, qqExporterManifest } from './chat/qq-exporter-json.ts';
import { qqExporterJsonl } from './chat/qq-exporter-jsonl.ts';
import { qqExporterText } from './chat/qq-exporter-text.ts';
import { qqMht } from './chat/qq-mht.ts';
import { qqNativeText } from './chat/qq-native-text.ts';
import { signalSigtopText } from './chat/signal-sigtop-text.ts';
import { signalText } from './chat/signal-text.ts';
import { skypeJson } from './chat/skype-json.ts';
import { slackDayJson } from './chat/slack-day-json.ts';
import { teamsJson } from './chat/teams-json.ts';
import { telegramHtml } from './chat/telegram-html.ts';
import { telegramJson } from './chat/telegram-json.ts';
import { chatlogCsv } from './chat/wechat-chatlog-csv.ts';
import { chatlogJson } from './chat/wechat-chatlog-json.ts';
import { chatlogText } from './chat/wechat-chatlog-text.ts';
import { echoTraceHtml } from './chat/wechat-echotrace-html.ts';
import { wechatExporterHtml } from './chat/wechat-exporter-html.ts';
import { wechatExporterText } from './chat/wechat-exporter-text.ts';
import { pywxdumpCsv, wecloneCsv } from './chat/wechat-pywxdump-csv.ts';
import { pywxdumpJson } from './chat/wechat-pywxdump-json.ts';
import { pywxdumpScript } from './chat/wechat-pywxdump-script.ts';
import { wechatMsgAiText } from './chat/wechat-wechatmsg-ai-text.ts';
import { wechatMsgCsv } from './chat/wechat-wechatmsg-csv.ts';
import { wechatMsgHtml } from './chat/wechat-wechatmsg-html.ts';
import { wechatMsgJson } from './chat/wechat-wechatmsg-json.ts';
import { wechatMsgText } from './chat/wechat-wechatmsg-text.ts';
import { wechatMsgTraining } from './chat/wechat-wechatmsg-training.ts';
import { weflowHtml } from './chat/wechat-weflow-html.ts';
import { echoTraceJson, weflowJson } from './chat/wechat-weflow-json.ts';
import { weflowText } from './chat/wechat-weflow-text.ts';
import { wecomArchiveJsonl } from './chat/wecom-archive-jsonl.ts';
import { welinkText } from './chat/welink-text.ts';
import { whatsAppText } from './chat/whatsapp-text.ts';
import type { Importer } from './importer.ts';
import { LIST_TABLES } from './lists/list-table.ts';
import { mappedTable } from './tables/mapped-table.ts';

export const IMPORTERS: readonly Importer[] = [
  wechatMsgCsv,
  wechatMsgText,
  wechatMsgAiText,
  wechatMsgHtml,
  wechatMsgJson,
  wechatMsgTraining,
  pywxdumpCsv,
  pywxdumpJson,
  pywxdumpScript,
  chatlogCsv,
  chatlogText,
  chatlogJson,
  chatlogLists,
  weflowJson,
  weflowText,
  weflowHtml,
  wecloneCsv,
  echoTraceJson,
  echoTraceHtml,
  wechatExporterText,
  wechatExporterHtml,
  wecomArchiveJsonl,
  whatsAppText,
  telegramJson,
  telegramHtml,
  discordJson,
  discordCsv,
  discordText,
  messengerJson,
  metaMessagesHtml,
  instagramJson,
  slackDayJson,
  slackDirectoryJson,
  teamsJson,
  googleChatJson,
  qqNativeText,
  qqMht,
  qqCopiedText,
  qqExporterJson,
  qqExporterManifest,
  qqExporterJsonl,
  qqExporterText,
  qqExporterHtml,
  lineText,
  kakaoTalkText,
  kakaoTalkCsv,
  signalText,
  signalSigtopText,
  skypeJson,
  welinkText,
  feishuJson,
  docketInterchange,
  chatLabJsonl,
  chatLabJson,
  directoryCsv,
  accountListCsv,
  vCard,
  ...LIST_TABLES,
  mappedTable,
];

/** The importer with this id; null where there is none (a source imported by a later version). */
export function importerById(id: string): Importer | null {
  return IMPORTERS.find((importer) => importer.id === id) ?? null;
}
