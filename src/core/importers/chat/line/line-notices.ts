/** What LINE itself writes into its text export: heads, notices, media words. */
import type { ConversationType, MessageKind } from '../../../domain/message.ts';
import { type ChatEvent, type EventPattern, eventOf } from '../../chat-event.ts';

const TITLES: readonly (readonly [RegExp, ConversationType])[] = [
  [/^Chat history with (.+)$/i, 'direct'],
  [/^Chat history in (.+)$/i, 'group'],
  [/^[與与]\s?(.+?)\s?的(?:聊天(?:記錄|记录)?|對話|对话)$/, 'direct'],
  [/^(.+?)\s?的(?:聊天(?:記錄|记录)?|對話|对话)$/, 'group'],
  [/^(.+?)とのトーク履歴$/, 'direct'],
  [/^(.+?)のトーク履歴$/, 'group'],
  [/^ประวัติ(?:การสนทนา|การแชท|แชท)กับ\s?(.+)$/, 'direct'],
  [/^ประวัติ(?:การสนทนา|การแชท|แชท)ในกลุ่ม\s?"(.+)"$/, 'group'],
  [/^ประวัติ(?:การสนทนา|การแชท|แชท)ใน\s?(.+)$/, 'group'],
  [/^(.+?)\s?님과의\s?(?:대화|채팅)(?:\s?(?:기록|내용))?$/, 'direct'],
];

const SAVED =
  /^(?:Saved on|儲存日期|保存日期|储存日期|保存日時|บันทึก(?:วันที่|เมื่อ)|저장한 날짜|저장 일시)\s?(?:[:：]|\d)/i;

/** The chat's name and type as the export's first line gives them; null for any other line. */
export function lineTitle(text: string): { readonly name: string; readonly type: ConversationType } | null {
  const rest = /^\[LINE\]\s?(.+?)\s*$/.exec(text)?.[1];
  if (rest === undefined) return null;
  for (const [pattern, type] of TITLES) {
    const name = pattern.exec(rest)?.[1];
    if (name !== undefined) return { name, type };
  }
  return { name: rest, type: 'unknown' };
}

/** Whether a line says when the export was saved. */
export function isSavedLine(text: string): boolean {
  return SAVED.test(text);
}

const EVENTS: readonly EventPattern[] = [
  {
    act: 'recall',
    pattern:
      /^(?<actor>.{1,60}?)\s?(?:unsent a message|已?收回(?:了)?(?:一則|一条)?(?:訊息|消息)|撤回了(?:一条)?消息|がメッセージの送信を取り消しました|ยกเลิกข้อความ|님이 (?:메시지 전송|메시지)[을를]? ?취소했습니다)/,
  },
  {
    act: 'invite',
    pattern:
      /^(?<actor>.{1,60}?) (?:invited|added) (?<targets>.{1,200}?) (?:to|into) (?:the|this) (?:group|chat)/,
  },
  {
    act: 'invite',
    pattern: /^(?<actor>.{1,60}?)が(?<targets>.{1,200}?)を(?:グループに|トークに)?(?:招待|追加)しました/,
  },
  {
    act: 'invite',
    pattern: /^(?<actor>.{1,60}?)\s?(?:邀請|邀请|已邀請)(?:了)?\s?(?<targets>.{1,200}?)\s?加入/,
  },
  {
    act: 'invite',
    pattern: /^(?<actor>.{1,60}?)\s?(?:已)?(?:新增|將)\s?(?<targets>.{1,200}?)\s?(?:加入|至|到)(?:群組|聊天)/,
  },
  {
    act: 'invite',
    pattern: /^(?<actor>.{1,60}?) (?:เพิ่ม|เชิญ) ?(?<targets>.{1,200}?) ?(?:เข้าร่วม|เข้า)กลุ่ม/,
  },
  { act: 'invite', pattern: /^(?<actor>.{1,60}?)님이 (?<targets>.{1,200}?)님을 초대(?:했습니다|하였습니다)/ },
  { act: 'join', pattern: /^(?<actor>.{1,60}?) ?(?:ได้)?เข้าร่วมกลุ่ม/ },
  { act: 'join', pattern: /^(?<actor>.{1,60}?)님이 (?:그룹|대화|채팅방?)에 참여(?:했습니다|하였습니다)/ },
  { act: 'join', pattern: /^(?<actor>.{1,60}?) joined (?:the|this) (?:group|chat)/ },
  { act: 'join', pattern: /^(?<actor>.{1,60}?)が(?:グループに|トークに)?参加しました/ },
  { act: 'join', pattern: /^(?<actor>.{1,60}?)\s?(?:已)?加入(?:了)?(?:群組|群组|聊天|群聊|本群)/ },
  {
    act: 'remove',
    pattern: /^(?<actor>.{1,60}?) removed (?<targets>.{1,200}?) from (?:the|this) (?:group|chat)/,
  },
  {
    act: 'remove',
    pattern:
      /^(?<actor>.{1,60}?)が(?<targets>.{1,200}?)を(?:グループから)?(?:削除|退会させ)(?:しました|ました)/,
  },
  {
    act: 'remove',
    pattern: /^(?<actor>.{1,60}?)\s?(?:已)?(?:將|将|讓|让)\s?(?<targets>.{1,200}?)\s?(?:移出|退出|移除)/,
  },
  { act: 'remove', pattern: /^(?<actor>.{1,60}?) ลบ ?(?<targets>.{1,200}?) ?ออกจากกลุ่ม/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?) ?(?:ได้)?ออกจากกลุ่ม/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?)님이 (?:그룹|대화|채팅방?)?(?:[을를에]?서? ?)?나갔습니다/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?) (?:has )?left (?:the|this) (?:group|chat)/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?)が(?:グループを|トークを)?(?:退会|退出)しました/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?)\s?(?:已)?(?:退出|離開|离开)(?:了)?(?:群組|群组|聊天|群聊)/ },
  {
    act: 'rename',
    pattern: /^(?<actor>.{1,60}?) changed the (?:group|chat)(?:'s)? name to\s?(?<name>.{1,80}?)\.?$/,
  },
  { act: 'rename', pattern: /^(?<actor>.{1,60}?)がグループ名を(?<name>.{1,80}?)に変更しました/ },
  {
    act: 'rename',
    pattern:
      /^(?<actor>.{1,60}?)\s?(?:已)?(?:將|将)(?:群組|群组)名[稱称](?:變更|变更|更改|改)[為为]\s?(?<name>.{1,80}?)。?$/,
  },
];

/** What a notice reports; null where the words are no such notice. */
export function lineEvent(text: string): ChatEvent | null {
  return eventOf(text.trim(), EVENTS);
}

const MEDIA: readonly (readonly [RegExp, MessageKind])[] = [
  [/^\[(?:Photo|Image|照片|圖片|图片|写真|画像|รูปภาพ|รูป|ภาพ|사진)\]/i, 'image'],
  [/^\[(?:Video|影片|视频|動画|วิดีโอ|동영상)\]/i, 'video'],
  [/^\[(?:Sticker|貼圖|贴图|スタンプ|สติกเกอร์|스티커|Emoji|絵文字|表情贴图|表情貼圖)\]/i, 'sticker'],
  [
    /^\[(?:Voice message|Voice|Audio|語音訊息|语音消息|语音信息|ボイスメッセージ|ข้อความเสียง|음성 메시지)\]/i,
    'voice',
  ],
  [/^\[(?:File|檔案|文件|ファイル|ไฟล์|파일)\]/i, 'file'],
  [/^\[(?:Location|位置資訊|位置信息|位置|位置情報|ตำแหน่งที่ตั้ง|위치)\]/i, 'location'],
  [/^\[(?:Contact|聯絡資訊|联系人|连络人|連絡先|รายชื่อ|연락처)\]/i, 'contact'],
  [/^\[(?:Poll|投票|アンケート)\]/i, 'vote'],
  [/^(?:☎|ไม่ได้รับสาย$)/, 'call'],
];

/** Kind of a message by its words: a media word that it begins with, else text. */
export function lineKind(text: string): MessageKind {
  if (!/^[[☎ไ]/.test(text)) return 'text';
  const head = text.slice(0, 60);
  return MEDIA.find(([pattern]) => pattern.test(head))?.[1] ?? 'text';
}

/** What LINE for computers writes in place of media: the words without brackets, as the whole message. */
const BARE: Readonly<Record<string, MessageKind>> = {
  Photos: 'image',
  Videos: 'video',
  Stickers: 'sticker',
  Files: 'file',
  写真: 'image',
  動画: 'video',
  スタンプ: 'sticker',
  ファイル: 'file',
  ボイスメッセージ: 'voice',
  位置情報: 'location',
  連絡先: 'contact',
  圖片: 'image',
  照片: 'image',
  影片: 'video',
  貼圖: 'sticker',
  檔案: 'file',
  語音訊息: 'voice',
  位置資訊: 'location',
  图片: 'image',
  视频: 'video',
  贴图: 'sticker',
  사진: 'image',
  동영상: 'video',
  스티커: 'sticker',
  รูป: 'image',
  รูปภาพ: 'image',
  วิดีโอ: 'video',
  สติกเกอร์: 'sticker',
  ไฟล์: 'file',
  ข้อความเสียง: 'voice',
  ตำแหน่งที่ตั้ง: 'location',
};

/** The kind of a message of LINE for computers; see `lineKind`. */
export function bareLineKind(text: string): MessageKind {
  return Object.hasOwn(BARE, text) ? (BARE[text] as MessageKind) : lineKind(text);
}

const TAKEN_BACK =
  /^(?:メッセージの送信を取り消しました|(?:已)?收回(?:了)?訊息|已?收回(?:一則)?訊息|撤回了(?:一条)?消息|unsent a message|(?:메시지 전송|메시지)[을를] 취소했습니다|ยกเลิกข้อความแล้ว)[。.]?$/;

/** Whether the words behind a name say that its message was taken back. */
export function isTakenBack(text: string): boolean {
  return TAKEN_BACK.test(text);
}

/** Whether the words are a media word and nothing else. */
export function isMediaWord(text: string): boolean {
  const bracket = /^\[[^[\]]{1,24}\]$/.test(text);
  return bracket && lineKind(text) !== 'text';
}
