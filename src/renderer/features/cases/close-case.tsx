import { Button, Modal, Stack, Text } from '@mantine/core';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { failureOf } from '../../api/failure.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import { keepsOpen, linesOf, owedBy } from './owed.ts';
import { OwedList, useOwedLineWords } from './owed-list.tsx';

/** Closes a case or takes it up again, with a reason; says what keeps it open and where that is settled. */
export function CloseCase({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const ask = useAskReason();
  const notify = useNotify();
  const say = useOwedLineWords();
  const close = useCommand('cases.close');
  const reopen = useCommand('cases.reopen');
  const [blocked, setBlocked] = useState(false);
  const caseId = detail.summary.id;
  const owed = owedBy(detail);
  const blockers = owed.filter(keepsOpen);

  const askToReopen = async () => {
    const reason = await ask({ title: t('close.reopenTitle'), explain: t('close.reopenExplain') });
    if (reason) reopen.mutate({ caseId, reason }, { onError: notify.failed });
  };
  const askToClose = async () => {
    if (blockers.length > 0) return setBlocked(true);
    const explain =
      owed.length > 0
        ? t('close.stillOwed', { list: format.list(linesOf(owed).map(say)) })
        : t('close.explain');
    const reason = await ask({ title: t('close.title'), explain, confirm: t('close.action') });
    if (!reason) return;
    close.mutate(
      { caseId, reason },
      {
        onSuccess: () => notify.done({ title: t('close.done', { number: detail.summary.number }) }),
        onError: (error) => {
          // A duty opened meanwhile: the page knows it by now and names it.
          if (failureOf(error).code === 'duty-open') setBlocked(true);
          else notify.failed(error);
        },
      },
    );
  };
  if (detail.summary.state === 'closed')
    return (
      <Button
        variant="default"
        leftSection={<IconArchiveOff size={14} />}
        loading={reopen.isPending}
        onClick={() => void askToReopen()}
      >
        {t('close.reopen')}
      </Button>
    );
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArchive size={14} />}
        loading={close.isPending}
        onClick={() => void askToClose()}
      >
        {t('close.action')}
      </Button>
      <Modal opened={blocked} onClose={() => setBlocked(false)} title={t('close.blockedTitle')}>
        <Stack gap="sm">
          <Text>{t('close.blocked')}</Text>
          <OwedList caseId={caseId} owed={blockers} onFollow={() => setBlocked(false)} />
        </Stack>
      </Modal>
    </>
  );
}
