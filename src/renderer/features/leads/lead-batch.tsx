import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Lead } from '../../../core/domain/lead.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

/** Leads of one call of the contract. */
const MOST = 1000;

/** What can be done with several leads at once; only those that it applies to are counted on its button. */
export function LeadBatch({ leads, onDone }: { leads: readonly Lead[]; onDone: () => void }) {
  const { t } = useTranslation('leads');
  const words = useWords();
  const notify = useNotify();
  const ask = useAskFields();
  const askReason = useAskReason();
  const take = useCommand('leads.takeAll');
  const close = useCommand('leads.closeAll');
  const reopen = useCommand('leads.reopen');
  const idsOf = (applies: (lead: Lead) => boolean) =>
    leads
      .filter(applies)
      .slice(0, MOST)
      .map(({ id }) => id);
  const received = idsOf(({ state }) => state === 'received');
  const open = idsOf(({ state }) => state !== 'closed');
  const closed = idsOf(({ state, outcome }) => state === 'closed' && outcome !== 'case');
  const tell = (what: 'taken' | 'closed' | 'reopened') => {
    return ({ done }: { done: number }) => {
      notify.done({ title: t(`batch.${what}`, { count: done }) });
      onDone();
    };
  };
  const closeAll = () =>
    ask({
      title: t('batch.closeAll', { count: open.length }),
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: t('outcome'),
          required: true,
          initial: 'no-action',
          choices: words.choices('leadOutcome', ['no-action', 'referred']),
        },
        {
          name: 'to',
          kind: 'text',
          label: t('referredTo'),
          required: true,
          when: ({ outcome }) => outcome === 'referred',
        },
        { name: 'reason', kind: 'area', label: t('reason'), required: true },
      ],
      submit: async ({ outcome, to = '', reason = '' }) =>
        tell('closed')(
          await close.mutateAsync({
            leadIds: open,
            outcome: outcome as 'referred' | 'no-action',
            referredTo: to,
            reason,
          }),
        ),
    });
  const reopenAll = async () => {
    const reason = await askReason({
      title: t('batch.reopenAll', { count: closed.length }),
      explain: t('reopenHelp'),
    });
    if (reason)
      reopen.mutate({ leadIds: closed, reason }, { onSuccess: tell('reopened'), onError: notify.failed });
  };
  return (
    <Group gap="xs" wrap="nowrap">
      {received.length > 0 ? (
        <Button
          size="compact-sm"
          loading={take.isPending}
          onClick={() =>
            take.mutate({ leadIds: received }, { onSuccess: tell('taken'), onError: notify.failed })
          }
        >
          {t('batch.takeAll', { count: received.length })}
        </Button>
      ) : null}
      {open.length > 0 ? (
        <Button size="compact-sm" variant="default" onClick={closeAll}>
          {t('batch.closeAll', { count: open.length })}
        </Button>
      ) : null}
      {closed.length > 0 ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={reopen.isPending}
          onClick={() => void reopenAll()}
        >
          {t('batch.reopenAll', { count: closed.length })}
        </Button>
      ) : null}
    </Group>
  );
}
