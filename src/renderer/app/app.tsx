import { localStorageColorSchemeManager, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../api/bridge.ts';
import { HostProvider } from '../api/context.tsx';
import { JobStore } from '../api/jobs.ts';
import { createQueryClient, listen } from '../api/query-client.ts';
import { createScreens } from './router.ts';
import { SCHEME_KEY, theme } from './theme.ts';

const schemeManager = localStorageColorSchemeManager({ key: SCHEME_KEY });

/** The whole window over one bridge. `at` starts at a place in memory, for tests. */
export function App({ bridge, at }: { bridge: Bridge; at?: string }) {
  const [jobs] = useState(() => new JobStore());
  const [client] = useState(createQueryClient);
  const [router] = useState(() => createScreens(at));
  useEffect(() => listen(bridge, client, jobs), [bridge, client, jobs]);
  const named = useNamedTheme();
  return (
    <MantineProvider theme={named} colorSchemeManager={schemeManager} defaultColorScheme="auto">
      <HostProvider bridge={bridge} jobs={jobs}>
        <QueryClientProvider client={client}>
          <ModalsProvider>
            <RouterProvider router={router} />
            {/* On the left: the buttons that forms end with are on the right, and must not be covered. */}
            <Notifications position="bottom-left" limit={4} />
          </ModalsProvider>
        </QueryClientProvider>
      </HostProvider>
    </MantineProvider>
  );
}

/** The theme with what screen readers say of the cross that closes a dialog or a drawer, and of the eye of a passphrase. */
function useNamedTheme() {
  const { t } = useTranslation();
  const close = t('action.close');
  const show = t('action.showTyped');
  return useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': close } };
    const eye = { visibilityToggleButtonProps: { 'aria-label': show } };
    return mergeThemeOverrides(theme, {
      components: {
        Modal: { defaultProps },
        Drawer: { defaultProps },
        PasswordInput: { defaultProps: eye },
      },
    });
  }, [close, show]);
}
