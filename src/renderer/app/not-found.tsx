import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../components/empty.tsx';
import { ScreenButton } from '../components/link.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty
      icon={IconMapOff}
      title={t('notFound.title')}
      description={t('notFound.help')}
      action={<ScreenButton to="/">{t('notFound.back')}</ScreenButton>}
    />
  );
}
