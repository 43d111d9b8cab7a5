import { JsonInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface JsonFieldProps {
  label: string;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

/** A part that has no fields of its own. What is no JSON is not taken over. */
export function JsonField({ label, value, error, onChange }: JsonFieldProps) {
  const { t } = useTranslation('rules');
  return (
    <JsonInput
      label={label}
      minRows={4}
      maxRows={14}
      autosize
      defaultValue={JSON.stringify(value, null, 2)}
      error={error}
      validationError={t('draft.noJson')}
      onChange={(text) => {
        try {
          onChange(JSON.parse(text));
        } catch {
          // Half-typed JSON: the field itself says so, and the draft keeps what it had.
        }
      }}
    />
  );
}
