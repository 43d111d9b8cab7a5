/**
 * Reading a statutory meter: how counted material stands against the limits of an article.
 *
 * Only confirmed items count. The day of an act picks the version of the article; items of different
 * versions are read apart. Where acts add up over a window, the window with the highest reading is shown.
 */
import { type CivilDay, lastDayOfYears } from '../law/civil-day.ts';
import { articleAt, type LawLibrary } from '../law/law-library.ts';
import type { Meter, MeterCounter, MeterMedia, MeterRule, MeterVariant } from './meter-data.ts';

/** One confirmed message. */
export interface MeterItem {
  /** Null where the source states no time. */
  readonly day: CivilDay | null;
  readonly media: MeterMedia;
  readonly under14: boolean;
  /** Null for direct chats. */
  readonly group: string | null;
  /** Equal for equal texts. */
  readonly text: string;
  readonly forwarded: boolean;
  /** Conversation of any kind. */
  readonly conversation: string;
}

/** What is known of a conversation in which items stand. */
export interface MeterConversation {
  /** Known accounts in it, as any distinct numbers. */
  readonly accounts: readonly number[];
  /** Does a list name its members, or are only those known who spoke? */
  readonly listed: boolean;
  /** Is the person its owner? Null where no list tells. */
  readonly owned: boolean | null;
}

/** A value that an officer entered, with the day it stands for. */
export interface MeterFigure {
  readonly counter: string;
  readonly variant: string;
  readonly value: number;
  readonly day: CivilDay;
}

export interface MeterInput {
  readonly items: readonly MeterItem[];
  readonly conversations: ReadonlyMap<string, MeterConversation>;
  readonly figures: readonly MeterFigure[];
}

/** Why a value is not whole: nothing tells it, or only a lower bound is known. */
export type MeterMissing = 'not-in-exports' | 'members-unlisted' | 'owner-unknown';

export interface CounterReading {
  readonly id: string;
  /** What the rules use: the entered figure where there is one, else what was counted. Null: unknown. */
  readonly value: number | null;
  readonly counted: number | null;
  readonly entered: number | null;
  /** After the variant's factor. */
  readonly limit: number;
  /** `value` by `limit`. */
  readonly share: number | null;
  readonly missing: readonly MeterMissing[];
}

export interface RuleReading {
  readonly rule: MeterRule;
  /** Counters that reach the rule's share; for `convert` the sum of shares. */
  readonly met: number;
  /** 1 where the rule is reached. */
  readonly share: number;
  readonly reached: boolean;
}

export interface MeterReading {
  readonly variant: string;
  /** Reference of the article's version, and of the article that gives the variant its factor. */
  readonly article: string;
  readonly variantArticle: string;
  readonly window: { readonly from: CivilDay; readonly to: CivilDay } | null;
  readonly items: number;
  /** Items of this version that the window leaves out. */
  readonly outside: number;
  readonly counters: readonly CounterReading[];
  readonly rules: readonly RuleReading[];
  readonly share: number;
  /** `reached` speaks of numbers only. */
  readonly state: 'below' | 'half' | 'reached';
}

export interface MeterResult {
  readonly meter: string;
  readonly readings: readonly MeterReading[];
  /** Items that no reading counts, by reason. */
  readonly left: { readonly undated: number; readonly notInForce: number; readonly noLimits: number };
}

type Dated = MeterItem & { readonly day: CivilDay };
const dated = (item: MeterItem): item is Dated => item.day !== null;

/** Reads a meter over what is known. Empty `readings` where nothing falls under any version. */
export function readMeter(meter: Meter, input: MeterInput, law: LawLibrary): MeterResult {
  const left = { undated: 0, notInForce: 0, noLimits: 0 };
  const limits = new Map(meter.versions.map((version) => [version.article, version.limits]));
  const [asked] = meter.versions;
  const versionOn = (day: CivilDay): string | 'not-in-force' | 'no-limits' => {
    const found = articleAt(law, asked?.article.slice(4) ?? '', day);
    if (!found.ok) return 'not-in-force';
    return limits.has(`law:${found.article.id}`) ? `law:${found.article.id}` : 'no-limits';
  };
  const byVersion = new Map<string, { items: Dated[]; figures: MeterFigure[] }>();
  const of = (version: string) => {
    const known = byVersion.get(version) ?? { items: [], figures: [] };
    byVersion.set(version, known);
    return known;
  };
  for (const item of input.items) {
    if (!dated(item)) {
      left.undated += 1;
      continue;
    }
    const version = versionOn(item.day);
    if (version === 'not-in-force') left.notInForce += 1;
    else if (version === 'no-limits') left.noLimits += 1;
    else of(version).items.push(item);
  }
  for (const figure of input.figures) {
    const version = versionOn(figure.day);
    if (limits.has(version)) of(version).figures.push(figure);
  }
  const readings = [...byVersion].flatMap(([version, { items, figures }]) =>
    meter.variants.flatMap((variant) => {
      const variantFigures = figures.filter((figure) => figure.variant === variant.id);
      const counted = items.filter(
        (item) =>
          (variant.only === null || item.under14) && articleAt(law, variant.article.slice(4), item.day).ok,
      );
      if (counted.length === 0 && variantFigures.length === 0) return [];
      return [
        best(
          meter,
          variant,
          version,
          limits.get(version) ?? {},
          counted,
          variantFigures,
          input.conversations,
        ),
      ];
    }),
  );
  return { meter: meter.id, readings, left };
}

/** The window with the highest share; of equal ones the last. */
function best(
  meter: Meter,
  variant: MeterVariant,
  article: string,
  limits: Readonly<Record<string, number>>,
  items: readonly Dated[],
  figures: readonly MeterFigure[],
  conversations: MeterInput['conversations'],
): MeterReading {
  const days = [...new Set([...items, ...figures].map(({ day }) => day))].sort();
  const read = (window: MeterReading['window']): MeterReading => {
    const within = (day: CivilDay) => window === null || (day >= window.from && day <= window.to);
    const inside = items.filter(({ day }) => within(day));
    const counters = meter.counters.map((counter) =>
      readCounter(
        counter,
        (limits[counter.id] ?? 1) * variant.factor,
        inside,
        figures.filter(({ counter: id, day }) => id === counter.id && within(day)),
        conversations,
      ),
    );
    const rules = meter.rules.map((rule) => readRule(rule, counters));
    const share = Math.max(0, ...rules.map((rule) => rule.share));
    return {
      variant: variant.id,
      article,
      variantArticle: variant.article,
      window,
      items: inside.length,
      outside: items.length - inside.length,
      counters,
      rules,
      share,
      state: rules.some(({ reached }) => reached) ? 'reached' : share >= 0.5 ? 'half' : 'below',
    };
  };
  if (meter.window === null) return read(null);
  let highest: MeterReading | null = null;
  for (const to of days) {
    const from = firstDayWithin(days, to, meter.window.years);
    const reading = read({ from, to });
    if (highest === null || reading.share >= highest.share) highest = reading;
  }
  return highest ?? read(null);
}

/** The first of `days` from which a period of whole years reaches to `to`. */
function firstDayWithin(days: readonly CivilDay[], to: CivilDay, years: number): CivilDay {
  return days.find((day) => day <= to && lastDayOfYears(day, years) >= to) ?? to;
}

function readCounter(
  { id, from }: MeterCounter,
  limit: number,
  items: readonly Dated[],
  figures: readonly MeterFigure[],
  conversations: MeterInput['conversations'],
): CounterReading {
  const { counted, missing } = count(from, items, conversations);
  const entered = figures.reduce<MeterFigure | null>(
    (last, figure) => (last === null || figure.day >= last.day ? figure : last),
    null,
  );
  const value = entered?.value ?? counted;
  return {
    id,
    value,
    counted,
    entered: entered?.value ?? null,
    limit,
    share: value === null ? null : value / limit,
    missing: entered ? [] : missing,
  };
}

function count(
  from: MeterCounter['from'],
  items: readonly Dated[],
  conversations: MeterInput['conversations'],
): { counted: number | null; missing: MeterMissing[] } {
  const known = (ids: Iterable<string>) =>
    [...new Set(ids)].map(
      (id): MeterConversation => conversations.get(id) ?? { accounts: [], listed: false, owned: null },
    );
  const groups = () => known(items.flatMap(({ group }) => (group === null ? [] : [group])));
  const unlisted = (of: readonly MeterConversation[]): MeterMissing[] =>
    of.some(({ listed }) => !listed) ? ['members-unlisted'] : [];
  const members = (of: readonly MeterConversation[]) =>
    of.reduce((sum, { accounts }) => sum + accounts.length, 0);
  switch (from.kind) {
    case 'items':
      return { counted: items.filter(({ media }) => from.media.includes(media)).length, missing: [] };
    case 'owned-groups':
    case 'owned-group-members': {
      const all = groups();
      const owned = all.filter((group) => group.owned === true);
      const missing: MeterMissing[] = all.some((group) => group.owned === null) ? ['owner-unknown'] : [];
      if (from.kind === 'owned-groups') return { counted: owned.length, missing };
      return { counted: members(owned), missing: [...missing, ...unlisted(owned)] };
    }
    case 'group-members': {
      const all = groups();
      return { counted: members(all), missing: unlisted(all) };
    }
    case 'accounts-reached': {
      const all = known(items.map(({ conversation }) => conversation));
      return { counted: new Set(all.flatMap(({ accounts }) => accounts)).size, missing: unlisted(all) };
    }
    case 'same-text-forwards': {
      const forwards = new Map<string, number>();
      for (const { text, forwarded } of items)
        if (forwarded) forwards.set(text, (forwards.get(text) ?? 0) + 1);
      return { counted: Math.max(0, ...forwards.values()), missing: ['not-in-exports'] };
    }
    case 'entered':
      return { counted: null, missing: ['not-in-exports'] };
  }
}

function readRule(rule: MeterRule, counters: readonly CounterReading[]): RuleReading {
  const shares = rule.of.map((id) => counters.find((counter) => counter.id === id)?.share ?? 0);
  if (rule.kind === 'convert') {
    const sum = shares.reduce((total, share) => total + share, 0);
    return { rule, met: sum, share: sum, reached: reaches(sum, 1) };
  }
  const met = shares.filter((share) => reaches(share, rule.share)).length;
  // The counter that comes last of those needed decides how far the rule is.
  const last = shares.toSorted((a, b) => b - a)[rule.needed - 1] ?? 0;
  return { rule, met, share: last / rule.share, reached: met >= rule.needed };
}

/** Shares are quotients of counts; adding them must not lose a limit to rounding. */
const reaches = (share: number, limit: number) => share >= limit - 1e-9;
