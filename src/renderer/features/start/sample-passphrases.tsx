import { Button, Code, Group, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from '../../components/copy.tsx';

interface SamplePassphrasesProps {
  /** Officer's name → passphrase. */
  passphrases: Record<string, string>;
  onDone: () => void;
}

/** The sample's two officers: their passphrases are needed to approve a decision. */
export function SamplePassphrases({ passphrases, onDone }: SamplePassphrasesProps) {
  const { t } = useTranslation('start');
  return (
    <>
      <Table>
        <Table.Tbody>
          {Object.entries(passphrases).map(([name, passphrase]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>
                <Code>{passphrase}</Code>
              </Table.Td>
              <Table.Td ta="end">
                <CopyIcon value={passphrase} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end">
        <Button size="sm" onClick={onDone}>
          {t('sample.enter')}
        </Button>
      </Group>
    </>
  );
}
