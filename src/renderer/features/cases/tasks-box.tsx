import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { CaseTask } from '../../../core/domain/case-task.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';

/** The checklist of a case: what its categories ask for, who did it and when. */
export function TasksBox({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('triage');
  const ask = useAskFields();
  const caseId = detail.summary.id;
  const { data } = useCall('cases.tasks', { caseId });
  const add = useCommand('cases.addTask');
  const open = abilitiesOf(detail.summary.state).add;
  if (!data) return null;
  const settled = data.filter(({ state }) => state !== 'open').length;
  return (
    <section className={classes.box}>
      <div className={classes.boxHead}>
        <Group gap="xs">
          <Title order={2}>{t('task.title')}</Title>
          <Text span c="dimmed">
            {t('task.count', { settled, total: data.length })}
          </Text>
        </Group>
        {open ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              ask({
                title: t('task.add'),
                fields: [{ name: 'title', kind: 'text', label: t('task.what'), required: true }],
                submit: async ({ title = '' }) => add.mutateAsync({ caseId, title }),
              })
            }
          >
            {t('task.add')}
          </Button>
        ) : null}
      </div>
      <Stack gap={6}>
        {data.map((task) => (
          <Task key={task.task} task={task} open={open} />
        ))}
      </Stack>
    </section>
  );
}

function Task({ task, open }: { task: CaseTask; open: boolean }) {
  const { t } = useTranslation('triage');
  const words = useWords();
  const notify = useNotify();
  const askReason = useAskReason();
  const set = useCommand('cases.setTask');
  const put = (state: CaseTask['state'], note = '') =>
    set.mutate({ caseId: task.caseId, task: task.task, state, note }, { onError: notify.failed });
  const skip = async () => {
    const reason = await askReason({ title: t('task.whyNot') });
    if (reason) put('not-needed', reason);
  };
  const help = task.help.zh === '' ? '' : words.text(task.help);
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <Checkbox
        mt={2}
        aria-label={words.text(task.title)}
        disabled={!open || set.isPending}
        checked={task.state !== 'open'}
        indeterminate={task.state === 'not-needed'}
        onChange={(event) => put(event.currentTarget.checked ? 'done' : 'open')}
      />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text span td={task.state === 'not-needed' ? 'line-through' : undefined}>
          {words.text(task.title)}
        </Text>
        {task.state === 'open' ? (
          <Text size="xs" c="dimmed">
            {help}
          </Text>
        ) : (
          <Text size="xs" c="dimmed">
            {words.of('taskState', task.state)} · {task.officer} · <Time at={task.at} />
            {task.note ? ` · ${task.note}` : ''}
          </Text>
        )}
      </div>
      {open && task.state === 'open' ? (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void skip()}>
          {t('task.skip')}
        </Button>
      ) : null}
    </Group>
  );
}
