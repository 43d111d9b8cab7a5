import { Anchor, Checkbox, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../core/domain/source.ts';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';
import classes from './imports.module.css';
import { WrittenTime } from './written-time.tsx';

interface ConversationTicksProps {
  conversations: Inspection['conversations'];
  ticked: readonly string[];
  onChange: (keys: string[]) => void;
}

/** Which conversations of the file are kept. Of the others only byte ranges and digests remain. */
export function ConversationTicks({ conversations, ticked, onChange }: ConversationTicksProps) {
  const { t } = useTranslation(['imports', 'common']);
  const words = useWords();
  const format = useFormat();
  const chosen = new Set(ticked);
  const set = (keys: Iterable<string>) => {
    const next = new Set(keys);
    onChange(conversations.map((entry) => entry.key).filter((key) => next.has(key)));
  };
  const kept = conversations
    .filter((entry) => chosen.has(entry.key))
    .reduce((sum, entry) => sum + entry.messages, 0);
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text fw={500}>{t('ticks.title', { count: chosen.size, total: conversations.length })}</Text>
        <Group gap="sm">
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() => set(conversations.map(({ key }) => key))}
          >
            {t('ticks.all')}
          </Anchor>
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() => set(conversations.filter(({ type }) => type !== 'direct').map(({ key }) => key))}
          >
            {t('ticks.groups')}
          </Anchor>
          <Anchor component="button" type="button" size="xs" onClick={() => set([])}>
            {t('ticks.none')}
          </Anchor>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mb={4}>
        {t('ticks.help')}
      </Text>
      <div className={classes.choices}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={32} aria-label={t('common:table.pick')} />
              <Table.Th>{t('ticks.name')}</Table.Th>
              <Table.Th>{t('ticks.type')}</Table.Th>
              <Table.Th ta="end">{t('column.messages')}</Table.Th>
              <Table.Th>{t('ticks.span')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conversations.map((entry) => (
              <Table.Tr key={entry.key}>
                <Table.Td>
                  <Checkbox
                    aria-label={entry.name ?? t('common:state.unnamed')}
                    checked={chosen.has(entry.key)}
                    onChange={(event) =>
                      set(
                        event.currentTarget.checked
                          ? [...chosen, entry.key]
                          : [...chosen].filter((key) => key !== entry.key),
                      )
                    }
                  />
                </Table.Td>
                <Table.Td>
                  {entry.name ?? (
                    <>
                      {t('common:state.unnamed')}{' '}
                      <Text span size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                        {entry.key}
                      </Text>
                    </>
                  )}
                </Table.Td>
                <Table.Td className={classes.word}>{words.of('conversationType', entry.type)}</Table.Td>
                <Table.Td ta="end">{format.number(entry.messages)}</Table.Td>
                <Table.Td c="dimmed">
                  {entry.firstAtText ? <WrittenTime text={entry.firstAtText} /> : null}
                  {entry.lastAtText && entry.lastAtText !== entry.firstAtText ? (
                    <>
                      {' – '}
                      <WrittenTime text={entry.lastAtText} />
                    </>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="xs" mt={4}>
        {t('ticks.kept', { count: kept })}
      </Text>
    </div>
  );
}
