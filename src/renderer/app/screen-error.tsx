import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailureView } from '../components/failure-view.tsx';
import { ScreenButton } from '../components/link.tsx';

/** A screen that failed while drawing: the rest of the window goes on. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Stack p="xl" maw={640}>
      <Title order={2}>{t('error.screen')}</Title>
      <Text>{t('error.screenHelp')}</Text>
      <FailureView error={error} />
      <Group>
        <Button onClick={reset}>{t('action.retry')}</Button>
        <ScreenButton to="/" variant="default">
          {t('notFound.back')}
        </ScreenButton>
      </Group>
    </Stack>
  );
}
