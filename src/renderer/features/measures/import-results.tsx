import { Button, List, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

/** The list come back: what was taken, and every row that could not be, with why. */
export function ImportResults() {
  const { t } = useTranslation('measures');
  const words = useWords();
  const native = useNative();
  const notify = useNotify();
  const read = useCommand('measures.importResults');
  const choose = async () => {
    const [file] =
      (await native.openFiles({ filters: [{ name: 'XLSX, CSV', extensions: ['xlsx', 'csv'] }] })) ?? [];
    if (!file) return;
    try {
      const { done, faults } = await read.mutateAsync({ file });
      if (faults.length === 0) notify.done({ title: t('imported', { count: done }) });
      else
        modals.open({
          title: t('imported', { count: done }),
          children: (
            <Stack gap="xs">
              <Text>{t('faults', { count: faults.length })}</Text>
              <List size="sm">
                {faults.slice(0, 100).map(({ row, number, fault }) => (
                  <List.Item key={row}>
                    {t('faultRow', { row, number, fault: words.of('resultFault', fault) })}
                  </List.Item>
                ))}
              </List>
            </Stack>
          ),
        });
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconFileImport size={14} />}
      loading={read.isPending}
      onClick={() => void choose()}
    >
      {t('importResults')}
    </Button>
  );
}
