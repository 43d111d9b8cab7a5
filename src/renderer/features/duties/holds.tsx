import { Badge, Button, Group, Table, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import classes from '../cases/cases.module.css';

/** Legal holds of one case, or of all. Filing a report sets one by itself. */
export function Holds({ caseId }: { caseId?: string }) {
  const { t } = useTranslation('duties');
  const ask = useAskReason();
  const notify = useNotify();
  const query = useCall('holds.list', { caseId: caseId ?? null });
  const set = useCommand('holds.set');
  const lift = useCommand('holds.lift');
  const setHold = async (of: string) => {
    const reason = await ask({ title: t('hold.set'), explain: t('hold.help') });
    if (reason) set.mutate({ caseId: of, reason }, { onError: notify.failed });
  };
  const liftHold = async (holdId: string) => {
    const reason = await ask({ title: t('hold.lift'), explain: t('hold.liftHelp') });
    if (reason) lift.mutate({ holdId, reason }, { onError: notify.failed });
  };
  return (
    <section className={classes.box} aria-label={t('hold.title')}>
      <div className={classes.boxHead}>
        <Title order={2}>{t('hold.title')}</Title>
        {caseId ? (
          <Button variant="default" leftSection={<IconLock size={14} />} onClick={() => void setHold(caseId)}>
            {t('hold.set')}
          </Button>
        ) : null}
      </div>
      <Text size="xs" c="dimmed">
        {t('hold.help')}
      </Text>
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Loading lines={1} />
      ) : query.data.length === 0 ? (
        <Text c="dimmed">{t('hold.none')}</Text>
      ) : (
        <Table>
          <Table.Tbody>
            {query.data.map((hold) => (
              <Table.Tr key={hold.id}>
                <Table.Td>
                  <Badge color={hold.lifted ? 'gray' : 'orange'}>
                    {t(hold.lifted ? 'hold.lifted' : 'hold.stands')}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  {caseId ? null : (
                    <ScreenLink
                      to="/cases/$caseId"
                      params={{ caseId: hold.caseId }}
                      search={{ tab: 'duties' }}
                    >
                      {hold.caseNumber}
                    </ScreenLink>
                  )}
                  <Text>{hold.dutyId ? t('hold.byFiling') : hold.reason}</Text>
                  <Text size="xs" c="dimmed">
                    {hold.officer} · <Time at={hold.setAt} />
                    {hold.lifted ? ` → ${hold.lifted.officer}: ${hold.lifted.reason}` : ''}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Group justify="flex-end">
                    {hold.lifted ? null : (
                      <Button size="xs" variant="subtle" onClick={() => void liftHold(hold.id)}>
                        {t('hold.lift')}
                      </Button>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
