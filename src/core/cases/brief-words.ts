/** Words of a session brief in Chinese and English; the same as on the screens. */
import type { DispositionReason, Verdict } from '../domain/hit.ts';
import type { TransformName } from '../normalization/transforms.ts';

export type Pair = readonly [zh: string, en: string];

export const VERDICTS: Record<Verdict, Pair> = {
  confirmed: ['属实', 'Confirmed'],
  dismissed: ['不成立', 'Dismissed'],
  duplicate: ['重复', 'Duplicate'],
  unsure: ['待复核', 'Unsure'],
};

export const REASONS: Record<DispositionReason, Pair> = {
  'rule-too-broad': ['规则过宽', 'Rule too broad'],
  quotation: ['引用他人的话', 'Quotes somebody else'],
  'warning-notice': ['警示或反诈通知', 'Warning or anti-fraud notice'],
  'business-context': ['正常业务往来', 'Ordinary business'],
  'joke-between-colleagues': ['同事间玩笑', 'Joke between colleagues'],
  'not-a-violation': ['不构成违规', 'Not a violation'],
  'same-incident': ['同一事件', 'Same incident'],
  'needs-context': ['需要更多上下文', 'Needs more context'],
  'needs-second-opinion': ['需要他人复核', 'Needs a second opinion'],
  other: ['其他原因', 'Other reason'],
};

export const TRANSFORM_WORDS: Record<TransformName, Pair> = {
  width: ['全角半角', 'full or half width'],
  case: ['大小写', 'letter case'],
  traditional: ['繁体字', 'traditional characters'],
  enclosed: ['带圈或花体字符', 'enclosed or styled letters'],
  'look-alikes': ['形近字符', 'look-alike letters'],
  'zero-width': ['隐形字符', 'invisible characters'],
  symbols: ['夹杂符号或空格', 'inserted symbols or spaces'],
  numerals: ['中文数字', 'Chinese numerals'],
  repeats: ['重复字符', 'repeated characters'],
  shapes: ['形近汉字', 'characters that look alike'],
  homophones: ['谐音', 'characters that sound alike'],
  pinyin: ['拼音', 'pinyin'],
  emoji: ['表情代字', 'emoji for characters'],
  split: ['拆字', 'characters taken apart'],
  leet: ['数字代字母', 'digits for letters'],
  initials: ['拼音首字母', 'first letters'],
};

export const TIERS = {
  illegal: ['违法', 'Illegal'],
  harmful: ['不良', 'Harmful'],
  'house-rule': ['内部规定', 'House rule'],
} as const satisfies Record<string, Pair>;

export const DUTY_KINDS: Record<string, Pair> = {
  report: ['报告', 'Report'],
  assessment: ['评估', 'Assessment'],
  disposal: ['证明内容已处置', 'Prove that the content was disposed of'],
  records: ['证明记录已保存', 'Prove that records were saved'],
};

export const BRIEF: Record<
  | 'title'
  | 'count'
  | 'made'
  | 'overview'
  | 'category'
  | 'hits'
  | 'confirmed'
  | 'number'
  | 'time'
  | 'place'
  | 'sender'
  | 'rule'
  | 'clause'
  | 'transforms'
  | 'verdict'
  | 'reason'
  | 'measure'
  | 'duties'
  | 'context'
  | 'text'
  | 'source'
  | 'undecided'
  | 'none'
  | 'footer'
  | 'case'
  | 'severity',
  Pair
> = {
  title: ['研判汇报', 'Session brief'],
  count: ['共 # 条', '# hits'],
  made: ['制表', 'Made by'],
  overview: ['概览', 'Overview'],
  category: ['类别', 'Category'],
  hits: ['命中', 'Hits'],
  confirmed: ['属实', 'Confirmed'],
  number: ['序号', 'No.'],
  time: ['时间', 'Time'],
  place: ['会话', 'Conversation'],
  sender: ['发送人', 'Sender'],
  rule: ['规则', 'Rule'],
  clause: ['依据', 'Basis'],
  transforms: ['规避手法', 'Disguise'],
  verdict: ['研判', 'Verdict'],
  reason: ['理由', 'Reason'],
  measure: ['处置', 'Measure'],
  duties: ['未完成义务', 'Open duties'],
  context: ['上下文', 'Context'],
  text: ['内容', 'Text'],
  source: ['出处', 'Source'],
  undecided: ['未研判', 'Not decided'],
  none: ['无', 'None'],
  footer: ['内部材料，请勿外传', 'Internal, not to be passed on'],
  case: ['案卷', 'Case'],
  severity: ['严重程度', 'Severity'],
};
