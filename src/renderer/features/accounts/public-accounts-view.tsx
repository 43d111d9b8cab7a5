import { Badge, Group, Select, Text } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AccountClass,
  Entitlement,
  EntitlementGap,
  type PublicAccount,
} from '../../../core/domain/public-account.ts';
import { usePages } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import type { ListsSearch } from './search.ts';

const route = getRouteApi('/lists');
const COLORS = { publish: 'teal', reprint: 'blue', 'own-affairs': 'grape', none: 'gray' } as const;

/** Today as the workstation counts days. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Public accounts by class, with what each may publish on a day and on which licence that rests. */
export function PublicAccountsView() {
  const { t } = useTranslation('tables');
  const { day = today(), class: kind, entitlement, gap, text } = route.useSearch();
  const { set } = useFilters<ListsSearch>(route.useNavigate());
  const listing = usePages('publicAccounts.list', {
    day,
    ...compact({ class: kind, entitlement, gap, text }),
  });
  const columns = useAccountColumns();
  const open = (row: PublicAccount) =>
    set({ view: undefined, list: row.listId, text: row.accountId || row.name });
  const choice = (
    name: 'class' | 'entitlement' | 'gap',
    value: string | undefined,
    options: readonly string[],
  ) => (
    <Select
      aria-label={t(`publicAccounts.column.${name}`)}
      placeholder={t(`publicAccounts.column.${name}`)}
      w={170}
      clearable
      value={value ?? null}
      data={options.map((one) => ({ value: one, label: t(`publicAccounts.${name}.${one}` as never) }))}
      onChange={(next) => set({ [name]: next ?? undefined })}
    />
  );
  return (
    <>
      <Group gap="xs" mb="xs">
        <DayInput
          aria-label={t('publicAccounts.day')}
          value={day}
          onChange={(next) => set({ day: next || undefined })}
        />
        {choice('class', kind, AccountClass.options)}
        {choice('entitlement', entitlement, Entitlement.options)}
        {choice('gap', gap, EntitlementGap.options)}
        <SearchBox
          value={text ?? ''}
          onChange={(value) => set({ text: value || undefined })}
          placeholder={t('publicAccounts.search')}
        />
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        {t('publicAccounts.help')}
      </Text>
      <DataTable
        name="public-accounts"
        label={t('publicAccounts.title')}
        columns={columns}
        listing={listing}
        idOf={(row) => row.id}
        onOpen={open}
        empty={
          <Empty
            icon={IconId}
            title={t('publicAccounts.empty')}
            description={t('publicAccounts.emptyHelp')}
            action={<ScreenButton to="/imports">{t('publicAccounts.import')}</ScreenButton>}
          />
        }
      />
    </>
  );
}

function useAccountColumns(): DataColumn<PublicAccount>[] {
  const { t } = useTranslation('tables');
  return useMemo(() => {
    const licence = (row: PublicAccount) =>
      row.licence
        ? [
            row.licence.number,
            row.licence.expiresAt ? t('publicAccounts.until', { day: row.licence.expiresAt }) : '',
          ]
            .filter(Boolean)
            .join(' · ')
        : '';
    const gaps = (row: PublicAccount) => row.gaps.map((gap) => t(`publicAccounts.gap.${gap}`)).join(' · ');
    return [
      {
        id: 'name',
        header: t('publicAccounts.column.name'),
        width: 200,
        cell: (row) => row.name,
        text: (row) => row.name,
      },
      {
        id: 'registrant',
        header: t('publicAccounts.column.registrant'),
        width: 220,
        from: 900,
        cell: (row) => [row.registrant, row.registrantNature].filter(Boolean).join(' · '),
        text: (row) => [row.registrant, row.registrantNature].filter(Boolean).join(' · '),
      },
      {
        id: 'class',
        header: t('publicAccounts.column.class'),
        width: 160,
        cell: (row) => t(`publicAccounts.class.${row.class}`),
        text: (row) => t(`publicAccounts.class.${row.class}`),
      },
      {
        id: 'entitlement',
        header: t('publicAccounts.column.entitlement'),
        width: 170,
        minWidth: 150,
        cell: (row) => (
          <Badge color={COLORS[row.entitlement]}>{t(`publicAccounts.entitlement.${row.entitlement}`)}</Badge>
        ),
        text: (row) => t(`publicAccounts.entitlement.${row.entitlement}`),
      },
      {
        id: 'licence',
        header: t('publicAccounts.column.licence'),
        width: 230,
        from: 760,
        cell: licence,
        text: licence,
      },
      {
        id: 'gaps',
        header: t('publicAccounts.column.gap'),
        width: 260,
        grow: true,
        cell: gaps,
        text: gaps,
      },
    ];
  }, [t]);
}
