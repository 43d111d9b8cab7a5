import { Button, Group, Select, Text, Tooltip } from '@mantine/core';
import { IconClipboardList, IconShieldCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCall, usePages } from '../../api/hooks.ts';
import { CheckReport } from '../../components/check-report.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { Empty } from '../../components/empty.tsx';
import { FilterChips } from '../../components/filter-chips.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { Split } from '../../components/side-panel.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useCheck } from '../../components/use-check.ts';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import { StampsButton } from '../custody/stamps.tsx';
import { useAuditColumns } from './audit-columns.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { EVENT_TYPES } from './event-types.ts';
import type { AuditSearch } from './search.ts';

const route = getRouteApi('/audit');

/** Everything that was done, in the order in which it was chained. */
export function AuditScreen() {
  const { t } = useTranslation(['audit', 'common']);
  const words = useWords();
  const { event: openSequence, ...filter } = route.useSearch();
  const { set } = useFilters<AuditSearch>(route.useNavigate());
  const listing = usePages('audit.list', compact(filter), { fresh: true });
  const officers = useCall('officers.list', {});
  const columns = useAuditColumns();
  const check = useCheck();
  const open = listing.rows.find((row) => row.sequence === openSequence);
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page
      title={t('title')}
      subtitle={<ChainHead />}
      layout="fill"
      actions={
        <>
          <StampsButton />
          <Button leftSection={<IconShieldCheck size={15} />} loading={check.running} onClick={check.start}>
            {t('check')}
          </Button>
        </>
      }
    >
      <Group gap="xs">
        <Select
          aria-label={t('column.type')}
          placeholder={t('column.type')}
          searchable
          clearable
          w={220}
          value={filter.type ?? null}
          data={words.choices('eventType', EVENT_TYPES)}
          onChange={(type) => set({ type: type ?? undefined })}
        />
        <Select
          aria-label={t('column.officer')}
          placeholder={t('column.officer')}
          clearable
          w={160}
          value={filter.officerId ?? null}
          data={(officers.data ?? []).map((officer) => ({ value: officer.id, label: officer.name }))}
          onChange={(officerId) => set({ officerId: officerId ?? undefined })}
        />
        <FilterChips
          chips={
            filter.subjectId
              ? [
                  {
                    id: 'subjectId',
                    label: t('column.subject'),
                    value: filter.subjectId,
                    onRemove: () => set({ subjectId: undefined }),
                  },
                ]
              : []
          }
          onClear={() => set({ subjectId: undefined })}
        />
      </Group>
      <Split
        panel={
          open ? (
            <AuditPanel
              key={open.sequence}
              entry={open}
              onSubject={(subjectId) => set({ subjectId, event: undefined })}
              onClose={() => set({ event: undefined })}
            />
          ) : null
        }
      >
        <DataTable
          name="audit"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => String(row.sequence)}
          currentId={openSequence === undefined ? null : String(openSequence)}
          onOpen={(row) => set({ event: row.sequence })}
          empty={
            <Empty
              icon={IconClipboardList}
              title={t('empty.title')}
              description={t(filtered ? 'empty.filtered' : 'empty.help')}
              action={
                filtered ? <ScreenButton to="/audit">{t('common:action.clearAll')}</ScreenButton> : null
              }
            />
          }
        />
      </Split>
      <CheckReport result={check.result} onClose={check.close} />
    </Page>
  );
}

/** Where the chain ends now: what an officer writes down to prove later that nothing was taken out. */
function ChainHead() {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const head = useCall('workspace.status', {}, { fresh: true }).data?.auditHead;
  if (!head) return t('subtitle');
  return (
    <Group gap={6}>
      <Tooltip label={t('head.help')}>
        <Text span inherit>
          {t('head.label', { sequence: format.number(head.sequence) })}
        </Text>
      </Tooltip>
      <Text span ff="monospace" size="xs" title={head.hash}>
        {head.hash.slice(0, 24)}…
      </Text>
      <CopyIcon value={`${head.sequence} ${head.hash}`} label={t('head.copy')} />
    </Group>
  );
}
