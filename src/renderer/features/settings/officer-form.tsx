import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Passphrase, Role } from '../../../core/domain/workspace.ts';
import { useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { NewPassphrase } from '../../components/new-passphrase.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

const Form = z
  .object({ name: z.string().trim().min(1), role: Role, passphrase: Passphrase, repeat: z.string() })
  .refine((form) => form.passphrase === form.repeat, { path: ['repeat'] });
type Form = z.infer<typeof Form>;

/** A further officer. The passphrase is typed by that officer, not by the one who is unlocked. */
export function OfficerForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['settings', 'start', 'common']);
  const words = useWords();
  const notify = useNotify();
  const create = useCommand('officers.create');
  const form = useForm<Form>({
    resolver: zodResolver(Form),
    defaultValues: { name: '', role: 'officer', passphrase: '', repeat: '' },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ name, role, passphrase }) =>
    create.mutate(
      { name, role, passphrase },
      {
        onSuccess: (officer) => {
          notify.done({ title: t('officers.added', { name: officer.name }) });
          onDone();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('officers.name')}
          error={errors.name ? t('common:form.required') : null}
          {...form.register('name')}
        />
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <Select
              label={t('officers.role')}
              description={t(`officers.roleHelp.${field.value}`)}
              allowDeselect={false}
              data={words.choices('role', Role.options)}
              value={field.value}
              onChange={(role) => role && field.onChange(role)}
            />
          )}
        />
        <Text c="dimmed">{t('officers.ownPassphrase')}</Text>
        <NewPassphrase
          value={form.watch('passphrase')}
          onChange={(value) => form.setValue('passphrase', value)}
          repeat={form.watch('repeat')}
          onRepeat={(value) => form.setValue('repeat', value)}
          error={errors.passphrase ? t('common:form.tooShort', { min: 8 }) : undefined}
          repeatError={errors.repeat ? t('start:passphrase.different') : undefined}
        />
        {create.error ? <FailureView error={create.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t('officers.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
