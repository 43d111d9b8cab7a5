import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from './empty.tsx';
import { ScreenButton } from './link.tsx';

/** What a screen says while the workspace holds no source: every work begins with an import. */
export function NothingImported() {
  const { t } = useTranslation('dashboard');
  return (
    <Empty
      icon={IconFileImport}
      title={t('empty.title')}
      description={t('empty.help')}
      action={<ScreenButton to="/imports">{t('empty.action')}</ScreenButton>}
    />
  );
}
