import { Anchor, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../api/failure.ts';

interface Notice {
  title: string;
  message?: string;
  /** A notice takes the place of an earlier one of the same id. */
  id?: string;
  /** Where the result can be seen or undone. */
  action?: { label: string; run: () => void };
}

/** Short notices at the edge of the window: results with a link, failures with what to do. */
export function useNotify() {
  const { t } = useTranslation(['errors', 'common']);
  return useMemo(() => {
    const show = ({ title, message, id: replaces, action }: Notice, color: string, icon: ReactNode) => {
      if (replaces) notifications.hide(replaces);
      const id = notifications.show({
        ...(replaces ? { id: replaces } : {}),
        color,
        icon,
        title,
        closeButtonProps: { 'aria-label': t('common:action.close') },
        autoClose: action ? 12_000 : 6_000,
        message: (
          <Stack gap={2} align="flex-start">
            {message ? <Text>{message}</Text> : null}
            {action ? (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => {
                  notifications.hide(id);
                  action.run();
                }}
              >
                {action.label}
              </Anchor>
            ) : null}
          </Stack>
        ),
      });
    };
    return {
      done: (notice: Notice) => show(notice, 'teal', <IconCheck size={18} />),
      /** What was asked for is not possible; nothing was tried. */
      refused: (notice: Notice) => show(notice, 'yellow', <IconAlertTriangle size={18} />),
      failed(error: unknown) {
        const failure = failureOf(error);
        notifications.show({
          color: 'red',
          icon: <IconAlertTriangle size={18} />,
          title: t(`errors:${failure.code}.what`),
          closeButtonProps: { 'aria-label': t('common:action.close') },
          autoClose: 15_000,
          message: (
            <Stack gap={2}>
              {failure.subject ? <Text c="dimmed">{failure.subject}</Text> : null}
              <Text>{t(`errors:${failure.code}.kept`)}</Text>
              <Text>{t(`errors:${failure.code}.next`)}</Text>
            </Stack>
          ),
        });
      },
    };
  }, [t]);
}
