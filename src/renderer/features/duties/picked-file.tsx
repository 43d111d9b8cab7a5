import { Button, Group, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNative } from '../../api/native.ts';

interface PickedFileProps {
  file: string | null;
  onFile: (path: string | null) => void;
}

/** A file that proves something: its digest is kept, the file stays where it is. */
export function PickedFile({ file, onFile }: PickedFileProps) {
  const { t } = useTranslation('duties');
  const native = useNative();
  const pick = async () => {
    const [path] = (await native.openFiles({})) ?? [];
    if (path) onFile(path);
  };
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPaperclip size={14} />}
        onClick={() => void pick()}
      >
        {t('proofFile.action')}
      </Button>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {file ?? t('proofFile.help')}
      </Text>
    </Group>
  );
}
