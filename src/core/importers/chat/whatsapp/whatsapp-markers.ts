/**
 * What WhatsApp itself writes into an export: notices, media markers, the place of deleted messages.
 * By the app's own words in the languages that exports were seen in; everything else is a message.
 */
import type { MessageKind } from '../../../domain/message.ts';
import type { ImportedAttachment } from '../../importer.ts';
import {
  DELETED,
  DOCUMENT_OMITTED,
  FILE_ATTACHED,
  MEDIA_LEFT_OUT,
  MISSED_CALLS,
  OMITTED,
} from './whatsapp-words.ts';

const ANY_MARK = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const MARKS = new RegExp(ANY_MARK, 'g');

/** The notice that opens a chat, whole sentences only: people write about encryption too. */
const ENCRYPTION =
  /^(?:Messages and calls are end-to-end encrypted|Messages you send to this (?:chat|group)|Messages to this (?:chat|group)|消息和通话(?:已|都)进行端到端加密|您?发送给.*端到端加密|您发送的信息和通话|訊息(?:與|和)通話(?:已受|都受到|經)端對端加密|訊息已受端對端加密保護|您傳送的訊息和通話|Nachrichten und Anrufe sind Ende-zu-Ende|Deine Nachrichten und Anrufe werden|Los mensajes y (?:las )?llamadas están cifrados|Tus mensajes y llamadas ahora|Les messages et les appels sont (?:chiffrés|protégés)|Vos messages et vos appels|As mensagens e (?:as )?(?:chamadas|ligações) (?:são|têm)|Suas chamadas e mensagens|I messaggi e le chiamate sono crittografati|I tuoi messaggi e le tue chiamate|Сообщения и звонки защищены|Ваши сообщения и звонки защищены|Повідомлення (?:й|та) дзвінки захищено|Ваші повідомлення та дзвінки захищено|メッセージと通話は|메시지(?: 및 전화|와 통화)는|Berichten en (?:oproepen|gesprekken) (?:zijn|worden)|Uw oproepen en berichten|Mesajlar ve aramalar uçtan uca|Mesajlarınız artık uçtan uca|الرسائل والمكالمات مشف|إن الرسائل التي ترسلها|(?:ה?הודעות ו)ה?שיחות מוצפנות|मैसेजेस और कॉल्स एंड|मेसेजेस आणि कॉल्स|মেসেজ এবং কল এন্ড|મેસેજ અને કૉલ|میسجز اور کالز|پیام(?:‌?ها) و تماس|Pesan dan panggilan (?:dienkripsi|terenkripsi)|Pesan-pesan dan panggilan|Mesej dan panggilan disulitkan|Tin nhắn và cuộc gọi được mã hóa|Những tin nhắn và những cuộc gọi|ข้อความและการโทร|Wiadomości i połączenia są|Twoje wiadomości oraz połączenia|Zprávy a hovory jsou|Vaše zprávy a hovory|Správy a hovory sú|Az üzenetek és hívások|Mesajele și apelurile sunt|Poruke i pozivi zaštićeni|Meddelanden och samtal är|Meldinger og samtaler er|Beskeder og opkald er|Viestit ja puhelut salataan|Τα μηνύματα και οι κλήσεις|Съобщенията и обажданията|Els missatges i les trucades)/i;

/** Group notices in which a name may hold a colon: the words stand before any `: `. */
const GROUP_NOTICE =
  /^[^:\n]{0,100}?(?: created (?:group|this group)| changed the (?:subject|group name|group description|group's)| changed this group| joined using| joined from| added | removed | left$| was added| were added|创建了(?:此)?群组|更改了|变更了|建立了群組|已將群組|加入了群组|加入群組|已添加|新增了|已退出|退出了|移除了| hat die Gruppe| hat den Betreff| ha creado el grupo| cambió el asunto| añadió a | a créé le groupe| a ajouté | criou o grupo| adicionou | ha creato il gruppo| ha aggiunto | создал(?:\(-?а\)|а)? группу| добавил(?:\(-?а\)|а)? | покинул(?:\(-?а\)|а)? группу| grubunu oluşturdu| heeft de groep | membuat grup )/;

/** The same inside the text of a line that names a sender (iOS), after a direction mark. */
const IOS_NOTICE =
  /created (?:group|this group)|changed the (?:subject|group)|changed this group|joined using|joined from| added |^You (?:added|removed|were|created|changed|left)| removed | left$|security code|is a contact|disappearing messages|now an admin|创建了|群组|加入|退出|移除|安全代码|建立了|群組|安全碼| (?:creó|ha creado|añadió a|agregó a|te añadió|salió|eliminó a|cambió|se unió) | (?:a créé|a ajouté|a quitté|a retiré|a changé|a modifié|a rejoint) | hat .{1,100}(?:erstellt|hinzugefügt|entfernt|verlassen|geändert)| beigetreten| (?:criou|adicionou|saiu|removeu|mudou|alterou|entrou) | ha (?:creato|aggiunto|abbandonato|rimosso|cambiato|modificato) | (?:создал|добавил|вышел|вышла|покинул|изменил|удалил|присоединил)|oluşturdu|ekledi$|ayrıldı|أنشأ|أضاف|غادر|انضم|أزال|غيّر|تغيّر رمز|יצר|הוסיף|עזב|הצטרף|שינה|heeft .{1,100}(?:gemaakt|aangemaakt|toegevoegd|verlaten|verwijderd|gewijzigd)|(?:作成|追加|退出|変更|参加|削除)しました|(?:만들었|추가했|나갔|변경했|참여했)습니다|membuat grup|menambahkan|keluar$|ने .{1,80}(?:जोड़ा|बनाया|छोड़)/;

const CREATED =
  /created (?:group|this group) ["“](.+?)["”]$|创建了群组[“"「](.+?)[”"」]|建立了群組[“"「](.+?)[”"」]|(?:grupo|groupe|gruppo|Gruppe) ["“«](.+?)["”»]/;

const GROUP_WORDS =
  /group|群组|群組|Gruppe|grupo|groupe|gruppo|группу|grubunu|de groep|membuat grup|הקבוצה|المجموعة|グループ|그룹/i;

const ANGLED =
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

/** `<attached: 00000012-PHOTO.jpg>`, the word in any language. */
const ATTACHED_TAG = /^<\s*[^<>:：,،]{1,30}\s?[:：,،]\s*([^<>\n]+?)\s*>/;
/** The same behind a document's name and pages: `plan.pdf • 2 pages <attached: 00000013-plan.pdf>`. */
const ATTACHED_BEHIND = /^[^<>\n]{1,250}\s<\s*[^<>:：,،]{1,30}\s?[:：,،]\s*(\d{6,}-[^<>\n]+?)\s*>/;
const IN_PARENTHESES = /^(.{1,200}\.[\w-]{2,5})(?: \(| ?（)([^()（）\n]{2,40})[)）]/;
/** As the app names files; then any words in parentheses say that the file is there. */
const APP_FILE = /^(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+/;

const EXTENSION_KINDS: readonly (readonly [RegExp, MessageKind])[] = [
  [/^STK-|\.webp$/i, 'sticker'],
  [/\.(?:jpe?g|png|heic|gif|bmp)$/i, 'image'],
  [/\.(?:opus|m4a|mp3|ogg|aac|amr|wav)$/i, 'voice'],
  [/\.(?:mp4|mov|3gp|mkv|avi)$/i, 'video'],
  [/\.vcf$/i, 'contact'],
];

const CALL =
  /^(?:(?:Missed|Silenced) (?:group )?(?:voice|video) call|Missed (?:group )?call|(?:Voice|Video|Group) call|Call failed|未接(?:语音|视频|語音|視訊)通话?話?|(?:语音|视频|語音|視訊)通[话話])(?:[,，.].{0,60})?$/i;
/** The word for a place, in any language, and its address. */
const PLACE_LINK = /^[\p{L}\p{M} ]{2,30}\s?[:：]\s*https:\/\/maps\.google\.com\/\?q=/u;
const LOCATION =
  /^(?:(?:location|位置|位置信息|位置資訊|位置情報|위치|ubicación|localização|Standort|posizione|localisation|locatie|konum|lokasi)\s?[:：]\s*https?:\/\/|live location shared|(?:location|位置|ubicación|localização|Standort|posizione|localisation)$)/i;
const POLL =
  /^(?:POLL|投票|ENCUESTA|UMFRAGE|SONDAGE|ENQUETE|SONDAGGIO|ANKET|ОПРОС|ОПИТУВАННЯ|PEILING|JAJAK PENDAPAT|POLLING|アンケート|설문|סקר|استطلاع رأي|ANKIETA|पोल)\s?[:：]/;
/** An event that somebody planned in the chat. */
const EVENT = /^(?:EVENT|活动|活動|EVENTO|ÉVÉNEMENT|VERANSTALTUNG)[:：]\s/;
/** In place of media that can be opened once, on the phone only. */
const VIEW_ONCE =
  /^(?:You received a view once|This is a view once message|(?:View once|Waiting for) .{0,40}(?:photo|video|voice message)|Waiting for this message|正在等待此消息|正在等候此訊息|您收到了一条阅后即焚|你收到了一則限看一次)/i;
const EDITED =
  /<(?:This message was edited|此消息已编辑|已编辑|此訊息已編輯|已編輯|Diese Nachricht wurde bearbeitet|Se editó este mensaje|Este mensaje fue editado|Ce message a été modifié|(?:Esta )?[Mm]ensagem (?:foi )?editada|Questo messaggio è stato modificato|このメッセージは編集されました|이 메시지는 (?:수정|편집)되었습니다|Bu mesaj düzenlendi|(?:Данное с|С)ообщение изменено|Повідомлення (?:було )?(?:змінено|відредаговано)|ההודעה נערכה|تم تعديل هذه الرسالة|Dit bericht is bewerkt|Pesan ini diedit|Pesan diedit|Ta wiadomość została edytowana|Wiadomość edytowana|Det här meddelandet redigerades|यह मैसेज (?:एडिट|बदल) (?:किया|दिया) गया(?: है)?)\.?>\s*$/;

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
  if (VIEW_ONCE.test(plain(text))) return false;
  return (
    /^[\u200e\u200f]/.test(text) && IOS_NOTICE.test(plain(text)) && mediaOf(text) === null && !isDeleted(text)
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
  if (text.length > 120) return false;
  const line = plain(text).toLowerCase();
  if (DELETED.has(line)) return true;
  if (/[.。।۔]$/.test(line) && DELETED.has(line.slice(0, -1))) return true;
  return line.startsWith('this message was deleted by admin ');
}

/** Whether a text in angle brackets stands for media that were left out. */
function isLeftOut(line: string): boolean {
  return ANGLED.test(line) || MEDIA_LEFT_OUT.has(line.slice(1, -1).trim().toLowerCase());
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
    if (isLeftOut(line)) return { kind: 'other', attachment: null };
    const tag = ATTACHED_TAG.exec(line);
    if (tag !== null && /\.[\w-]{2,5}$/.test(tag[1] as string)) return fileOf(tag[1] as string);
    return null;
  }
  const attached = line.includes('(') || line.includes('（') ? IN_PARENTHESES.exec(line) : null;
  if (attached !== null) {
    const [, name, words] = attached as unknown as [string, string, string];
    if (FILE_ATTACHED.has(words.trim().toLowerCase()) || APP_FILE.test(name)) return fileOf(name);
  }
  const behind = line.includes('<') ? ATTACHED_BEHIND.exec(line) : null;
  if (behind !== null && /\.[\w-]{2,5}$/.test(behind[1] as string)) return fileOf(behind[1] as string);
  if (line.length > 250) return null;
  // The words are shorter than that; a search from every space of a long text would cost time.
  if (DOCUMENT_OMITTED.test(line.slice(-50))) return { kind: 'file', attachment: null };
  const kind =
    OMITTED.get(line.toLowerCase()) ?? OMITTED_KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? null;
  return kind === null || line.length > 120 ? null : { kind, attachment: null };
}

/** Kind of a message by its text; `text` for what people write. */
export function kindOfText(text: string): MessageKind {
  const line = plain(text.slice(0, 400));
  if (CALL.test(line)) return 'call';
  // What to tap for a call back may stand behind it.
  if (line.length < 90 && MISSED_CALLS.has(line.toLowerCase().replace(/[,，.。、][\s\S]*$/, '')))
    return 'call';
  if (LOCATION.test(line) || (line.includes('maps.google.com') && PLACE_LINK.test(line))) return 'location';
  if (VIEW_ONCE.test(line)) return 'other';
  if (EVENT.test(line)) return 'meeting';
  return POLL.test(line) ? 'vote' : 'text';
}
