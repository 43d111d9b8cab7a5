/** What KakaoTalk itself writes into its exports: heads, media words, notices. */
import type { MessageKind } from '../../../domain/message.ts';
import { type ChatEvent, type EventPattern, eventOf } from '../../chat-event.ts';

const TITLES: readonly RegExp[] = [
  /^(.+?) ?님과의? 카카오톡 대화\s*$/,
  /^(.+?) 카카오톡 대화\s*$/,
  /^KakaoTalk Chats with (.+?)\s*$/i,
  /^(.+?) with KakaoTalk Chats\s*$/i,
  /^(.+?) (?:Kakao)?Talk Chats\s*$/i,
];
const SAVED = /^(?:저장한 날짜|저장일시|Date Saved|Saved Date|保存日時?|保存した日付)\s?[:：]/i;
/** First line of older exports of the iPhone: the file's own name. */
const FILE_NAME = /^(?:Kakao)?Talk_\d{4}.{4,40}\.txt\s*$/i;

/** The chat's name and how many are in it, as the export's first line gives them; null for any other line. */
export function kakaoTitle(text: string): { readonly name: string; readonly people: string | null } | null {
  if (text.length > 600) return null;
  for (const pattern of TITLES) {
    const name = pattern.exec(text)?.[1];
    if (name === undefined) continue;
    const counted = /^(.*\S)\s+\((\d{1,5})\)$/.exec(name);
    return counted === null
      ? { name, people: null }
      : { name: counted[1] as string, people: counted[2] as string };
  }
  return null;
}

/** Whether a line at the top says when the export was saved, or is the file's own name. */
export function isKakaoHeader(text: string): boolean {
  return SAVED.test(text) || FILE_NAME.test(text);
}

const KINDS: readonly (readonly [RegExp, MessageKind])[] = [
  [
    /^(?:삭제된 메시지입니다\.?|메시지가 삭제되었습니다\.?|This message was deleted\.?|Deleted message\.?)$/i,
    'recall',
  ],
  [
    /^(?:사진(?: \d+장)?|<사진(?: 읽지 않음)?>|\(사진\)|<?Photos?>?|\(photo\)|\d+ photos|写真|照片)$/i,
    'image',
  ],
  [/^(?:동영상|<동영상>|\(동영상\)|<?Videos?>?|\(video\)|動画|视频)$/i, 'video'],
  [/^(?:음성메시지|<음성메시지>|\(음성메시지\)|<?Voice ?(?:message|note)>?|ボイスメッセージ)$/i, 'voice'],
  [/^(?:이모티콘|<이모티콘>|\(이모티콘\)|\(?emoticons?\)?|Stickers?|スタンプ)$/i, 'sticker'],
  [/^(?:파일|File)\s?: .+/i, 'file'],
  [/^(?:지도|위치|Location|Map)\s?: .+/i, 'location'],
  [/^(?:연락처|프로필|Contact|Profile)\s?: .+/i, 'contact'],
  [
    /^(?:보이스톡|페이스톡|그룹콜|라이브톡|그룹 보이스톡|Voice Call|Video Call|Voice Talk|Face Talk|Live Talk)(?: (?:해요|부재중|취소|종료|\d|missed|cancell?ed|ended|no answer).{0,30})?$/i,
    'call',
  ],
  [/^(?:송금봉투|카카오페이|KakaoPay)(?:\s|:).{0,80}$/i, 'transfer'],
  [/^(?:투표(?: 등록| 종료)?|Poll)\s?: .+/i, 'vote'],
];

/** The kind of a message by its words, which stand for what the export leaves out. */
export function kakaoKind(text: string): MessageKind {
  return KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'text';
}

const EVENTS: readonly EventPattern[] = [
  {
    act: 'invite',
    pattern: /^(?<actor>.{1,60}?)님이 (?<targets>.{1,400}?)님을 초대(?:했|하였)습니다/,
  },
  { act: 'join', pattern: /^(?<actor>.{1,60}?)님이 (?:채팅방에 )?(?:들어왔|입장(?:했|하였|하셨))습니다/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?)님이 (?:채팅방을 )?나(?:갔습니다|가셨습니다)/ },
  { act: 'remove', pattern: /^(?<actor>.{1,60}?)님이 (?<targets>.{1,200}?)님을 내보냈습니다/ },
  { act: 'remove', pattern: /^(?<targets>.{1,200}?)님을 내보냈습니다/ },
  {
    act: 'promote',
    pattern: /^(?<targets>.{1,60}?)님이 (?:부?방장이 되(?:었|셨)|부?방장으로 (?:지정|임명)되었)습니다/,
  },
  { act: 'demote', pattern: /^(?<targets>.{1,60}?)님이 부방장에서 해제되었습니다/ },
  {
    act: 'rename',
    pattern:
      /^(?<actor>.{1,60}?)님이 (?:채팅방|그룹|오픈채팅방) ?이름을 (?<name>.{1,80}?)(?:\(?으\)?로|로) 변경/,
  },
  { act: 'recall', pattern: /^(?:채팅방 관리자가 메시지를 가렸습니다|메시지가 삭제되었습니다)/ },
  {
    act: 'invite',
    pattern:
      /^(?<actor>.{1,60}?) (?:has )?invited (?<targets>.{1,400}?)(?: to (?:this|the) \w[\w ]{0,20})?\.$/,
  },
  { act: 'join', pattern: /^(?<actor>.{1,60}?) (?:has )?joined (?:this|the) [\w ]{1,30}\.$/ },
  { act: 'leave', pattern: /^(?<actor>.{1,60}?) (?:has )?left (?:this|the) [\w ]{1,30}\.$/ },
  { act: 'remove', pattern: /^(?<targets>.{1,60}?) (?:has been|was) (?:removed|kicked)\b.{0,40}\.$/ },
];

/** What a notice says happened; null for words that are none of the known notices. */
export function kakaoEvent(text: string): ChatEvent | null {
  // Several people are listed with the honorific behind each of them.
  return eventOf(text.replace(/님(?:, |과 |와 )/g, ', '), EVENTS);
}
