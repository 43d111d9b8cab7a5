import { Alert, Button, Code, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface SamplePassphrasesProps {
  /** Officer's name → passphrase. */
  passphrases: Record<string, string>;
  onDone: () => void;
}

/** The sample's two officers: their passphrases are needed to approve a decision. */
export function SamplePassphrases({ passphrases, onDone }: SamplePassphrasesProps) {
  const { t } = useTranslation('start');
  return (
    <Alert color="teal" variant="light" title={t('sample.title')}>
      <Stack gap="sm">
        <Text>{t('sample.help')}</Text>
        <Table>
          <Table.Tbody>
            {Object.entries(passphrases).map(([name, passphrase]) => (
              <Table.Tr key={name}>
                <Table.Th>{name}</Table.Th>
                <Table.Td>
                  <Code>{passphrase}</Code>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Button onClick={onDone}>{t('sample.enter')}</Button>
      </Stack>
    </Alert>
  );
}
