import { ActionIcon, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { IconMessage, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { Hit } from '../../../core/domain/hit.ts';
import { useInvoke } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { CategoryBadge, Severity, Transforms } from '../../components/badges.tsx';
import { Basis } from '../../components/basis.tsx';
import { HitText } from '../../components/hit-text.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';

function grouped(hits: readonly Hit[], keyOf: (hit: Hit) => string): Hit[][] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const key = keyOf(hit);
    const group = groups.get(key);
    if (group) group.push(hit);
    else groups.set(key, [hit]);
  }
  return [...groups.values()];
}

/** Hits of the same words, in their order: what was said once stands once, under all its rules. */
export const byText = (hits: readonly Hit[]): Hit[][] =>
  grouped(hits, (hit) => `${hit.subject.type} ${hit.subject.id} ${hit.part}`);

/** Hits of the same rule: several numbers in one message fall under it once. */
const byRule = (hits: readonly Hit[]): Hit[][] => grouped(hits, (hit) => `${hit.pack}/${hit.rule}`);

/** What was said, by whom, when, where, and under which rules it falls. */
export function CaseHits({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <section className={classes.box}>
      <div className={classes.boxHead}>
        <Title order={2}>{t('hits.title', { count: detail.hits.length })}</Title>
        <ScreenLink to="/review" search={{ disposition: 'confirmed' }}>
          {t('hits.more')}
        </ScreenLink>
      </div>
      {detail.hits.length === 0 ? (
        <Text c="dimmed">{t('hits.none')}</Text>
      ) : (
        <div className={classes.scroll}>
          <Table verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('hits.when')}</Table.Th>
                <Table.Th>{t('hits.who')}</Table.Th>
                <Table.Th w="46%">{t('hits.what')}</Table.Th>
                <Table.Th>{t('hits.rule')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {byText(detail.hits).map((hits) => (
                <TextRow key={hits[0]?.id} hits={hits} detail={detail} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function TextRow({ hits, detail }: { hits: readonly Hit[]; detail: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const first = hits[0];
  if (!first) return null;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={first.sentAt} written={first.sentAtText} />
      </Table.Td>
      <Table.Td miw={110}>
        {first.sender ?? t('common:chat.noSender')}
        <Text size="xs" c="dimmed">
          {first.conversation ?? t('common:state.unnamed')}
        </Text>
      </Table.Td>
      <Table.Td>
        <div className={classes.hitText}>
          <HitText
            text={first.text}
            marks={hits.flatMap((hit) =>
              hit.spans.map(({ start, end }) => ({
                start,
                end,
                kind: 'hit' as const,
                title: words.text(hit.ruleTitle),
              })),
            )}
          />
        </div>
        <Transforms names={[...new Set(hits.flatMap((hit) => hit.transforms))]} />
      </Table.Td>
      <Table.Td miw={220}>
        <Stack gap="sm">
          {byRule(hits).map((same) => (
            <RuleOf key={same[0]?.id} hits={same} detail={detail} />
          ))}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

/** One rule that the words fall under, and the way to take its findings out of the case. */
function RuleOf({ hits, detail }: { hits: readonly Hit[]; detail: CaseDetail }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const ask = useAskReason();
  const notify = useNotify();
  const invoke = useInvoke();
  const [pending, setPending] = useState(false);
  const hit = hits[0];
  if (!hit) return null;
  const takeOut = async () => {
    const reason = await ask({
      title: t('hits.removeTitle'),
      explain: t('hits.removeExplain'),
      danger: true,
    });
    if (!reason) return;
    setPending(true);
    try {
      for (const { id } of hits)
        await invoke('cases.removeHit', { caseId: detail.summary.id, hitId: id, reason });
    } catch (error) {
      notify.failed(error);
    } finally {
      setPending(false);
    }
  };
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        <CategoryBadge category={hit.category} tier={hit.tier} />
        <Severity value={hit.severity} />
        <Tooltip label={t('hits.context')}>
          <ScreenLink
            to="/review"
            search={{ caseId: detail.summary.id, hit: hit.id }}
            aria-label={t('hits.context')}
            style={{ display: 'inline-flex', marginInlineStart: 'auto' }}
          >
            <IconMessage size={16} />
          </ScreenLink>
        </Tooltip>
        {abilitiesOf(detail.summary.state).takeOut ? (
          <Tooltip label={t('hits.remove')}>
            <ActionIcon
              size="sm"
              aria-label={t('hits.remove')}
              loading={pending}
              onClick={() => void takeOut()}
            >
              <IconX size={15} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </Group>
      <Text>
        {words.text(hit.ruleTitle)}
        {hits.length > 1 ? ` ×${hits.length}` : ''}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        <Basis references={hit.basis} />
      </Text>
    </div>
  );
}
