import { Alert, Button, Group, List, Table, Text } from '@mantine/core';
import { IconFileText, IconTransfer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { CaseSource } from '../../../core/domain/custody.ts';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { useIsRunning, useRunJob } from '../../api/use-job.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import classes from '../cases/cases.module.css';
import { useHandOver } from '../transfers/send.ts';
import { Box } from './box.tsx';
import { usePapers } from './papers.ts';

/** Where the exhibits of a case came from, whether they can be extracted again, and the papers that go with them. */
export function CaseCustody({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('custody');
  const { id: caseId } = detail.summary;
  const sources = useCall('custody.sources', { caseId });
  const records = useCall('custody.extractions', { caseId });
  const papers = usePapers(detail);
  const handOver = useHandOver();
  const rows = sources.data ?? [];
  const written = records.data?.length ?? 0;
  const empty = detail.exhibits.length === 0;
  return (
    <Box
      title={t('custody.title')}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFileText size={14} />}
            disabled={empty}
            onClick={papers.form}
          >
            {t('custody.form')}
          </Button>
          <Button variant="default" disabled={empty} onClick={papers.extraction}>
            {t('custody.extraction')}
          </Button>
          <Button variant="default" disabled={empty} onClick={papers.sheet}>
            {t('custody.sheet')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTransfer size={14} />}
            onClick={() => handOver(detail.summary)}
          >
            {t('transfers.send.action')}
          </Button>
        </>
      }
    >
      {rows.some(({ destroyedBy }) => destroyedBy !== null) ? (
        <Alert color="orange" variant="light" mb="sm">
          {t('custody.destroyedNotice')} <ScreenLink to="/retention">{t('custody.certificate')}</ScreenLink>
        </Alert>
      ) : null}
      {rows.length === 0 ? (
        <Text c="dimmed">{t(empty ? 'custody.none' : 'custody.help')}</Text>
      ) : (
        <div className={classes.scroll}>
          <Table miw={620}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="38%">{t('custody.column.source')}</Table.Th>
                <Table.Th w="34%">{t('custody.column.acquired')}</Table.Th>
                <Table.Th>{t('custody.column.anew')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <SourceRow key={row.source.id} row={row} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {written > 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('custody.record.title')}: {t('custody.record.written', { count: written })}
        </Text>
      ) : null}
    </Box>
  );
}

function SourceRow({ row }: { row: CaseSource }) {
  const { t } = useTranslation('custody');
  const { source, acquisition, authority } = row;
  const enter = useEnterAcquisition(row);
  const facts = [
    acquisition?.custodian || authority?.holder,
    acquisition?.consent,
    acquisition?.medium || authority?.device,
  ].filter(Boolean);
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <ScreenLink to="/imports" search={{ source: source.id }}>
          {source.file}
        </ScreenLink>
        <Text size="xs" c="dimmed" title={source.sha256}>
          SHA-256 {source.sha256.slice(0, 12)}…
        </Text>
        {row.destroyedBy ? (
          <Text size="xs" c="orange">
            {t('custody.destroyed')}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {facts.length > 0 ? facts.join(' · ') : <Text c="dimmed">{t('custody.notEntered')}</Text>}
        <div>
          <Button variant="subtle" size="compact-xs" ml={-8} onClick={enter}>
            {t(acquisition ? 'custody.edit' : 'custody.enter')}
          </Button>
        </div>
      </Table.Td>
      <Table.Td>
        <Extraction row={row} />
      </Table.Td>
    </Table.Tr>
  );
}

function Extraction({ row }: { row: CaseSource }) {
  const { t } = useTranslation('custody');
  const format = useFormat();
  const run = useRunJob();
  const running = useIsRunning('extraction');
  const notify = useNotify();
  const { source, extraction, destroyedBy } = row;
  const extract = () =>
    run('evidence.reExtract', { sourceId: source.id }, { kind: 'extraction', subject: source.file }).catch(
      notify.failed,
    );
  return (
    <>
      {extraction ? (
        <>
          <Text c={extraction.outcome.same ? 'teal' : 'red'}>
            {extraction.outcome.same
              ? t('custody.same', { count: extraction.outcome.messages })
              : extraction.outcome.sameBytes
                ? t('custody.differs', { count: extraction.outcome.different })
                : t('custody.otherBytes')}
          </Text>
          {extraction.outcome.differences.length > 0 ? (
            <List size="xs">
              {extraction.outcome.differences.slice(0, 5).map(({ ordinal, reason }) => (
                <List.Item key={`${ordinal} ${reason}`}>
                  {t('custody.ordinal', { count: ordinal + 1 })}: {t(`custody.difference.${reason}`)}
                </List.Item>
              ))}
            </List>
          ) : null}
          <Text size="xs" c="dimmed">
            {t('custody.at', { officer: extraction.officer, at: format.dateTime(extraction.at) })}
          </Text>
        </>
      ) : null}
      {destroyedBy === null ? (
        <Group>
          <Button
            variant="subtle"
            size="compact-xs"
            ml={-8}
            disabled={running}
            onClick={() => void extract()}
          >
            {t(extraction ? 'custody.extractAgain' : 'custody.extract')}
          </Button>
        </Group>
      ) : null}
    </>
  );
}

function useEnterAcquisition({ source, acquisition }: CaseSource): () => void {
  const { t } = useTranslation('custody');
  const ask = useAskFields();
  const invoke = useInvoke();
  const names = ['custodian', 'consent', 'medium', 'method', 'place', 'note'] as const;
  return () =>
    ask({
      title: t('custody.acquisitionTitle', { file: source.file }),
      explain: t('custody.acquisitionExplain'),
      fields: names.map((name) => ({
        name,
        kind: name === 'note' ? ('area' as const) : ('text' as const),
        label: t(`custody.${name}`),
        initial: acquisition?.[name] ?? '',
      })),
      submit: ({ custodian = '', consent = '', medium = '', method = '', place = '', note = '' }) =>
        invoke('custody.setAcquisition', {
          sourceId: source.id,
          acquisition: { custodian, consent, medium, method, place, note },
        }),
    });
}
