import { Badge, Button, Group, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duty } from '../../../core/domain/case.ts';
import type { DutyStep } from '../../../core/domain/duty.ts';
import { useCommand } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { PickedFile } from './picked-file.tsx';

const FOLLOWING = ['receipt', 'reply', 'supplement'] as const;
type Following = (typeof FOLLOWING)[number];

/** What was proved, filed and received, in order. */
export function DutySteps({ steps }: { steps: readonly DutyStep[] }) {
  const { t } = useTranslation('duties');
  const words = useWords();
  if (steps.length === 0) return null;
  return (
    <Table aria-label={t('steps.title')}>
      <Table.Tbody>
        {steps.map((step) => (
          <Table.Tr key={step.id}>
            <Table.Td>
              <Group gap={4}>
                <Badge color={step.test ? 'yellow' : 'ink'} variant="light">
                  {words.of('dutyStepKind', step.kind)}
                </Badge>
                {step.test ? <Badge color="yellow">{t('test.badge')}</Badge> : null}
              </Group>
            </Table.Td>
            <Table.Td>
              <Time at={step.at} />
            </Table.Td>
            <Table.Td>
              <Text>{[step.number, step.note].filter(Boolean).join(' · ')}</Text>
              {step.file ? (
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {step.file} · {step.sha256?.slice(0, 16)}…
                </Text>
              ) : null}
              <Text size="xs" c="dimmed">
                {step.officer}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Notes what came back after a report was filed, or what was sent after it. */
export function AddStep({ duty }: { duty: Duty }) {
  const { t } = useTranslation(['duties', 'common']);
  const words = useWords();
  const add = useCommand('duties.addStep');
  const [kind, setKind] = useState<Following>('reply');
  const [number, setNumber] = useState('');
  const [note, setNote] = useState('');
  const [file, setFile] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { dutyId: duty.id, kind, at: Date.now(), number: number.trim() || null, note: note.trim(), file },
      {
        onSuccess: () => {
          setNumber('');
          setNote('');
          setFile(null);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('steps.add')}>
      <Stack gap="xs">
        <Group gap="xs" grow align="flex-start">
          <Select
            label={t('steps.kind')}
            value={kind}
            allowDeselect={false}
            data={FOLLOWING.map((value) => ({ value, label: words.of('dutyStepKind', value) }))}
            onChange={(value) => setKind((value ?? 'reply') as Following)}
          />
          <TextInput
            label={t('steps.number')}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          label={t('file.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <PickedFile file={file} onFile={setFile} />
        {add.error ? <FailureView error={add.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={add.isPending}>
            {t('steps.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
