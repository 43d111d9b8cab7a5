/** Every importer, in order of preference between equals. A new format is one file and one line here. */
import { chatLabJson } from './chat/chatlab-json.ts';
import { chatLabJsonl } from './chat/chatlab-jsonl.ts';
import { telegramJson } from './chat/telegram-json.ts';
import { wechatMsgCsv } from './chat/wechat-wechatmsg-csv.ts';
import type { Importer } from './importer.ts';

export const IMPORTERS: readonly Importer[] = [wechatMsgCsv, telegramJson, chatLabJsonl, chatLabJson];

/** The importer with this id; null where there is none (a source imported by a later version). */
export function importerById(id: string): Importer | null {
  return IMPORTERS.find((importer) => importer.id === id) ?? null;
}
