import { ActionIcon, Badge, Menu, Stack, Table, Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPlus, IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type DutyMark, DutyMark as Marks } from '../../../core/domain/duty-words.ts';
import { QuarantineReason } from '../../../core/domain/quarantine.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskReason } from '../../components/ask-reason.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import classes from '../cases/cases.module.css';

/** What no detector can tell about the hits of a case, and what decides whom the law wants told. */
export function Circumstances({ caseId, editable }: { caseId: string; editable: boolean }) {
  const { t } = useTranslation('duties');
  const words = useWords();
  const ask = useAskReason();
  const notify = useNotify();
  const query = useCall('duties.marks', { caseId });
  const mark = useCommand('duties.mark');
  const quarantine = useCommand('quarantine.set');
  const isolate = async (messageId: string, reason: 'state-secret' | 'sexual-content-minors' | 'other') => {
    const note = await ask({
      title: t('quarantine.put'),
      explain: t('quarantine.help'),
      danger: true,
    });
    if (note)
      quarantine.mutate(
        { messageIds: [messageId], reason, note },
        { onSuccess: () => notify.done({ title: t('quarantine.done') }), onError: notify.failed },
      );
  };
  const set = async (hitId: string, name: DutyMark, on: boolean) => {
    const reason = await ask({
      title: t(on ? 'marks.add' : 'marks.remove', { mark: words.of('dutyMark', name) }),
      explain: t('marks.explain'),
    });
    if (reason) mark.mutate({ hitId, mark: name, on, reason }, { onError: notify.failed });
  };
  return (
    <section className={classes.box} aria-label={t('marks.title')}>
      <Stack gap={4}>
        <Title order={2}>{t('marks.title')}</Title>
        <Text size="xs" c="dimmed">
          {t('marks.help')}
        </Text>
      </Stack>
      {query.error ? (
        <FailureView error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <Table>
          <Table.Tbody>
            {query.data.map((hit) => {
              const standing = hit.marks.map(({ mark: name }) => name);
              return (
                <Table.Tr key={hit.hitId}>
                  <Table.Th scope="row" style={{ overflowWrap: 'anywhere' }}>
                    <Text lineClamp={2}>{hit.text || t('form.withheld')}</Text>
                    <Text size="xs" c="dimmed">
                      {words.category(hit.category)}
                    </Text>
                  </Table.Th>
                  <Table.Td>
                    {hit.marks.map(({ mark: name, reason, officer }) => (
                      <UnstyledButton
                        key={name}
                        mr={4}
                        disabled={!editable}
                        title={`${officer}: ${reason}`}
                        onClick={() => void set(hit.hitId, name, false)}
                      >
                        <Badge color="grape">{words.of('dutyMark', name)}</Badge>
                      </UnstyledButton>
                    ))}
                    {editable ? (
                      <Menu>
                        <Menu.Target>
                          <UnstyledButton aria-label={t('marks.choose')}>
                            <Badge color="gray" variant="light" leftSection={<IconPlus size={11} />}>
                              {t('marks.choose')}
                            </Badge>
                          </UnstyledButton>
                        </Menu.Target>
                        <Menu.Dropdown>
                          {Marks.options
                            .filter((name) => !standing.includes(name))
                            .map((name) => (
                              <Menu.Item key={name} onClick={() => void set(hit.hitId, name, true)}>
                                {words.of('dutyMark', name)}
                              </Menu.Item>
                            ))}
                        </Menu.Dropdown>
                      </Menu>
                    ) : null}
                  </Table.Td>
                  <Table.Td>
                    {hit.quarantined ? <Badge color="red">{t('quarantine.badge')}</Badge> : null}
                    {editable && hit.messageId && !hit.quarantined ? (
                      <Menu>
                        <Menu.Target>
                          <Tooltip label={t('quarantine.put')}>
                            <ActionIcon variant="subtle" color="gray" aria-label={t('quarantine.put')}>
                              <IconShieldLock size={16} />
                            </ActionIcon>
                          </Tooltip>
                        </Menu.Target>
                        <Menu.Dropdown>
                          {QuarantineReason.options.map((reason) => (
                            <Menu.Item key={reason} onClick={() => void isolate(hit.messageId ?? '', reason)}>
                              {words.of('quarantineReason', reason)}
                            </Menu.Item>
                          ))}
                        </Menu.Dropdown>
                      </Menu>
                    ) : null}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      ) : (
        <Loading lines={2} />
      )}
    </section>
  );
}
