import { CloseButton, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './filter-chips.module.css';

export interface FilterChip {
  id: string;
  /** What is filtered: 会话, 类型 … */
  label: string;
  /** The value in words. */
  value: string;
  onRemove: () => void;
}

/** Filters in force, each with its way out. */
export function FilterChips({ chips, onClear }: { chips: readonly FilterChip[]; onClear: () => void }) {
  const { t } = useTranslation();
  if (chips.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('filter.label')}>
      {chips.map((chip) => (
        <li key={chip.id} className={classes.chip}>
          <Text span size="xs" c="dimmed">
            {chip.label}
          </Text>
          <span className={classes.value}>{chip.value}</span>
          <CloseButton
            size={18}
            iconSize={12}
            aria-label={`${t('action.remove')} ${chip.label} ${chip.value}`}
            onClick={chip.onRemove}
          />
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <UnstyledButton className={classes.clear} onClick={onClear}>
            {t('action.clearAll')}
          </UnstyledButton>
        </li>
      ) : null}
    </ul>
  );
}
