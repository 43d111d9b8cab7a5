import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNative } from '../api/native.ts';
import { CopyTextButton } from './copy.tsx';
import { useFormat } from './format.ts';
import { useNotify } from './notify.tsx';
import classes from './recovery-key.module.css';

interface RecoveryKeyProps {
  recoveryKey: string;
  onDone: () => void;
  doneLabel: string;
}

/** The recovery key, shown once. It goes on only when the officer says that it is kept. */
export function RecoveryKey({ recoveryKey, onDone, doneLabel }: RecoveryKeyProps) {
  const { t } = useTranslation(['start', 'common']);
  const format = useFormat();
  const native = useNative();
  const notify = useNotify();
  const [kept, setKept] = useState(false);
  const save = () =>
    native
      .saveText({
        defaultName: t('recovery.fileName'),
        text: `${t('recovery.printTitle')}
${format.date(Date.now())}

${recoveryKey}

${t('recovery.warning')}
`,
      })
      .catch(notify.failed);
  return (
    <Stack gap="md">
      <Alert color="orange" variant="light">
        {t('recovery.warning')}
      </Alert>
      <div className="docket-printed">
        <div className={classes.printHead}>
          <h1>{t('recovery.printTitle')}</h1>
          <p>{format.date(Date.now())}</p>
          <p>{t('recovery.warning')}</p>
        </div>
        <div className={classes.key} data-testid="recovery-key">
          {recoveryKey}
        </div>
      </div>
      <Group gap="xs">
        <CopyTextButton value={recoveryKey}>{t('common:action.copy')}</CopyTextButton>
        <Button variant="default" leftSection={<IconPrinter size={14} />} onClick={() => window.print()}>
          {t('recovery.print')}
        </Button>
        <Button variant="default" leftSection={<IconDownload size={14} />} onClick={save}>
          {t('recovery.save')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {t('recovery.where')}
      </Text>
      <Checkbox
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
        label={t('recovery.confirm')}
      />
      <Group justify="flex-end">
        <Button disabled={!kept} onClick={onDone}>
          {doneLabel}
        </Button>
      </Group>
    </Stack>
  );
}
