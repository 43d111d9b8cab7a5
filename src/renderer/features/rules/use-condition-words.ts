import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/format.ts';
import { useWords, type Vocabulary } from '../../components/words.ts';
import { isObject } from './draft-json.ts';

/** 2023-01-01 was a Sunday. */
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const LISTS: Readonly<Record<string, Vocabulary>> = {
  act: 'act',
  conversationType: 'conversationType',
  messageKind: 'messageKind',
  'sender.role': 'memberRole',
};

/** The conditions of a rule (docs/rule-pack.md, Conditions), one line each; what is not known here stands as it is written. */
export function useConditionWords(): (when: unknown) => string[] {
  const { t, i18n } = useTranslation('rules');
  const words = useWords();
  const format = useFormat();
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const line = (key: string, value: unknown): string => {
    const values = Array.isArray(value) ? value.map(String) : [];
    const vocabulary = LISTS[key];
    if (vocabulary) return label(key, format.list(values.map((code) => words.of(vocabulary, code))));
    if (key === 'time.between') return label(key, values.join('–'));
    if (key === 'time.days')
      return label(
        key,
        format.list(values.map((day) => weekday.format(SUNDAY + DAYS.indexOf(day) * DAY_MS))),
      );
    if (key === 'conversation.nameHas') return label(key, format.list(values));
    if (key === 'conversation.minMembers' || key === 'conversation.maxMembers')
      return label(key, format.number(Number(value)));
    return `${key}: ${JSON.stringify(value)}`;
  };
  const label = (key: string, value: string) => t(`condition.${key}` as 'condition.act', { value });
  return (when) => {
    if (!isObject(when)) return [JSON.stringify(when)];
    return Object.entries(when).flatMap(([key, value]) => {
      if (!isObject(value)) return [line(key, value)];
      return Object.entries(value).flatMap(([inner, given]) =>
        key === 'sender' && inner === 'fields' && isObject(given)
          ? Object.entries(given).map(
              ([field, list]) => `${field}: ${format.list(Array.isArray(list) ? list.map(String) : [])}`,
            )
          : [line(`${key}.${inner}`, given)],
      );
    });
  };
}
