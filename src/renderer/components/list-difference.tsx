import { Alert, Badge, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListChanges, ListKind } from '../../core/domain/list.ts';
import { useCall } from '../api/hooks.ts';
import { useFormat } from './format.ts';
import classes from './list-difference.module.css';
import { useWords } from './words.ts';

type Change = ListChanges['changes'][number];

const COLORS: Record<Change['change'], string> = { added: 'teal', changed: 'yellow', removed: 'red' };

/** Names of a kind of list and of its fields, in the viewer's language. */
export function useListWords() {
  const words = useWords();
  const kinds = useCall('lists.kinds', {});
  const infoOf = (kind: ListKind) => kinds.data?.find((one) => one.kind === kind);
  return {
    kind: (kind: ListKind) => {
      const info = infoOf(kind);
      return info ? words.text(info.title) : kind;
    },
    field: (kind: ListKind, id: string) => {
      const field = infoOf(kind)?.fields.find((one) => one.id === id);
      return field ? words.text(field.title) : id;
    },
    fieldsOf: (kind: ListKind) => infoOf(kind)?.fields ?? [],
  };
}

/** What an import of a list changes (`planned`) or changed: counts, rows, and rows that were not taken. */
export function ListDifference({ changes, planned }: { changes: ListChanges; planned?: boolean }) {
  const { t } = useTranslation('tables');
  const format = useFormat();
  const words = useListWords();
  const { previous } = changes;
  return (
    <section aria-label={t('list.difference', { kind: words.kind(changes.kind) })}>
      <Stack gap="xs">
        <Group gap="xs">
          <Text fw={600}>{words.kind(changes.kind)}</Text>
          <Badge color={COLORS.added}>{t('list.added', { count: changes.added })}</Badge>
          <Badge color={COLORS.changed}>{t('list.changed', { count: changes.changed })}</Badge>
          <Badge color={COLORS.removed}>{t('list.removed', { count: changes.removed })}</Badge>
          <Text size="xs" c="dimmed">
            {t('list.unchanged', { count: changes.unchanged })}
          </Text>
        </Group>
        <Text size="xs" c="dimmed">
          {previous
            ? t('list.against', { file: previous.file, at: format.dateTime(previous.at) })
            : t(planned ? 'list.firstPlanned' : 'list.first')}
        </Text>
        {changes.errorCount > 0 ? (
          <Alert color="orange" variant="light" title={t('list.errors', { count: changes.errorCount })}>
            {changes.errors.slice(0, 50).map((error) => (
              <div key={`${error.sheet} ${error.line} ${error.code} ${error.field}`}>
                {t('list.line', { line: error.line })}
                {error.sheet ? ` (${error.sheet})` : ''}: {t(`list.error.${error.code}`)}
                {error.field ? ` · ${words.field(changes.kind, error.field)}` : ''} <Code>{error.value}</Code>
              </div>
            ))}
          </Alert>
        ) : null}
        {changes.changes.length > 0 ? (
          <div className={classes.rows}>
            <Table>
              <Table.Tbody>
                {changes.changes.map((change, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a finished comparison never move
                  <Table.Tr key={index}>
                    <Table.Td w={104} valign="top">
                      <Badge color={COLORS[change.change]}>{t(`list.change.${change.change}`)}</Badge>
                    </Table.Td>
                    <Table.Td>
                      <ChangedFields kind={changes.kind} change={change} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ) : null}
      </Stack>
    </section>
  );
}

/** The row as it is, with what it was where a value changed. */
function ChangedFields({ kind, change }: { kind: ListKind; change: Change }) {
  const words = useListWords();
  const { before, after } = change;
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return (
    <div className={classes.fields}>
      {names.map((name) => {
        const was = before?.[name];
        const is = after?.[name];
        const differs = change.change === 'changed' && was !== is;
        if (change.change === 'changed' && !differs && names.length > 4 && names.indexOf(name) > 1)
          return null;
        return (
          <span key={name} className={classes.field}>
            <Text span size="xs" c="dimmed">
              {words.field(kind, name)}{' '}
            </Text>
            {differs && was !== undefined ? <del className={classes.was}>{was}</del> : null}{' '}
            {is !== undefined ? <span className={differs ? classes.is : undefined}>{is}</span> : null}
            {change.change === 'removed' ? was : null}
          </span>
        );
      })}
    </div>
  );
}
