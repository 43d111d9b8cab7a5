import { Badge, Button, Group, Kbd, Stack, Table, Text, Title } from '@mantine/core';
import { IconDice5, IconEyeCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Agreement, BlindReview, JudgedReview } from '../../../core/domain/second-review.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { CategoryBadge, Fact, TierBadge, VerdictBadge } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { ChatContext } from '../../components/chat/chat-context.tsx';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { HitText } from '../../components/hit-text.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Page } from '../../components/page.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { useWords } from '../../components/words.ts';
import classes from './second-review.module.css';

/** Hits that somebody else judged first, seen without knowing how; and how far two officers agree. */
export function SecondReviewScreen() {
  const { t } = useTranslation('second-review');
  const queue = useCall('secondReviews.queue', { limit: 100 });
  const judged = useCall('secondReviews.judged', { limit: 50 });
  const agreement = useCall('secondReviews.agreement', {});
  const draw = useDraw();
  const first = queue.data?.[0];
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      actions={
        <Button leftSection={<IconDice5 size={14} />} variant="default" onClick={draw}>
          {t('draw')}
        </Button>
      }
    >
      <Stack gap="md">
        {queue.error ? <FailureView error={queue.error} onRetry={() => void queue.refetch()} /> : null}
        {queue.isPending ? <Loading lines={5} /> : null}
        {first ? (
          <Blind key={first.id} review={first} left={queue.data?.length ?? 0} />
        ) : queue.data ? (
          <Empty icon={IconEyeCheck} title={t('empty.title')} description={t('empty.help')} />
        ) : null}
        {agreement.data && agreement.data.length > 0 ? <Agreements rows={agreement.data} /> : null}
        {judged.data && judged.data.length > 0 ? <Judged rows={judged.data} /> : null}
      </Stack>
    </Page>
  );
}

function useDraw(): () => void {
  const { t } = useTranslation('second-review');
  const ask = useAskFields();
  const notify = useNotify();
  const draw = useCommand('secondReviews.draw');
  return () =>
    ask({
      title: t('draw'),
      explain: t('drawHelp'),
      fields: [
        { name: 'share', kind: 'number', label: t('share'), required: true, initial: '10' },
        { name: 'seed', kind: 'text', label: t('seed'), help: t('seedHelp'), required: true, initial: '1' },
      ],
      submit: async ({ share = '10', seed = '1' }) => {
        const { drawn } = await draw.mutateAsync({ share: Math.min(100, Number(share)) / 100, seed });
        notify.done({ title: t('drawn', { count: drawn }) });
      },
    });
}

function Blind({ review, left }: { review: BlindReview; left: number }) {
  const { t } = useTranslation(['second-review', 'review']);
  const words = useWords();
  const notify = useNotify();
  const judge = useCommand('secondReviews.judge');
  const { hit } = review;
  const decide = (verdict: 'confirmed' | 'dismissed') => {
    if (judge.isPending) return;
    judge.mutate(
      { reviewId: review.id, verdict },
      {
        onSuccess: ({ agreed, first, firstOfficer }) =>
          notify.done({
            title: t(agreed ? 'agreed' : 'differs'),
            message: `${firstOfficer}：${words.of('verdict', first)}`,
          }),
        onError: notify.failed,
      },
    );
  };
  useShortcuts([
    { keys: 'c', label: words.of('verdict', 'confirmed'), run: () => decide('confirmed') },
    { keys: 'd', label: words.of('verdict', 'dismissed'), run: () => decide('dismissed') },
  ]);
  const marks = hit.spans.map(({ start, end }) => ({ start, end, kind: 'hit' as const }));
  return (
    <section className={classes.box} aria-label={t('one')}>
      <Group justify="space-between" mb="sm">
        <Group gap="xs">
          <TierBadge tier={hit.tier} />
          <CategoryBadge category={hit.category} tier={hit.tier} />
          {review.cause === 'permanent' ? <Badge color="red">{t('permanent')}</Badge> : null}
          <Text c="dimmed">{t('left', { count: left })}</Text>
        </Group>
        <Group gap="xs">
          <Button
            rightSection={<Kbd size="xs">C</Kbd>}
            loading={judge.isPending}
            onClick={() => decide('confirmed')}
          >
            {words.of('verdict', 'confirmed')}
          </Button>
          <Button
            variant="default"
            rightSection={<Kbd size="xs">D</Kbd>}
            disabled={judge.isPending}
            onClick={() => decide('dismissed')}
          >
            {words.of('verdict', 'dismissed')}
          </Button>
        </Group>
      </Group>
      <Stack gap="sm">
        <Text size="md">
          <HitText text={hit.text} marks={marks} />
        </Text>
        <Fact label={t('rule')}>{words.text(hit.ruleTitle)}</Fact>
        <Fact label={t('basis')}>
          <Basis references={hit.basis} />
        </Fact>
        {hit.subject.type === 'message' ? (
          <div className={classes.context}>
            <ChatContext
              messageId={hit.subject.id}
              marks={[{ messageId: hit.subject.id, part: hit.part, marks }]}
            />
          </div>
        ) : null}
      </Stack>
    </section>
  );
}

function Agreements({ rows }: { rows: readonly Agreement[] }) {
  const { t } = useTranslation('second-review');
  return (
    <section className={classes.box}>
      <Title order={2} mb="xs">
        {t('agreement')}
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.category')}</Table.Th>
            <Table.Th ta="end">{t('column.judged')}</Table.Th>
            <Table.Th ta="end">{t('column.agreed')}</Table.Th>
            <Table.Th ta="end">{t('column.kappa')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.category}>
              <Table.Td>
                <CategoryBadge category={row.category} />
              </Table.Td>
              <Table.Td ta="end">{row.judged}</Table.Td>
              <Table.Td ta="end">{row.agreed}</Table.Td>
              <Table.Td ta="end">{row.kappa === null ? '–' : row.kappa.toFixed(2)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Judged({ rows }: { rows: readonly JudgedReview[] }) {
  const { t } = useTranslation('second-review');
  return (
    <section className={classes.box}>
      <Title order={2} mb="xs">
        {t('judged')}
      </Title>
      <div className={classes.scroll}>
        <Table>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td>
                  <Badge color={row.agreed ? 'gray' : 'orange'}>{t(row.agreed ? 'same' : 'different')}</Badge>
                </Table.Td>
                <Table.Td>
                  <CategoryBadge category={row.hit.category} />
                </Table.Td>
                <Table.Th scope="row">{row.hit.text.slice(0, 60)}</Table.Th>
                <Table.Td>
                  {row.firstOfficer} <VerdictBadge verdict={row.first} />
                </Table.Td>
                <Table.Td>
                  {row.secondOfficer} <VerdictBadge verdict={row.second} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
