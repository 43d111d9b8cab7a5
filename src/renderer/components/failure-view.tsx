import { Alert, Button, Code, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../api/failure.ts';
import { CopyTextButton } from './copy.tsx';

/** An error in words: what happened, what was kept, what to do; the technical facts on demand. */
export function FailureView({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation(['errors', 'common']);
  const [open, { toggle }] = useDisclosure(false);
  const failure = failureOf(error);
  const facts = [failure.code, failure.subject, failure.detail].filter(Boolean).join('\n');
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle />}
      title={t(`errors:${failure.code}.what`)}
    >
      <Stack gap={6}>
        {failure.subject ? (
          <Text>
            {t('common:error.subject')}: <Code>{failure.subject}</Code>
          </Text>
        ) : null}
        <Text>{t(`errors:${failure.code}.kept`)}</Text>
        <Text fw={500}>{t(`errors:${failure.code}.next`)}</Text>
        <Group gap="xs" mt={4}>
          {onRetry ? (
            <Button color="red" variant="light" onClick={onRetry}>
              {t('common:action.retry')}
            </Button>
          ) : null}
          <Button variant="subtle" color="gray" onClick={toggle} aria-expanded={open}>
            {t('common:action.details')}
          </Button>
        </Group>
        <Collapse expanded={open}>
          <Code block>{facts}</Code>
          <CopyTextButton mt={6} variant="subtle" color="gray" value={facts}>
            {t('common:error.copyDetails')}
          </CopyTextButton>
        </Collapse>
      </Stack>
    </Alert>
  );
}
