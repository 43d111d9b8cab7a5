import { ActionIcon, Button, Group, Switch, Text, Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconChevronDown,
  IconChevronUp,
  IconFileText,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionReason, Hit, Verdict } from '../../../core/domain/hit.ts';
import { type Listing, useCall } from '../../api/hooks.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { SidePanel, Split } from '../../components/side-panel.tsx';
import type { Sort } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSelection } from '../../components/table/use-selection.ts';
import { DecideBar, NOTE_ID } from './decide-bar.tsx';
import { HitPanel } from './hit-panel.tsx';
import { useReviewColumns } from './review-columns.tsx';
import { ReviewEmpty } from './review-empty.tsx';
import type { ReviewFilter, ReviewSearch } from './search.ts';
import { ToCase } from './to-case.tsx';
import { useBrief } from './use-brief.ts';
import { useDecide } from './use-decide.ts';
import { nextOpen, useQueue } from './use-queue.ts';
import { useReviewKeys } from './use-review-keys.ts';
import { reasonsOf } from './verdict-keys.ts';

interface ReviewDeskProps {
  listing: Listing<Hit>;
  filter: ReviewFilter;
  sort: Sort;
  hitId: string | undefined;
  onSearch: (change: Partial<ReviewSearch>) => void;
}

/** A row has two lines. */
const ROW_HEIGHT = 48;

/** The queue, the hit shown beside it, and the verdicts. */
export function ReviewDesk({ listing, filter, sort, hitId, onSearch }: ReviewDeskProps) {
  const { t } = useTranslation('review');
  const notify = useNotify();
  const selection = useSelection();
  const [advance, setAdvance] = useLocalStorage({
    key: 'docket.review.advance',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const [asking, setAsking] = useState<Verdict | null>(null);
  const [note, setNote] = useState('');
  const [casing, setCasing] = useState(false);

  const { clear } = selection;
  const filterKey = JSON.stringify(filter);
  // Rows of another filter are not on screen; nothing unseen may stay selected.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the filter changes
  useEffect(clear, [filterKey]);

  const { rows } = listing;
  const show = (id: string | undefined) => {
    setAsking(null);
    onSearch({ hit: id });
  };
  const queue = useQueue(rows, hitId, show);
  const inList = rows.find((row) => row.id === hitId);
  const alone = useCall('hits.get', { hitId: hitId ?? '' }, { enabled: hitId !== undefined && !inList });
  const current = hitId === undefined ? undefined : (inList ?? alone.data);
  const columns = useReviewColumns(filter.disposition === 'open');
  const targets =
    selection.ids.size > 0 ? rows.filter((row) => selection.has(row.id)) : current ? [current] : [];

  const siblings = current ? rows.filter((row) => row.subject.id === current.subject.id) : [];
  const selectSiblings = () => {
    if (siblings.length > 1) selection.set(siblings.map((row) => row.id));
  };

  // What was decided since the screen was opened, in that order: what a brief of the session holds.
  const [session, setSession] = useState<readonly string[]>([]);
  const brief = useBrief();
  const briefed = selection.ids.size > 0 ? targets : session.map((id) => ({ id }));

  const desk = useDecide({
    onDecided: (ids) => {
      setNote('');
      setSession((before) => [...before.filter((id) => !ids.has(id)), ...ids]);
      selection.clear();
      if (advance && current && ids.has(current.id)) show(nextOpen(rows, queue.at, ids)?.id);
    },
    onUndone: (firstId) => show(firstId),
  });
  const settle = (verdict: Verdict, reason: DispositionReason | null) => {
    setAsking(null);
    void desk.decide(targets, verdict, reason, note.trim());
  };
  const decide = (verdict: Verdict) => {
    const bound = targets.find((hit) => hit.caseId !== null);
    if (verdict !== 'confirmed' && bound)
      return notify.refused({
        title: t('inCase.title', { number: bound.caseNumber }),
        message: t('inCase.help'),
      });
    const reasons = reasonsOf(verdict);
    if (reasons.length > 1) setAsking(verdict);
    else settle(verdict, reasons[0] ?? null);
  };
  useReviewKeys({
    ready: targets.length > 0 && !desk.pending,
    step: queue.step,
    decide,
    undo: () => void desk.undo(),
    toCase: () => setCasing(targets.length > 0),
    brief: () => {
      if (briefed.length > 0) brief(briefed);
    },
    wholeMessage: selectSiblings,
    note: () => document.getElementById(NOTE_ID)?.focus(),
  });

  const barShown = current !== undefined || selection.ids.size > 0;
  const tools = (
    <>
      <Tooltip label={`${t('undoLast')} (Ctrl+Z)`}>
        <ActionIcon
          variant="default"
          aria-label={t('undoLast')}
          aria-keyshortcuts="Control+Z"
          disabled={!desk.canUndo || desk.pending}
          onClick={() => void desk.undo()}
        >
          <IconArrowBackUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconFileText size={14} />}
        aria-keyshortcuts="b"
        disabled={briefed.length === 0}
        onClick={() => brief(briefed)}
      >
        {t('brief.action', { count: briefed.length })}
      </Button>
      <Switch
        label={t('advance')}
        styles={{ root: { flex: 'none' } }}
        wrapperProps={{ title: t('advanceHelp') }}
        checked={advance}
        onChange={(event) => setAdvance(event.currentTarget.checked)}
      />
    </>
  );
  const bar = (
    <DecideBar
      tools={tools}
      count={targets.length}
      batch={selection.ids.size > 0}
      siblings={siblings.length - 1}
      onSiblings={selectSiblings}
      pending={desk.pending}
      asking={asking}
      note={note}
      onNote={setNote}
      onVerdict={decide}
      onReason={(reason) => asking && settle(asking, reason)}
      onCancel={() => setAsking(null)}
      onCase={() => setCasing(true)}
    />
  );
  const close = () => show(undefined);
  return (
    <>
      {barShown && !current ? bar : null}
      <Split
        panel={
          current ? (
            <HitPanel
              hit={current}
              onClose={close}
              bar={bar}
              actions={<Steps at={queue.at} total={listing.total} onStep={queue.step} />}
            />
          ) : hitId && alone.error ? (
            <SidePanel name="review" title={t('context')} onClose={close}>
              <FailureView error={alone.error} onRetry={() => void alone.refetch()} />
            </SidePanel>
          ) : null
        }
      >
        <DataTable
          name="review"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => row.id}
          currentId={hitId}
          onOpen={(row) => show(row.id)}
          sort={sort}
          onSort={(next) => onSearch({ sort: next as ReviewSearch['sort'] })}
          selection={selection}
          rowHeight={ROW_HEIGHT}
          empty={<ReviewEmpty filter={filter} />}
          actions={
            barShown ? null : (
              <Group gap="xs">
                {rows.length > 0 ? (
                  <Button leftSection={<IconPlayerPlay size={14} />} onClick={() => queue.step(1)}>
                    {t('start')}
                  </Button>
                ) : null}
                {tools}
              </Group>
            )
          }
        />
      </Split>
      {casing ? (
        <ToCase
          hits={targets}
          onClose={() => setCasing(false)}
          onDone={() => {
            setCasing(false);
            selection.clear();
          }}
        />
      ) : null}
    </>
  );
}

interface StepsProps {
  at: number;
  total: number | null;
  onStep: (by: 1 | -1) => void;
}

/** Place in the queue, and the way up and down. */
function Steps({ at, total, onStep }: StepsProps) {
  const { t } = useTranslation('review');
  return (
    <>
      {at >= 0 && total !== null && total > 0 ? (
        <Text span size="xs" c="dimmed">
          {t('position', { at: Math.min(at + 1, total), total })}
        </Text>
      ) : null}
      <Tooltip label={`${t('previous')} (K)`}>
        <ActionIcon aria-label={t('previous')} aria-keyshortcuts="k" onClick={() => onStep(-1)}>
          <IconChevronUp size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${t('next')} (J)`}>
        <ActionIcon aria-label={t('next')} aria-keyshortcuts="j" onClick={() => onStep(1)}>
          <IconChevronDown size={16} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
