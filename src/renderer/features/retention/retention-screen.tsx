import { Button, Group, Stack, Switch, Table, Text, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Retained, RetentionRule } from '../../../core/domain/retention.ts';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useFormat } from '../../components/format.ts';
import { Page } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import classes from '../cases/cases.module.css';
import { Box } from '../custody/box.tsx';
import { Certificates } from './certificates.tsx';
import { DestroyDialog } from './destroy-dialog.tsx';

/** Rows of the list that are shown at first; what is due comes first. */
const SHOWN = 50;

/** How long things are kept, what is due, and what was destroyed. */
export function RetentionScreen() {
  const { t } = useTranslation('custody');
  const [dueOnly, setDueOnly] = useState(false);
  const [destroying, setDestroying] = useState<Retained | null>(null);
  const rules = useCall('retention.rules', {});
  const list = useCall('retention.list', { dueOnly }, { keep: true });
  const rows = list.data ?? [];
  return (
    <Page title={t('retention.title')} subtitle={t('retention.subtitle')}>
      <Stack gap="md">
        <Box title={t('retention.rules')}>
          <div className={classes.scroll}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('retention.name')}</Table.Th>
                  <Table.Th>{t('retention.period')}</Table.Th>
                  <Table.Th>{t('retention.basis')}</Table.Th>
                  <Table.Th aria-label={t('retention.change')} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {(rules.data ?? []).map((rule) => (
                  <RuleRow key={rule.kind} rule={rule} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </Box>
        <Box
          title={t('retention.list')}
          actions={
            <Switch
              label={t('retention.dueOnly')}
              checked={dueOnly}
              onChange={(event) => setDueOnly(event.currentTarget.checked)}
            />
          }
        >
          {list.data && rows.length === 0 ? (
            <Text c="dimmed">{t(dueOnly ? 'retention.nothingDue' : 'retention.nothing')}</Text>
          ) : (
            <div className={classes.scroll}>
              <Table miw={640}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('retention.name')}</Table.Th>
                    <Table.Th>{t('retention.since')}</Table.Th>
                    <Table.Th>{t('retention.period')}</Table.Th>
                    <Table.Th>{t('retention.cases')}</Table.Th>
                    <Table.Th aria-label={t('retention.destroy')} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.slice(0, SHOWN).map((row) => (
                    <RetainedRow
                      key={`${row.kind} ${row.id}`}
                      row={row}
                      onDestroy={() => setDestroying(row)}
                    />
                  ))}
                </Table.Tbody>
              </Table>
              {rows.length > SHOWN ? (
                <Text c="dimmed" p="xs">
                  {t('retention.more', { count: rows.length - SHOWN })}
                </Text>
              ) : null}
            </div>
          )}
        </Box>
        <Certificates />
      </Stack>
      {destroying ? <DestroyDialog row={destroying} onClose={() => setDestroying(null)} /> : null}
    </Page>
  );
}

function RuleRow({ rule }: { rule: RetentionRule }) {
  const { t } = useTranslation('custody');
  const ask = useAskFields();
  const invoke = useInvoke();
  const change = () =>
    ask({
      title: t('retention.ruleTitle', { kind: t(`retention.kind.${rule.kind}`) }),
      fields: [
        {
          name: 'days',
          kind: 'number',
          label: t('retention.daysLabel'),
          help: t('retention.daysHelp'),
          initial: rule.days === null ? '' : String(rule.days),
        },
        {
          name: 'basis',
          kind: 'text',
          label: t('retention.basis'),
          help: t('retention.basisHelp'),
          initial: rule.basis,
          required: true,
        },
      ],
      submit: ({ days = '', basis = '' }) =>
        invoke('retention.setRule', { kind: rule.kind, days: days === '' ? null : Number(days), basis }),
    });
  return (
    <Table.Tr>
      <Table.Td w={170}>
        {t(`retention.kind.${rule.kind}`)}
        <Text size="xs" c="dimmed">
          {t(`retention.from.${rule.kind}`)}
        </Text>
      </Table.Td>
      <Table.Td w={120}>
        {rule.days === null ? (
          <Text c="dimmed">{t('retention.noPeriod')}</Text>
        ) : (
          t('retention.days', { count: rule.days })
        )}
      </Table.Td>
      <Table.Td>
        {rule.basis}
        {rule.officer && rule.at ? (
          <Text size="xs" c="dimmed">
            {rule.officer} · <Time at={rule.at} />
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td ta="end">
        <Button variant="subtle" size="compact-xs" onClick={change}>
          {t('retention.change')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function RetainedRow({ row, onDestroy }: { row: Retained; onDestroy: () => void }) {
  const { t } = useTranslation('custody');
  const format = useFormat();
  const held = row.holds.length > 0;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {row.name.split(/[\\/]/).at(-1)}
        <Text size="xs" c="dimmed">
          {t(`retention.kind.${row.kind}`)}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={row.since} />
      </Table.Td>
      <Table.Td>
        {row.dueAt === null ? (
          <Text c="dimmed">{t('retention.noPeriod')}</Text>
        ) : row.due ? (
          <Text c="orange">
            {t('retention.due')} · {format.date(row.dueAt)}
          </Text>
        ) : (
          t('retention.dueAt', { at: format.date(row.dueAt) })
        )}
        {row.holds.map((hold) => (
          <Text key={`${hold.on} ${hold.name} ${hold.reason}`} size="xs" style={{ overflowWrap: 'anywhere' }}>
            <Text span inherit c="orange">
              {t(`holds.on.${hold.on}`, { name: hold.name })}
            </Text>
            {' · '}
            {hold.byFiling ? t('holds.byFiling') : hold.reason}
          </Text>
        ))}
        {row.begun ? (
          <Text size="xs" c="red">
            {t('retention.begun', { officer: row.begun.officer, at: format.dateTime(row.begun.at) })}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>{format.list(row.cases)}</Table.Td>
      <Table.Td ta="end">
        <Group justify="flex-end">
          <Tooltip label={t('retention.heldTip')} disabled={!held}>
            <Button variant="subtle" color="red" size="compact-xs" disabled={held} onClick={onDestroy}>
              {t(row.begun ? 'retention.goOn' : 'retention.destroy')}
            </Button>
          </Tooltip>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
