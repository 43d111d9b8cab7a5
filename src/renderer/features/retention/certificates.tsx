import { Button, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/hooks.ts';
import { Time } from '../../components/time.tsx';
import classes from '../cases/cases.module.css';
import { Box } from '../custody/box.tsx';
import { useWriteCertificate } from './write-certificate.ts';

/** What was destroyed, by whom and why; each with its certificate to write. */
export function Certificates() {
  const { t } = useTranslation('custody');
  const certificates = useCall('retention.certificates', {});
  const write = useWriteCertificate();
  const rows = certificates.data ?? [];
  return (
    <Box title={t('retention.certificates')}>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('retention.noCertificates')}</Text>
      ) : (
        <div className={classes.scroll}>
          <Table miw={560}>
            <Table.Tbody>
              {rows.map(({ id, certificate }) => (
                <Table.Tr key={id}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    <Time at={certificate.at} />
                    <Text size="xs" c="dimmed">
                      {t('retention.by', {
                        officer: certificate.officer.name,
                        approver: certificate.approver.name,
                      })}
                    </Text>
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {certificate.name}
                    <Text size="xs" c="dimmed">
                      {t(`retention.kind.${certificate.kind}`)}
                      {certificate.counts.messages > 0
                        ? ` · ${t('retention.preview.messages', { count: certificate.counts.messages })}`
                        : ''}
                    </Text>
                  </Table.Td>
                  <Table.Td>{certificate.reason}</Table.Td>
                  <Table.Td ta="end">
                    <Button variant="subtle" size="compact-xs" onClick={() => write(id)}>
                      {t('retention.write')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Box>
  );
}
