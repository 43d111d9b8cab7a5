import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { Circumstances } from '../duties/circumstances.tsx';
import { useDutyTitle } from '../duties/duty-badges.tsx';
import { DutyDetails } from '../duties/duty-details.tsx';
import { Holds } from '../duties/holds.tsx';
import classes from './cases.module.css';

const ORDER = { open: 0, filed: 1, closed: 2 } as const;

/** Whom this case makes the organisation tell, and what became of it. */
export function DutiesTab({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const title = useDutyTitle();
  const duties = [...detail.duties].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  return (
    <Stack gap="md">
      {duties.length === 0 ? <Text c="dimmed">{t('duties.none')}</Text> : null}
      {duties.map((duty) => (
        <section
          key={duty.id}
          className={classes.box}
          data-alarm={duty.overdue || undefined}
          aria-label={title(duty)}
        >
          <div className={classes.boxHead}>
            <Title order={2}>{title(duty)}</Title>
          </div>
          <DutyDetails duty={duty} />
        </section>
      ))}
      {detail.hits.length > 0 ? (
        <Circumstances caseId={detail.summary.id} editable={detail.summary.state !== 'closed'} />
      ) : null}
      {duties.length > 0 ? <Holds caseId={detail.summary.id} /> : null}
    </Stack>
  );
}
