import { Code, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../core/domain/case.ts';

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

const shown = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that an event changed, those of `before` first; equal ones are left out. */
export function changesOf(event: Pick<TimelineEntry, 'before' | 'after'>): FieldChange[] {
  const { before, after } = event;
  if (!isRecord(before) && !isRecord(after)) {
    const change = { field: '', before: shown(before), after: shown(after) };
    return change.before === change.after ? [] : [change];
  }
  const left = isRecord(before) ? before : {};
  const right = isRecord(after) ? after : {};
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .map((field) => ({ field, before: shown(left[field]), after: shown(right[field]) }))
    .filter((change) => change.before !== change.after);
}

/** Before and after of an event, field by field. */
export function EventChange({ event }: { event: Pick<TimelineEntry, 'before' | 'after'> }) {
  const { t } = useTranslation();
  const changes = changesOf(event);
  if (changes.length === 0) return null;
  const withBefore = changes.some((change) => change.before !== null);
  return (
    <Table layout="fixed" fz="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="32%">{t('change.field')}</Table.Th>
          {withBefore ? <Table.Th>{t('change.before')}</Table.Th> : null}
          <Table.Th>{t('change.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.field} style={{ overflowWrap: 'anywhere' }}>
            <Table.Td>
              <Code>{change.field}</Code>
            </Table.Td>
            {withBefore ? <Table.Td>{change.before ?? '—'}</Table.Td> : null}
            <Table.Td>{change.after ?? '—'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
