import type { DispositionReason, Verdict } from '../../../core/domain/hit.ts';

/** What one key does. Where several reasons fit, a second key chooses among them. */
export const VERDICT_KEYS = [
  { verdict: 'confirmed', key: 'c', reasons: [] },
  {
    verdict: 'dismissed',
    key: 'd',
    reasons: [
      'not-a-violation',
      'quotation',
      'warning-notice',
      'business-context',
      'joke-between-colleagues',
      'rule-too-broad',
      'other',
    ],
  },
  { verdict: 'unsure', key: 'u', reasons: ['needs-context', 'needs-second-opinion', 'other'] },
  { verdict: 'duplicate', key: 'x', reasons: ['same-incident'] },
] as const satisfies readonly {
  verdict: Verdict;
  key: string;
  reasons: readonly DispositionReason[];
}[];

export function reasonsOf(verdict: Verdict): readonly DispositionReason[] {
  return VERDICT_KEYS.find((entry) => entry.verdict === verdict)?.reasons ?? [];
}
