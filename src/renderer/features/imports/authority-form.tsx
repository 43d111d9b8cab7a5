import { zodResolver } from '@hookform/resolvers/zod';
import { Autocomplete, Button, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Authority, AuthorityInput } from '../../../core/domain/workspace.ts';
import { useCommand } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { fromDay } from '../../components/days.ts';
import { FailureView } from '../../components/failure-view.tsx';

/** The record as the form holds it: the expiry is a date field's day. */
const Form = AuthorityInput.extend({ expiresAt: z.string() });
type Form = z.infer<typeof Form>;

const NEEDED = ['authorisedBy', 'purpose', 'scope'] as const;
const ACQUISITION = ['device', 'holder', 'tool', 'acquiredAt'] as const;
const BASES = ['consent', 'houseRule', 'contract', 'statutoryDuty'] as const;

interface AuthorityFormProps {
  onMade: (authority: Authority) => void;
  onCancel: () => void;
}

/** A new authority record: who authorised, for what, how far, on which basis, until when; how it was acquired. */
export function AuthorityForm({ onMade, onCancel }: AuthorityFormProps) {
  const { t } = useTranslation(['imports', 'common']);
  const client = useQueryClient();
  const create = useCommand('authorities.create');
  const form = useForm<Form>({
    resolver: zodResolver(Form),
    defaultValues: {
      authorisedBy: '',
      purpose: '',
      scope: '',
      basis: '',
      expiresAt: '',
      device: '',
      holder: '',
      tool: '',
      acquiredAt: '',
    },
  });
  const { errors } = form.formState;
  const submit = () =>
    form.handleSubmit(({ expiresAt, device, holder, tool, acquiredAt, ...needed }) =>
      create.mutate(
        {
          ...needed,
          // The last moment of the day that was named.
          expiresAt: fromDay(expiresAt, 1) ?? null,
          device: device || null,
          holder: holder || null,
          tool: tool || null,
          acquiredAt: acquiredAt || null,
        },
        {
          onSuccess: (authority) => {
            void client.invalidateQueries({ queryKey: ['authorities.list'] });
            onMade(authority);
          },
        },
      ),
    )();
  return (
    <Stack gap="sm">
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        {NEEDED.map((field) => (
          <TextInput
            key={field}
            label={t(`authority.field.${field}`)}
            placeholder={t(`authority.example.${field}`)}
            withAsterisk
            error={errors[field] ? t('common:form.required') : null}
            {...form.register(field)}
          />
        ))}
        <Controller
          control={form.control}
          name="basis"
          render={({ field }) => (
            <Autocomplete
              size="xs"
              label={t('authority.field.basis')}
              withAsterisk
              data={BASES.map((basis) => t(`authority.basis.${basis}`))}
              error={errors.basis ? t('common:form.required') : null}
              value={field.value}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          control={form.control}
          name="expiresAt"
          render={({ field }) => (
            <DayInput
              label={t('authority.field.expiresAt')}
              value={field.value ?? ''}
              onChange={field.onChange}
            />
          )}
        />
        {ACQUISITION.map((field) => (
          <TextInput
            key={field}
            label={t(`authority.field.${field}`)}
            placeholder={t(`authority.example.${field}`)}
            {...form.register(field)}
          />
        ))}
      </SimpleGrid>
      {create.error ? <FailureView error={create.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:action.cancel')}
        </Button>
        <Button loading={create.isPending} onClick={() => void submit()}>
          {t('authority.save')}
        </Button>
      </Group>
    </Stack>
  );
}
