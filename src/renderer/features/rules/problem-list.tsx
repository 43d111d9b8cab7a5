import { Alert, Anchor, Code, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PackProblem } from '../../../core/domain/backtest.ts';

interface ProblemListProps {
  problems: readonly PackProblem[];
  /** Shows the place of a problem where the text is edited. */
  onPlace?: (pointer: string) => void;
}

/** What is wrong with a pack, each with its place. */
export function ProblemList({ problems, onPlace }: ProblemListProps) {
  const { t } = useTranslation('rules');
  if (problems.length === 0) {
    return (
      <Alert color="teal" variant="light" p="xs">
        {t('draft.valid')}
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" p="xs" title={t('draft.problems', { count: problems.length })}>
      <List size="sm" spacing={2} mah={180} style={{ overflow: 'auto' }}>
        {problems.slice(0, 50).map(({ pointer, detail }) => (
          <List.Item key={`${pointer} ${detail}`}>
            {onPlace ? (
              <Anchor component="button" type="button" inherit onClick={() => onPlace(pointer)}>
                <Code>{pointer || '/'}</Code>
              </Anchor>
            ) : (
              <Code>{pointer || '/'}</Code>
            )}{' '}
            <Text span size="sm">
              {detail}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
