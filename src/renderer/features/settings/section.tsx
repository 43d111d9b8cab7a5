import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  help?: string;
  children: ReactNode;
}

export function Section({ title, help, children }: SectionProps) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <div>
          <Title order={2}>{title}</Title>
          {help ? <Text c="dimmed">{help}</Text> : null}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
