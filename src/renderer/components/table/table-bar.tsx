import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import { IconColumns3, IconCopy, IconRefresh, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listing } from '../../api/hooks.ts';
import type { DataColumn } from './columns.ts';
import classes from './data-table.module.css';
import type { Selection } from './use-selection.ts';

interface TableBarProps<T> {
  listing: Listing<T>;
  columns: readonly DataColumn<T>[];
  isShown: (id: string) => boolean;
  onShow: (id: string, show: boolean) => void;
  onResetWidths: () => void;
  onCopy: () => void;
  selection: Selection | undefined;
  actions: ReactNode;
}

/** Above the rows: how many there are, what is selected, what can be done with the table. */
export function TableBar<T>(props: TableBarProps<T>) {
  const { listing, selection } = props;
  const { t } = useTranslation();
  const total = listing.total ?? listing.rows.length;
  const visible = props.columns.filter((column) => props.isShown(column.id)).length;
  return (
    <div className={classes.bar}>
      <Group gap="xs">
        {selection && selection.ids.size > 0 ? (
          <>
            <Text fw={500}>{t('table.selected', { count: selection.ids.size })}</Text>
            <Tooltip label={t('table.clearSelection')}>
              <ActionIcon size="sm" aria-label={t('table.clearSelection')} onClick={selection.clear}>
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          </>
        ) : listing.loading ? null : (
          <Text c="dimmed" aria-live="polite">
            {listing.more
              ? t('table.loaded', { total, loaded: listing.rows.length })
              : t('table.rows', { count: total })}
          </Text>
        )}
        {props.actions}
        {listing.changed ? (
          <Button variant="light" leftSection={<IconRefresh size={14} />} onClick={listing.refresh}>
            {t('table.changed')} · {t('table.refresh')}
          </Button>
        ) : null}
      </Group>
      <Group gap={2}>
        <Tooltip label={t('table.copyTable')}>
          <ActionIcon
            aria-label={t('table.copyTable')}
            onClick={props.onCopy}
            disabled={listing.rows.length === 0}
          >
            <IconCopy size={16} />
          </ActionIcon>
        </Tooltip>
        <Menu closeOnItemClick={false}>
          <Menu.Target>
            <Tooltip label={t('table.columns')}>
              <ActionIcon aria-label={t('table.columns')}>
                <IconColumns3 size={16} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('table.columns')}</Menu.Label>
            {props.columns.map((column) => {
              const shown = props.isShown(column.id);
              return (
                <Menu.CheckboxItem
                  key={column.id}
                  checked={shown}
                  disabled={shown && visible === 1}
                  onChange={(show) => props.onShow(column.id, show)}
                >
                  {column.header}
                </Menu.CheckboxItem>
              );
            })}
            <Menu.Divider />
            <Menu.Item onClick={props.onResetWidths}>{t('table.widths')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}
