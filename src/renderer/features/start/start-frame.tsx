import { Container, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../core/domain/bilingual.ts';
import { setLanguage } from '../../app/i18n.ts';
import classes from './start.module.css';

interface StartFrameProps {
  title: string;
  lead: string;
  /** Widest, in pixels. */
  width?: number;
  children: ReactNode;
}

/** The frame of everything that comes before an open workspace. */
export function StartFrame({ title, lead, width = 460, children }: StartFrameProps) {
  const { t, i18n } = useTranslation(['start', 'common']);
  return (
    <main className={classes.frame}>
      <Container size={width} w="100%">
        <div className={classes.brand}>
          <Text fw={700} size="lg">
            {t('common:productFull')}
          </Text>
          <SegmentedControl
            aria-label={t('start:language')}
            value={i18n.language}
            onChange={(value) => void setLanguage(value as Language)}
            data={[
              { value: 'zh-CN', label: t('common:language.zh-CN') },
              { value: 'en', label: t('common:language.en') },
            ]}
          />
        </div>
        <Paper withBorder p="xl" radius="md">
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              <Text c="dimmed">{lead}</Text>
            </div>
            {children}
          </Stack>
        </Paper>
      </Container>
    </main>
  );
}
