import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackProblem } from '../../../core/domain/backtest.ts';

/** Fields of the form by the end of their path in the pack. */
const FIELDS = [
  ['id', 'fact.rule'],
  ['title/zh', 'draft.title.zh'],
  ['title/en', 'draft.title.en'],
  ['category', 'column.category'],
  ['status', 'column.status'],
  ['severity', 'column.severity'],
  ['match/terms', 'draft.terms'],
  ['match/allow', 'draft.allow'],
  ['exclude', 'draft.exclude'],
  ['examples/hit', 'examples.hit'],
  ['examples/clean', 'examples.clean'],
] as const;

const PLACE = /^\/rules\/(\d+)\/(.+)$/;

/** The field of the form that a problem belongs to, with its rule's number; null where the form has none. */
export function useFieldName(): (problem: PackProblem) => string | null {
  const { t } = useTranslation('rules');
  return useCallback(
    ({ pointer }) => {
      if (pointer === '/version') return t('draft.version');
      const place = PLACE.exec(pointer);
      const [, rule, path] = place ?? [];
      const field = FIELDS.find(([end]) => path === end || path?.startsWith(`${end}/`));
      return field ? t('faultPlace.field', { rule: Number(rule) + 1, field: t(field[1]) }) : null;
    },
    [t],
  );
}
