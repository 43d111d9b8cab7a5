import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SavedFilter } from '../../core/domain/triage.ts';
import { useCall, useCommand } from '../api/hooks.ts';
import { useAskFields } from './ask-fields.tsx';
import { useNotify } from './notify.tsx';
import { compact } from './use-filters.ts';

interface SavedFiltersProps {
  screen: SavedFilter['screen'];
  /** What stands in the address now, without what is open. */
  search: Record<string, unknown>;
  /** Puts a kept filter into the address. */
  onOpen: (search: Record<string, unknown>) => void;
}

/** Filters kept under a name for everybody; each is no more than the screen's address. */
export function SavedFilters({ screen, search, onOpen }: SavedFiltersProps) {
  const { t } = useTranslation('triage');
  const ask = useAskFields();
  const notify = useNotify();
  const { data = [] } = useCall('filters.list', { screen });
  const save = useCommand('filters.save');
  const remove = useCommand('filters.remove');
  const keep = () =>
    ask({
      title: t('filter.keep'),
      explain: t('filter.keepHelp'),
      fields: [{ name: 'name', kind: 'text', label: t('filter.name'), required: true }],
      submit: async ({ name = '' }) =>
        save.mutateAsync({ screen, name, search: JSON.stringify(compact(search)) }),
    });
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconBookmark size={14} />}>
          {t('filter.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {data.length === 0 ? (
          <Text size="sm" c="dimmed" px="sm" py={6}>
            {t('filter.none')}
          </Text>
        ) : null}
        {data.map((one) => (
          <Group key={one.id} gap={2} wrap="nowrap">
            <Menu.Item
              onClick={() => onOpen(JSON.parse(one.search) as Record<string, unknown>)}
              title={`${one.officer} · ${one.search}`}
            >
              {one.name}
            </Menu.Item>
            <ActionIcon
              size="sm"
              aria-label={t('filter.remove', { name: one.name })}
              onClick={() => remove.mutate({ filterId: one.id }, { onError: notify.failed })}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconBookmarkPlus size={14} />} onClick={keep}>
          {t('filter.keep')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
