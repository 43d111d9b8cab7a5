import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { AuthorityForm } from './authority-form.tsx';
import classes from './imports.module.css';

interface AuthorityPickerProps {
  value: string | null;
  onChange: (authorityId: string | null) => void;
}

/** Who allowed this collection: an earlier record or a new one. Packs say so where there is none. */
export function AuthorityPicker({ value, onChange }: AuthorityPickerProps) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const authorities = useCall('authorities.list', {});
  const [writing, setWriting] = useState(false);
  const now = Date.now();
  const known = authorities.data ?? [];
  return (
    <section className={classes.file} aria-label={t('authority.title')}>
      <Stack gap="sm">
        <div>
          <Text fw={600}>{t('authority.title')}</Text>
          <Text size="xs" c="dimmed">
            {t('authority.help')}
          </Text>
        </div>
        {writing ? (
          <AuthorityForm
            onCancel={() => setWriting(false)}
            onMade={(authority) => {
              setWriting(false);
              onChange(authority.id);
            }}
          />
        ) : (
          <Group align="flex-end" gap="xs">
            <Select
              flex={1}
              label={t('authority.choose')}
              placeholder={t('authority.none')}
              clearable
              disabled={known.length === 0}
              value={value}
              onChange={onChange}
              data={known.map((authority) => ({
                value: authority.id,
                label: [
                  authority.authorisedBy,
                  authority.purpose,
                  authority.expiresAt
                    ? t('authority.until', { date: format.date(authority.expiresAt) })
                    : null,
                ]
                  .filter(Boolean)
                  .join(' · '),
                disabled: authority.expiresAt != null && authority.expiresAt < now,
              }))}
            />
            <Button variant="default" onClick={() => setWriting(true)}>
              {t('authority.write')}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
}
