/** Keys of the screen on show: registered where they act, listed by `?`. */
import { Group, Kbd, Modal, Stack, Table, Text } from '@mantine/core';
import { type HotkeyItem, useDisclosure, useHotkeys } from '@mantine/hooks';
import { useEffect, useId, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

export interface Shortcut {
  /** Mantine's notation: `mod+Enter`, `j`, `shift+?`. */
  keys: string;
  label: string;
  run: () => void;
  /** Listed only; the key is handled elsewhere. */
  listed?: boolean;
  /** Works inside a field too: for what one does to the text that one types. */
  typing?: boolean;
}

type Shown = Pick<Shortcut, 'keys' | 'label'>;

const registry = new Map<string, readonly Shown[]>();
const listeners = new Set<() => void>();
let snapshot: readonly Shown[] = [];

function publish(): void {
  snapshot = [...registry.values()].flat();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A dialog or an open menu takes the keys; a letter must not act on the screen behind it. */
const isCovered = () => document.querySelector('[aria-modal="true"], [role="menu"]') !== null;

/** Makes keys work while the component is mounted: not under a dialog, in a field only those for `typing`. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const id = useId();
  const shown = JSON.stringify(shortcuts.map(({ keys, label }) => ({ keys, label })));
  useEffect(() => {
    registry.set(id, JSON.parse(shown) as Shown[]);
    publish();
    return () => {
      registry.delete(id);
      publish();
    };
  }, [id, shown]);
  const keys = (typing: boolean) =>
    shortcuts
      .filter((shortcut) => !shortcut.listed && (shortcut.typing ?? false) === typing)
      .map((shortcut): HotkeyItem => [shortcut.keys, () => isCovered() || shortcut.run()]);
  useHotkeys(keys(false));
  useHotkeys(keys(true), [], true);
}

const TABLE_KEYS = [
  ['↑ ↓', 'move'],
  ['← →', 'cell'],
  ['PageUp PageDown', 'page'],
  ['Home End', 'edge'],
  ['Enter', 'openRow'],
  ['Space', 'toggle'],
  ['Shift ↑ ↓', 'range'],
  ['Ctrl A', 'all'],
  ['Ctrl C', 'copy'],
  ['Ctrl Shift C', 'copyRow'],
] as const;

function Keys({ keys }: { keys: string }) {
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {keys
        .split(/[\s+]+/)
        .filter(Boolean)
        .map((key) => (
          <Kbd key={key}>{key === 'mod' ? 'Ctrl' : key}</Kbd>
        ))}
    </Group>
  );
}

function Section({ title, rows }: { title: string; rows: readonly Shown[] }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {title}
      </Text>
      <Table withRowBorders={false} verticalSpacing={3}>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.keys}>
              <Table.Th scope="row">{row.label}</Table.Th>
              <Table.Td>
                <Keys keys={row.keys} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** The sheet that `?` opens. Answers how to open it by mouse. */
export function useShortcutSheet() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const shown = useSyncExternalStore(subscribe, () => snapshot);
  useHotkeys([['shift+?', open]], undefined, false);
  useHotkeys([['?', open]]);
  const unique = [...new Map(shown.map((row) => [row.keys, row])).values()];
  const sheet = (
    <Modal opened={opened} onClose={close} title={t('shortcuts.title')} size="md">
      <Stack gap="md">
        <Section
          title={t('shortcuts.global')}
          rows={[
            ...unique,
            { keys: '?', label: t('shortcuts.help') },
            { keys: 'Esc', label: t('shortcuts.escape') },
          ]}
        />
        <Section
          title={t('shortcuts.table')}
          rows={TABLE_KEYS.map(([keys, label]) => ({ keys, label: t(`shortcuts.${label}`) }))}
        />
      </Stack>
    </Modal>
  );
  return { sheet, open };
}
