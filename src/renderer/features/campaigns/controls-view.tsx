import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Control, ControlState } from '../../../core/domain/bulletin.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

const COLORS = { 'in-place': 'teal', partly: 'yellow', missing: 'red', 'not-assessed': 'gray' } as const;

/** The management systems with their state, who answers for them, what shows them, and the next review. */
export function ControlsView() {
  const { t } = useTranslation(['campaigns', 'common']);
  const words = useWords();
  const query = useCall('controls.list', {});
  const assess = useAssess();
  const write = useWriteAssessment();
  if (query.error) return <FailureView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={8} />;
  return (
    <div style={{ overflow: 'auto' }}>
      <Group mb="sm">
        <Button onClick={write}>{t('control.write')}</Button>
        <Text size="sm" c="dimmed">
          {t('control.help')}
        </Text>
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('control.title')}</Table.Th>
            <Table.Th>{t('control.state')}</Table.Th>
            <Table.Th>{t('control.owner')}</Table.Th>
            <Table.Th>{t('control.evidence')}</Table.Th>
            <Table.Th>{t('control.next')}</Table.Th>
            <Table.Th aria-label={t('common:table.actions')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {query.data.map((one) => (
            <Table.Tr key={one.control}>
              <Table.Td>
                {words.text(one.title)}
                <Text size="xs" c="dimmed">
                  {words.text(one.help)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Badge color={COLORS[one.state]}>{words.of('controlState', one.state)}</Badge>
              </Table.Td>
              <Table.Td>{one.owner}</Table.Td>
              <Table.Td>
                {one.evidence}
                {one.at === null ? null : (
                  <Text size="xs" c="dimmed">
                    {one.officer} · <Time at={one.at} precision="day" />
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{one.nextReview ?? ''}</Table.Td>
              <Table.Td ta="end">
                <Button size="compact-xs" variant="default" onClick={() => assess(one)}>
                  {t('control.assess')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function useAssess(): (control: Control) => void {
  const { t } = useTranslation('campaigns');
  const words = useWords();
  const ask = useAskFields();
  const set = useCommand('controls.set');
  return (control) =>
    ask({
      title: words.text(control.title),
      explain: words.text(control.help),
      fields: [
        {
          name: 'state',
          kind: 'choice',
          label: t('control.state'),
          required: true,
          initial: control.state,
          choices: words.choices('controlState', ControlState.options),
        },
        { name: 'owner', kind: 'text', label: t('control.owner'), initial: control.owner },
        {
          name: 'evidence',
          kind: 'text',
          label: t('control.evidence'),
          help: t('control.evidenceHelp'),
          initial: control.evidence,
        },
        { name: 'note', kind: 'area', label: t('control.note'), initial: control.note },
        { name: 'next', kind: 'day', label: t('control.next'), initial: control.nextReview ?? '' },
      ],
      submit: async (values) =>
        set.mutateAsync({
          control: control.control,
          state: ControlState.parse(values.state),
          owner: values.owner ?? '',
          evidence: values.evidence ?? '',
          note: values.note ?? '',
          nextReview: values.next || null,
        }),
    });
}

function useWriteAssessment(): () => void {
  const { t, i18n } = useTranslation('campaigns');
  const ask = useAskFields();
  const native = useNative();
  const notify = useNotify();
  const write = useCommand('controls.write');
  return () =>
    ask({
      title: t('control.write'),
      fields: [
        {
          name: 'year',
          kind: 'number',
          label: t('control.year'),
          required: true,
          initial: String(new Date().getFullYear()),
        },
        {
          name: 'format',
          kind: 'choice',
          label: t('bulletin.format'),
          required: true,
          initial: 'docx',
          choices: ['docx', 'pdf'].map((value) => ({ value, label: value.toUpperCase() })),
        },
      ],
      submit: async ({ year = '', format = 'docx' }) => {
        const file = await native.saveFile({
          defaultName: `${t('view.controls')}-${year}.${format}`,
          filters: [{ name: format.toUpperCase(), extensions: [format] }],
        });
        if (!file) return;
        await write.mutateAsync({
          year: Number(year),
          format: format === 'pdf' ? 'pdf' : 'docx',
          language: i18n.language === 'en' ? 'en' : 'zh-CN',
          file,
        });
        notify.done({
          title: t('control.done'),
          message: file,
          action: { label: t('bulletin.show'), run: () => void native.revealFile(file) },
        });
      },
    });
}
