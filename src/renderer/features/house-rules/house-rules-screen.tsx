import { Button, Text } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AdoptionWay, type HouseRulesVersion } from '../../../core/domain/house-rules.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { toDay } from '../../components/days.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { Split } from '../../components/side-panel.tsx';
import { listingOf } from '../../components/static-listing.ts';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { RulesPanel } from './rules-panel.tsx';
import type { HouseRulesSearch } from './search.ts';

const route = getRouteApi('/house-rules');

/** Versions of the organisation's rules: what a decision under house rules has to be able to show. */
export function HouseRulesScreen() {
  const { t } = useTranslation('house-rules');
  const { rules } = route.useSearch();
  const { set } = useFilters<HouseRulesSearch>(route.useNavigate());
  const query = useCall('houseRules.list', {});
  const columns = useColumns();
  const adopt = useAdopt();
  const open = query.data?.find(({ id }) => id === rules);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <Button leftSection={<IconPlus size={14} />} onClick={adopt}>
          {t('adopt')}
        </Button>
      }
    >
      <Split
        panel={
          open ? <RulesPanel key={open.id} version={open} onClose={() => set({ rules: undefined })} /> : null
        }
      >
        <DataTable
          name="house-rules"
          label={t('title')}
          columns={columns}
          listing={listingOf(query)}
          idOf={(row) => row.id}
          currentId={rules}
          onOpen={(row) => set({ rules: row.id })}
          empty={<Empty icon={IconBook2} title={t('empty.title')} description={t('empty.help')} />}
        />
      </Split>
    </Page>
  );
}

function useColumns(): DataColumn<HouseRulesVersion>[] {
  const { t } = useTranslation('house-rules');
  const words = useWords();
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('column.title'),
        width: 220,
        grow: true,
        cell: (row) => row.title,
        text: (row) => row.title,
      },
      {
        id: 'version',
        header: t('column.version'),
        width: 110,
        cell: (row) => row.version,
        text: (row) => row.version,
      },
      {
        id: 'from',
        header: t('column.from'),
        width: 120,
        cell: (row) => row.effectiveFrom,
        text: (row) => row.effectiveFrom,
      },
      {
        id: 'ended',
        header: t('column.ended'),
        width: 120,
        from: 800,
        cell: (row) => row.endedOn ?? '',
        text: (row) => row.endedOn ?? '',
      },
      {
        id: 'adoption',
        header: t('column.adoption'),
        width: 220,
        from: 640,
        cell: (row) =>
          row.adoption ? (
            words.of('adoptionWay', row.adoption.way)
          ) : (
            <Text c="orange">{t('noAdoption')}</Text>
          ),
        text: (row) => (row.adoption ? words.of('adoptionWay', row.adoption.way) : ''),
      },
      {
        id: 'receipts',
        header: t('column.receipts'),
        width: 90,
        align: 'end',
        cell: (row) => row.receipts,
        text: (row) => String(row.receipts),
      },
    ],
    [t, words],
  );
}

/** Asks for a version and how it was adopted. */
function useAdopt() {
  const { t } = useTranslation('house-rules');
  const words = useWords();
  const ask = useAskFields();
  const adopt = useCommand('houseRules.adopt');
  const today = toDay(Date.now());
  return () =>
    ask({
      title: t('adopt'),
      confirm: t('adopt'),
      fields: [
        { name: 'title', kind: 'text', label: t('column.title'), required: true },
        { name: 'version', kind: 'text', label: t('column.version'), required: true },
        { name: 'from', kind: 'day', label: t('column.from'), required: true, initial: today },
        {
          name: 'way',
          kind: 'choice',
          label: t('adopted'),
          help: t('adoptedNone'),
          choices: words.choices('adoptionWay', AdoptionWay.options),
        },
        { name: 'on', kind: 'day', label: t('adoptedOn'), required: true, when: ({ way }) => Boolean(way) },
        {
          name: 'proof',
          kind: 'text',
          label: t('proof'),
          help: t('proofHelp'),
          required: true,
          when: ({ way }) => Boolean(way),
        },
      ],
      submit: ({ title = '', version = '', from = '', way, on = '', proof = '' }) =>
        adopt.mutateAsync({
          title,
          version,
          effectiveFrom: from,
          adoption: way ? { way: way as AdoptionWay, on, proof } : null,
        }),
    });
}
