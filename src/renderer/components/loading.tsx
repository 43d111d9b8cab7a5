import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Grey lines where text will be. */
export function Loading({ lines = 5, height = 18 }: { lines?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" aria-busy="true" aria-label={t('state.loading')} role="status">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
        <Skeleton key={line} height={height} width={`${100 - (line % 3) * 12}%`} />
      ))}
    </Stack>
  );
}
