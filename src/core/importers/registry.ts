/** Every importer, in order of preference between equals. A new format is one file and one line here. */
import { accountListCsv } from './accounts/account-list-csv.ts';
import { chatlogLists } from './accounts/chatlog-lists-csv.ts';
import { directoryCsv } from './accounts/directory-csv.ts';
import { slackDirectoryJson } from './accounts/slack-directory-json.ts';
import { vCard } from './accounts/vcard.ts';
import { chatLabJson } from './chat/chatlab/chatlab-json.ts';
import { chatLabJsonl } from './chat/chatlab/chatlab-jsonl.ts';
import { discordCsv } from './chat/discord/discord-csv.ts';
import { discordJson } from './chat/discord/discord-json.ts';
import { discordText } from './chat/discord/discord-text.ts';
import { docketInterchange } from './chat/docket-interchange.ts';
import { feishuJson } from './chat/feishu/feishu-json.ts';
import { googleChatJson } from './chat/google-chat/google-chat-json.ts';
import { kakaoTalkCsv } from './chat/kakaotalk/kakaotalk-csv.ts';
import { kakaoTalkText } from './chat/kakaotalk/kakaotalk-text.ts';
import { lineText } from './chat/line/line-text.ts';
import { instagramJson } from './chat/meta/instagram-json.ts';
import { messengerJson } from './chat/meta/messenger-json.ts';
import { metaMessagesHtml } from './chat/meta/meta-messages-html.ts';
import { qqCopiedText } from './chat/qq/qq-copied-text.ts';
import { qqExporterHtml } from './chat/qq/qq-exporter-html.ts';
import { qqExporterJson, qqExporterManifest } from './chat/qq/qq-exporter-json.ts';
import { qqExporterJsonl } from './chat/qq/qq-exporter-jsonl.ts';
import { qqExporterText } from './chat/qq/qq-exporter-text.ts';
import { qqMht } from './chat/qq/qq-mht.ts';
import { qqNativeText } from './chat/qq/qq-native-text.ts';
import { signalBackupHtml } from './chat/signal/signal-backup-html.ts';
import { signalBackupText } from './chat/signal/signal-backup-text.ts';
import { signalExportJson } from './chat/signal/signal-export-json.ts';
import { signalSigtopText } from './chat/signal/signal-sigtop-text.ts';
import { signalText } from './chat/signal/signal-text.ts';
import { skypeJson } from './chat/skype/skype-json.ts';
import { slackDayJson } from './chat/slack/slack-day-json.ts';
import { teamsJson } from './chat/teams/teams-json.ts';
import { teamsWebExporterJson } from './chat/teams/teams-web-exporter-json.ts';
import { telegramHtml } from './chat/telegram/telegram-html.ts';
import { telegramJson } from './chat/telegram/telegram-json.ts';
import { chatlogCsv } from './chat/wechat/wechat-chatlog-csv.ts';
import { chatlogJson } from './chat/wechat/wechat-chatlog-json.ts';
import { chatlogText } from './chat/wechat/wechat-chatlog-text.ts';
import { echoTraceHtml } from './chat/wechat/wechat-echotrace-html.ts';
import { wechatExporterHtml } from './chat/wechat/wechat-exporter-html.ts';
import { wechatExporterText } from './chat/wechat/wechat-exporter-text.ts';
import { pywxdumpCsv, wecloneCsv } from './chat/wechat/wechat-pywxdump-csv.ts';
import { pywxdumpJson } from './chat/wechat/wechat-pywxdump-json.ts';
import { pywxdumpScript } from './chat/wechat/wechat-pywxdump-script.ts';
import { wechatMsgAiText } from './chat/wechat/wechat-wechatmsg-ai-text.ts';
import { wechatMsgCsv } from './chat/wechat/wechat-wechatmsg-csv.ts';
import { wechatMsgHtml } from './chat/wechat/wechat-wechatmsg-html.ts';
import { wechatMsgJson } from './chat/wechat/wechat-wechatmsg-json.ts';
import { wechatMsgText } from './chat/wechat/wechat-wechatmsg-text.ts';
import { wechatMsgTraining } from './chat/wechat/wechat-wechatmsg-training.ts';
import { weflowHtml } from './chat/wechat/wechat-weflow-html.ts';
import { echoTraceJson, weflowJson } from './chat/wechat/wechat-weflow-json.ts';
import { weflowMarkdown } from './chat/wechat/wechat-weflow-markdown.ts';
import { cipherTalkSql, weflowSql } from './chat/wechat/wechat-weflow-sql.ts';
import { weflowText } from './chat/wechat/wechat-weflow-text.ts';
import { wetraceScript } from './chat/wechat/wechat-wetrace-script.ts';
import { wetraceText } from './chat/wechat/wechat-wetrace-text.ts';
import { wecomArchiveJsonl } from './chat/wecom/wecom-archive-jsonl.ts';
import { welinkText } from './chat/welink/welink-text.ts';
import { whatsAppText } from './chat/whatsapp/whatsapp-text.ts';
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
  wetraceScript,
  wetraceText,
  chatlogLists,
  weflowJson,
  weflowText,
  weflowHtml,
  weflowMarkdown,
  weflowSql,
  cipherTalkSql,
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
  teamsWebExporterJson,
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
  signalExportJson,
  signalSigtopText,
  signalBackupText,
  signalBackupHtml,
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
