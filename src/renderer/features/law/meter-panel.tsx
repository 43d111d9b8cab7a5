import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterSubject } from '../../../core/domain/meter.ts';
import { useCall } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { PrintSheet } from '../../components/print-sheet.tsx';
import classes from './meter.module.css';
import { MeterCard } from './meter-card.tsx';

/** Statutory meters of a person, a group or a case. They count; they are never a verdict. */
export function MeterPanel({ subject }: { subject: MeterSubject }) {
  const { t } = useTranslation('meter');
  const [all, setAll] = useState(false);
  const query = useCall('meter.read', { subject, all });
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <Group justify="space-between" mb={6}>
        <Group gap={8}>
          <IconGauge size={18} aria-hidden />
          <Title order={2} size="h4">
            {t('title')}
          </Title>
          <Badge color="gray" variant="light">
            {t('notVerdict')}
          </Badge>
        </Group>
        <Group gap="xs">
          <Button size="xs" variant="subtle" onClick={() => setAll(!all)}>
            {t(all ? 'showSome' : 'showAll')}
          </Button>
          {query.data && query.data.length > 0 ? (
            <PrintSheet title={`${t('title')} — ${t('notVerdict')}`}>
              {query.data.map((meter) => (
                <MeterCard key={meter.id} subject={subject} meter={meter} />
              ))}
            </PrintSheet>
          ) : null}
        </Group>
      </Group>
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Loading lines={3} />
      ) : query.data.length === 0 ? (
        <Text c="dimmed">{t('empty')}</Text>
      ) : (
        <Stack gap="sm">
          <Alert color="gray" variant="light" py={6}>
            {t('help')}
          </Alert>
          {query.data.map((meter) => (
            <MeterCard key={meter.id} subject={subject} meter={meter} />
          ))}
        </Stack>
      )}
    </section>
  );
}
