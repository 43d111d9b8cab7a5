import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { MediaLine } from '../../components/media-line.tsx';
import { Page } from '../../components/page.tsx';
import { useFilters } from '../../components/use-filters.ts';
import type { MediaSearch } from './media-route.ts';
import { MediaStates, MediaTable } from './media-table.tsx';

const route = getRouteApi('/messages/media');

/** Media of all sources, of one or of one chat: what is missing, and what nothing has looked into. */
export function MediaScreen() {
  const { t } = useTranslation('material');
  const { state, ...scope } = route.useSearch();
  const { set } = useFilters<MediaSearch>(route.useNavigate());
  return (
    <Page
      title={t('media.fact')}
      subtitle={t('media.help')}
      layout="fill"
      actions={<MediaStates value={state} onChange={(next) => set({ state: next })} />}
    >
      <MediaLine {...scope} />
      <MediaTable scope={scope} state={state} />
    </Page>
  );
}
