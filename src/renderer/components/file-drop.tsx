import { Center, Overlay, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNative } from '../api/native.ts';

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Takes files and folders dropped anywhere on the window. The browser's own file entries are read,
 * because only they can be turned into paths.
 */
export function FileDrop({ onPaths }: { onPaths: (paths: string[]) => void }) {
  const { t } = useTranslation();
  const native = useNative();
  const [over, setOver] = useState(false);
  const take = useRef(onPaths);
  take.current = onPaths;
  useEffect(() => {
    const accept = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const listeners = {
      // What lies under the pointer may change between two moves, while a screen is drawn; the browser then
      // sends an enter in place of an over, and a drop right after it is refused unless the enter was accepted.
      dragenter: accept,
      dragover: accept,
      // Only leaving the window has no other end. Counting enters and leaves would miss those of removed nodes.
      dragleave: (event: DragEvent) => {
        if (event.relatedTarget === null) setOver(false);
      },
      drop: (event: DragEvent) => {
        setOver(false);
        if (!carriesFiles(event)) return;
        event.preventDefault();
        const paths = [...(event.dataTransfer?.files ?? [])]
          .map((file) => native.pathOf(file))
          .filter(Boolean);
        if (paths.length > 0) take.current(paths);
      },
    };
    const entries = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][];
    for (const [name, listener] of entries) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of entries) window.removeEventListener(name, listener);
    };
  }, [native]);
  if (!over) return null;
  return (
    <Overlay fixed zIndex={400} backgroundOpacity={0.7} style={{ pointerEvents: 'none' }}>
      <Center h="100%">
        <Stack align="center" gap="xs" c="white">
          <IconFileImport size={48} stroke={1.2} />
          <Text size="lg" fw={600}>
            {t('drop.title')}
          </Text>
          <Text>{t('drop.help')}</Text>
        </Stack>
      </Center>
    </Overlay>
  );
}
