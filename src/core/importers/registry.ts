/** Every importer, in order of preference between equals. A new format is one file and one line here. */
import { accountListCsv } from './accounts/account-list-csv.ts';
import { directoryCsv } from './accounts/directory-csv.ts';
import { chatLabJson } from './chat/chatlab-json.ts';
import { chatLabJsonl } from './chat/chatlab-jsonl.ts';
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
  chatLabJsonl,
  chatLabJson,
  directoryCsv,
  accountListCsv,
];

/** The importer with this id; null where there is none (a source imported by a later version). */
export function importerById(id: string): Importer | null {
  return IMPORTERS.find((importer) => importer.id === id) ?? null;
}
