import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChanges } from '../../../core/domain/list.ts';
import { ListDifference } from '../../components/list-difference.tsx';

interface ListPreviewProps {
  name: string;
  lists: readonly ListChanges[];
  /** Compares with the list of another name. */
  onName: (name: string) => void;
}

/** What importing the list would change, before it is applied. */
export function ListPreview({ name, lists, onName }: ListPreviewProps) {
  const { t } = useTranslation('tables');
  const [text, setText] = useState(name);
  const commit = () => text.trim() !== '' && text.trim() !== name && onName(text.trim());
  return (
    <Stack gap="sm">
      <TextInput
        label={t('list.name')}
        description={t('list.nameHelp')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {lists.length === 0 ? <Text c="dimmed">{t('list.nothing')}</Text> : null}
      {lists.map((list) => (
        <ListDifference key={list.kind} changes={list} planned />
      ))}
    </Stack>
  );
}
