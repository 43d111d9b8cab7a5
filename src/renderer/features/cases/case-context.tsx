import { Badge, Button, Group, List, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { IconGauge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { CaseContext, ResponsibilityChain } from '../../../core/domain/case-context.ts';
import { useCall } from '../../api/hooks.ts';
import { CategoryBadge } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { MeterPanel } from '../law/meter-panel.tsx';
import classes from './cases.module.css';

/** Who answered for the groups, which cases touch this one, and what was decided on the like. */
export function CaseContextBox({ detail }: { detail: CaseDetail }) {
  const query = useCall('cases.context', { caseId: detail.summary.id });
  if (!query.data) return null;
  const { chains, related, precedents } = query.data;
  return (
    <>
      {chains.length > 0 ? <Chains chains={chains} /> : null}
      {related.length > 0 || precedents.length > 0 ? (
        <Likes related={related} precedents={precedents} />
      ) : null}
    </>
  );
}

function Chains({ chains }: { chains: readonly ResponsibilityChain[] }) {
  const { t } = useTranslation(['cases', 'triage']);
  const words = useWords();
  const [metered, setMetered] = useState<ResponsibilityChain | null>(null);
  return (
    <section className={classes.box}>
      <Title order={2} mb="xs">
        {t('chain.title')}
      </Title>
      <Stack gap="sm">
        {chains.map((chain) => (
          <div key={chain.conversationId}>
            <Group gap="xs">
              <ScreenLink to="/messages" search={{ conversationId: chain.conversationId }}>
                {chain.conversation}
              </ScreenLink>
              {chain.at === null ? null : <Time at={chain.at} />}
              <Text span c="dimmed">
                {t('chain.authors', { names: chain.authors.join('、') })}
              </Text>
              <Button
                size="compact-xs"
                variant="subtle"
                leftSection={<IconGauge size={13} />}
                onClick={() => setMetered(chain)}
              >
                {t('triage:chain.meter')}
              </Button>
            </Group>
            {chain.inviters.map((one) => (
              <Text size="sm" key={`${one.author} ${one.inviter}`}>
                {t('triage:chain.invited', { author: one.author, inviter: one.inviter })}{' '}
                {one.told === 'list' ? t('triage:chain.byList') : <Time at={one.at} />}
              </Text>
            ))}
            {chain.unknown ? (
              <Text size="sm" c="orange">
                {t('chain.unknown')}
              </Text>
            ) : (
              <List size="sm">
                {chain.people.map((person) => (
                  <List.Item key={person.accountId}>
                    {words.of('memberRole', person.role)} {person.name} ·{' '}
                    {person.spokeAt === null ? (
                      t('chain.silent')
                    ) : (
                      <>
                        {t('chain.spoke')} <Time at={person.spokeAt} />
                        <After from={chain.at} to={person.spokeAt} />
                      </>
                    )}
                    {person.acted ? (
                      <>
                        {' · '}
                        {words.of('chainAct', person.acted.act)} <Time at={person.acted.at} />
                        <After from={chain.at} to={person.acted.at} />
                      </>
                    ) : null}
                    {person.dated ? '' : ` · ${t('chain.undated')}`}
                  </List.Item>
                ))}
              </List>
            )}
          </div>
        ))}
      </Stack>
      <Modal
        opened={metered !== null}
        onClose={() => setMetered(null)}
        size="xl"
        title={metered?.conversation}
      >
        {metered ? <MeterPanel subject={{ type: 'group', id: metered.conversationId }} /> : null}
      </Modal>
    </section>
  );
}

/** How long after the hit something happened. */
function After({ from, to }: { from: number | null; to: number | null }) {
  const { t } = useTranslation('triage');
  const format = useFormat();
  if (from === null || to === null || to < from) return null;
  return (
    <Text span size="xs" c="dimmed">
      {' '}
      {t('chain.after', { time: format.duration((to - from) / 1000) })}
    </Text>
  );
}

function Likes({ related, precedents }: Pick<CaseContext, 'related' | 'precedents'>) {
  const { t } = useTranslation('cases');
  const words = useWords();
  return (
    <section className={classes.box}>
      {related.length > 0 ? (
        <>
          <Title order={2} mb="xs">
            {t('like.related')}
          </Title>
          <List size="sm" mb="sm">
            {related.map((one) => (
              <List.Item key={one.id}>
                <ScreenLink to="/cases/$caseId" params={{ caseId: one.id }}>
                  {one.number} {one.title}
                </ScreenLink>{' '}
                · {words.of('caseState', one.state)}
                {one.people > 0 ? ` · ${t('like.people', { count: one.people })}` : ''}
                {one.conversations > 0 ? ` · ${t('like.groups', { count: one.conversations })}` : ''}
              </List.Item>
            ))}
          </List>
        </>
      ) : null}
      {precedents.length > 0 ? (
        <>
          <Title order={2} mb="xs">
            {t('like.precedents')}
          </Title>
          <div className={classes.scroll}>
            <Table>
              <Table.Tbody>
                {precedents.map((one) => (
                  <Table.Tr key={`${one.caseId} ${one.at}`}>
                    <Table.Td>
                      <ScreenLink to="/cases/$caseId" params={{ caseId: one.caseId }}>
                        {one.number}
                      </ScreenLink>
                    </Table.Td>
                    <Table.Td>
                      <CategoryBadge category={one.category} /> {one.severity}/5
                    </Table.Td>
                    <Table.Td>{words.text(one.measureTitle)}</Table.Td>
                    <Table.Td>
                      {one.overturned ? (
                        <Badge color="red">{words.of('appealOutcome', 'overturned')}</Badge>
                      ) : null}
                      {one.deviates ? <Badge color="grape">{t('decision.deviates')}</Badge> : null}
                    </Table.Td>
                    <Table.Td>
                      <Time at={one.at} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      ) : null}
    </section>
  );
}
