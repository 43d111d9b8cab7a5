import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { usePages } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';
import classes from './imports.module.css';
import { stretchesOf } from './ledger.ts';

const PIECES = 400;

/** Where every byte of the source went: a bar in the file's own order, and the sum that must hold. */
export function LedgerBar({ source }: { source: Source }) {
  const { t } = useTranslation('imports');
  const words = useWords();
  const format = useFormat();
  const ranges = usePages('sources.ranges', { sourceId: source.id }, { limit: 500 });
  const { parsedBytes, skippedBytes, ignoredBytes } = source.ledger;
  const sum = parsedBytes + skippedBytes + ignoredBytes;
  const left = source.bytes - sum;
  // Of an import under way or cut off, bytes not yet read are no fault of the ledger.
  const unread = left > 0 && (source.state === 'partial' || source.state === 'importing');
  const rows = [
    ['parsed', parsedBytes],
    ['skipped', skippedBytes],
    ['ignored', ignoredBytes],
  ] as const;
  return (
    <div>
      <svg
        className={classes.ledger}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('ledger.label')}
      >
        {stretchesOf(ranges.rows, source.bytes, PIECES).map(({ kind, from, to }) => (
          <rect key={from} data-kind={kind} x={from} width={to - from} y={0} height={1} />
        ))}
      </svg>
      {ranges.more ? (
        <Group gap="xs" mt={4}>
          <Text size="xs" c="dimmed">
            {t('ledger.partly', { count: ranges.rows.length, total: ranges.total ?? 0 })}
          </Text>
          <Button size="compact-xs" variant="subtle" loading={ranges.loadingMore} onClick={ranges.loadMore}>
            {t('ledger.more')}
          </Button>
        </Group>
      ) : null}
      <Table mt="xs" withRowBorders={false} verticalSpacing={2}>
        <Table.Tbody>
          {rows.map(([kind, bytes]) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row">
                <i className={classes.key} data-kind={kind} />
                {words.of('rangeKind', kind)}
              </Table.Th>
              <Table.Td ta="end">{format.number(bytes)}</Table.Td>
              <Table.Td ta="end" w={116} c="dimmed">
                {source.bytes === 0 ? '' : format.percent(bytes / source.bytes, 2)}
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr fw={600}>
            <Table.Th scope="row">{t('ledger.sum')}</Table.Th>
            <Table.Td ta="end">{format.number(sum)}</Table.Td>
            {unread ? (
              <Table.Td />
            ) : (
              <Table.Td ta="end" c={left === 0 ? 'teal' : 'red'}>
                {left === 0 ? t('ledger.balances') : t('ledger.open', { bytes: format.number(left) })}
              </Table.Td>
            )}
          </Table.Tr>
          {unread ? (
            <Table.Tr c="dimmed">
              <Table.Td>{t('ledger.unread')}</Table.Td>
              <Table.Td ta="end">{format.number(left)}</Table.Td>
              <Table.Td ta="end">{format.percent(left / source.bytes, 2)}</Table.Td>
            </Table.Tr>
          ) : null}
        </Table.Tbody>
      </Table>
    </div>
  );
}
