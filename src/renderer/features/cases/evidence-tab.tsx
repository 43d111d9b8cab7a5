import { ActionIcon, Button, Code, Group, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { IconFolderOpen, IconMessagePlus, IconPackageExport, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { CopyIcon } from '../../components/copy.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { CaseCustody } from '../custody/case-custody.tsx';
import { AddExhibit } from './add-exhibit.tsx';
import { abilitiesOf } from './case-abilities.ts';
import classes from './cases.module.css';
import { ExhibitRow } from './exhibit-row.tsx';
import { useVerifyPack } from './verify-pack.tsx';

interface EvidenceTabProps {
  detail: CaseDetail;
}

/** What is kept as evidence, who held it when, and the packs that left the house. */
export function EvidenceTab({ detail }: EvidenceTabProps) {
  const { t } = useTranslation('cases');
  const [adding, setAdding] = useState(false);
  return (
    <Stack gap="md">
      <section className={classes.box}>
        <div className={classes.boxHead}>
          <Title order={2}>{t('exhibit.title', { count: detail.exhibits.length })}</Title>
          {abilitiesOf(detail.summary.state).add ? (
            <Button
              variant="default"
              leftSection={<IconMessagePlus size={14} />}
              onClick={() => setAdding(true)}
            >
              {t('exhibit.add')}
            </Button>
          ) : null}
        </div>
        {detail.exhibits.length === 0 ? (
          <Text c="dimmed">{t('exhibit.none')}</Text>
        ) : (
          <div className={classes.scroll}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('exhibit.number')}</Table.Th>
                  <Table.Th>{t('exhibit.description')}</Table.Th>
                  <Table.Th ta="end">{t('exhibit.messages')}</Table.Th>
                  <Table.Th>{t('exhibit.source')}</Table.Th>
                  <Table.Th>{t('exhibit.added')}</Table.Th>
                  <Table.Th aria-label={t('hits.actions')} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {detail.exhibits.map((exhibit) => (
                  <ExhibitRow key={exhibit.id} exhibit={exhibit} detail={detail} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </section>
      <CaseCustody detail={detail} />
      <Packs detail={detail} />
      {adding ? <AddExhibit detail={detail} onClose={() => setAdding(false)} /> : null}
    </Stack>
  );
}

function Packs({ detail }: EvidenceTabProps) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const native = useNative();
  const notify = useNotify();
  const verify = useVerifyPack();
  const format = useFormat();
  const stamp = useCommand('evidence.importStamp');
  const importStamp = async (packId: string) => {
    try {
      const files = await native.openFiles({ filters: [{ name: t('stamp.fileType'), extensions: ['tsr'] }] });
      if (files?.[0]) stamp.mutate({ packId, file: files[0] }, { onError: notify.failed });
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <section className={classes.box}>
      <div className={classes.boxHead}>
        <Title order={2}>{t('pack.title', { count: detail.packs.length })}</Title>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={14} />}
            loading={verify.pending}
            onClick={() => void verify.choose()}
          >
            {t('pack.verifyFile')}
          </Button>
          <ScreenButton
            to="/cases/$caseId/pack"
            params={{ caseId: detail.summary.id }}
            leftSection={<IconPackageExport size={14} />}
            disabled={detail.exhibits.length === 0}
          >
            {t('export.action')}
          </ScreenButton>
        </Group>
      </div>
      {detail.packs.length === 0 ? (
        <Text c="dimmed">{t('pack.none')}</Text>
      ) : (
        <div className={classes.scroll}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('pack.at')}</Table.Th>
                <Table.Th>{t('pack.profile')}</Table.Th>
                <Table.Th>{t('pack.file')}</Table.Th>
                <Table.Th>{t('stamp.title')}</Table.Th>
                <Table.Th aria-label={t('hits.actions')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[...detail.packs].reverse().map((pack) => (
                <Table.Tr key={pack.id}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    <Time at={pack.at} />
                    <Text size="xs" c="dimmed">
                      {pack.officer}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {words.of('packProfile', pack.profile)}
                    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {[pack.recipient, pack.purpose].filter((part) => part).join(' · ')}
                    </Text>
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {pack.file}
                    <Text size="xs" c="dimmed">
                      {[
                        pack.exhibits && pack.messages
                          ? t('pack.holds', { exhibits: pack.exhibits, messages: pack.messages })
                          : null,
                        pack.bytes ? format.bytes(pack.bytes) : null,
                      ]
                        .filter((part) => part)
                        .join(' · ')}
                    </Text>
                    <Group gap={4} wrap="nowrap">
                      <Code className={classes.digest} title={pack.sha256}>
                        SHA-256 {pack.sha256.slice(0, 12)}…
                      </Code>
                      <CopyIcon value={pack.sha256} />
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    {pack.stamp ? (
                      <>
                        <Time at={pack.stamp.at} precision="second" />
                        <Text size="xs" c="dimmed">
                          {pack.stamp.authority}
                        </Text>
                      </>
                    ) : (
                      <Tooltip label={t('stamp.help')} multiline w={280}>
                        <Button
                          variant="subtle"
                          size="compact-xs"
                          loading={stamp.isPending}
                          onClick={() => void importStamp(pack.id)}
                        >
                          {t('stamp.import')}
                        </Button>
                      </Tooltip>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} wrap="nowrap" justify="flex-end">
                      <Button
                        variant="subtle"
                        size="compact-xs"
                        disabled={verify.pending}
                        onClick={() => void verify.check(pack.file)}
                      >
                        {t('pack.verify')}
                      </Button>
                      <Tooltip label={t('pack.reveal')}>
                        <ActionIcon
                          size="sm"
                          aria-label={t('pack.reveal')}
                          onClick={() => native.revealFile(pack.file).catch(notify.failed)}
                        >
                          <IconFolderOpen size={15} />
                        </ActionIcon>
                      </Tooltip>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {verify.dialog}
    </section>
  );
}
