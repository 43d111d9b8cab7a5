import { ActionIcon, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { useCommand } from '../../api/hooks.ts';
import { CategoryBadge, Severity, TierBadge } from '../../components/badges.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { WorkLockButton } from '../../components/work-lock.tsx';
import { abilitiesOf } from './case-abilities.ts';
import { CaseStateBadge } from './case-columns.tsx';
import classes from './cases.module.css';
import { owedBy } from './owed.ts';
import { OwedList } from './owed-list.tsx';

/** Number and title; the title is written over in place. */
export function CaseTitle({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const notify = useNotify();
  const update = useCommand('cases.update');
  const { summary } = detail;
  const [typed, setTyped] = useState<string | null>(null);
  // Esc takes the field away, and a field that goes loses its focus: that must not save.
  const cancelled = useRef(false);
  const save = () => {
    const title = typed?.trim();
    const keep = cancelled.current || !title || title === summary.title;
    setTyped(null);
    if (!keep) update.mutate({ caseId: summary.id, title }, { onError: notify.failed });
  };
  return (
    <span className={classes.head}>
      <span>{summary.number}</span>
      {typed === null ? (
        <>
          <span>{update.isPending ? (update.variables.title ?? summary.title) : summary.title}</span>
          {abilitiesOf(summary.state).add ? (
            <Tooltip label={t('retitle')}>
              <ActionIcon
                size="sm"
                aria-label={t('retitle')}
                onClick={() => {
                  cancelled.current = false;
                  setTyped(summary.title);
                }}
              >
                <IconPencil size={15} />
              </ActionIcon>
            </Tooltip>
          ) : null}
        </>
      ) : (
        <TextInput
          autoFocus
          size="sm"
          w={360}
          aria-label={t('retitle')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Escape') cancelled.current = true;
            if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      )}
    </span>
  );
}

/** Where the case stands and what it still owes. */
export function CaseHeadline({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const { summary } = detail;
  const owed = owedBy(detail);
  return (
    <>
      <Group gap="sm" mb="sm">
        <CaseStateBadge state={summary.state} />
        {summary.tier ? <TierBadge tier={summary.tier} /> : null}
        {summary.severity === null ? null : <Severity value={summary.severity} />}
        {summary.categories.map((category) => (
          <CategoryBadge key={category} category={category} tier={summary.tier} />
        ))}
        <Text span c="dimmed">
          {t('openedBy', { officer: summary.officer, profile: words.of('profile', detail.profile) })}{' '}
          <Time at={summary.openedAt} />
        </Text>
        {summary.state === 'closed' ? null : <WorkLockButton subject={{ type: 'case', id: summary.id }} />}
        {summary.closedAt === null ? null : (
          <Text span c="dimmed">
            {t('closedAt')} <Time at={summary.closedAt} />
          </Text>
        )}
      </Group>
      {summary.state === 'closed' ? null : (
        <section
          className={classes.box}
          data-alarm={owed.length > 0 || undefined}
          aria-label={t('owed.title')}
          style={{ marginBottom: 12 }}
        >
          <Text fw={600} mb={2}>
            {t('owed.title')}
          </Text>
          <OwedList caseId={summary.id} owed={owed} />
        </section>
      )}
    </>
  );
}
