import { EmptyState } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyProps {
  icon: Icon;
  title: string;
  /** What to do next. */
  description: string;
  /** The button that does it. */
  action?: ReactNode;
}

/** What a list says when it has no rows: why, and what to do. */
export function Empty({ icon: IconOf, title, description, action }: EmptyProps) {
  return (
    <EmptyState
      size="md"
      py="xl"
      icon={<IconOf stroke={1.4} />}
      withIndicatorBackground
      title={title}
      description={description}
    >
      {action ? <EmptyState.Actions>{action}</EmptyState.Actions> : null}
    </EmptyState>
  );
}
