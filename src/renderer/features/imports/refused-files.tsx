import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorCode } from '../../../contract/errors.ts';
import type { ImportOutcome } from '../../../core/domain/source.ts';

/** Files of which nothing was kept, each with why and what to do. */
export function RefusedFiles({ refused }: { refused: ImportOutcome['refused'] }) {
  const { t } = useTranslation('errors');
  return (
    <Stack gap="md">
      {refused.map(({ path, code, detail }) => {
        const known = ErrorCode.safeParse(code);
        return (
          <div key={path}>
            <Code>{path}</Code>
            <Text fw={600}>{known.success ? t(`${known.data}.what`) : code}</Text>
            {known.success ? <Text>{t(`${known.data}.next`)}</Text> : null}
            <Text size="xs" c="dimmed">
              {detail}
            </Text>
          </div>
        );
      })}
    </Stack>
  );
}
