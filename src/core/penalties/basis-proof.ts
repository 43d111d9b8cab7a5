/**
 * Whether a decision can show what it rests on. Content that the law forbids cites an article of law and
 * a clause of the agreement or house rules (S4-12). Everything else rests on house rules alone: then the
 * version in force on the day of the act, the proof that it was adopted and the person's own receipt have
 * to be there, or the decision is marked "basis unproved" and never counts against the person later.
 */
import type { BasisGap, BasisProof, MeasureSubject } from '../domain/case.ts';
import type { Tier } from '../domain/category.ts';
import type { CivilDay } from '../law/civil-day.ts';

/** A version of house rules, as far as the proof needs it. */
export interface RulesInForce {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly effectiveFrom: CivilDay;
  readonly endedOn: CivilDay | null;
  /** Empty: every clause. */
  readonly clauses: readonly string[];
  readonly adopted: boolean;
}

export interface BasisInput {
  readonly tier: Tier;
  readonly required: readonly ('law' | 'house')[];
  /** What the decision cites that holds on the day of the act: `law:…`, `house:…`. */
  readonly references: readonly string[];
  /** Day of the act; null where the export does not tell. */
  readonly day: CivilDay | null;
  readonly subjectType: MeasureSubject;
  readonly versions: readonly RulesInForce[];
  /** First day on which the person received a version, by its id. */
  readonly receivedOn: (versionId: string) => CivilDay | null;
}

/** Groups and links receive nothing; the people behind them are parties of their own. */
const RECEIVES: ReadonlySet<MeasureSubject> = new Set([
  'personal-account',
  'public-account',
  'mini-program',
  'video-account',
  'staff-member',
]);

/**
 * The version that held on a day and has one of the clauses: the latest to take effect. Null for none.
 */
export function rulesInForce(
  versions: readonly RulesInForce[],
  day: CivilDay,
  clauses: readonly string[],
): RulesInForce | null {
  let found: RulesInForce | null = null;
  for (const version of versions) {
    if (day < version.effectiveFrom || (version.endedOn !== null && day >= version.endedOn)) continue;
    if (version.clauses.length > 0 && !version.clauses.some((clause) => clauses.includes(clause))) continue;
    if (found === null || version.effectiveFrom > found.effectiveFrom) found = version;
  }
  return found;
}

export function proveBasis(input: BasisInput): BasisProof {
  const { required, references, day, tier } = input;
  const missing: BasisGap[] = [];
  const clauses = references.filter((one) => one.startsWith('house:')).map((one) => one.slice(6));
  if (required.includes('law') && !references.some((one) => one.startsWith('law:'))) missing.push('law');
  if (required.includes('house') && clauses.length === 0) missing.push('clause');
  const rules = day === null ? null : rulesInForce(input.versions, day, clauses);
  const receivedOn = rules === null ? null : input.receivedOn(rules.id);
  if (tier !== 'illegal') {
    if (day === null) missing.push('act-time');
    else if (rules === null) missing.push('house-rules');
    else {
      if (!rules.adopted) missing.push('adoption');
      if (RECEIVES.has(input.subjectType) && (receivedOn === null || receivedOn > day))
        missing.push('receipt');
    }
  }
  return {
    required: [...required],
    rules: rules && {
      id: rules.id,
      title: rules.title,
      version: rules.version,
      effectiveFrom: rules.effectiveFrom,
    },
    receivedOn,
    missing,
    proved: missing.length === 0,
  };
}
