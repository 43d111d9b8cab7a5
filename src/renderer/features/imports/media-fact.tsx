import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { useCall } from '../../api/hooks.ts';
import { Fact } from '../../components/badges.tsx';
import { ScreenLink } from '../../components/link.tsx';

/** Media of a source in numbers: what is missing and unexamined stands beside every total. */
export function MediaFact({ source }: { source: Source }) {
  const { t } = useTranslation('material');
  const counts = useCall('media.counts', { sourceId: source.id });
  if (!counts.data || counts.data.named === 0) return null;
  const { named, found, examined } = counts.data;
  return (
    <Fact label={t('media.fact')}>
      <ScreenLink to="/imports/$sourceId" params={{ sourceId: source.id }} search={{ tab: 'media' }}>
        {t('media.counts', { named, missing: named - found, unexamined: named - examined })}
      </ScreenLink>
    </Fact>
  );
}
