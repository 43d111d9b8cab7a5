import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import { Transforms } from '../../components/badges.tsx';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './review.module.css';

/** How the words were read, what the score is made of, what the articles say, and which messages take part. */
export function HitWhy({ hit }: { hit: Hit }) {
  const { t } = useTranslation('review');
  const words = useWords();
  const { data } = useCall('hits.explain', { hitId: hit.id });
  if (!data) return null;
  const read = data.words.filter(({ text, normalized }) => text !== normalized);
  return (
    <details className={classes.why} open={data.members.length > 1 || undefined}>
      <summary>{t('explain.title')}</summary>
      <Stack gap="xs" mt="xs">
        {read.map((word) => (
          <Text size="sm" key={`${word.start} ${word.end}`}>
            <b>{word.text}</b> → <Code>{word.normalized}</Code> <Transforms names={word.transforms} />
          </Text>
        ))}
        {data.read && hit.transforms.length > 0 ? (
          <Text size="sm">
            {t('explain.read')} <Code>{data.read}</Code>
          </Text>
        ) : null}
        <Text size="sm">
          {t('explain.score')}{' '}
          {data.contributions.map(({ code, value }, index) => (
            <span key={code}>
              {index > 0 ? (value < 0 ? ' − ' : ' + ') : ''}
              {t(`explain.${code as 'base'}`)} {Math.abs(value).toFixed(2)}
            </span>
          ))}{' '}
          = <b>{data.score.toFixed(2)}</b>
        </Text>
        {data.articles.map(({ id, title, text }) => (
          <Text size="sm" key={id}>
            <b>{words.text(title)}</b> {text ? words.text(text) : null}
          </Text>
        ))}
        {data.members.length > 1 ? (
          <div>
            <Text size="sm" fw={600}>
              {t('explain.members', { count: data.members.length })}
            </Text>
            <ol className={classes.history}>
              {data.members.map((member) => (
                <li key={`${member.messageId} ${member.span.start}`}>
                  {member.sender ?? '—'} · {member.sentAt === null ? '' : <Time at={member.sentAt} />}{' '}
                  <HitText
                    text={member.text.slice(0, 200)}
                    marks={[{ ...member.span, kind: 'hit' as const }]}
                  />{' '}
                  <ScreenLink to="/messages" search={{ message: member.messageId }}>
                    {t('explain.open')}
                  </ScreenLink>
                </li>
              ))}
            </ol>
          </div>
        ) : null}
      </Stack>
    </details>
  );
}
