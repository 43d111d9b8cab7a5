import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Deferred } from '../../components/deferred.tsx';
import classes from './imports.module.css';

interface FileFrameProps {
  name: string;
  facts?: string;
  onRemove: () => void;
  children: ReactNode;
}

/** The box of one file in the import drawer. */
export function FileFrame({ name, facts, onRemove, children }: FileFrameProps) {
  const { t } = useTranslation('imports');
  return (
    <section className={classes.file} aria-label={name}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} truncate title={name}>
            {name}
          </Text>
          {facts ? (
            <Text size="xs" c="dimmed">
              {facts}
            </Text>
          ) : null}
        </div>
        <Tooltip label={t('preview.remove')}>
          <ActionIcon aria-label={`${t('preview.remove')} ${name}`} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Deferred>{children}</Deferred>
    </section>
  );
}
