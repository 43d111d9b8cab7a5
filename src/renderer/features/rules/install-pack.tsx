import { Alert, Button, Code, Modal, Stack, Text } from '@mantine/core';
import { IconPackageImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../api/failure.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { FailureView } from '../../components/failure-view.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

/** Installs a pack from a file; a refused pack shows the place in its JSON that is wrong. */
export function InstallPack() {
  const { t } = useTranslation('rules');
  const words = useWords();
  const native = useNative();
  const notify = useNotify();
  const install = useCommand('rules.install');
  const choose = async () => {
    const [file] = (await native.openFiles({ filters: [{ name: 'JSON', extensions: ['json'] }] })) ?? [];
    if (!file) return;
    install.mutate(
      { file },
      {
        onSuccess: (pack) =>
          notify.done({
            title: t('install.done'),
            message: t('install.doneHelp', { title: words.text(pack.title), count: pack.rules }),
          }),
      },
    );
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPackageImport size={15} />}
        loading={install.isPending}
        onClick={() => void choose().catch(notify.failed)}
      >
        {t('install.action')}
      </Button>
      <Modal opened={install.isError} onClose={install.reset} title={t('install.refused')} size="lg">
        {install.error ? <Refusal error={install.error} /> : null}
      </Modal>
    </>
  );
}

function Refusal({ error }: { error: Error }) {
  const { t } = useTranslation('rules');
  const failure = failureOf(error);
  if (failure.code !== 'pack-invalid' && failure.code !== 'pack-example-failed')
    return <FailureView error={error} />;
  return (
    <Stack gap="sm">
      <Text>{t(`install.${failure.code}`)}</Text>
      {failure.detail.split('\n').map((line) => (
        <Alert key={line} color="red" variant="light">
          {failure.subject ? <Code>{failure.subject}</Code> : null} {line}
        </Alert>
      ))}
      <Text c="dimmed">{t('install.kept')}</Text>
    </Stack>
  );
}
