import { Button, Group, Kbd, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionReason, Verdict } from '../../../core/domain/hit.ts';
import { useWords } from '../../components/words.ts';
import classes from './review.module.css';
import { reasonsOf, VERDICT_KEYS } from './verdict-keys.ts';

interface DecideBarProps {
  /** Hits that a verdict would go to. */
  count: number;
  /** Whether these are selected rows and not the hit shown. */
  batch: boolean;
  /** Other hits of the same message in the list. */
  siblings: number;
  onSiblings: () => void;
  pending: boolean;
  /** The verdict that waits for its reason. */
  asking: Verdict | null;
  note: string;
  onNote: (note: string) => void;
  onVerdict: (verdict: Verdict) => void;
  onReason: (reason: DispositionReason) => void;
  onCancel: () => void;
  onCase: () => void;
  /** Undo and the like, at the end of the note's line. */
  tools: ReactNode;
}

/** Verdicts by button or key, the reason by number, a note where one is wanted. */
export function DecideBar(props: DecideBarProps) {
  const { t } = useTranslation('review');
  const words = useWords();
  return (
    <section className={classes.bar} aria-label={t('decide')}>
      <Group gap={6}>
        {VERDICT_KEYS.map(({ verdict, key }) => (
          <Button
            key={verdict}
            variant={verdict === 'confirmed' ? 'filled' : 'default'}
            disabled={props.count === 0 || props.pending}
            aria-keyshortcuts={key}
            aria-expanded={props.asking === verdict || undefined}
            rightSection={<Kbd size="xs">{key.toUpperCase()}</Kbd>}
            onClick={() => props.onVerdict(verdict)}
          >
            {t(`verb.${verdict}`)}
          </Button>
        ))}
        <Button
          variant="light"
          aria-keyshortcuts="o"
          rightSection={<Kbd size="xs">O</Kbd>}
          disabled={props.count === 0}
          onClick={props.onCase}
        >
          {t('toCase')}
        </Button>
      </Group>
      {props.batch ? (
        <Text size="xs" fw={500}>
          {t('actsOn', { count: props.count })}
        </Text>
      ) : props.siblings > 0 ? (
        <Group gap={6}>
          <Text size="xs">{t('siblings', { count: props.siblings })}</Text>
          <Button
            variant="light"
            size="compact-xs"
            aria-keyshortcuts="m"
            rightSection={<Kbd size="xs">M</Kbd>}
            onClick={props.onSiblings}
          >
            {t('wholeMessage')}
          </Button>
        </Group>
      ) : null}
      {props.asking ? (
        <Reasons
          key={props.asking}
          verdict={props.asking}
          onReason={props.onReason}
          onCancel={props.onCancel}
        />
      ) : null}
      <Group gap="xs" wrap="nowrap">
        <TextInput
          id={NOTE_ID}
          flex={1}
          miw={0}
          aria-label={t('note')}
          placeholder={t('notePlaceholder')}
          value={props.note}
          onChange={(event) => props.onNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Enter') return;
            if (event.nativeEvent.isComposing) return;
            // Back to the keys; Esc here must not close the panel.
            event.stopPropagation();
            event.currentTarget.blur();
          }}
        />
        {props.tools}
      </Group>
      <span className={classes.srOnly} aria-live="polite">
        {props.asking ? t('chooseReason', { verdict: words.of('verdict', props.asking) }) : ''}
      </span>
    </section>
  );
}

export const NOTE_ID = 'review-note';

interface ReasonsProps {
  verdict: Verdict;
  onReason: (reason: DispositionReason) => void;
  onCancel: () => void;
}

/** The second key: a number names the reason. Takes the focus and gives it back. */
function Reasons({ verdict, onReason, onCancel }: ReasonsProps) {
  const { t } = useTranslation(['review', 'common']);
  const words = useWords();
  const box = useRef<HTMLFieldSetElement>(null);
  const reasons = reasonsOf(verdict);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <fieldset
      ref={box}
      tabIndex={-1}
      className={classes.reasons}
      onKeyDown={(event) => {
        const reason = reasons[Number(event.key) - 1];
        if (reason) onReason(reason);
        else if (event.key === 'Escape') onCancel();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <legend>{t('why', { verdict: words.of('verdict', verdict) })}</legend>
      {reasons.map((reason, index) => (
        <Button
          key={reason}
          variant="default"
          size="compact-sm"
          justify="flex-start"
          aria-keyshortcuts={String(index + 1)}
          leftSection={<Kbd size="xs">{index + 1}</Kbd>}
          onClick={() => onReason(reason)}
        >
          {words.of('dispositionReason', reason)}
        </Button>
      ))}
      <Button variant="subtle" color="gray" size="compact-sm" onClick={onCancel}>
        {t('common:action.cancel')}
      </Button>
    </fieldset>
  );
}
