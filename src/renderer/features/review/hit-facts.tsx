import { Code, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCall } from '../../api/hooks.ts';
import {
  CategoryBadge,
  Severity,
  StatusBadge,
  TierBadge,
  Transforms,
  VerdictBadge,
} from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { useFormat } from '../../components/format.ts';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { wordsFound } from './hit-snippet.ts';
import { PriorityFacts } from './hit-triage.tsx';
import { HitWhy } from './hit-why.tsx';
import classes from './review.module.css';

/** Why this is a hit: rule, words, disguises, basis; where it stands in the source; who judged it before. */
export function HitFacts({ hit }: { hit: Hit }) {
  const { t } = useTranslation(['review', 'triage']);
  const words = useWords();
  const format = useFormat();
  const { locator } = hit.source;
  return (
    <div className={classes.facts}>
      <Group gap={6}>
        <CategoryBadge category={hit.category} tier={hit.tier} />
        <TierBadge tier={hit.tier} />
        <StatusBadge status={hit.status} />
        <Severity value={hit.severity} />
        <Text span size="xs" c="dimmed">
          {t('sure', { score: format.percent(hit.score) })}
        </Text>
        {hit.disposition ? <VerdictBadge verdict={hit.disposition.verdict} /> : null}
        {hit.caseId ? (
          <ScreenLink to="/cases/$caseId" params={{ caseId: hit.caseId }}>
            {hit.caseNumber}
          </ScreenLink>
        ) : null}
      </Group>
      <dl className={classes.pairs}>
        <Pair label={t('fact.rule')}>
          <ScreenLink to="/rules" search={{ rule: `${hit.pack}/${hit.rule}` }}>
            {words.text(hit.ruleTitle)}
          </ScreenLink>{' '}
          <Text span size="xs" c="dimmed">
            {hit.pack} {hit.ruleVersion}
          </Text>
        </Pair>
        <Pair label={t('fact.words')}>
          <Group gap={6}>
            {wordsFound(hit).map((word) => (
              <HitText key={word} text={word} marks={[{ start: 0, end: word.length, kind: 'hit' }]} />
            ))}
          </Group>
        </Pair>
        {hit.transforms.length > 0 ? (
          <Pair label={t('fact.transforms')}>
            <Transforms names={hit.transforms} />
          </Pair>
        ) : null}
        {hit.act === 'own-post' ? null : (
          <Pair label={t('fact.act')}>
            {words.of('act', hit.act)}
            <Text span size="xs" c="dimmed">
              {' '}
              {hit.act === 'quote' ? t('quoteNote') : ''}
            </Text>
          </Pair>
        )}
        {hit.basis.length > 0 ? (
          <Pair label={t('fact.basis')}>
            <Basis references={hit.basis} />
          </Pair>
        ) : null}
        <Pair label={t('fact.source')}>
          <ScreenLink to="/imports" search={{ source: hit.source.sourceId }}>
            {hit.source.file}
          </ScreenLink>{' '}
          <Text span size="xs" c="dimmed">
            {t('place', {
              line: locator.line,
              start: format.number(locator.start),
              end: format.number(locator.end),
            })}
          </Text>
        </Pair>
        <Pair label={t('triage:factor.title')}>
          <PriorityFacts hitId={hit.id} />
        </Pair>
        <History hit={hit} />
      </dl>
      <HitWhy hit={hit} />
    </div>
  );
}

function Pair({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Verdicts so far, newest first; one made under another version of the rule says so. */
function History({ hit }: { hit: Hit }) {
  const { t } = useTranslation('review');
  const words = useWords();
  const { data } = useCall('hits.history', { hitId: hit.id });
  if (!data || data.length === 0) return null;
  return (
    <Pair label={t('fact.history')}>
      <ol className={classes.history}>
        {data.map((disposition) => (
          <li key={disposition.id}>
            {words.of('verdict', disposition.verdict)}
            {disposition.reason ? ` · ${words.of('dispositionReason', disposition.reason)}` : ''} ·{' '}
            {disposition.officer} · <Time at={disposition.at} />
            {disposition.note ? ` · ${disposition.note}` : ''}
            {disposition.ruleVersion === hit.ruleVersion ? null : (
              <>
                {' '}
                <Code>{t('underVersion', { version: disposition.ruleVersion })}</Code>
              </>
            )}
          </li>
        ))}
      </ol>
    </Pair>
  );
}
