import { Alert, Badge, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CitingEntry, LawPage } from '../../../core/domain/law.ts';
import { useCall } from '../../api/hooks.ts';
import { Fact } from '../../components/badges.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { PrintSheet } from '../../components/print-sheet.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useWords } from '../../components/words.ts';
import { Held, InForce, LawMarks } from './law-marks.tsx';

interface LawPanelProps {
  id: string;
  day: string | undefined;
  onClose: () => void;
  onOpen: (id: string) => void;
}

/** One article: what it says in our own words, its versions, how well it is known and what cites it. */
export function LawPanel({ id, day, onClose, onOpen }: LawPanelProps) {
  const { t } = useTranslation('law');
  const words = useWords();
  const query = useCall('law.get', { id, day: day ?? null });
  const page = query.data;
  return (
    <SidePanel
      name="law"
      width={520}
      title={page ? words.text(page.entry.citation) : t('article')}
      onClose={onClose}
      actions={
        page ? (
          <PrintSheet title={words.text(page.entry.citation)}>
            <ArticlePage page={page} onOpen={onOpen} />
          </PrintSheet>
        ) : null
      }
    >
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : page ? (
        <ArticlePage page={page} onOpen={onOpen} />
      ) : (
        <Loading lines={6} />
      )}
    </SidePanel>
  );
}

function ArticlePage({ page, onOpen }: { page: LawPage; onOpen: (id: string) => void }) {
  const { t } = useTranslation('law');
  const words = useWords();
  const { entry, versions, citing } = page;
  const doubtful = Object.values(entry.marks).some((mark) => mark !== 'V');
  return (
    <Stack gap="md">
      <Group gap="xs">
        <InForce entry={entry} />
        <Text size="sm" c="dimmed">
          <Held entry={entry} />
        </Text>
      </Group>
      <div>
        <Text>{words.text(entry.summary)}</Text>
        <Text size="xs" c="dimmed">
          {t('ownWords')}
        </Text>
      </div>
      <Fact label={t('column.marks')}>
        <LawMarks entry={entry} />
      </Fact>
      {entry.source ? <Fact label={t('source')}>{words.text(entry.source)}</Fact> : null}
      {doubtful ? (
        <Alert color="orange" variant="light">
          {entry.note ? words.text(entry.note) : t('checkBeforeUse')}
        </Alert>
      ) : null}
      <section>
        <Title order={3} size="h5" mb={6}>
          {t('versions', { count: versions.length })}
        </Title>
        <Table>
          <Table.Tbody>
            {versions.map((version) => (
              <Table.Tr key={version.id} data-current={version.id === entry.id || undefined}>
                <Table.Th scope="row">
                  <button
                    type="button"
                    onClick={() => onOpen(version.id)}
                    style={{
                      background: 'none',
                      border: 0,
                      padding: 0,
                      font: 'inherit',
                      color: 'inherit',
                      textAlign: 'start',
                      cursor: 'pointer',
                      textDecoration: version.id === entry.id ? 'none' : 'underline',
                      fontWeight: version.id === entry.id ? 600 : 400,
                    }}
                  >
                    {words.text(version.citation)}
                  </button>
                  <Text size="xs" c="dimmed">
                    <Held entry={version} />
                  </Text>
                </Table.Th>
                <Table.Td>
                  <InForce entry={version} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <section>
        <Title order={3} size="h5" mb={6}>
          {t('citedBy', { count: citing.length })}
        </Title>
        {citing.length === 0 ? <Text c="dimmed">{t('notCited')}</Text> : <CitingTable citing={citing} />}
      </section>
    </Stack>
  );
}

function CitingTable({ citing }: { citing: readonly CitingEntry[] }) {
  const { t } = useTranslation('law');
  const words = useWords();
  return (
    <Table>
      <Table.Tbody>
        {citing.map((one) => (
          <Table.Tr key={`${one.set} ${one.id} ${one.reference}`}>
            <Table.Td w={84}>
              <Badge color="gray" variant="light" maw="none" style={{ overflow: 'visible' }}>
                {t(`kind.${one.kind}`)}
              </Badge>
            </Table.Td>
            <Table.Th scope="row">
              <Text>{words.text(one.title)}</Text>
              <Text size="xs" c="dimmed">
                {one.set} · {one.id} · {one.reference}
              </Text>
            </Table.Th>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
