import { Badge, Button, Group, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { IconBuildingBank, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Inspection, InspectionKind } from '../../../core/domain/duty.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { DayInput } from '../../components/day-input.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { PrintSheet } from '../../components/print-sheet.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { fromMinutes, toMinutes } from './minutes.ts';
import { PickedFile } from './picked-file.tsx';

type Kind = Inspection['kind'];

/** Inspections received, assistance asked for and orders to put something right, with what was given. */
export function RegisterView() {
  const { t } = useTranslation('duties');
  const [adding, setAdding] = useState(false);
  const [answering, setAnswering] = useState<Inspection | null>(null);
  const query = useCall('inspections.list', {});
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text c="dimmed">{t('register.help')}</Text>
        <Group gap="xs">
          {query.data && query.data.length > 0 ? (
            <PrintSheet title={t('register.title')}>
              <Register entries={query.data} onAnswer={setAnswering} />
            </PrintSheet>
          ) : null}
          <Button leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
            {t('register.add')}
          </Button>
        </Group>
      </Group>
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Loading lines={4} />
      ) : query.data.length === 0 ? (
        <Empty icon={IconBuildingBank} title={t('register.empty')} description={t('register.help')} />
      ) : (
        <Register entries={query.data} onAnswer={setAnswering} />
      )}
      {adding ? <AddEntry onClose={() => setAdding(false)} /> : null}
      {answering ? <AnswerEntry entry={answering} onClose={() => setAnswering(null)} /> : null}
    </Stack>
  );
}

function Register({
  entries,
  onAnswer,
}: {
  entries: readonly Inspection[];
  onAnswer: (entry: Inspection) => void;
}) {
  const { t } = useTranslation('duties');
  return (
    <Table aria-label={t('register.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.state')}</Table.Th>
          <Table.Th>{t('register.authority')}</Table.Th>
          <Table.Th>{t('register.request')}</Table.Th>
          <Table.Th>{t('column.due')}</Table.Th>
          <Table.Th>{t('register.given')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} onAnswer={() => onAnswer(entry)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Entry({ entry, onAnswer }: { entry: Inspection; onAnswer: () => void }) {
  const { t } = useTranslation('duties');
  const words = useWords();
  return (
    <Table.Tr>
      <Table.Td>
        <Badge color={entry.state === 'answered' ? 'gray' : entry.overdue ? 'red' : 'orange'}>
          {t(entry.state === 'answered' ? 'register.answered' : entry.overdue ? 'overdue' : 'register.open')}
        </Badge>
      </Table.Td>
      <Table.Td>
        <Text>{entry.authority}</Text>
        <Text size="xs" c="dimmed">
          {[words.of('inspectionKind', entry.kind), entry.documentNumber, entry.legalBasis]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text>{entry.request}</Text>
        <Text size="xs" c="dimmed">
          <Time at={entry.receivedAt} />
          {entry.caseId ? (
            <>
              {' · '}
              <ScreenLink to="/cases/$caseId" params={{ caseId: entry.caseId }}>
                {entry.caseNumber}
              </ScreenLink>
            </>
          ) : null}
          {entry.file ? ` · ${entry.file} ${entry.sha256?.slice(0, 12)}…` : ''}
        </Text>
      </Table.Td>
      <Table.Td>{entry.dueAt === null ? t('noDue') : <Time at={entry.dueAt} />}</Table.Td>
      <Table.Td>
        {entry.answer ? (
          <>
            <Text>{entry.answer.given}</Text>
            <Text size="xs" c="dimmed">
              <Time at={entry.answer.at} /> · {t('register.signed', { name: entry.answer.signedBy })}
            </Text>
          </>
        ) : (
          <Button size="xs" variant="default" onClick={onAnswer}>
            {t('register.answer')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function AddEntry({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['duties', 'common']);
  const words = useWords();
  const record = useCommand('inspections.record');
  const [kind, setKind] = useState<Kind>('assistance');
  const [texts, setTexts] = useState({ authority: '', documentNumber: '', legalBasis: '', request: '' });
  const [receivedAt, setReceived] = useState(() => toMinutes(Date.now()));
  const [dueAt, setDue] = useState('');
  const [file, setFile] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const received = fromMinutes(receivedAt);
  const missing = (text: string) => (tried && text.trim() === '' ? t('common:form.required') : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (received === null || texts.authority.trim() === '' || texts.request.trim() === '') return;
    record.mutate(
      { kind, ...texts, receivedAt: received, dueAt: fromMinutes(dueAt), file },
      { onSuccess: onClose },
    );
  };
  const field = (name: keyof typeof texts) => ({
    label: t(`register.${name}`),
    value: texts[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setTexts((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <Dialog onClose={onClose} title={t('register.add')} size="lg">
      <form onSubmit={submit} aria-label={t('register.add')}>
        <Stack gap="sm">
          <Select
            label={t('register.kind')}
            value={kind}
            allowDeselect={false}
            data={words.choices('inspectionKind', InspectionKind.options)}
            onChange={(value) => setKind((value ?? 'assistance') as Kind)}
          />
          <TextInput {...field('authority')} error={missing(texts.authority)} />
          <Group grow align="flex-start">
            <TextInput {...field('documentNumber')} />
            <TextInput {...field('legalBasis')} />
          </Group>
          <Textarea {...field('request')} error={missing(texts.request)} />
          <Group grow align="flex-start">
            <DayInput withTime label={t('register.received')} value={receivedAt} onChange={setReceived} />
            <DayInput withTime label={t('column.due')} value={dueAt} onChange={setDue} />
          </Group>
          <PickedFile file={file} onFile={setFile} />
          {record.error ? <FailureView error={record.error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" loading={record.isPending}>
              {t('common:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function AnswerEntry({ entry, onClose }: { entry: Inspection; onClose: () => void }) {
  const { t } = useTranslation(['duties', 'common']);
  const answer = useCommand('inspections.answer');
  const [given, setGiven] = useState('');
  const [signedBy, setSigned] = useState('');
  const [at, setAt] = useState(() => toMinutes(Date.now()));
  const when = fromMinutes(at);
  const complete = given.trim() !== '' && signedBy.trim() !== '' && when !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete)
      answer.mutate(
        { inspectionId: entry.id, given: given.trim(), signedBy: signedBy.trim(), at: when },
        { onSuccess: onClose },
      );
  };
  return (
    <Dialog onClose={onClose} title={t('register.answerTo', { authority: entry.authority })}>
      <form onSubmit={submit} aria-label={t('register.answer')}>
        <Stack gap="sm">
          <Text c="dimmed">{entry.request}</Text>
          <Textarea
            label={t('register.given')}
            value={given}
            onChange={(event) => setGiven(event.currentTarget.value)}
          />
          <TextInput
            label={t('register.signedBy')}
            value={signedBy}
            onChange={(event) => setSigned(event.currentTarget.value)}
          />
          <DayInput withTime label={t('register.givenAt')} value={at} onChange={setAt} />
          {answer.error ? <FailureView error={answer.error} /> : null}
          <Group justify="flex-end">
            <Button type="submit" disabled={!complete} loading={answer.isPending}>
              {t('register.answer')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
