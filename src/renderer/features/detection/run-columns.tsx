import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetectionRun } from '../../../core/domain/hit.ts';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { usePackTitles } from './pack-titles.ts';

const COLORS: Record<DetectionRun['state'], string> = {
  running: 'ink',
  complete: 'teal',
  cancelled: 'yellow',
  failed: 'red',
};

export function useRunColumns(): DataColumn<DetectionRun>[] {
  const { t } = useTranslation('detection');
  const words = useWords();
  const format = useFormat();
  const titleOf = usePackTitles();
  return useMemo(() => {
    const number = (id: 'messages' | 'hits' | 'added', width: number): DataColumn<DetectionRun> => ({
      id,
      header: t(`column.${id}`),
      width,
      align: 'end',
      from: id === 'added' ? 460 : 400,
      text: (run) => String(run[id]),
      cell: (run) => format.number(run[id]),
    });
    return [
      {
        id: 'startedAt',
        header: t('column.startedAt'),
        width: 142,
        minWidth: 142,
        text: (run) => new Date(run.startedAt).toISOString(),
        cell: (run) => <Time at={run.startedAt} />,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 98,
        text: (run) => words.of('runState', run.state),
        cell: (run) => <Badge color={COLORS[run.state]}>{words.of('runState', run.state)}</Badge>,
      },
      number('messages', 100),
      number('hits', 90),
      number('added', 90),
      {
        id: 'seconds',
        header: t('column.seconds'),
        width: 100,
        from: 560,
        align: 'end',
        text: (run) => String(run.seconds),
        cell: (run) => format.duration(run.seconds),
      },
      {
        id: 'rate',
        header: t('column.rate'),
        width: 110,
        from: 640,
        align: 'end',
        text: (run) => String(Math.round(run.messagesPerSecond)),
        cell: (run) => t('rate', { count: Math.round(run.messagesPerSecond) }),
      },
      {
        id: 'packs',
        header: t('column.packs'),
        width: 200,
        from: 760,
        grow: true,
        text: (run) => run.packs.map((pack) => `${pack.id} ${pack.version}`).join(', '),
        cell: (run) => {
          const packs = format.list(run.packs.map((pack) => `${titleOf(pack.id)} ${pack.version}`));
          return <span title={packs}>{packs}</span>;
        },
      },
      {
        id: 'officer',
        header: t('column.officer'),
        width: 110,
        from: 860,
        text: (run) => run.officer,
        cell: (run) => <span>{run.officer}</span>,
      },
    ];
  }, [t, words, format, titleOf]);
}
