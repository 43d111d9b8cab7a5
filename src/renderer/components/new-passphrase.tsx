import { PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { strengthOf } from './passphrase.ts';

interface NewPassphraseProps {
  value: string;
  repeat: string;
  onChange: (value: string) => void;
  onRepeat: (value: string) => void;
  error?: string | undefined;
  repeatError?: string | undefined;
}

const COLORS = ['red', 'red', 'orange', 'teal', 'teal'] as const;
const LEVELS = ['weak', 'weak', 'fair', 'good', 'strong'] as const;

/** A new passphrase, twice, with a hint of its strength. */
export function NewPassphrase({ value, repeat, onChange, onRepeat, error, repeatError }: NewPassphraseProps) {
  const { t } = useTranslation('start');
  const { level } = strengthOf(value);
  return (
    <Stack gap="xs">
      <PasswordInput
        label={t('passphrase.label')}
        description={t('passphrase.help')}
        autoComplete="new-password"
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value ? (
        <div>
          <Progress
            size={4}
            value={(level + 1) * 20}
            color={COLORS[level]}
            aria-label={t('passphrase.strength')}
          />
          <Text size="xs" c="dimmed" mt={2}>
            {t('passphrase.strength')}: {t(`passphrase.level.${LEVELS[level]}`)}
          </Text>
        </div>
      ) : null}
      <PasswordInput
        label={t('passphrase.repeat')}
        autoComplete="new-password"
        value={repeat}
        error={repeatError}
        onChange={(event) => onRepeat(event.currentTarget.value)}
      />
    </Stack>
  );
}
