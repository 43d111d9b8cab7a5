import { Badge } from '@mantine/core';
import type { Decision } from '../../../core/domain/case.ts';
import { useWords } from '../../components/words.ts';

const COLORS: Record<Decision['state'], string> = {
  'awaiting-approval': 'yellow',
  final: 'teal',
  refused: 'gray',
};

export function DecisionState({ state }: { state: Decision['state'] }) {
  const words = useWords();
  return <Badge color={COLORS[state]}>{words.of('decisionState', state)}</Badge>;
}
