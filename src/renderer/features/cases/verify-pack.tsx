import { Alert, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyResult } from '../../../core/domain/case.ts';
import { useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { Dialog } from '../../components/dialog.tsx';
import { useNotify } from '../../components/notify.tsx';
import classes from './cases.module.css';

interface Verified {
  file: string;
  result: VerifyResult;
}

/** Checks a pack file: one of this case, or any the officer chooses. */
export function useVerifyPack(): {
  choose: () => Promise<void>;
  check: (file: string) => Promise<void>;
  pending: boolean;
  dialog: ReactNode;
} {
  const { t } = useTranslation('cases');
  const native = useNative();
  const invoke = useInvoke();
  const notify = useNotify();
  const [pending, setPending] = useState(false);
  const [verified, setVerified] = useState<Verified | null>(null);
  const check = async (file: string) => {
    setPending(true);
    try {
      setVerified({ file, result: await invoke('evidence.verify', { file }) });
    } catch (error) {
      notify.failed(error);
    } finally {
      setPending(false);
    }
  };
  const choose = async () => {
    const files = await native
      .openFiles({ filters: [{ name: t('export.fileType'), extensions: ['zip'] }] })
      .catch(notify.failed);
    const file = files?.[0];
    if (file) await check(file);
  };
  return {
    choose,
    check,
    pending,
    dialog: verified ? <Report {...verified} onClose={() => setVerified(null)} /> : null,
  };
}

function Report({ file, result, onClose }: Verified & { onClose: () => void }) {
  const { t, i18n } = useTranslation(['cases', 'common']);
  const named = (name: string) =>
    i18n.exists(`cases:verify.check.${name}`) ? t(`verify.check.${name}` as never) : name;
  /** A reason is a code, and after a colon a detail for people. */
  const because = (reason: string) => {
    const [code = '', ...rest] = reason.split(':');
    const key = `cases:verify.reason.${code}`;
    return i18n.exists(key) ? [t(key as never), ...rest].join(':') : reason;
  };
  return (
    <Dialog onClose={onClose} size="lg" title={t('verify.title')}>
      <Stack gap="sm">
        <Text className={classes.mono}>{file}</Text>
        <Alert color={result.ok ? 'teal' : 'red'} variant="light">
          {t(result.ok ? 'verify.ok' : 'verify.failed', { count: result.failures.length })}
        </Alert>
        {result.failures.length > 0 ? (
          <Table fz="xs">
            <Table.Tbody>
              {result.failures.map((failure, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity and never move
                <Table.Tr key={index}>
                  <Table.Th scope="row" className={classes.mono}>
                    {[failure.file, failure.entry].filter(Boolean).join(' · ')}
                  </Table.Th>
                  <Table.Td>{because(failure.reason)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ) : null}
        <Table verticalSpacing={3} style={{ overflowWrap: 'anywhere' }}>
          <Table.Tbody>
            {result.checks.map((check) => (
              <Table.Tr key={check.name}>
                <Table.Td w={28}>
                  {check.ok ? (
                    <IconCircleCheck
                      size={16}
                      color="var(--mantine-color-teal-6)"
                      aria-label={t('common:check.passed')}
                    />
                  ) : (
                    <IconCircleX
                      size={16}
                      color="var(--mantine-color-red-6)"
                      aria-label={t('common:check.notPassed')}
                    />
                  )}
                </Table.Td>
                <Table.Th scope="row" miw={170}>
                  {named(check.name)}
                </Table.Th>
                <Table.Td c="dimmed">{check.detail}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="xs" c="dimmed">
          {t('verify.note')}
        </Text>
      </Stack>
    </Dialog>
  );
}
