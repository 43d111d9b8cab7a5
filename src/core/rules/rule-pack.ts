/**
 * The rule pack: JSON that says what is looked for, under which category and on which basis.
 * This file checks the shape only; `compile-rules.ts` checks what the shape means (terms that
 * normalise to nothing, patterns, examples). Every refusal names its place in the file.
 * Described for pack writers in docs/rule-pack.md.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { Bilingual } from '../domain/bilingual.ts';
import { CategoryId, categoryOf } from '../domain/category.ts';
import { HitStatus } from '../domain/hit.ts';
import { Act, ConversationType, MessageKind } from '../domain/message.ts';
import { fault, type PlacedFault } from './fault.ts';
import { lineAndColumn, readJsonText } from './json-text.ts';
import { FLOW_KINDS, flowKindOf, MatchNode } from './match-node.ts';
import { type GivenPack, type PackError, packError, withLines } from './pack-error.ts';
import { MAX_DEPTH, putPartsIn } from './pack-parts.ts';
import { asIssue, shapeFaults } from './shape-faults.ts';

const Id = z.string().regex(/^[^\s\p{C}]+$/u);

export { MatchNode } from './match-node.ts';

const ClockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Roles of a member that conditions may name. */
export const MEMBER_ROLES = ['owner', 'admin', 'member'] as const;

/**
 * Where a rule applies; a condition that is left out holds everywhere. `act`, `conversationType` and
 * `messageKind` are known of every text. The others ask what is known of the sender, the conversation and
 * the time; where that is not known, they do not hold.
 */
const Conditions = z.strictObject({
  act: z.array(Act).min(1).optional(),
  conversationType: z.array(ConversationType).min(1).optional(),
  messageKind: z.array(MessageKind).min(1).optional(),
  /** What is known of the sender. */
  sender: z
    .strictObject({
      role: z.array(z.enum(MEMBER_ROLES)).min(1).optional(),
      /** Fields of the account, with the values that count. */
      fields: z.record(z.string().min(1), z.array(z.string()).min(1)).optional(),
    })
    .optional(),
  conversation: z
    .strictObject({
      minMembers: z.number().int().min(1).optional(),
      maxMembers: z.number().int().min(1).optional(),
      /** Any of these words stands in its name. */
      nameHas: z.array(z.string().min(1)).min(1).optional(),
    })
    .refine(
      (one) => (one.minMembers ?? 1) <= (one.maxMembers ?? Infinity),
      asIssue('no-such-size', {}, ['maxMembers']),
    )
    .optional(),
  time: z
    .strictObject({
      /** From the first to before the second, over midnight where the first is later. */
      between: z.tuple([ClockTime, ClockTime]).optional(),
      days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
    })
    .refine(
      ({ between }) => between === undefined || between[0] !== between[1],
      asIssue('empty-time', {}, ['between']),
    )
    .optional(),
});
export type Conditions = z.infer<typeof Conditions>;

/** One message of an example that needs several; what is left out is as for a message of a group. */
const ExampleMessage = z.strictObject({
  text: z.string(),
  /** Any name; the same name is the same account. */
  sender: z.string().min(1).default('a'),
  conversation: z.string().min(1).default('1'),
  /** Minutes since the start; without it half a minute after the message before. */
  at: z.number().min(0).optional(),
  kind: MessageKind.optional(),
  act: Act.optional(),
});
export type ExampleMessage = z.infer<typeof ExampleMessage>;

/** A text, or a small conversation. */
const Example = z.union([z.string().min(1), z.array(ExampleMessage).min(1).max(500)]);
export type Example = z.infer<typeof Example>;

/** What does not count: words inside quotation marks, and texts that warn of what they name. */
export const IGNORED = ['quoted', 'notice'] as const;

export const Rule = z
  .strictObject({
    id: Id,
    category: CategoryId,
    /** 1 to 5; without it the category's own. */
    severity: z.number().int().min(1).max(5).optional(),
    title: Bilingual,
    match: MatchNode,
    /** Texts in which this also matches raise no hit of the rule, such as anti-fraud notices. */
    exclude: MatchNode.optional(),
    ignore: z.array(z.enum(IGNORED)).min(1).optional(),
    when: Conditions.optional(),
    status: HitStatus.optional(),
    /** A proposal is a hit where the classifier gives its category at least this probability. */
    sureFrom: z.number().gt(0).max(1).optional(),
    /** Article ids of the law library, or words. */
    basis: z.array(z.string().min(1)).optional(),
    examples: z
      .strictObject({ hit: z.array(Example).default([]), clean: z.array(Example).default([]) })
      .optional(),
    owner: z.string().min(1).optional(),
    note: z.string().optional(),
  })
  .superRefine((rule, ctx) => {
    if (categoryOf(rule.category).organisationLoaded && rule.status !== 'proposal') {
      ctx.addIssue(asIssue('only-proposal', { category: rule.category }, ['status']));
    }
    if (rule.sureFrom !== undefined && rule.status !== 'proposal') {
      ctx.addIssue(asIssue('sure-alone', {}, ['sureFrom']));
    }
    const acts = rule.when?.act;
    if (flowKindOf(rule.match) && acts && !acts.includes('own-post') && !acts.includes('forward')) {
      ctx.addIssue(asIssue('flow-act', {}, ['when', 'act']));
    }
    const whole = JSON.stringify(rule.exclude ?? null);
    for (const kind of FLOW_KINDS) {
      if (whole.includes(`"${kind}":`)) ctx.addIssue(asIssue('flow-misplaced', { kind }, ['exclude']));
    }
  });
export type Rule = z.infer<typeof Rule>;

export const RulePack = z
  .strictObject({
    $schema: z.string().optional(),
    id: Id,
    version: z.string().min(1),
    title: Bilingual,
    /** Versions after one that says so are published only with a second officer. */
    approval: z.literal('second-officer').optional(),
    rules: z.array(Rule).min(1),
  })
  .superRefine((pack, ctx) => {
    const seen = new Set<string>();
    for (const [index, rule] of pack.rules.entries()) {
      if (seen.has(rule.id)) {
        ctx.addIssue(asIssue('id-twice', { id: rule.id }, ['rules', index, 'id']));
      }
      seen.add(rule.id);
    }
  });
export type RulePack = z.infer<typeof RulePack>;

/** Who brings a pack. Organisation-loaded categories are refused in shipped packs. */
export type PackOrigin = 'shipped' | 'organisation';

/** A pack with its identity. */
export interface LoadedPack {
  readonly pack: RulePack;
  readonly origin: PackOrigin;
  /** Canonical JSON (RFC 8785) of the pack as it was given, its parts not yet put in. */
  readonly source: string;
  /** SHA-256 (hex) of the canonical JSON (RFC 8785) of the pack as it was given. */
  readonly sha256: string;
}

/** The pack as it was given, for naming places in it. */
export const givenPack = ({ pack, source }: LoadedPack): GivenPack => ({
  id: pack.id,
  json: JSON.parse(source) as unknown,
});

export type ParsedPack =
  | { readonly ok: true; readonly loaded: LoadedPack }
  | { readonly ok: false; readonly errors: readonly PackError[] };

function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= MAX_DEPTH || Object.values(value).some((child) => isTooDeep(child, depth + 1));
}

/** Where a lone surrogate stands, which canonical JSON cannot hold. */
function halfCharacter(value: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  if (typeof value === 'string') return /\p{Cs}/u.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = halfCharacter(child, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Checks the shape of a pack and gives it its identity. Never throws on bad input. */
export function parsePack(json: unknown, origin: PackOrigin): ParsedPack {
  const id =
    typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string' ? json.id : '?';
  const refused = (faults: readonly PlacedFault[]) => ({
    ok: false as const,
    errors: faults.map((one) => packError({ id, json }, one.path, one.fault)),
  });
  if (isTooDeep(json)) return refused([{ path: [], fault: fault('too-deep', { most: MAX_DEPTH }) }]);
  const whole = putPartsIn(json);
  if (whole.errors.length > 0) return refused(whole.errors);
  const parsed = RulePack.safeParse(whole.json);
  if (!parsed.success) return refused(shapeFaults(parsed.error, whole.json));
  const pack = parsed.data;
  if (origin === 'shipped') {
    const foreign = pack.rules.flatMap(({ category }, index) =>
      categoryOf(category).organisationLoaded
        ? [{ path: ['rules', index, 'category'], fault: fault('organisation-only', { category }) }]
        : [],
    );
    if (foreign.length > 0) return refused(foreign);
  }
  const broken = halfCharacter(json, []);
  if (broken !== undefined) return refused([{ path: broken, fault: fault('half-character') }]);
  const source = canonicalize(json) as string;
  const sha256 = createHash('sha256').update(source, 'utf8').digest('hex');
  return { ok: true, loaded: { pack, origin, source, sha256 } };
}

/** The same for the text of a file: refusals have its lines; bad JSON and keys that stand twice are refused too. */
export function parsePackText(text: string, origin: PackOrigin): ParsedPack {
  const { broken, twice } = readJsonText(text);
  if (broken !== undefined) {
    const error = packError({ id: '?', json: null }, [], broken.fault.fault);
    return { ok: false, errors: [{ ...error, ...lineAndColumn(text, broken.at) }] };
  }
  const json: unknown = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  const parsed = parsePack(json, origin);
  if (parsed.ok && twice.length === 0) return parsed;
  const id = parsed.ok ? parsed.loaded.pack.id : (parsed.errors[0]?.pack ?? '?');
  const errors = [
    ...twice.map((one) => packError({ id, json }, one.path, one.fault)),
    ...(parsed.ok ? [] : parsed.errors),
  ];
  return { ok: false, errors: withLines(errors, text) };
}
