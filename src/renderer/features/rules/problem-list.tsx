import { Alert, Anchor, Code, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PackProblem } from '../../../core/domain/backtest.ts';
import { useFaultText } from './fault-text.ts';

interface ProblemListProps {
  problems: readonly PackProblem[];
  /** Shows the place of a problem where the text is edited. */
  onPlace?: (problem: PackProblem) => void;
  /** The field that a problem belongs to, in words; null where only its path names it. */
  nameOf?: (problem: PackProblem) => string | null;
}

/** What is wrong with a pack, each with its place. */
export function ProblemList({ problems, onPlace, nameOf }: ProblemListProps) {
  const { t } = useTranslation('rules');
  const faultText = useFaultText();
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
        {problems.slice(0, 50).map((problem) => {
          const name = nameOf?.(problem) ?? null;
          const place = name ?? <Code>{problem.pointer || '/'}</Code>;
          return (
            <List.Item key={`${problem.pointer} ${problem.detail}`}>
              {onPlace ? (
                <Anchor component="button" type="button" inherit onClick={() => onPlace(problem)}>
                  {place}
                </Anchor>
              ) : (
                place
              )}
              {name === null ? ' ' : t('faultPlace.colon')}
              <Text span size="sm">
                {faultText(problem)}
              </Text>
              {problem.line === null || name !== null ? null : (
                <Text span size="xs" c="dimmed">
                  {' '}
                  {t('place', { line: problem.line, column: problem.column })}
                </Text>
              )}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
