import { Button, Group, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulletinFigures, BulletinQuery, BulletinRow } from '../../../core/domain/bulletin.ts';
import { useCall } from '../../api/hooks.ts';
import { CategoryBadge } from '../../components/badges.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

/** Rows shown at first; the others on asking. */
const SHOWN = 20;

/** What was found and done in a period; every count opens its rows. */
export function FiguresView({ query }: { query: BulletinQuery }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const words = useWords();
  const call = useCall('bulletins.figures', query, { keep: true });
  const [subject, setSubject] = useState<BulletinRow['subjectType'] | null>(null);
  if (call.error) return <FailureView error={call.error} onRetry={() => void call.refetch()} />;
  const figures = call.data;
  if (!figures) return <Loading lines={8} />;
  return (
    <>
      <Group gap="xl">
        <Total label={t('total.opened')}>{format.number(figures.cases.opened)}</Total>
        <Total label={t('total.closed')}>{format.number(figures.cases.closed)}</Total>
        <Total label={t('total.measures')}>{format.number(figures.rows.length)}</Total>
        <Total label={t('total.leads')}>
          {format.number(figures.leads.reduce((sum, { received }) => sum + received, 0))}
        </Total>
      </Group>
      <Part title={t('part.hits')} empty={figures.hits.length === 0}>
        {figures.hits.map((row) => (
          <Table.Tr key={row.category}>
            <Table.Td>
              <CategoryBadge category={row.category} />
            </Table.Td>
            <Table.Td ta="end">
              <CountLink
                value={row.confirmed}
                to="/review"
                search={{ disposition: 'confirmed', category: row.category, from: query.from, to: query.to }}
              />
            </Table.Td>
          </Table.Tr>
        ))}
      </Part>
      <Part title={t('part.bySubject')} empty={figures.bySubject.length === 0}>
        {figures.bySubject.map((row) => (
          <Table.Tr key={`${row.subjectType} ${row.category}`}>
            <Table.Td>
              <Button
                variant="transparent"
                size="compact-sm"
                p={0}
                onClick={() => setSubject(row.subjectType)}
              >
                {words.of('measureSubject', row.subjectType)}
              </Button>
            </Table.Td>
            <Table.Td>{row.category ? <CategoryBadge category={row.category} /> : '—'}</Table.Td>
            <Table.Td ta="end">{format.number(row.count)}</Table.Td>
          </Table.Tr>
        ))}
      </Part>
      <Part title={t('part.measures')} empty={figures.measures.length === 0}>
        {figures.measures.map((row) => (
          <Table.Tr key={`${row.subjectType} ${row.measure.en}`}>
            <Table.Td>{words.of('measureSubject', row.subjectType)}</Table.Td>
            <Table.Td>{words.text(row.measure)}</Table.Td>
            <Table.Td ta="end">{format.number(row.count)}</Table.Td>
          </Table.Tr>
        ))}
      </Part>
      <Rows figures={figures} subject={subject} onAll={() => setSubject(null)} />
    </>
  );
}

function Total({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} size="lg">
        {children}
      </Text>
    </div>
  );
}

function Part({ title, empty, children }: { title: string; empty: boolean; children: ReactNode }) {
  const { t } = useTranslation('campaigns');
  return (
    <section>
      <Title order={3} size="h5" mt="xs">
        {title}
      </Title>
      {empty ? (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      ) : (
        <Table>
          <Table.Tbody>{children}</Table.Tbody>
        </Table>
      )}
    </section>
  );
}

/** The measures behind the counts, names covered; each leads to its case. */
function Rows({
  figures,
  subject,
  onAll,
}: {
  figures: BulletinFigures;
  subject: BulletinRow['subjectType'] | null;
  onAll: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const words = useWords();
  const [all, setAll] = useState(false);
  const rows = figures.rows.filter((row) => subject === null || row.subjectType === subject);
  return (
    <>
      <Part title={t('part.rows')} empty={rows.length === 0}>
        {rows.slice(0, all ? rows.length : SHOWN).map((row) => (
          <Table.Tr key={row.measureId}>
            <Table.Td>
              <ScreenLink to="/cases/$caseId" params={{ caseId: row.caseId }} search={{ tab: 'measures' }}>
                {row.number}
              </ScreenLink>
            </Table.Td>
            <Table.Td>{row.target}</Table.Td>
            <Table.Td>{words.text(row.measure)}</Table.Td>
            <Table.Td>
              <Time at={row.executedAt} precision="day" />
            </Table.Td>
          </Table.Tr>
        ))}
      </Part>
      <Group gap="xs">
        {subject === null ? null : (
          <Button size="compact-sm" variant="subtle" onClick={onAll}>
            {t('allSubjects')}
          </Button>
        )}
        {rows.length > SHOWN && !all ? (
          <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
            {t('allRows', { count: rows.length })}
          </Button>
        ) : null}
      </Group>
    </>
  );
}
