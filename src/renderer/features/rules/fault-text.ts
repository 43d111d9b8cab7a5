import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackProblem } from '../../../core/domain/backtest.ts';

/** What is wrong with a pack, in the language of the window. */
export function useFaultText(): (problem: Pick<PackProblem, 'key' | 'values' | 'detail'>) => string {
  const { t } = useTranslation('rules');
  return useCallback(
    ({ key, values, detail }) => t(`fault.${key as 'missing'}`, { ...values, defaultValue: detail }),
    [t],
  );
}
