import { Badge } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';

const STATE_COLORS: Record<Duty['state'], string> = { open: 'orange', filed: 'ink', closed: 'gray' };

export function DutyState({ duty }: { duty: Pick<Duty, 'state'> }) {
  const words = useWords();
  return <Badge color={STATE_COLORS[duty.state]}>{words.of('dutyState', duty.state)}</Badge>;
}

/** Receivers, in words; an assessment names whom a report would go to. */
export function useDutyTitle(): (duty: Duty) => string {
  const { t } = useTranslation('duties');
  const words = useWords();
  return (duty) => {
    if (duty.kind === 'disposal' || duty.kind === 'records') return t(`owe.${duty.kind}`);
    const receiver = words.text(duty.receiver);
    if (duty.kind === 'assessment') return t('assess.of', { receiver });
    return duty.person?.name
      ? t('reportAbout', { receiver, person: duty.person.name })
      : t('reportTo', { receiver });
  };
}

/** What still stands between a duty and its end, on one line. */
export function Missing({ codes }: { codes: readonly string[] }) {
  const missing = useMissingWords();
  const format = useFormat();
  const text = format.list(codes.map(missing));
  return <span title={text}>{text}</span>;
}

/** A closing requirement in words; a code without words is shown as it is. */
export function useMissingWords(): (code: string) => string {
  const { t, i18n } = useTranslation('duties');
  return useCallback(
    (code) => (i18n.exists(`duties:missing.${code}`) ? t(`missing.${code}` as never) : code),
    [t, i18n],
  );
}
