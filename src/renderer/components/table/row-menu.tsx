import { Kbd, Menu } from '@mantine/core';
import { IconCopy, IconRowInsertBottom, IconSquareCheck, IconWindowMaximize } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A row pressed with the other button, and where, pixels of the window. */
export interface MenuPlace {
  x: number;
  y: number;
  row: number;
  column: number;
}

interface RowMenuProps {
  place: MenuPlace | null;
  onClose: () => void;
  onOpen: (() => void) | null;
  onToggle: (() => void) | null;
  selected: boolean;
  /** Null where the cell has no text. */
  onCopyCell: (() => void) | null;
  onCopyRow: () => void;
}

/** What can be done with one row, at the pointer; the same as its keys do, which stand beside. */
export function RowMenu({ place, onClose, ...run }: RowMenuProps) {
  const { t } = useTranslation();
  const item = (icon: ReactNode, label: string, keys: string, act: (() => void) | null) =>
    act ? (
      <Menu.Item leftSection={icon} rightSection={<Kbd size="xs">{keys}</Kbd>} onClick={act}>
        {label}
      </Menu.Item>
    ) : null;
  return (
    <Menu
      opened={place !== null}
      onChange={(opened) => opened || onClose()}
      position="bottom-start"
      shadow="md"
    >
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: place?.x ?? 0, top: place?.y ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('table.rowMenu')}>
        {item(<IconWindowMaximize size={15} />, t('shortcuts.openRow'), 'Enter', run.onOpen)}
        {item(
          <IconSquareCheck size={15} />,
          t(run.selected ? 'table.deselectRow' : 'table.selectRow'),
          'Space',
          run.onToggle,
        )}
        {item(<IconCopy size={15} />, t('table.copyCell'), 'Ctrl C', run.onCopyCell)}
        {item(<IconRowInsertBottom size={15} />, t('table.copyRow'), 'Ctrl Shift C', run.onCopyRow)}
      </Menu.Dropdown>
    </Menu>
  );
}
