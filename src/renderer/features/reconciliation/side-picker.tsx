import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/domain/source.ts';
import { useCall } from '../../api/hooks.ts';
import classes from './reconciliation.module.css';

interface SidePickerProps {
  side: 'a' | 'b';
  sources: readonly Source[];
  sourceId: string | undefined;
  conversationId: string | undefined;
  onSource: (id: string | undefined) => void;
  onConversation: (id: string | undefined) => void;
}

const ALL = 'all';

/** One side's export, and the chat in it where it holds several. */
export function SidePicker(props: SidePickerProps) {
  const { side, sources, sourceId, conversationId, onSource, onConversation } = props;
  const { t } = useTranslation('reconciliation');
  const held = useCall(
    'reconciliation.sides',
    { sourceId: sourceId ?? '' },
    { enabled: sourceId !== undefined },
  );
  const several = (held.data?.length ?? 0) > 1;
  return (
    <div className={classes.side}>
      <Select
        label={t(`side.${side}`)}
        placeholder={t('side.choose')}
        searchable
        value={sourceId ?? null}
        onChange={(value) => onSource(value ?? undefined)}
        data={sources.map(({ id, file }) => ({ value: id, label: file }))}
      />
      <Select
        label={t('side.conversation')}
        searchable
        disabled={!several}
        allowDeselect={false}
        value={conversationId ?? (several ? ALL : (held.data?.[0]?.conversationId ?? null))}
        onChange={(value) => onConversation(value === null || value === ALL ? undefined : value)}
        data={[
          ...(several ? [{ value: ALL, label: t('side.all') }] : []),
          ...(held.data ?? []).map((one) => ({
            value: one.conversationId,
            label: `${one.name ?? one.conversationId} · ${t('side.messages', { count: one.messages })}`,
          })),
        ]}
      />
    </div>
  );
}
