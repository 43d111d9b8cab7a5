// biome-ignore-all lint/a11y/useSemanticElements: a list box beside its field, as the ARIA pattern of a combobox has it
import { Kbd, Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../components/shortcuts.tsx';
import classes from './palette.module.css';
import { usePaletteEntries } from './palette-entries.ts';

interface Own {
  lock: () => void;
  shortcuts: () => void;
}

const DELAY_MS = 150;

/** `Ctrl K` anywhere: a field that leads to every screen, case, account and chat by a few letters. */
export function usePalette(own: Own) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  // While typing in a field too: it is how one leaves it.
  useHotkeys([['mod+k', open]], [], true);
  useShortcuts([{ keys: 'mod+K', label: t('palette.open'), run: open, listed: true }]);
  const palette = (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      aria-label={t('palette.open')}
    >
      <Palette own={own} onDone={close} />
    </Modal>
  );
  return { palette, open };
}

function Palette({ own, onDone }: { own: Own; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, DELAY_MS);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const entries = usePaletteEntries(text, own);
  const chosen = Math.min(at, entries.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice comes into view
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);
  const take = (index: number) => {
    const entry = entries[index];
    if (!entry) return;
    onDone();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    // An input method takes Enter and the arrows for its own list.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((chosen + step + entries.length) % entries.length);
    else if (event.key === 'Enter') take(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        className={classes.field}
        role="combobox"
        aria-label={t('palette.open')}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={t('palette.placeholder')}
        leftSection={<IconSearch size={18} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('palette.open')}
        className={classes.list}
      >
        {entries.map((entry, index) => (
          <div key={entry.id}>
            {entries[index - 1]?.group === entry.group ? null : (
              <div className={classes.group} aria-hidden>
                {t(`palette.group.${entry.group}`)}
              </div>
            )}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the field holds the focus and names the option */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled on the field */}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={classes.entry}
              onPointerMove={() => setAt(index)}
              onClick={() => take(index)}
            >
              <entry.icon size={17} stroke={1.6} />
              <span className={classes.label}>{entry.label}</span>
              {entry.note ? (
                <Text span size="xs" c="dimmed">
                  {entry.note}
                </Text>
              ) : null}
            </div>
          </div>
        ))}
      </div>
      <div className={classes.foot}>
        <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t('palette.choose')} <Kbd size="xs">Enter</Kbd>{' '}
        {t('palette.take')} <Kbd size="xs">Esc</Kbd> {t('action.close')}
      </div>
    </>
  );
}
