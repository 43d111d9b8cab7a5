/** Codes of the domain in words. A code that has no words yet is shown as it is, never hidden. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bilingual } from '../../core/domain/bilingual.ts';
import { CATEGORIES, type CategoryId } from '../../core/domain/category.ts';
import type { resources } from '../locales/resources.ts';

export type Vocabulary = keyof (typeof resources)['en']['domain'];

export interface Words {
  /** The word for a code, for example `of('platform', 'wechat')`. */
  of(vocabulary: Vocabulary, code: string): string;
  category(id: string): string;
  /** The side of a bilingual text that the viewer reads. */
  text(value: Bilingual): string;
  /** Every code of a vocabulary with its word, for choices. */
  choices(vocabulary: Vocabulary, codes: readonly string[]): { value: string; label: string }[];
}

export function useWords(): Words {
  const { t, i18n } = useTranslation('domain');
  return useMemo(() => {
    const side = i18n.language === 'zh-CN' ? 'zh' : 'en';
    const of: Words['of'] = (vocabulary, code) => {
      const key = `${vocabulary}.${code}`;
      return i18n.exists(key, { ns: 'domain' }) ? t(key as never) : code;
    };
    return {
      of,
      category: (id) => (Object.hasOwn(CATEGORIES, id) ? CATEGORIES[id as CategoryId][side] : id),
      text: (value) => value[side],
      choices: (vocabulary, codes) => codes.map((value) => ({ value, label: of(vocabulary, value) })),
    };
  }, [t, i18n, i18n.language]);
}
