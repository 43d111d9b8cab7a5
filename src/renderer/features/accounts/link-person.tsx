import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, usePages } from '../../api/hooks.ts';
import { useNotify } from '../../components/notify.tsx';

/** Links an account to a person that is there, or to a new one; the reason is kept. */
export function LinkPerson({ accountId, onDone }: { accountId: string; onDone: () => void }) {
  const { t } = useTranslation(['accounts', 'common']);
  const notify = useNotify();
  const link = useCommand('people.link');
  const people = usePages('people.list', {}, { limit: 500 });
  const [chosen, setChosen] = useState<'new' | 'existing'>('new');
  const [personId, setPersonId] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const who =
    chosen === 'new' ? (name.trim() ? { name: name.trim() } : null) : personId ? { personId } : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!who || !reason.trim()) return;
    link.mutate(
      { accountId, reason: reason.trim(), ...who },
      {
        onSuccess: () => {
          notify.done({ title: t('identity.linkedDone') });
          onDone();
        },
        onError: notify.failed,
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {t('identity.explain')}
        </Text>
        {people.rows.length > 0 ? (
          <SegmentedControl
            aria-label={t('identity.person')}
            value={chosen}
            onChange={(value) => setChosen(value as 'new' | 'existing')}
            data={[
              { value: 'new', label: t('identity.new') },
              { value: 'existing', label: t('identity.existing') },
            ]}
          />
        ) : null}
        {chosen === 'new' ? (
          <TextInput
            label={t('identity.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : (
          <Select
            label={t('identity.existing')}
            searchable
            value={personId}
            onChange={setPersonId}
            data={people.rows.map((person) => ({
              value: person.id,
              label: `${person.name} (${person.accounts.filter(({ undone }) => undone === null).length})`,
            }))}
          />
        )}
        <TextInput
          label={t('identity.reason')}
          description={t('identity.reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" disabled={!who || !reason.trim()} loading={link.isPending}>
            {t('identity.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('common:action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
