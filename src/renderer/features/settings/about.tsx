import { Code, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WorkspaceStatus } from '../../../core/domain/workspace.ts';
import { useNative } from '../../api/native.ts';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { Section } from './section.tsx';

/** Which program and which workspace this is. */
export function About({ status }: { status: WorkspaceStatus }) {
  const { t } = useTranslation(['settings', 'common']);
  const native = useNative();
  const environment = useQuery({ queryKey: ['native.environment'], queryFn: native.environment });
  return (
    <Section title={t('about.title')}>
      <Stack gap="sm">
        <Group gap="xl">
          <Fact label={t('about.version')}>
            {t('common:productFull')} {environment.data?.version}
          </Fact>
          <Fact label={t('about.runtime')}>
            {environment.data ? `Electron ${environment.data.electron} · ${environment.data.platform}` : '—'}
          </Fact>
          <Fact label={t('about.licence')}>Apache-2.0</Fact>
          {status.prefix ? <Fact label={t('about.prefix')}>{status.prefix}</Fact> : null}
        </Group>
        <Fact label={t('about.path')}>
          <Group gap={4}>
            <Code>{status.path}</Code>
            <CopyIcon value={status.path} />
          </Group>
        </Fact>
        {status.auditHead ? (
          <Fact label={t('about.auditHead', { sequence: status.auditHead.sequence })}>
            <Group gap={4} wrap="nowrap">
              <Code style={{ overflowWrap: 'anywhere' }}>{status.auditHead.hash}</Code>
              <CopyIcon value={`${status.auditHead.sequence} ${status.auditHead.hash}`} />
            </Group>
          </Fact>
        ) : null}
      </Stack>
    </Section>
  );
}
