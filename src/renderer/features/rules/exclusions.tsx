import { Badge, Button, Group, Table, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RuleSummary } from '../../../core/domain/hit.ts';
import { useCall, useInvoke } from '../../api/hooks.ts';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { nextVersion, readPack, withExclusion, writePack } from './draft-json.ts';

/** What the dismissed hits of a rule have in common, and which true hits an exclusion would lose. */
export function Exclusions({ rule }: { rule: RuleSummary }) {
  const { t } = useTranslation(['rules', 'common']);
  const format = useFormat();
  const notify = useNotify();
  const invoke = useInvoke();
  const navigate = useNavigate();
  const { data } = useCall(
    'rules.exclusions',
    { pack: rule.pack, rule: rule.id },
    { enabled: rule.dismissed > 1 },
  );
  /** Puts the exclusion into the pack's draft, begun from the version in force where there is none. */
  const take = async (kind: 'allow' | 'exclude', word: string) => {
    const drafts = await invoke('rules.drafts', {});
    const kept = drafts.find(({ pack }) => pack === rule.pack)?.text;
    const text = kept ?? (await invoke('rules.source', { pack: rule.pack, version: rule.packVersion })).text;
    const pack = readPack(text);
    const next = pack && withExclusion(pack, rule.id, kind, word);
    if (!next) throw new Error(t('exclusions.noFields'));
    const version = kept ? next.version : nextVersion(rule.packVersion);
    await invoke('rules.saveDraft', { text: writePack({ ...next, version }) });
    notify.done({ title: t('exclusions.taken', { pack: rule.pack }), message: t('exclusions.takenHelp') });
    await navigate({ to: '/rules', search: { tab: 'drafts', pack: rule.pack } });
  };
  // Innocent words stand beside a list of words; a rule of another form takes exclusions only.
  const hasTerms = Array.isArray((rule.match as { terms?: unknown } | null)?.terms);
  if (rule.dismissed < 2 || !data) return null;
  return (
    <section aria-label={t('exclusions.title')}>
      <Text fw={600} mb={4}>
        {t('exclusions.title')}
      </Text>
      <Text size="xs" c="dimmed" mb={4}>
        {t('exclusions.help', { count: data.dismissed })}
      </Text>
      {data.proposals.length === 0 ? (
        <Text c="dimmed">{t('exclusions.none')}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('exclusions.word')}</Table.Th>
              <Table.Th ta="end">{t('exclusions.dismissed')}</Table.Th>
              <Table.Th ta="end">{t('exclusions.lost')}</Table.Th>
              <Table.Th aria-label={t('common:table.actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.proposals.slice(0, 10).map((one) => (
              <Table.Tr key={`${one.kind} ${one.word}`}>
                <Table.Td>
                  <Group gap={6}>
                    <Badge color="gray">{t(`exclusions.${one.kind}`)}</Badge>
                    <b>{one.word}</b>
                  </Group>
                </Table.Td>
                <Table.Td ta="end">{format.number(one.dismissed)}</Table.Td>
                <Table.Td ta="end">
                  <Text span {...(one.lostConfirmed > 0 ? { c: 'red' } : {})}>
                    {t('exclusions.lostOf', { confirmed: one.lostConfirmed, open: one.lostOpen })}
                  </Text>{' '}
                  {one.lostHits[0] ? (
                    <ScreenLink to="/review" search={{ rule: rule.id, hit: one.lostHits[0] }}>
                      {t('exclusions.show')}
                    </ScreenLink>
                  ) : null}
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-xs"
                    variant="light"
                    disabled={one.kind === 'allow' && !hasTerms}
                    title={one.kind === 'allow' && !hasTerms ? t('exclusions.noFields') : undefined}
                    onClick={() => void take(one.kind, one.word).catch(notify.failed)}
                  >
                    {t('exclusions.take')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
