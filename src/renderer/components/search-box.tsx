import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from './shortcuts.tsx';

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  width?: number | string;
}

const DELAY_MS = 200;

/** A search field that `/` focuses. It waits while an input method is composing. */
export function SearchBox({ value, onChange, placeholder, width = 280 }: SearchBoxProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const composing = useRef(false);
  const [typed, setTyped] = useState(value);
  const send = useDebouncedCallback(onChange, DELAY_MS);
  useEffect(() => {
    if (!composing.current && document.activeElement !== input.current) setTyped(value);
  }, [value]);
  useShortcuts([{ keys: '/', label: t('shortcuts.search'), run: () => input.current?.focus() }]);
  const change = (next: string) => {
    setTyped(next);
    if (!composing.current) send(next);
  };
  return (
    <TextInput
      ref={input}
      w={width}
      type="search"
      aria-label={t('search.label')}
      placeholder={placeholder}
      value={typed}
      leftSection={<IconSearch size={15} />}
      rightSection={
        typed ? (
          <CloseButton
            size="xs"
            aria-label={t('search.clear')}
            onClick={() => {
              setTyped('');
              onChange('');
              input.current?.focus();
            }}
          />
        ) : null
      }
      onChange={(event) => change(event.currentTarget.value)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        send(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') input.current?.blur();
        if (event.key === 'Enter' && !composing.current) onChange(typed);
      }}
    />
  );
}
