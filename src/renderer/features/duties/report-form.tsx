import { Alert, Button, Group, List, Stack, Switch, Table, Text, Textarea, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DutyDetail, ReportForm as Form } from '../../../core/domain/duty.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

const FORMATS = ['docx', 'pdf', 'html', 'json'] as const;

/** The draft of a report: who writes, what happened, what the notice says, what goes with it, what is missing. */
export function ReportForm({ detail, form }: { detail: DutyDetail; form: Form }) {
  const { t } = useTranslation(['duties', 'common']);
  const words = useWords();
  const notify = useNotify();
  const draft = useCommand('duties.draft');
  const [organisation, setOrganisation] = useState(form.organisation);
  const [contact, setContact] = useState(form.contact);
  const [facts, setFacts] = useState(form.facts);
  const [notice, setNotice] = useState(() =>
    Object.fromEntries(form.notice.map(({ id, text }) => [id, text])),
  );
  const closed = detail.duty.state === 'closed';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draft.mutate(
      { dutyId: detail.duty.id, organisation, contact, facts, notice },
      { onSuccess: () => notify.done({ title: t('form.saved') }) },
    );
  };
  return (
    <form onSubmit={submit} aria-label={t('form.title')}>
      <Stack gap="xs">
        {form.gaps.length > 0 && !closed ? (
          <Alert color="yellow" variant="light" title={t('form.incomplete')}>
            <List size="sm">
              {form.gaps.map((gap) => (
                <List.Item key={gap}>{t(`gap.${gap}`)}</List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
        {form.person ? (
          <Text size="sm">
            {t('form.person')}: <b>{form.person.name}</b>
            {form.person.accounts.length > 0
              ? ` (${form.person.accounts.map(({ name, platformId }) => [name, platformId].filter(Boolean).join(' ')).join(', ')})`
              : ''}
          </Text>
        ) : null}
        <Group gap="xs" grow align="flex-start">
          <TextInput
            label={t('form.organisation')}
            value={organisation}
            readOnly={closed}
            onChange={(event) => setOrganisation(event.currentTarget.value)}
          />
          <TextInput
            label={t('form.contact')}
            value={contact}
            readOnly={closed}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          label={t('form.facts')}
          autosize
          minRows={2}
          value={facts}
          readOnly={closed}
          onChange={(event) => setFacts(event.currentTarget.value)}
        />
        {form.notice.map(({ id, title }) => (
          <Textarea
            key={id}
            label={words.text(title)}
            description={t('form.noticeHelp')}
            value={notice[id] ?? ''}
            readOnly={closed}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setNotice((texts) => ({ ...texts, [id]: value }));
            }}
          />
        ))}
        {draft.error ? <FailureView error={draft.error} /> : null}
        {closed ? null : (
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={draft.isPending}>
              {t('form.save')}
            </Button>
          </Group>
        )}
        <Attachments form={form} />
        <WriteForm dutyId={detail.duty.id} caseNumber={form.caseNumber} />
      </Stack>
    </form>
  );
}

function Attachments({ form }: { form: Form }) {
  const { t } = useTranslation('duties');
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('form.contents', { items: form.items.length, attachments: form.attachments.length })}
      </Text>
      <Table>
        <Table.Tbody>
          {form.items.slice(0, 20).map((item) => (
            <Table.Tr key={item.hitId}>
              <Table.Th scope="row" style={{ overflowWrap: 'anywhere' }}>
                {item.text ?? <i>{t('form.withheld')}</i>}
                <Text size="xs" c="dimmed">
                  {[item.sender, item.conversation].filter(Boolean).join(' · ')}
                </Text>
              </Table.Th>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{item.exhibit ?? t('form.noExhibit')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {form.items.length > 20 ? (
        <Text size="xs" c="dimmed">
          {t('form.moreItems', { count: form.items.length - 20 })}
        </Text>
      ) : null}
    </div>
  );
}

function WriteForm({ dutyId, caseNumber }: { dutyId: string; caseNumber: string }) {
  const { t, i18n } = useTranslation('duties');
  const native = useNative();
  const notify = useNotify();
  const write = useCommand('duties.writeForm');
  const [test, setTest] = useState(false);
  const save = async (format: (typeof FORMATS)[number]) => {
    const file = await native.saveFile({
      defaultName: `${caseNumber}-report${test ? '-TEST' : ''}.${format}`,
      filters: [{ name: format.toUpperCase(), extensions: [format] }],
    });
    if (!file) return;
    write.mutate(
      { dutyId, file, format, language: i18n.language === 'en' ? 'en' : 'zh-CN', test },
      {
        onSuccess: () =>
          notify.done({
            title: t('form.written'),
            action: { label: t('form.reveal'), run: () => void native.revealFile(file) },
          }),
        onError: notify.failed,
      },
    );
  };
  return (
    <Group gap="xs">
      <IconFileText size={16} aria-hidden />
      {FORMATS.map((format) => (
        <Button
          key={format}
          size="xs"
          variant="default"
          loading={write.isPending}
          onClick={() => void save(format)}
        >
          {t(`form.format.${format}`)}
        </Button>
      ))}
      <Switch
        size="xs"
        label={t('test.form')}
        checked={test}
        onChange={(event) => setTest(event.currentTarget.checked)}
      />
    </Group>
  );
}
