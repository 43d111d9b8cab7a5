/**
 * What WhatsApp itself writes into an export: notices, media markers, the place of deleted messages.
 * By the app's own words in the languages that exports were seen in; everything else is a message.
 */
import type { MessageKind } from '../../domain/message.ts';
import type { ImportedAttachment } from '../importer.ts';

const ANY_MARK = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const MARKS = new RegExp(ANY_MARK, 'g');

/** The notice that opens a chat, whole sentences only: people write about encryption too. */
const ENCRYPTION =
  /^(?:Messages and calls are end-to-end encrypted|Messages you send to this (?:chat|group)|Messages to this (?:chat|group)|消息和通话已进行端到端加密|您?发送给.*端到端加密|訊息與通話已受端對端加密保護|訊息和通話已受端對端加密保護|Nachrichten und Anrufe sind Ende-zu-Ende|Los mensajes y (?:las )?llamadas están cifrados|Les messages et les appels sont chiffrés|As mensagens e (?:as )?(?:chamadas|ligações) são protegidas|I messaggi e le chiamate sono crittografati|Сообщения и звонки защищены|メッセージと通話は|메시지와 통화는|Berichten en (?:oproepen|gesprekken) zijn|Mesajlar ve aramalar uçtan uca)/i;

/** Group notices in which a name may hold a colon: the words stand before any `: `. */
const GROUP_NOTICE =
  /^[^:\n]{0,100}?(?: created (?:group|this group)| changed the (?:subject|group name|group description|group's)| changed this group| joined using| joined from| added | removed | left$| was added| were added|创建了(?:此)?群组|更改了|变更了|建立了群組|已將群組|加入了群组|加入群組|已添加|新增了|已退出|退出了|移除了| hat die Gruppe| hat den Betreff| ha creado el grupo| cambió el asunto| añadió a | a créé le groupe| a ajouté | criou o grupo| adicionou | ha creato il gruppo| ha aggiunto )/;

/** The same inside the text of a line that names a sender (iOS), after a direction mark. */
const IOS_NOTICE =
  /created (?:group|this group)|changed the (?:subject|group)|changed this group|joined using|joined from| added |^You (?:added|removed|were|created|changed|left)| removed | left$|security code|is a contact|disappearing messages|now an admin|创建了|群组|加入|退出|移除|安全代码|建立了|群組|安全碼/;

const CREATED =
  /created (?:group|this group) ["“](.+?)["”]$|创建了群组[“"「](.+?)[”"」]|建立了群組[“"「](.+?)[”"」]|(?:grupo|groupe|gruppo|Gruppe) ["“«](.+?)["”»]/;

const GROUP_WORDS = /group|群组|群組|Gruppe|grupo|groupe|gruppo/i;

const DELETED =
  /^(?:This message was deleted|You deleted this message|This message was deleted by admin .*|(?:这条|此)消息已(?:被)?删除|此訊息已被刪除|您删除了这条消息|你删除了这条消息|此訊息已刪除|你已刪除此訊息|您已刪除此訊息|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht|Se eliminó este mensaje|Este mensaje fue eliminado|Eliminaste este mensaje|Ce message a été supprimé|Vous avez supprimé ce message|Mensagem apagada|Essa mensagem foi apagada|Você apagou esta mensagem|Questo messaggio è stato eliminato|Hai eliminato questo messaggio|Данное сообщение удалено|このメッセージは削除されました|삭제된 메시지입니다|此消息已删除|您已删除此消息|你已删除此消息|Esta mensagem foi (?:apagada|eliminada)|Dit bericht is verwijderd|Je hebt dit bericht verwijderd|Bu mesaj silindi|Bu mesajı sildiniz|Pesan ini telah dihapus)\.?$/i;

const OMITTED =
  /^<\s*(?:[^<>\n]{0,40}(?:omitted|ausgeschlossen|weggelassen|omitido|omitidos|omitida|omessi|omesso|omis|weggelaten|省略|忽略|略去|생략|edilmedi|pominięto|oculta|oculto|含まれていません|tidak disertakan|제외|생략|استبعاد|استثناء|без медиафайлов|לא נכללה|dahil edilmedi|hariç tutuldu|bị bỏ qua|vynechán|vynechaná|kihagyva|utelämna|utelatt|udeladt|jätetty pois|omise|omisă|παραλείφθηκε|छोड़|हटाया)[^<>\n]{0,40}|Без медиафайлов)\s*>$/i;

const OMITTED_KINDS: readonly (readonly [RegExp, MessageKind])[] = [
  [
    /^(?:image|photo|图像|圖像|이미지|사진|görüntü|fotoğraf|afbeelding|изображение|รูปภาพ|gambar|obraz|imagen|imagem|immagine|Bild|图片|圖片|照片|相片|画像)\s?(?:omitted|omitida|ocultada|omessa|absente|weggelassen|已?略去|已?忽略|已?省略|を?省略|생략됨|dahil edilmedi|weggelaten|отсутствует|пропущено|pominięto|tidak disertakan)/i,
    'image',
  ],
  [
    /^(?:video|vídeo|vidéo|video note|동영상|비디오|видео|วิดีโอ|wideo|GIF|视频|影片|視訊|動画)\s?(?:omitted|omitido|ocultado|omesso|absente|weggelassen|已?略去|已?忽略|已?省略|を?省略|생략됨|dahil edilmedi|weggelaten|отсутствует|пропущено|pominięto|tidak disertakan)/i,
    'video',
  ],
  [
    /^(?:audio|voice message|오디오|음성 메시지|ses|аудио|sprachnachricht|音频|語音|语音|音訊|音声)\s?(?:omitted|omitido|ocultado|omesso|omis|weggelassen|已?略去|已?忽略|已?省略|を?省略|생략됨|dahil edilmedi|weggelaten|отсутствует|пропущено|pominięto|tidak disertakan)/i,
    'voice',
  ],
  [
    /^(?:sticker|스티커|çıkartma|стикер|สติกเกอร์|贴图|貼圖|动图|スタンプ)\s?(?:omitted|omitido|ocultado|omesso|omis|weggelassen|已?略去|已?忽略|已?省略|を?省略|생략됨|dahil edilmedi|weggelaten|отсутствует|пропущено|pominięto|tidak disertakan)/i,
    'sticker',
  ],
  [
    /^(?:contact card|联系人名片|聯絡人名片|Kontaktkarte|tarjeta de contacto)\s?(?:omitted|weggelassen|omitida|已?略去|已?忽略|已?省略)/i,
    'contact',
  ],
  [
    /(?:document|文件|档案|檔案|Dokument|documento)\s?(?:omitted|omitido|omesso|omis|weggelassen|已?略去|已?忽略|已?省略)$/i,
    'file',
  ],
];

const ATTACHED_TAG = /^<\s*[^<>:：\n]{1,30}\s?[:：]\s*([^<>\n]+?)\s*>/;
const ATTACHED_PARENTHESIS =
  /^(.{1,200}\.[\w-]{2,5})(?: \(| ?（)(?:file attached|Datei angehängt|archivo adjunto|fichier joint|arquivo anexado|file allegato|bestand bijgevoegd|файл добавлен|文件附件|附加文件|已附加文件|附加檔案|檔案已附加|ファイル添付|파일 첨부됨)[)）]/i;

const EXTENSION_KINDS: readonly (readonly [RegExp, MessageKind])[] = [
  [/^STK-|\.webp$/i, 'sticker'],
  [/\.(?:jpe?g|png|heic|gif|bmp)$/i, 'image'],
  [/\.(?:opus|m4a|mp3|ogg|aac|amr|wav)$/i, 'voice'],
  [/\.(?:mp4|mov|3gp|mkv|avi)$/i, 'video'],
  [/\.vcf$/i, 'contact'],
];

const CALL =
  /^(?:Missed (?:group )?(?:voice|video) call|(?:Voice|Video) call|未接(?:语音|视频|語音|視訊)通话?話?|(?:语音|视频|語音|視訊)通[话話])(?:[,，.].{0,60})?$/i;
const LOCATION =
  /^(?:(?:location|位置|位置信息|位置資訊|位置情報|위치|ubicación|localização|Standort|posizione|localisation|locatie|konum|lokasi)\s?[:：]\s*https?:\/\/|live location shared|(?:location|位置|ubicación|localização|Standort|posizione|localisation)$)/i;
const POLL = /^(?:POLL|投票|ENCUESTA|UMFRAGE|SONDAGE|ENQUETE|SONDAGGIO)[:：]/;
/** An event that somebody planned in the chat. */
const EVENT = /^(?:EVENT|活动|活動|EVENTO|ÉVÉNEMENT|VERANSTALTUNG)[:：]\s/;
/** In place of media that can be opened once, on the phone only. */
const VIEW_ONCE =
  /^(?:You received a view once|(?:View once|Waiting for) .{0,40}(?:photo|video|voice message)|您收到了一条阅后即焚|你收到了一則限看一次)/i;
const EDITED =
  /<(?:This message was edited|此消息已编辑|已编辑|此訊息已編輯|已編輯|Diese Nachricht wurde bearbeitet|Se editó este mensaje|Este mensaje fue editado|Ce message a été modifié|(?:Esta )?[Mm]ensagem (?:foi )?editada|Questo messaggio è stato modificato|このメッセージは編集されました|이 메시지는 (?:수정|편집)되었습니다)\.?>\s*$/;

/** The text without direction marks and outer spaces, for comparing. */
function plain(text: string): string {
  return (ANY_MARK.test(text) ? text.replace(MARKS, '') : text).trim();
}

/** Whether the rest of a line, which may name no sender, is a notice of the app. */
export function isNotice(rest: string): boolean {
  const text = plain(rest);
  return ENCRYPTION.test(text) || GROUP_NOTICE.test(text);
}

/** Whether the text after a sender's name is a notice of the app. */
export function isSenderNotice(text: string): boolean {
  if (ENCRYPTION.test(plain(text))) return true;
  return (
    text.startsWith('\u200e') && IOS_NOTICE.test(plain(text)) && mediaOf(text) === null && !isDeleted(text)
  );
}

export function isEncryptionNotice(text: string): boolean {
  return ENCRYPTION.test(plain(text));
}

/** Whether the app's own line is in English. */
export function isEnglishNotice(text: string): boolean {
  return /end-to-end encrypted|created (?:this )?group|changed the | was added| were added|joined using|omitted>?$/.test(
    plain(text),
  );
}

/** The name in a notice that says a group was made; null in any other line. */
export function createdGroup(text: string): string | null {
  const m = CREATED.exec(plain(text));
  return m === null ? null : (m.slice(1).find((name) => name !== undefined) ?? null);
}

/** Whether a notice is about a group. */
export function isGroupNotice(text: string): boolean {
  const line = plain(text);
  return GROUP_NOTICE.test(line) || (GROUP_WORDS.test(line) && !ENCRYPTION.test(line));
}

export function isDeleted(text: string): boolean {
  return DELETED.test(plain(text));
}

export function isEdited(text: string): boolean {
  return EDITED.test(text);
}

interface Media {
  readonly kind: MessageKind;
  readonly attachment: ImportedAttachment | null;
}

function fileOf(name: string): Media {
  const kind = EXTENSION_KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'file';
  const isMedia = kind === 'sticker' || kind === 'image' || kind === 'voice' || kind === 'video';
  return {
    kind,
    attachment: { kind: isMedia ? kind : 'file', name, reference: name, size: null, md5: null },
  };
}

/** The media that a text's marker stands for; null where the text has none. */
export function mediaOf(text: string): Media | null {
  const line = plain(text.slice(0, 400));
  if (line.startsWith('<')) {
    if (OMITTED.test(line)) return { kind: 'other', attachment: null };
    const tag = ATTACHED_TAG.exec(line);
    if (tag !== null && /\.[\w-]{2,5}$/.test(tag[1] as string)) return fileOf(tag[1] as string);
    return null;
  }
  const attached = ATTACHED_PARENTHESIS.exec(line);
  if (attached !== null) return fileOf(attached[1] as string);
  if (line.length > 120) return null;
  const omitted = OMITTED_KINDS.find(([pattern]) => pattern.test(line));
  return omitted === undefined ? null : { kind: omitted[1], attachment: null };
}

/** Kind of a message by its text; `text` for what people write. */
export function kindOfText(text: string): MessageKind {
  const line = plain(text.slice(0, 400));
  if (CALL.test(line)) return 'call';
  if (LOCATION.test(line)) return 'location';
  if (VIEW_ONCE.test(line)) return 'other';
  if (EVENT.test(line)) return 'meeting';
  return POLL.test(line) ? 'vote' : 'text';
}
