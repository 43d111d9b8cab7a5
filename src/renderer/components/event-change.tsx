import { Code, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../core/domain/case.ts';

export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** Entries of a list that are spelled out; the others are counted. */
const LISTED = 20;

/** A value in words: a list of plain values in one line, records and lists of them one entry a line. */
function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) {
    return cut(value.map((entry) => inLine(entry))).join(
      value.some((entry) => isRecord(entry)) ? '\n' : ', ',
    );
  }
  if (!isRecord(value)) return String(value);
  return cut(Object.entries(value).map(([key, entry]) => `${key}: ${inLine(entry)}`)).join('\n');
}

const inLine = (value: unknown): string => (shown(value) ?? '—').replaceAll('\n', ', ');

const cut = (entries: readonly string[]): readonly string[] =>
  entries.length > LISTED ? [...entries.slice(0, LISTED), `… +${entries.length - LISTED}`] : entries;

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
          <Table.Tr key={change.field} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
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
