import { Badge, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { ScreenLink } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { useAccessReport } from './use-access-report.ts';

interface DossierProps {
  accountId: string;
  name: string;
  onClose: () => void;
}

/** One person over all cases: accounts, decisions that may count, measures, appeals. */
export function Dossier({ accountId, name, onClose }: DossierProps) {
  const { t } = useTranslation(['cases', 'triage']);
  const words = useWords();
  const report = useAccessReport();
  const query = useCall('cases.dossier', { accountId });
  const dossier = query.data;
  return (
    <Dialog onClose={onClose} size="lg" title={t('dossier.title', { name })}>
      {query.error ? <FailureView error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loading lines={6} /> : null}
      {dossier ? (
        <Stack gap="sm">
          <Group justify="flex-end">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconFileText size={14} />}
              onClick={() => report(accountId, name)}
            >
              {t('triage:access.action')}
            </Button>
          </Group>
          <Text>
            {dossier.accounts
              .map((one) => `${one.name || one.platformId || ''} (${words.of('platform', one.platform)})`)
              .join('、')}
          </Text>
          <Text c="dimmed">
            {t('dossier.hits', { confirmed: dossier.confirmedHits, open: dossier.openHits })}
          </Text>
          <Text fw={600}>{t('dossier.decisions')}</Text>
          {dossier.decisions.length === 0 ? <Text c="dimmed">{t('dossier.none')}</Text> : null}
          <List size="sm">
            {dossier.decisions.map((one) => (
              <List.Item key={one.id}>
                <ScreenLink to="/cases/$caseId" params={{ caseId: one.caseId }} onClick={onClose}>
                  {one.caseNumber}
                </ScreenLink>{' '}
                {words.text(one.measureTitle)} · <Time at={one.at} />{' '}
                {one.standing === 'final' ? null : (
                  <Badge color="orange">{words.of('priorStanding', one.standing)}</Badge>
                )}{' '}
                {one.appeal === null ? null : (
                  <Badge color="gray">
                    {one.appeal === 'open' ? t('dossier.appealOpen') : words.of('appealOutcome', one.appeal)}
                  </Badge>
                )}
              </List.Item>
            ))}
          </List>
          <Text fw={600}>{t('dossier.measures')}</Text>
          {dossier.measures.length === 0 ? <Text c="dimmed">{t('dossier.none')}</Text> : null}
          <List size="sm">
            {dossier.measures.map((one) => (
              <List.Item key={one.number}>
                {one.number} {words.text(one.title)} · {words.of('measureState', one.state)}
              </List.Item>
            ))}
          </List>
          <Text fw={600}>{t('dossier.cases')}</Text>
          <List size="sm">
            {dossier.cases.map((one) => (
              <List.Item key={one.id}>
                <ScreenLink to="/cases/$caseId" params={{ caseId: one.id }} onClick={onClose}>
                  {one.number} {one.title}
                </ScreenLink>{' '}
                · {words.of('partyRole', one.role)} · {words.of('caseState', one.state)}
              </List.Item>
            ))}
          </List>
        </Stack>
      ) : null}
    </Dialog>
  );
}
