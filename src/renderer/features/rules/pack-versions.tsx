import { Badge, Button, Code, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';

/** Every version of every pack; versions never change, and old hits keep theirs. */
export function PackVersions() {
  const { t } = useTranslation(['rules', 'common']);
  const format = useFormat();
  const native = useNative();
  const notify = useNotify();
  const versions = useCall('rules.versions', {});
  const exportPack = useCommand('rules.export');
  const save = async (pack: string, version: string) => {
    const file = await native.saveFile({
      defaultName: `${pack}-${version}.json`,
      filters: [{ name: 'JSON', extensions: ['json'] }],
    });
    if (!file) return;
    exportPack.mutate(
      { pack, version, file },
      {
        onSuccess: (done) => notify.done({ title: t('versions.exported'), message: done.file }),
        onError: notify.failed,
      },
    );
  };
  return (
    <Table aria-label={t('versions.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.pack')}</Table.Th>
          <Table.Th>{t('draft.version')}</Table.Th>
          <Table.Th>{t('versions.state')}</Table.Th>
          <Table.Th ta="end">{t('title')}</Table.Th>
          <Table.Th ta="end">{t('column.hits')}</Table.Th>
          <Table.Th>{t('versions.installed')}</Table.Th>
          <Table.Th>SHA-256</Table.Th>
          <Table.Th aria-label={t('common:table.actions')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {(versions.data ?? []).map((one) => (
          <Table.Tr key={`${one.pack} ${one.version}`}>
            <Table.Td>{one.pack}</Table.Td>
            <Table.Td>{one.version}</Table.Td>
            <Table.Td>
              <Badge color={one.enabled ? 'teal' : 'gray'}>
                {t(one.enabled ? 'packs.enabled' : 'packs.disabled')}
              </Badge>{' '}
              {one.backtestId ? <Badge color="ink">{t('versions.tested')}</Badge> : null}
            </Table.Td>
            <Table.Td ta="end">{format.number(one.rules)}</Table.Td>
            <Table.Td ta="end">{format.number(one.hits)}</Table.Td>
            <Table.Td>
              <Time at={one.installedAt} />
            </Table.Td>
            <Table.Td>
              <Code>{one.sha256.slice(0, 12)}…</Code>
            </Table.Td>
            <Table.Td ta="end">
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => void save(one.pack, one.version).catch(notify.failed)}
              >
                {t('versions.export')}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
