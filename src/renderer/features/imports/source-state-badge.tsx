import { Badge } from '@mantine/core';
import type { SourceState } from '../../../core/domain/source.ts';
import { useWords } from '../../components/words.ts';

const COLORS: Record<SourceState, string> = {
  importing: 'ink',
  partial: 'yellow',
  complete: 'teal',
  excluded: 'gray',
};

export function SourceStateBadge({ state }: { state: SourceState }) {
  const words = useWords();
  return <Badge color={COLORS[state]}>{words.of('sourceState', state)}</Badge>;
}
