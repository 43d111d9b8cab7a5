import { Button, Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorCode } from '../../../contract/errors.ts';
import type { ImportOutcome } from '../../../core/domain/source.ts';

interface RefusedFilesProps {
  refused: ImportOutcome['refused'];
  /** Imports a file of which too little could be read all the same; null where that is not offered. */
  onKeepAnyway: ((path: string) => void) | null;
}

/** Files of which nothing was kept, each with why and what to do. */
export function RefusedFiles({ refused, onKeepAnyway }: RefusedFilesProps) {
  const { t } = useTranslation(['errors', 'imports', 'tables']);
  return (
    <Stack gap="md">
      {refused.map(({ path, code, detail }) => {
        const known = ErrorCode.safeParse(code);
        return (
          <div key={path}>
            <Code>{path}</Code>
            <Text fw={600}>
              {known.success
                ? t(`errors:${known.data}.what`)
                : t(`tables:refusal.${code}` as never, { defaultValue: code })}
            </Text>
            {known.success ? <Text>{t(`errors:${known.data}.next`)}</Text> : null}
            <Text size="xs" c="dimmed">
              {detail}
            </Text>
            {known.data === 'nothing-kept' && onKeepAnyway ? (
              <Button mt={4} variant="default" onClick={() => onKeepAnyway(path)}>
                {t('imports:refused.keepAnyway')}
              </Button>
            ) : null}
          </div>
        );
      })}
    </Stack>
  );
}
