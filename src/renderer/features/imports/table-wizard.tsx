import { Alert, Button, Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableMapping } from '../../../core/domain/mapping.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import type { Asked } from './choice.ts';
import { ColumnTable } from './column-table.tsx';
import classes from './imports.module.css';
import { TableSettings } from './table-settings.tsx';
import { TimeFormat } from './time-format.tsx';

interface TableWizardProps {
  path: string;
  initial: TableMapping | null;
  onClose: () => void;
  onUse: (asked: Asked) => void;
}

/** Describes a table that no importer knows: columns, times, what holds for all rows. */
export function TableWizard({ path, initial, onClose, onUse }: TableWizardProps) {
  const { t } = useTranslation('tables');
  return (
    <Dialog onClose={onClose} size="min(1200px, 94vw)" title={t('wizard.title')}>
      <Wizard path={path} initial={initial} onClose={onClose} onUse={onUse} />
    </Dialog>
  );
}

function Wizard({ path, initial, onClose, onUse }: TableWizardProps) {
  const { t } = useTranslation('tables');
  const notify = useNotify();
  const save = useCommand('mappings.save');
  const [mapping, setMapping] = useState<TableMapping | null>(initial);
  const [keep, setKeep] = useState(true);
  // Every answer under the mapping as it stands: what the window shows is what the import will do.
  const table = useCall('tables.inspect', { path, mapping }, { keep: true });
  if (table.error) return <FailureView error={table.error} onRetry={() => void table.refetch()} />;
  if (!table.data) return <Loading lines={8} />;
  const inspection = table.data;
  const current = mapping ?? inspection.mapping;
  const change = (changes: Partial<TableMapping>) => setMapping({ ...current, ...changes });
  const use = () => {
    const described = { ...current, headers: inspection.mapping.headers };
    if (!keep) return onUse({ mapping: described });
    save.mutate(
      { mapping: described },
      {
        onSuccess: (saved) => {
          notify.done({ title: t('wizard.saved', { name: saved.mapping.name }) });
          onUse({ format: `mapping:${saved.id}` });
        },
        onError: notify.failed,
      },
    );
  };
  const messages = current.target === 'messages';
  const lacksText = messages && !current.columns.text;
  const lacksColumns = Object.keys(current.columns).length === 0;
  return (
    <Stack gap="md">
      <TableSettings inspection={inspection} mapping={current} onChange={change} />
      <ColumnTable inspection={inspection} mapping={current} onChange={change} />
      {messages ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TimeFormat inspection={inspection} mapping={current} onChange={change} />
          <Constants mapping={current} onChange={change} />
        </SimpleGrid>
      ) : null}
      {lacksText || lacksColumns ? (
        <Alert color="yellow" variant="light">
          {t(lacksText ? 'wizard.needsText' : 'wizard.needsColumns')}
        </Alert>
      ) : null}
      <Group justify="space-between" align="flex-end" className={classes.wizardEnd}>
        <Group align="flex-end">
          <Checkbox
            label={t('wizard.keep')}
            checked={keep}
            onChange={(event) => setKeep(event.currentTarget.checked)}
          />
          {keep ? (
            <TextInput
              aria-label={t('wizard.name')}
              placeholder={t('wizard.name')}
              value={current.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          ) : null}
        </Group>
        <Group>
          <Button variant="default" onClick={onClose}>
            {t('wizard.cancel')}
          </Button>
          <Button
            loading={save.isPending}
            disabled={lacksText || lacksColumns || !inspection.timeFormatKnown || current.name.trim() === ''}
            onClick={use}
          >
            {t('wizard.use')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** What no column says and all rows share. */
function Constants({
  mapping,
  onChange,
}: {
  mapping: TableMapping;
  onChange: (changes: Partial<TableMapping>) => void;
}) {
  const { t } = useTranslation('tables');
  const set = (field: string, value: string) => {
    const { [field]: _, ...others } = mapping.constants;
    onChange({ constants: value === '' ? others : { ...others, [field]: value } });
  };
  return (
    <Stack gap="xs">
      <Text fw={500}>{t('wizard.constants')}</Text>
      {(['conversationName', 'senderName'] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`field.${field}`)}
          value={mapping.constants[field] ?? ''}
          onChange={(event) => set(field, event.currentTarget.value)}
        />
      ))}
    </Stack>
  );
}
