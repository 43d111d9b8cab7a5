import { Anchor, Code, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../core/domain/case.ts';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { EventChange } from '../../components/event-change.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

interface AuditPanelProps {
  entry: AuditEntry;
  onSubject: (subjectId: string) => void;
  onClose: () => void;
}

/** One event: who, when, about what, and what it changed. */
export function AuditPanel({ entry, onSubject, onClose }: AuditPanelProps) {
  const { t } = useTranslation('audit');
  const words = useWords();
  const { event } = entry;
  return (
    <SidePanel name="audit" title={words.of('eventType', event.type)} onClose={onClose}>
      <Stack gap="md">
        <Group gap="xl">
          <Fact label={t('column.sequence')}>{entry.sequence}</Fact>
          <Fact label={t('column.at')}>
            <Time at={event.at} precision="second" />
          </Fact>
          <Fact label={t('column.officer')}>{event.officer}</Fact>
        </Group>
        <Fact label={t('column.subject')}>
          {words.of('eventSubject', event.subject.type)} <Code>{event.subject.id}</Code>
          <div>
            <Anchor component="button" type="button" size="xs" onClick={() => onSubject(event.subject.id)}>
              {t('sameSubject')}
            </Anchor>
          </div>
        </Fact>
        <EventChange event={event} />
        {event.supersedes ? (
          <Fact label={t('supersedes')}>
            <Code>{event.supersedes}</Code>
          </Fact>
        ) : null}
        <Fact label={t('column.hash')}>
          <Group gap={4} wrap="nowrap">
            <Code style={{ overflowWrap: 'anywhere' }}>{entry.hash}</Code>
            <CopyIcon value={entry.hash} />
          </Group>
        </Fact>
      </Stack>
    </SidePanel>
  );
}
