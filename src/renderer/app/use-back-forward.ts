import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../components/shortcuts.tsx';

/** The buttons of a mouse that browsers go back and forward by. */
const BACK = 3;
const FORWARD = 4;

/** Back and forward through the screens, as in a browser, whose own keys a program's window does not have. */
export function useBackForward(): void {
  const { t } = useTranslation();
  const { history } = useRouter();
  useShortcuts([
    { keys: 'alt+ArrowLeft', label: t('shortcuts.back'), run: () => history.back() },
    { keys: 'alt+ArrowRight', label: t('shortcuts.forward'), run: () => history.forward() },
  ]);
  useEffect(() => {
    const released = (event: MouseEvent) => {
      if (event.button === BACK) history.back();
      if (event.button === FORWARD) history.forward();
    };
    window.addEventListener('mouseup', released);
    return () => window.removeEventListener('mouseup', released);
  }, [history]);
}
