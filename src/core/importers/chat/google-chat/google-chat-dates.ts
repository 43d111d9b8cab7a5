/** Times of Google Takeout: in words, in the language of the account. */
import { clockOf, HALF_OF_DAY } from '../../clock.ts';
import { stringOf } from '../../text.ts';
import { civilTime, NO_TIME, type ReadTime, readTime } from '../../time.ts';

/**
 * First letters that tell a month, by month; English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish,
 * Norwegian, Danish, Finnish, Polish, Czech, Hungarian, Turkish, Indonesian, Russian, Ukrainian, Greek.
 */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|gen|tam|sty|led|oca|янв|січ|ιαν)/,
  /^(?:feb|fév|fev|hel|lut|úno|şub|фев|лют|φεβ)/,
  /^(?:mar(?!r)|mär|maa|mrt|már|bře|мар|бер|μαρ|μάρ)/,
  /^(?:apr|avr|abr|ápr|huh|kwi|dub|nis|апр|кві|απρ)/,
  /^(?:may|mai|mei|mag|maj|máj|tou|kvě|май|мая|тра|μαΐ|μάι|μαϊ)/,
  /^(?:jun|juin|giu|jún|kes|cze|červ(?:en$|na)|čvn|haz|июн|чер|ιουν|ιούν)/,
  /^(?:jul|juil|lug|júl|hei|lip|čvc|červen(?:ec|ce)|tem|июл|лип|ιουλ|ιούλ)/,
  /^(?:aug|aoû|ago|elo|sie|srp|ağu|agu|авг|сер|αυγ|αύγ)/,
  /^(?:sep|set|szep|syy|wrz|zář|eyl|сен|вер|σεπ)/,
  /^(?:oct|okt|out|ott|lok|paź|říj|eki|окт|жов|οκτ)/,
  /^(?:nov|marr|lis|kas|ноя|лис|νοε|νοέ)/,
  /^(?:dec|dez|déc|dic|jou|gru|pro|ara|des|дек|гру|δεκ)/,
];
const CJK_DATE = /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/;
/** `January 5, 2026`. */
const MONTH_FIRST = /(\p{L}{3,12})\.? (\d{1,2}), (\d{4})/u;
/** `5 January 2026`, `5. Januar 2026`, `5 de enero de 2026`. */
const DAY_FIRST = /(\d{1,2})\.?º? (?:de )?(\p{L}{3,12})\.? (?:de |del )?(\d{4})/u;
const CLOCK = new RegExp(
  `(?:(${HALF_OF_DAY})\\s?)?(\\d{1,2})(?:[:.h]|[時时点點시]\\s?)(\\d{2})(?:(?:[:.]|[分분]\\s?)(\\d{2})[秒초]?)?(?:\\s?(${HALF_OF_DAY}))?`,
);
const ZONE = /(?:^|[^\p{L}])(?:UTC|GMT|Z)(?:\s?([+-]\d{1,2})(?::?(\d{2}))?)?(?![\p{L}\d])/iu;

function dayOf(
  text: string,
): { readonly date: readonly [number, number, number]; readonly rest: string } | null {
  const cjk = CJK_DATE.exec(text);
  if (cjk !== null) {
    return { date: [Number(cjk[1]), Number(cjk[2]), Number(cjk[3])], rest: text.replace(cjk[0], ' ') };
  }
  const english = MONTH_FIRST.exec(text);
  const m = english ?? DAY_FIRST.exec(text);
  if (m === null) return null;
  const name = (english ? m[1] : m[2])?.toLowerCase() ?? '';
  const month = MONTHS.findIndex((pattern) => pattern.test(name)) + 1;
  const day = Number(english ? m[2] : m[1]);
  return month === 0 ? null : { date: [Number(m[3]), month, day], rest: text.replace(m[0], ' ') };
}

/** A Takeout time: an instant where it names a zone, a wall-clock time where it names none. */
export function takeoutTime(value: unknown): ReadTime {
  const text = stringOf(value)
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
    .trim();
  if (text.length > 100) return NO_TIME;
  const plain = readTime(text);
  if (plain !== NO_TIME) return plain;
  const found = dayOf(text);
  const m = found === null ? null : CLOCK.exec(found.rest);
  if (found === null || m === null) return NO_TIME;
  const half = m[1] ?? m[5];
  if (half !== undefined && (Number(m[2]) < 1 || Number(m[2]) > 12)) return NO_TIME;
  const clock = clockOf(Number(m[2]), Number(m[3]), Number(m[4] ?? 0), half);
  if (clock === null) return NO_TIME;
  const time = civilTime(...found.date, clock.hour, clock.minute, clock.second);
  if (time === null) return NO_TIME;
  const zone = ZONE.exec(found.rest.replace(m[0], ' '));
  if (zone === null) return { instant: null, wallTime: time };
  const hours = Number(zone[1] ?? 0);
  const minutes = Math.abs(hours) * 60 + Number(zone[2] ?? 0);
  return { instant: time - Math.sign(hours) * minutes * 60_000, wallTime: null };
}
