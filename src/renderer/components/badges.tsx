/** Small marks for what a hit or a case is. */
import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CategoryId, categoryOf, type Tier } from '../../core/domain/category.ts';
import type { HitStatus, Verdict } from '../../core/domain/hit.ts';
import classes from './badges.module.css';
import { useWords } from './words.ts';

export const TIER_COLORS: Record<Tier, string> = { illegal: 'red', harmful: 'orange', 'house-rule': 'ink' };
const VERDICT_COLORS: Record<Verdict, string> = {
  confirmed: 'red',
  dismissed: 'gray',
  duplicate: 'gray',
  unsure: 'yellow',
};

export function TierBadge({ tier }: { tier: Tier }) {
  const words = useWords();
  return <Badge color={TIER_COLORS[tier]}>{words.of('tier', tier)}</Badge>;
}

/** The category in words, coloured by its tier, or by another that a record states. */
export function CategoryBadge({ category, tier }: { category: CategoryId; tier?: Tier | null }) {
  const words = useWords();
  return <Badge color={TIER_COLORS[tier ?? categoryOf(category).tier]}>{words.category(category)}</Badge>;
}

/** Severity 1 to 5 as filled dots; the number is read out. */
export function Severity({ value }: { value: number }) {
  const { t } = useTranslation();
  const label = t('hit.severity', { severity: value });
  return (
    <span className={classes.severity} data-level={value} role="img" aria-label={label} title={label}>
      {[1, 2, 3, 4, 5].map((step) => (
        <i key={step} data-on={step <= value || undefined} />
      ))}
    </span>
  );
}

export function StatusBadge({ status }: { status: HitStatus }) {
  const words = useWords();
  return (
    <Badge color={status === 'hit' ? 'red' : 'yellow'} variant={status === 'hit' ? 'light' : 'outline'}>
      {words.of('hitStatus', status)}
    </Badge>
  );
}

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const words = useWords();
  return <Badge color={VERDICT_COLORS[verdict]}>{words.of('verdict', verdict)}</Badge>;
}

/** How a word was disguised; evidence of evasion by itself. */
export function Transforms({ names }: { names: readonly string[] }) {
  const words = useWords();
  if (names.length === 0) return null;
  return (
    <Group gap={4}>
      {names.map((name) => (
        <Badge key={name} variant="outline" color="grape" size="sm">
          {words.of('transform', name)}
        </Badge>
      ))}
    </Group>
  );
}

/** A label above a value, for detail panels. */
export function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className={classes.value}>{children}</div>
    </div>
  );
}
