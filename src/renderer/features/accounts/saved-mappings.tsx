import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SavedMapping } from '../../../core/domain/table.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { useListWords } from '../../components/list-difference.tsx';
import { useNotify } from '../../components/notify.tsx';

/** Mappings of tables that the workspace keeps; nothing where there are none. */
export function SavedMappings() {
  const { t } = useTranslation('tables');
  const format = useFormat();
  const words = useListWords();
  const notify = useNotify();
  const mappings = useCall('mappings.list', {});
  const remove = useCommand('mappings.remove');
  if (!mappings.data || mappings.data.length === 0) return null;
  const take = ({ id, mapping }: SavedMapping) =>
    remove.mutate(
      { mappingId: id },
      {
        onSuccess: () => notify.done({ title: t('lists.removed', { name: mapping.name }) }),
        onError: notify.failed,
      },
    );
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('lists.mappings')}>
      <Text fw={600} mb={4}>
        {t('lists.mappings')}
      </Text>
      {mappings.data.map((saved) => (
        <Group key={saved.id} justify="space-between" wrap="nowrap">
          <Text size="sm" truncate>
            {saved.mapping.name}{' '}
            <Text span size="xs" c="dimmed">
              {t('lists.mappingTarget', {
                target:
                  saved.mapping.target === 'messages'
                    ? t('wizard.messages')
                    : words.kind(saved.mapping.target),
              })}{' '}
              · {format.dateTime(saved.savedAt)} · {saved.officer}
            </Text>
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => take(saved)}>
            {t('lists.remove')}
          </Button>
        </Group>
      ))}
    </Paper>
  );
}
