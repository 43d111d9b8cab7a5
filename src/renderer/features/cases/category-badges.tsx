import { Badge, Group } from '@mantine/core';
import type { CategoryId, Tier } from '../../../core/domain/category.ts';
import { CategoryBadge } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import { useWords } from '../../components/words.ts';

/** The first category in words and how many more, for a table's cell; all of them on hover. */
export function CategoryBadges({
  categories,
  tier,
}: {
  categories: readonly CategoryId[];
  tier?: Tier | null;
}) {
  const words = useWords();
  const format = useFormat();
  const first = categories[0];
  if (first === undefined) return null;
  return (
    <Group gap={4} wrap="nowrap" title={format.list(categories.map(words.category))}>
      <CategoryBadge category={first} tier={tier ?? null} />
      {categories.length > 1 ? (
        <Badge color="gray" style={{ flex: 'none' }}>
          +{categories.length - 1}
        </Badge>
      ) : null}
    </Group>
  );
}
