import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceStatus } from '../../core/domain/workspace.ts';
import { NAVIGATION } from './navigation.ts';

/**
 * The window's title: the screen and the workstation. Lists of windows and shared screens show it to
 * anybody, so that nothing of the material stands in it, no case and no name.
 */
export function useWindowTitle(status: WorkspaceStatus): void {
  const { t } = useTranslation();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const screen = NAVIGATION.find(({ to }) => to === `/${path.split('/')[1] ?? ''}`);
  const parts = [
    screen ? t(`nav.${screen.label}`) : null,
    status.sample ? t('sample.short') : status.prefix ? t('status.prefix', { prefix: status.prefix }) : null,
    t('product'),
  ];
  const title = parts.filter((part) => part !== null).join(' · ');
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
