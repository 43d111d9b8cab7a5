import { Paper, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import { ChatContext } from '../../components/chat/chat-context.tsx';
import { marksOfHits } from '../../components/chat/part-marks.ts';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useWords } from '../../components/words.ts';
import { HitFacts } from './hit-facts.tsx';
import { HitTriage } from './hit-triage.tsx';
import classes from './review.module.css';

interface HitPanelProps {
  hit: Hit;
  onClose: () => void;
  /** Place in the queue and the buttons that walk it. */
  actions: ReactNode;
  /** Verdicts. */
  bar: ReactNode;
}

/** One hit: what to decide, why it was found, and how the conversation went around it. */
export function HitPanel({ hit, onClose, actions, bar }: HitPanelProps) {
  const { t } = useTranslation('review');
  const words = useWords();
  const { data: why } = useCall('hits.explain', { hitId: hit.id });
  // A rule over several messages is marked in each of them.
  const marks = useMemo(() => {
    const title = `${words.category(hit.category)} · ${words.text(hit.ruleTitle)}`;
    const members = (why?.members ?? []).map(({ messageId, span }) => ({
      messageId,
      part: 0,
      marks: [{ ...span, kind: 'hit' as const, title }],
    }));
    const others = members.filter(({ messageId }) => messageId !== hit.subject.id);
    return [...marksOfHits([hit], () => title), ...others];
  }, [hit, words, why]);
  return (
    <SidePanel
      name="review"
      width={620}
      title={hit.conversation ?? t('context')}
      onClose={onClose}
      actions={actions}
    >
      <div className={classes.review}>
        {bar}
        <HitTriage hit={hit} />
        <HitFacts hit={hit} />
        <section
          className={classes.context}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
          tabIndex={0}
          aria-label={t('context')}
          onKeyDown={(event) => {
            // Arrows scroll here; elsewhere they walk the queue.
            if (event.key.startsWith('Arrow')) event.stopPropagation();
          }}
        >
          {hit.subject.type === 'message' ? (
            <ChatContext messageId={hit.subject.id} marks={marks} inReview />
          ) : (
            <NotAMessage hit={hit} />
          )}
        </section>
      </div>
    </SidePanel>
  );
}

/** A profile field, a link or an attachment has no conversation around it; its text stands alone. */
function NotAMessage({ hit }: { hit: Hit }) {
  const { t } = useTranslation('review');
  return (
    <Paper p="sm">
      <Text size="xs" c="dimmed">
        {t(`subject.${hit.subject.type}`)}
      </Text>
      <HitText
        text={hit.text}
        marks={hit.spans.map(({ start, end }) => ({ start, end, kind: 'hit' as const }))}
      />
      {hit.senderId ? (
        <ScreenLink to="/accounts" search={{ account: hit.senderId }}>
          {hit.sender}
        </ScreenLink>
      ) : null}
    </Paper>
  );
}
