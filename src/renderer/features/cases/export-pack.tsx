import {
  Alert,
  Button,
  Checkbox,
  Group,
  Loader,
  Modal,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaseDetail, PackProfile, type PackResult } from '../../../core/domain/case.ts';
import { useNative } from '../../api/native.ts';
import { useRunJob } from '../../api/use-job.ts';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from './cases.module.css';
import { owedBy } from './owed.ts';
import { OwedList } from './owed-list.tsx';

interface ExportPackProps {
  detail: CaseDetail;
  opened: boolean;
  onClose: () => void;
}

type Step = { at: 'form'; error: unknown } | { at: 'working' } | { at: 'done'; result: PackResult };

/** Asks for whom and why, where to, and shows what was written. Closing the dialog does not stop the work. */
export function ExportPack({ detail, opened, onClose }: ExportPackProps) {
  const { t } = useTranslation('cases');
  const native = useNative();
  const notify = useNotify();
  const run = useRunJob();
  const [step, setStep] = useState<Step>({ at: 'form', error: null });
  const watching = useRef(opened);
  useEffect(() => {
    watching.current = opened;
  }, [opened]);
  const { summary } = detail;
  const start = async (input: Asked) => {
    try {
      const file = await native.saveFile({
        defaultName: `${summary.number}-${input.profile}.zip`,
        filters: [{ name: t('export.fileType'), extensions: ['zip'] }],
      });
      if (file === null) return;
      setStep({ at: 'working' });
      const result = await run(
        'evidence.export',
        { caseId: summary.id, file, ...input },
        { kind: 'export', subject: summary.number },
      );
      setStep({ at: 'done', result });
      if (!watching.current)
        notify.done({
          title: t('export.done', { number: summary.number }),
          message: result.file,
          action: {
            label: t('pack.reveal'),
            run: () => void native.revealFile(result.file).catch(notify.failed),
          },
        });
    } catch (error) {
      setStep({ at: 'form', error });
      if (!watching.current) notify.failed(error);
    }
  };
  const close = () => {
    onClose();
    if (step.at === 'done') setStep({ at: 'form', error: null });
  };
  return (
    <Modal opened={opened} onClose={close} size="lg" title={t('export.title', { number: summary.number })}>
      {step.at === 'done' ? (
        <Written result={step.result} onClose={close} />
      ) : step.at === 'working' ? (
        <Group gap="sm" py="md" role="status">
          <Loader size="sm" />
          <Text>{t('export.working')}</Text>
        </Group>
      ) : (
        <ExportForm detail={detail} error={step.error} onStart={start} onLeave={close} />
      )}
    </Modal>
  );
}

interface Asked {
  profile: PackProfile;
  recipient: string;
  purpose: string;
  aliases: boolean;
}

interface ExportFormProps {
  detail: CaseDetail;
  error: unknown;
  onStart: (input: Asked) => Promise<void>;
  onLeave: () => void;
}

function ExportForm({ detail, error, onStart, onLeave }: ExportFormProps) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const [profile, setProfile] = useState<PackProfile>('internal');
  const [recipient, setRecipient] = useState('');
  const [purpose, setPurpose] = useState('');
  const [aliases, setAliases] = useState(false);
  const owed = owedBy(detail).filter((item) => item.kind !== 'no-pack');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onStart({ profile, recipient: recipient.trim(), purpose: purpose.trim(), aliases });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text c="dimmed">{t('export.explain', { count: detail.exhibits.length })}</Text>
        <Select
          label={t('export.profile')}
          allowDeselect={false}
          value={profile}
          data={words.choices('packProfile', PackProfile.options)}
          onChange={(value) => value && setProfile(value as PackProfile)}
        />
        <TextInput
          label={t('export.recipient')}
          value={recipient}
          onChange={(event) => setRecipient(event.currentTarget.value)}
        />
        <Textarea
          label={t('export.purpose')}
          description={t('export.purposeHelp')}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <Checkbox
          label={t('export.aliases')}
          description={t('export.aliasesHelp')}
          checked={aliases}
          onChange={(event) => setAliases(event.currentTarget.checked)}
        />
        {owed.length > 0 ? (
          <Alert color="yellow" variant="light" title={t('export.unfinished')}>
            <OwedList caseId={detail.summary.id} owed={owed} onFollow={onLeave} />
          </Alert>
        ) : null}
        {error ? <FailureView error={error} /> : null}
        <Group justify="flex-end">
          <Button type="submit">{t('export.choose')}</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was written, and what was left out with why. */
function Written({ result, onClose }: { result: PackResult; onClose: () => void }) {
  const { t, i18n } = useTranslation(['cases', 'common']);
  const format = useFormat();
  const native = useNative();
  const notify = useNotify();
  const word = (kind: 'part' | 'because', code: string) =>
    i18n.exists(`cases:export.${kind}.${code}`) ? t(`export.${kind}.${code}` as never) : code;
  return (
    <Stack gap="sm">
      <Alert color="teal" variant="light" title={t('export.written')}>
        {t('export.contents', {
          exhibits: result.exhibits,
          messages: result.messages,
          bytes: format.bytes(result.bytes),
        })}
      </Alert>
      <Fact label={t('pack.file')}>{result.file}</Fact>
      {(['sha256', 'root'] as const).map((name) => (
        <Fact key={name} label={t(`export.${name}`)}>
          <Group gap={4} wrap="nowrap">
            <span className={classes.mono}>{result[name]}</span>
            <CopyIcon value={result[name]} />
          </Group>
        </Fact>
      ))}
      <Text size="xs" c="dimmed">
        {t('export.rootHelp')}
      </Text>
      {result.leftOut.length > 0 ? (
        <Fact label={t('export.leftOut')}>
          <ul className={classes.reasons}>
            {result.leftOut.map(({ part, reason }) => (
              <li key={part}>
                {word('part', part)}: {word('because', reason)}
              </li>
            ))}
          </ul>
        </Fact>
      ) : null}
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={14} />}
          onClick={() => native.revealFile(result.file).catch(notify.failed)}
        >
          {t('pack.reveal')}
        </Button>
        <Button onClick={onClose}>{t('common:action.close')}</Button>
      </Group>
    </Stack>
  );
}
