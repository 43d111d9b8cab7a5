import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconFolderOpen, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PackResult } from '../../../core/domain/case.ts';
import { useNative } from '../../api/native.ts';
import { Fact } from '../../components/badges.tsx';
import { CopyIcon } from '../../components/copy.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';
import classes from '../cases/cases.module.css';
import { useVerifyPack } from '../cases/verify-pack.tsx';

/** What was written, and what was left out with why. */
export function WrittenPack({ result, onClose }: { result: PackResult; onClose: () => void }) {
  const { t, i18n } = useTranslation(['cases', 'packs', 'common']);
  const format = useFormat();
  const native = useNative();
  const notify = useNotify();
  const verify = useVerifyPack();
  const word = (kind: 'part' | 'because', code: string) =>
    i18n.exists(`cases:export.${kind}.${code}`) ? t(`export.${kind}.${code}` as never) : code;
  return (
    <Stack gap="sm">
      <Alert color="teal" variant="light" title={t('export.written')}>
        {t('export.contents', {
          exhibits: result.exhibits,
          messages: result.messages,
          bytes: format.bytes(result.bytes),
        })}
      </Alert>
      <Fact label={t('pack.file')}>{result.file}</Fact>
      {(['sha256', 'root'] as const).map((name) => (
        <Fact key={name} label={t(`export.${name}`)}>
          <Group gap={4} wrap="nowrap">
            <span className={classes.mono}>{result[name]}</span>
            <CopyIcon value={result[name]} />
          </Group>
        </Fact>
      ))}
      <Text size="xs" c="dimmed">
        {t('export.rootHelp')}
      </Text>
      {result.leftOut.length > 0 ? (
        <Fact label={t('export.leftOut')}>
          <ul className={classes.reasons}>
            {result.leftOut.map(({ part, reason }) => (
              <li key={part}>
                {word('part', part)}: {word('because', reason)}
              </li>
            ))}
          </ul>
        </Fact>
      ) : null}
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={14} />}
          onClick={() => native.revealFile(result.file).catch(notify.failed)}
        >
          {t('pack.reveal')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={14} />}
          loading={verify.pending}
          onClick={() => void verify.check(result.file)}
        >
          {t('packs:verify')}
        </Button>
        <Button onClick={onClose}>{t('common:action.close')}</Button>
      </Group>
      {verify.dialog}
    </Stack>
  );
}
