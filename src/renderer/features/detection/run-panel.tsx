import { Code, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../core/domain/category.ts';
import type { DetectionRun } from '../../../core/domain/hit.ts';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import { SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { usePackTitles } from './pack-titles.ts';

interface RunPanelProps {
  run: DetectionRun;
  /** Its findings are what Review holds now: the numbers open their rows. */
  latest: boolean;
  onClose: () => void;
}

/** One run: exactly which packs and engine judged, and what they found by category. */
export function RunPanel({ run, latest, onClose }: RunPanelProps) {
  const { t } = useTranslation('detection');
  const words = useWords();
  const format = useFormat();
  const titleOf = usePackTitles();
  const categories = Object.entries(run.byCategory).sort((a, b) => b[1] - a[1]);
  return (
    <SidePanel name="run" title={t('run.title')} onClose={onClose}>
      <Stack gap="md">
        <Group gap="xl">
          <Fact label={t('column.startedAt')}>
            <Time at={run.startedAt} precision="second" />
          </Fact>
          <Fact label={t('run.finishedAt')}>
            {run.finishedAt === null ? '—' : <Time at={run.finishedAt} precision="second" />}
          </Fact>
          <Fact label={t('run.engine')}>{run.engineVersion}</Fact>
        </Group>
        <Text>{t('done.message', { count: run.hits, added: run.added, messages: run.messages })}</Text>
        <Table>
          <Table.Tbody>
            {categories.map(([category, hits]) => (
              <Table.Tr key={category}>
                <Table.Th scope="row">{words.category(category)}</Table.Th>
                <Table.Td ta="end">
                  {latest ? (
                    <CountLink value={hits} to="/review" search={{ category: category as CategoryId }} />
                  ) : (
                    format.number(hits)
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Fact label={t('column.packs')}>
          {run.packs.map((pack) => (
            <Group key={pack.id} gap={4}>
              <span>
                {titleOf(pack.id)} {pack.version}
              </span>
              <Code>{pack.sha256.slice(0, 12)}…</Code>
              <CopyIcon value={pack.sha256} />
            </Group>
          ))}
        </Fact>
      </Stack>
    </SidePanel>
  );
}
