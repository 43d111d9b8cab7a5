import { Alert, Checkbox, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BundleView } from '../../../core/domain/source.ts';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';
import classes from './imports.module.css';

interface BundleContentsProps {
  bundle: BundleView;
  ticked: readonly string[];
  onChange: (paths: string[]) => void;
}

/** Rows that the table shows; a Slack export has a file for each day of years. */
const SHOWN = 300;

/** What a folder or archive holds: files that can be read, to choose from, and those that nothing reads. */
export function BundleContents({ bundle, ticked, onChange }: BundleContentsProps) {
  const { t } = useTranslation(['tables', 'errors', 'common']);
  const words = useWords();
  const format = useFormat();
  const chosen = new Set(ticked);
  const { members } = bundle;
  const set = (paths: Iterable<string>) => {
    const next = new Set(paths);
    onChange(members.map(({ path }) => path).filter((path) => next.has(path)));
  };
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={500}>{t('bundle.members', { count: chosen.size, total: members.length })}</Text>
        <Checkbox
          label={t('bundle.all')}
          checked={chosen.size === members.length && members.length > 0}
          indeterminate={chosen.size > 0 && chosen.size < members.length}
          onChange={(event) => set(event.currentTarget.checked ? members.map(({ path }) => path) : [])}
        />
      </Group>
      {members.length > 0 ? (
        <div className={classes.choices}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w={32} aria-label={t('common:table.pick')} />
                <Table.Th>{t('bundle.path')}</Table.Th>
                <Table.Th>{t('bundle.format')}</Table.Th>
                <Table.Th ta="end">{t('bundle.size')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {members.slice(0, SHOWN).map((member) => (
                <Table.Tr key={member.path}>
                  <Table.Td>
                    <Checkbox
                      aria-label={member.path}
                      checked={chosen.has(member.path)}
                      onChange={(event) =>
                        set(
                          event.currentTarget.checked
                            ? [...chosen, member.path]
                            : [...chosen].filter((path) => path !== member.path),
                        )
                      }
                    />
                  </Table.Td>
                  <Table.Td className={classes.path}>{member.path}</Table.Td>
                  <Table.Td>{words.text(member.title)}</Table.Td>
                  <Table.Td ta="end">{format.bytes(member.bytes)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : null}
      {members.length > SHOWN ? (
        <Text size="xs" c="dimmed">
          {t('bundle.more', { count: members.length - SHOWN })}
        </Text>
      ) : null}
      {bundle.ignored.map((group) => (
        <Text key={`${group.container} ${group.kind}`} size="xs" c="dimmed" title={group.examples.join('\n')}>
          {t(`bundle.ignored.${group.kind}`, { count: group.files, size: format.bytes(group.bytes) })}
        </Text>
      ))}
      {bundle.refused.length > 0 ? (
        <Alert color="red" variant="light" title={t('bundle.refused', { count: bundle.refused.length })}>
          {bundle.refused.slice(0, 50).map(({ path, code, detail }) => (
            <div key={`${path} ${code}`} title={detail}>
              <Code>{path || '—'}</Code> {t(`refusal.${code}` as never, { defaultValue: detail })}
            </div>
          ))}
        </Alert>
      ) : null}
    </Stack>
  );
}
