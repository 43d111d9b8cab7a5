import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Bilingual } from '../../../core/domain/bilingual.ts';
import type { TransferConflict } from '../../../core/domain/transfer.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from '../cases/cases.module.css';

/** One thing that two workstations changed: both versions, who and when, and the choice between them. */
export function ConflictCard({ conflict }: { conflict: TransferConflict }) {
  const { t, i18n } = useTranslation('custody');
  const format = useFormat();
  const ask = useAskReason();
  const notify = useNotify();
  const resolve = useCommand('transfers.resolve');
  const shown = useShown(conflict);
  const { kind, ours, theirs, resolved } = conflict;
  const choose = async (choice: 'ours' | 'theirs') => {
    const reason = await ask({
      title: t(`transfers.choose.title.${choice}`),
      explain: t('transfers.choose.explain'),
    });
    if (reason) resolve.mutate({ conflictId: conflict.id, choice, reason }, { onError: notify.failed });
  };
  const tableKey = `transfers.table.${conflict.table}`;
  const tableName = i18n.exists(`custody:${tableKey}`) ? t(tableKey as never) : conflict.table;
  return (
    <div className={classes.box}>
      <Group justify="space-between" mb={6} gap="xs">
        <Text fw={600}>
          {kind === 'row' ? tableName : t(`transfers.kind.${kind}`)}
          {conflict.about ? ` · ${conflict.about}` : ''}
        </Text>
        {conflict.caseId && conflict.caseNumber ? (
          <ScreenLink to="/cases/$caseId" params={{ caseId: conflict.caseId }}>
            {conflict.caseNumber}
          </ScreenLink>
        ) : null}
      </Group>
      <div className={classes.scroll}>
        <Table layout="fixed" miw={460}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={120}>{t('transfers.column.field')}</Table.Th>
              <Table.Th>
                {t('transfers.column.ours')}
                <Text size="xs" c="dimmed" fw={400}>
                  {ours.officer} · {format.dateTime(ours.at)}
                </Text>
              </Table.Th>
              <Table.Th>
                {t('transfers.column.theirs')} ({theirs.prefix})
                <Text size="xs" c="dimmed" fw={400}>
                  {theirs.officer} · {format.dateTime(theirs.at)}
                </Text>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflict.fields
              .filter((field) => field.ours !== '' || field.theirs !== '')
              .map((field) => (
                <Table.Tr key={field.name}>
                  <Table.Td>{shown.name(field.name)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {shown.value(field.name, field.ours, ours.measureTitle)}
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {shown.value(field.name, field.theirs, theirs.measureTitle)}
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </div>
      {resolved ? (
        <Text size="sm" c="dimmed" mt={6}>
          {t(`transfers.chosen.${resolved.choice}`)} · {resolved.officer} · {format.dateTime(resolved.at)} ·{' '}
          {resolved.reason}
        </Text>
      ) : (
        <Group gap="xs" mt="sm" justify="flex-end">
          {(['ours', 'theirs'] as const).map((choice) => (
            <Button
              key={choice}
              variant="default"
              disabled={resolve.isPending}
              onClick={() => void choose(choice)}
            >
              {t(`transfers.choose.${choice}`)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}

/** Names and values of fields in words; a code that has none stands as it is. */
function useShown({ table }: TransferConflict) {
  const { t, i18n } = useTranslation('custody');
  const words = useWords();
  const format = useFormat();
  return {
    name: (name: string) =>
      i18n.exists(`custody:transfers.field.${name}`) ? t(`transfers.field.${name}` as never) : name,
    value: (name: string, value: string, title: Bilingual | null) => {
      if (name === 'measure' && title) return words.text(title);
      if (name === 'verdict') return words.of('verdict', value);
      if (name === 'reason' && table === 'dispositions') return words.of('dispositionReason', value);
      if (name === 'state') return words.of(table === 'cases' ? 'caseState' : 'decisionState', value);
      if (name.endsWith('_at') && /^\d+$/.test(value)) return format.dateTime(Number(value));
      return value;
    },
  };
}
