import { Alert, Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

interface ToCaseProps {
  /** The hits selected, or the one shown. */
  hits: readonly Hit[];
  onClose: () => void;
  onDone: () => void;
}

/** Opens a case from confirmed hits, or adds them to one that is under way. */
export function ToCase({ hits, onClose, onDone }: ToCaseProps) {
  const { t } = useTranslation('review');
  const free = hits.filter((hit) => hit.disposition?.verdict === 'confirmed' && hit.caseId === null);
  return (
    <Dialog onClose={onClose} title={t('case.title')} size="md">
      <Stack gap="sm">
        <Left hits={hits} free={free} />
        {free.length > 0 ? <CaseForm hits={free} onClose={onClose} onDone={onDone} /> : null}
      </Stack>
    </Dialog>
  );
}

/** What comes along, and what stays out and why. */
function Left({ hits, free }: { hits: readonly Hit[]; free: readonly Hit[] }) {
  const { t } = useTranslation('review');
  const words = useWords();
  const format = useFormat();
  const taken = hits.filter((hit) => hit.caseId !== null);
  const unconfirmed = hits.length - free.length - taken.length;
  const categories = [...new Set(free.map((hit) => words.category(hit.category)))];
  const people = [...new Set(free.map((hit) => hit.sender ?? hit.senderId ?? ''))].filter(Boolean);
  return (
    <>
      {free.length > 0 ? (
        <Text>
          {t('case.takes', { count: free.length })} {format.list(categories)}
          {people.length > 0 ? ` · ${format.list(people)}` : ''}
        </Text>
      ) : null}
      {unconfirmed > 0 ? (
        <Alert color="yellow" variant="light">
          {t('case.unconfirmed', { count: unconfirmed })}
        </Alert>
      ) : null}
      {taken.length > 0 ? (
        <Alert color="gray" variant="light">
          {t('case.taken', {
            count: taken.length,
            cases: format.list([...new Set(taken.map((hit) => hit.caseNumber ?? ''))]),
          })}
        </Alert>
      ) : null}
    </>
  );
}

function CaseForm({ hits, onClose, onDone }: ToCaseProps) {
  const { t } = useTranslation(['review', 'common']);
  const invoke = useInvoke();
  const notify = useNotify();
  const navigate = useNavigate();
  const [mode, setMode] = useState<'new' | 'existing'>('new');
  const [title, setTitle] = useState('');
  const [caseId, setCaseId] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const hitIds = hits.map((hit) => hit.id);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (pending || (mode === 'existing' && !caseId)) return;
    setPending(true);
    setError(null);
    try {
      const { summary } =
        mode === 'existing' && caseId
          ? await invoke('cases.addHits', { caseId, hitIds })
          : await invoke('cases.open', { hitIds, title: title.trim() || null });
      notify.done({
        title: t(mode === 'new' ? 'case.opened' : 'case.added', { number: summary.number }),
        message: summary.title,
        action: {
          label: t('case.go'),
          run: () => void navigate({ to: '/cases/$caseId', params: { caseId: summary.id } }),
        },
      });
      onDone();
    } catch (failure) {
      setError(failure);
      setPending(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('case.title')}
          value={mode}
          onChange={(value) => setMode(value as typeof mode)}
          data={[
            { value: 'new', label: t('case.new') },
            { value: 'existing', label: t('case.existing') },
          ]}
        />
        {mode === 'new' ? (
          <TextInput
            data-autofocus
            label={t('case.name')}
            description={t('case.nameHelp')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        ) : (
          <CaseSelect value={caseId} onChange={setCaseId} />
        )}
        {error ? <FailureView error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={mode === 'existing' && !caseId}>
            {t(mode === 'new' ? 'case.open' : 'case.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface CaseSelectProps {
  value: string | null;
  onChange: (id: string | null) => void;
}

/** Searches the cases that are not closed. */
function CaseSelect({ value, onChange }: CaseSelectProps) {
  const { t } = useTranslation(['review', 'common']);
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 200);
  const [chosen, setChosen] = useState('');
  // What stands in the field after a choice is its label; the host is not asked for that.
  const { data } = useCall(
    'cases.list',
    { state: 'unclosed', limit: 50, text: text === chosen ? null : text },
    { keep: true },
  );
  return (
    <Select
      label={t('case.existing')}
      searchable
      value={value}
      data={(data?.rows ?? []).map((row) => ({ value: row.id, label: `${row.number} ${row.title}` }))}
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={(id, option) => {
        setChosen(option?.label ?? '');
        onChange(id);
      }}
      nothingFoundMessage={t('common:filter.nothing')}
    />
  );
}
