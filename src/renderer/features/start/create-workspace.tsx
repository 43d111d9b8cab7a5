import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Passphrase, Profile, type WorkspaceStatus } from '../../../core/domain/workspace.ts';
import { useCommand } from '../../api/hooks.ts';
import { applyStatus } from '../../api/query-client.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { NewPassphrase } from '../../components/new-passphrase.tsx';
import { ProfileCards } from '../../components/profile-cards.tsx';
import { RecoveryKey } from '../../components/recovery-key.tsx';
import { OtherWays, type Sample } from './other-ways.tsx';
import { SamplePassphrases } from './sample-passphrases.tsx';
import classes from './start.module.css';
import { StartFrame } from './start-frame.tsx';

const Form = z
  .object({
    profile: Profile,
    officerName: z.string().trim().min(1, 'required'),
    passphrase: Passphrase,
    repeat: z.string(),
  })
  .refine((form) => form.passphrase === form.repeat, { path: ['repeat'], message: 'different' });
type Form = z.infer<typeof Form>;

interface Made {
  status: WorkspaceStatus;
  recoveryKey: string;
}

interface CreateWorkspaceProps {
  status: WorkspaceStatus;
  /** Keeps this screen although the workspace is open already, until what is shown once has been read. */
  hold: (held: boolean) => void;
}

/** First start: an own workspace, or the sample, or a backup. */
export function CreateWorkspace({ status, hold }: CreateWorkspaceProps) {
  const { t } = useTranslation(['start', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [made, setMade] = useState<Made | null>(null);
  const [sample, setSample] = useState<Sample | null>(null);
  const enter = (next: WorkspaceStatus) => {
    void navigate({ to: '/' });
    applyStatus(client, next);
    hold(false);
  };
  if (sample)
    return (
      <StartFrame title={t('sample.title')} lead={t('sample.help')}>
        <SamplePassphrases passphrases={sample.passphrases} onDone={() => enter(sample.status)} />
      </StartFrame>
    );
  if (made)
    return (
      <StartFrame title={t('recovery.title')} lead={t('recovery.lead')} width={560}>
        <RecoveryKey
          recoveryKey={made.recoveryKey}
          doneLabel={t('recovery.continue')}
          onDone={() => enter(made.status)}
        />
      </StartFrame>
    );
  return (
    <StartFrame title={t('create.title')} lead={t('create.lead')} width={1080}>
      <div className={classes.ways}>
        <CreateForm onMade={setMade} hold={hold} />
        <aside className={classes.aside}>
          <OtherWays onOpen={enter} onSample={setSample} hold={hold} />
        </aside>
      </div>
      <Text size="xs" c="dimmed">
        {t('create.path', { path: status.path })}
      </Text>
    </StartFrame>
  );
}

interface CreateFormProps {
  onMade: (made: Made) => void;
  hold: (held: boolean) => void;
}

function CreateForm({ onMade, hold }: CreateFormProps) {
  const { t } = useTranslation(['start', 'common']);
  const create = useCommand('workspace.create');
  const form = useForm<Form>({
    resolver: zodResolver(Form),
    defaultValues: { officerName: '', passphrase: '', repeat: '' },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ profile, officerName, passphrase }) => {
    hold(true);
    create.mutate({ profile, officerName, passphrase }, { onSuccess: onMade, onError: () => hold(false) });
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <div>
          <Text fw={500} mb={6}>
            {t('profile.label')}
          </Text>
          <Controller
            control={form.control}
            name="profile"
            render={({ field }) => <ProfileCards value={field.value ?? null} onChange={field.onChange} />}
          />
          {errors.profile ? (
            <Text c="red" size="xs" mt={4} role="alert">
              {t('profile.required')}
            </Text>
          ) : null}
        </div>
        <TextInput
          label={t('officer.label')}
          description={t('officer.help')}
          error={errors.officerName ? t('common:form.required') : null}
          {...form.register('officerName')}
        />
        <Controller
          control={form.control}
          name="passphrase"
          render={({ field }) => (
            <NewPassphrase
              value={field.value}
              onChange={field.onChange}
              repeat={form.watch('repeat')}
              onRepeat={(value) =>
                form.setValue('repeat', value, { shouldValidate: form.formState.isSubmitted })
              }
              error={errors.passphrase ? t('common:form.tooShort', { min: 8 }) : undefined}
              repeatError={errors.repeat ? t('passphrase.different') : undefined}
            />
          )}
        />
        {create.error ? <FailureView error={create.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" size="sm" loading={create.isPending}>
            {t('create.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
