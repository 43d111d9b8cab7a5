import { Button, Group, Menu } from '@mantine/core';
import { IconChevronDown, IconClipboardList, IconFileExport } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../../contract/api.ts';
import type { MeasureOwed, TakenMeasure } from '../../../core/domain/measure.ts';
import { usePages } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSelection } from '../../components/table/use-selection.ts';
import { useMeasureColumns } from './measure-columns.tsx';
import { useMeasureSteps } from './use-measure-steps.ts';

interface MeasuresTableProps {
  filter: Omit<Input<'measures.list'>, 'cursor' | 'limit'>;
  withCase: boolean;
  empty?: ReactNode;
}

/** Measures with what can be done about those that are chosen. */
export function MeasuresTable({ filter, withCase, empty }: MeasuresTableProps) {
  const { t } = useTranslation('measures');
  const listing = usePages('measures.list', filter);
  const columns = useMeasureColumns(withCase);
  const selection = useSelection();
  const chosen = useMemo(
    () => listing.rows.filter((row) => selection.has(row.id)),
    [listing.rows, selection],
  );
  return (
    <DataTable
      name={withCase ? 'measures' : 'case-measures'}
      label={t('title')}
      columns={columns}
      listing={listing}
      idOf={(row) => row.id}
      selection={selection}
      actions={chosen.length > 0 ? <Steps measures={chosen} onDone={selection.clear} /> : null}
      empty={
        empty ?? <Empty icon={IconClipboardList} title={t('empty.title')} description={t('empty.help')} />
      }
    />
  );
}

/** The next step of most measures stands as a button, the others in a menu. */
function Steps({ measures, onDone }: { measures: readonly TakenMeasure[]; onDone: () => void }) {
  const { t } = useTranslation('measures');
  const steps = useMeasureSteps(measures, onDone);
  const owed = new Set(measures.map((measure) => measure.owed));
  const next: MeasureOwed | null = owed.size === 1 ? (measures[0]?.owed ?? null) : null;
  const all = ['instruct', 'execute', 'verify', 'restore', 'withdraw'] as const;
  return (
    <Group gap="xs" wrap="nowrap">
      {next ? (
        <Button size="compact-sm" onClick={steps[next]}>
          {t(`step.${next}`)}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileExport size={14} />}
        onClick={() => void steps.exportList()}
      >
        {t('export')}
      </Button>
      <Menu>
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('other')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {all
            .filter((step) => step !== next)
            .map((step) => (
              <Menu.Item key={step} onClick={steps[step]}>
                {t(`step.${step}`)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
