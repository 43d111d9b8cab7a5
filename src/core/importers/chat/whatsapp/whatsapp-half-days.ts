/**
 * The words for the halves of the day that phones put beside a time of twelve hours, by the Unicode
 * locale data (CLDR) and what exports were seen to hold; in lower case, without dots and spaces.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const BEFORE_NOON = words(
  'am a vorm vm de sa öö dop fm fh rn gh pd pg to ap atm an ib πμ дп ку претпл то тң эи үө priešpiet priekšp goöň isuk subaka ' +
    '上午 上晝 凌晨 清晨 早上 早晨 午前 오전 새벽 아침 ص صباحا صباحًا صبح قظ غم بن چب قبلدوپہر לפנה״צ לפנה"צ לפנהצ פֿאַרמיטאָג ' +
    'पूर्वाह्न मपू भोर सुबह পূর্বাহ্ণ পূর্বাহ্ন পূৰ্বাহ্ন முற்பகல் ಪೂರ್ವಾಹ್ನ පෙව ກ່ອນທ່ຽງ ก่อนเที่ยง နံနက် ቅቀ ጥዋት',
);

const AFTER_NOON = words(
  'pm p nachm nm du ch ös odp pop popiet em eh in gd md ptg tk ip wb lk pn mpn ym pēcp μμ кх попл пп тк эк үх gosoň ' +
    '下午 下晝 傍晚 晚上 深夜 夜晚 午後 夜 오후 저녁 밤 م مساء مساءً شام دن بظ غو چك بعددوپہر אחה״צ אחה"צ אחהצ נאָכמיטאָג ' +
    'अपराह्न मउ दोपहर शाम रात सांझ অপরাহ্ণ অপরাহ্ন অপৰাহ্ন பிற்பகல் ಅಪರಾಹ್ನ පව ຫຼັງທ່ຽງ หลังเที่ยง ညနေ ከሰዓት ድቀ',
);

/** 11 and later are before noon, 1 and later behind it. */
const NOON = words('中午 正午 noon');
/** Words that reach over midnight. */
const NIGHT = words('晚上 深夜 夜晚 夜 밤 रात 午夜 midnight');

/** What a word says of the hour; null where it is none of these. */
export type HalfOfDay = 'before-noon' | 'after-noon' | 'noon' | 'night';

/** The half of the day that a word of a header means; null where it is no such word. */
export function halfOfDay(word: string): HalfOfDay | null {
  if (NIGHT.has(word)) return 'night';
  if (NOON.has(word)) return 'noon';
  if (BEFORE_NOON.has(word)) return 'before-noon';
  return AFTER_NOON.has(word) ? 'after-noon' : null;
}

/** The hour of 24 of an hour that may be one of 12. */
export function hourOf(hour: number, half: HalfOfDay | null): number {
  if (half === null || hour > 12) return hour;
  if (half === 'noon') return hour < 11 ? hour + 12 : hour;
  if (half === 'before-noon' || (half === 'night' && (hour === 12 || hour < 5))) return hour % 12;
  return (hour % 12) + 12;
}
