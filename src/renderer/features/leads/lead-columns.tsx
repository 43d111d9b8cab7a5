import { Badge, Group } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Lead, SIMILAR_COUNTED } from '../../../core/domain/lead.ts';
import { CategoryBadge } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

const COLORS = { received: 'orange', 'in-progress': 'blue', closed: 'gray' } as const;

export function LeadStateBadge({ lead }: { lead: Lead }) {
  const { t } = useTranslation('leads');
  const words = useWords();
  return (
    <Group gap={4} wrap="nowrap">
      <Badge color={COLORS[lead.state]}>
        {lead.outcome ? words.of('leadOutcome', lead.outcome) : words.of('leadState', lead.state)}
      </Badge>
      {lead.owesReply ? <Badge color="yellow">{t('owesReply')}</Badge> : null}
    </Group>
  );
}

export function useLeadColumns(): DataColumn<Lead>[] {
  const { t } = useTranslation('leads');
  const words = useWords();
  const format = useFormat();
  return useMemo(() => {
    const opened = Date.now();
    /** From receiving to the first action, or until now. */
    const waited = ({ receivedAt, firstActionAt, closedAt }: Lead) =>
      format.duration(Math.max(0, (firstActionAt ?? closedAt ?? opened) - receivedAt) / 1000);
    return [
      {
        id: 'number',
        header: t('column.number'),
        width: 120,
        sort: 'number',
        cell: (row) => row.number,
        text: (row) => row.number,
      },
      {
        id: 'source',
        header: t('column.source'),
        width: 110,
        from: 820,
        cell: (row) => words.of('leadSource', row.source),
        text: (row) => words.of('leadSource', row.source),
      },
      {
        id: 'target',
        header: t('column.target'),
        width: 160,
        cell: (row) => row.target || row.account || row.conversation,
        text: (row) => row.target || row.account || row.conversation || '',
      },
      {
        id: 'text',
        header: t('column.text'),
        width: 320,
        grow: true,
        cell: (row) => row.text,
        text: (row) => row.text,
      },
      {
        id: 'category',
        header: t('column.category'),
        width: 130,
        from: 1150,
        cell: (row) => (row.category ? <CategoryBadge category={row.category} /> : null),
        text: (row) => (row.category ? words.category(row.category) : ''),
      },
      {
        id: 'similar',
        header: t('column.similar'),
        width: 80,
        align: 'end',
        from: 1000,
        cell: (row) =>
          row.similar < SIMILAR_COUNTED ? row.similar || '' : t('many', { count: SIMILAR_COUNTED }),
        text: (row) => String(row.similar),
      },
      {
        id: 'received',
        header: t('column.received'),
        width: 160,
        minWidth: 140,
        from: 640,
        sort: 'receivedAt',
        cell: (row) => <Time at={row.receivedAt} />,
        text: (row) => format.dateTime(row.receivedAt),
      },
      {
        id: 'waiting',
        header: t('column.waiting'),
        width: 110,
        align: 'end',
        from: 900,
        cell: waited,
        text: waited,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 180,
        minWidth: 165,
        cell: (row) => <LeadStateBadge lead={row} />,
        text: (row) => words.of('leadState', row.state),
      },
    ];
  }, [t, words, format]);
}
