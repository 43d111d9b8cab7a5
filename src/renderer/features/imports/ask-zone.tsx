import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ZoneSelect } from '../../components/zone-select.tsx';

/** Asks for the zone of a source's wall-clock times; null where the officer cancels. */
export function useAskZone(): (present: string) => Promise<string | null> {
  const { t } = useTranslation('imports');
  return useCallback(
    (present) =>
      new Promise((resolve) => {
        let answer: string | null = null;
        const id = modals.open({
          title: t('zone.title'),
          onClose: () => resolve(answer),
          children: (
            <ZoneForm
              present={present}
              onCancel={() => modals.close(id)}
              onZone={(zone) => {
                answer = zone;
                modals.close(id);
              }}
            />
          ),
        });
      }),
    [t],
  );
}

interface ZoneFormProps {
  present: string;
  onZone: (zone: string) => void;
  onCancel: () => void;
}

function ZoneForm({ present, onZone, onCancel }: ZoneFormProps) {
  const { t } = useTranslation(['imports', 'common']);
  const [zone, setZone] = useState(present);
  return (
    <Stack gap="sm">
      <Text>{t('zone.explain')}</Text>
      <ZoneSelect label={t('fact.zone')} value={zone} onChange={setZone} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:action.cancel')}
        </Button>
        <Button disabled={zone === present} onClick={() => onZone(zone)}>
          {t('zone.change')}
        </Button>
      </Group>
    </Stack>
  );
}
