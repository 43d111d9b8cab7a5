import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeasureState, TakenMeasure } from '../../../core/domain/measure.ts';
import { useWords } from '../../components/words.ts';

const COLORS: Record<MeasureState, string> = {
  recommended: 'yellow',
  instructed: 'blue',
  executed: 'teal',
  verified: 'green',
  expired: 'orange',
  restored: 'gray',
  withdrawn: 'gray',
};

/** How far a measure was carried out, and whether that is late. */
export function MeasureStateBadge({ measure }: { measure: Pick<TakenMeasure, 'state' | 'overdue'> }) {
  const { t } = useTranslation('measures');
  const words = useWords();
  return (
    <Group gap={4} wrap="nowrap">
      <Badge color={COLORS[measure.state]}>{words.of('measureState', measure.state)}</Badge>
      {measure.overdue ? <Badge color="red">{t('overdue')}</Badge> : null}
    </Group>
  );
}
