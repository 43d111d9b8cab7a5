import { Button, Group, SegmentedControl, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackDraft, PackProblem } from '../../../core/domain/backtest.ts';
import { useCall, useCommand, useInvoke } from '../../api/hooks.ts';
import { useIsRunning, useRunJob } from '../../api/use-job.ts';
import { useNotify } from '../../components/notify.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { Time } from '../../components/time.tsx';
import { BacktestView } from './backtest-view.tsx';
import { readPack, writePack } from './draft-json.ts';
import { useFieldName } from './field-name.ts';
import { placeOf } from './json-place.ts';
import { ProblemList } from './problem-list.tsx';
import { PublishDraft } from './publish-draft.tsx';
import { RuleForm } from './rule-form.tsx';
import classes from './rules.module.css';

interface DraftEditorProps {
  /** Null for one that was not kept yet. */
  draft: PackDraft | null;
  text: string;
  onSaved: (draft: PackDraft) => void;
  onGone: () => void;
}

/** One draft: as fields or as JSON, with what is wrong at its place, its backtest and its publication. */
export function DraftEditor({ draft, text: kept, onSaved, onGone }: DraftEditorProps) {
  const { t } = useTranslation(['rules', 'common']);
  const notify = useNotify();
  const [text, setText] = useState(kept);
  const [view, setView] = useState<'form' | 'json'>('form');
  const [checkedText] = useDebouncedValue(text, 400);
  const check = useCall('rules.check', { text: checkedText }, { keep: true });
  const save = useCommand('rules.saveDraft');
  const discard = useCommand('rules.discardDraft');
  const shadow = useCommand('rules.setShadow');
  const invoke = useInvoke();
  const run = useRunJob();
  const running = useIsRunning('backtest');
  const nameOf = useFieldName();
  const area = useRef<HTMLTextAreaElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const backtestId = draft?.backtest?.id;
  const shown = useRef(backtestId);
  // The result stands under a form of some screens.
  useEffect(() => {
    if (backtestId && backtestId !== shown.current) result.current?.scrollIntoView?.({ block: 'start' });
    shown.current = backtestId;
  }, [backtestId]);
  const problems = check.data?.problems ?? [];
  const pack = readPack(text);
  const unsaved = draft === null || text !== draft.text;
  const keep = () => save.mutate({ text }, { onSuccess: onSaved, onError: notify.failed });
  useShortcuts([{ keys: 'mod+S', label: t('draft.save'), run: () => unsaved && keep(), typing: true }]);
  const show = ({ pointer }: PackProblem) => {
    setView('json');
    const { start, end } = placeOf(text, pointer);
    requestAnimationFrame(() => {
      const field = area.current;
      if (!field) return;
      field.focus();
      field.setSelectionRange(start, end);
      const line = text.slice(0, start).split('\n').length;
      field.scrollTop = Math.max(0, (line - 6) * (field.scrollHeight / text.split('\n').length));
    });
  };
  const backtest = () => {
    if (!draft) return;
    run('rules.backtest', { pack: draft.pack }, { kind: 'backtest', subject: draft.pack }).then(
      (result) =>
        notify.done({
          title: t('backtest.done'),
          message: t('backtest.summary', { added: result.added, lost: result.lost, changed: result.changed }),
        }),
      notify.failed,
    );
  };
  const throwAway = () => {
    if (!draft) return;
    discard.mutate(
      { pack: draft.pack },
      {
        onSuccess: () => {
          onGone();
          notify.done({
            title: t('draft.discarded'),
            message: draft.pack,
            action: {
              label: t('draft.undo'),
              run: () => void invoke('rules.saveDraft', { text: draft.text }).then(onSaved, notify.failed),
            },
          });
        },
        onError: notify.failed,
      },
    );
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" className={classes.draftBar}>
        <Group gap="sm">
          <SegmentedControl
            value={view}
            onChange={(next) => setView(next as 'form' | 'json')}
            data={[
              { value: 'form', label: t('draft.form') },
              { value: 'json', label: t('draft.json') },
            ]}
          />
          {draft === null && typeof pack?.id === 'string' ? <Text fw={600}>{pack.id}</Text> : null}
          {draft ? (
            <Text size="xs" c="dimmed">
              <Text span inherit fw={600} c="var(--mantine-color-text)">
                {draft.pack}
              </Text>{' '}
              {draft.officer} · <Time at={draft.updatedAt} />
            </Text>
          ) : null}
        </Group>
        <Group gap="xs">
          {draft ? (
            <Switch
              label={t('draft.shadow')}
              title={t('draft.shadowHelp')}
              checked={draft.shadow}
              disabled={draft.sha256 === null || shadow.isPending}
              onChange={(event) =>
                shadow.mutate(
                  { pack: draft.pack, shadow: event.currentTarget.checked },
                  { onError: notify.failed },
                )
              }
            />
          ) : null}
          <Button variant="default" disabled={!unsaved} loading={save.isPending} onClick={keep}>
            {t('draft.save')}
          </Button>
          <Button
            variant="default"
            disabled={unsaved || draft?.sha256 === null}
            title={unsaved ? t('draft.saveFirst') : draft?.sha256 === null ? t('draft.mendFirst') : undefined}
            loading={running}
            onClick={backtest}
          >
            {t('draft.backtest')}
          </Button>
          {draft ? <PublishDraft draft={draft} unsaved={unsaved} onPublished={onGone} /> : null}
          {draft ? (
            <Button variant="subtle" color="red" onClick={throwAway}>
              {t('draft.discard')}
            </Button>
          ) : null}
        </Group>
      </Group>
      {check.data ? (
        <ProblemList problems={problems} onPlace={show} {...(view === 'form' ? { nameOf } : {})} />
      ) : null}
      {view === 'form' && pack ? (
        <RuleForm pack={pack} problems={problems} onChange={(next) => setText(writePack(next))} />
      ) : (
        <Textarea
          ref={area}
          aria-label={t('draft.json')}
          rows={26}
          value={text}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div ref={result} className={classes.draftResult}>
        {draft?.backtest && !unsaved ? <BacktestView backtest={draft.backtest} /> : null}
      </div>
    </Stack>
  );
}
