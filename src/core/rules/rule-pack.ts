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
import { FLOW_KINDS, MatchNode } from './match-node.ts';
import { putPartsIn } from './pack-parts.ts';

const Id = z.string().regex(/^[^\s\p{C}]+$/u, 'expected an id without spaces');

export { MatchNode } from './match-node.ts';

const ClockTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'expected a time such as 22:30');

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
    .refine((one) => (one.minMembers ?? 1) <= (one.maxMembers ?? Infinity), {
      path: ['maxMembers'],
      message: 'is less than "minMembers": no conversation has so many members',
    })
    .optional(),
  time: z
    .strictObject({
      /** From the first to before the second, over midnight where the first is later. */
      between: z.tuple([ClockTime, ClockTime]).optional(),
      days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
    })
    .refine(({ between }) => between === undefined || between[0] !== between[1], {
      path: ['between'],
      message: 'no time lies between a time and itself',
    })
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
      ctx.addIssue({
        code: 'custom',
        path: ['status'],
        message: `must be "proposal": only a human decides in category ${rule.category}`,
      });
    }
    const whole = JSON.stringify(rule.exclude ?? null);
    for (const kind of FLOW_KINDS) {
      if (!whole.includes(`"${kind}":`)) continue;
      ctx.addIssue({ code: 'custom', path: ['exclude'], message: `"${kind}" stands only in "match"` });
    }
  });
export type Rule = z.infer<typeof Rule>;

export const RulePack = z
  .strictObject({
    $schema: z.string().optional(),
    id: Id,
    version: z.string().min(1),
    title: Bilingual,
    rules: z.array(Rule).min(1),
  })
  .superRefine((pack, ctx) => {
    const seen = new Set<string>();
    for (const [index, rule] of pack.rules.entries()) {
      if (seen.has(rule.id)) {
        ctx.addIssue({ code: 'custom', path: ['rules', index, 'id'], message: `"${rule.id}" stands twice` });
      }
      seen.add(rule.id);
    }
  });
export type RulePack = z.infer<typeof RulePack>;

/** Who brings a pack. Organisation-loaded categories are refused in shipped packs. */
export type PackOrigin = 'shipped' | 'organisation';

/** A refusal: `path` is the place in the JSON, such as `rules[3].match.terms[0]`; `pointer` as RFC 6901. */
export interface PackError {
  readonly code: 'pack-invalid' | 'pack-example-failed';
  readonly pack: string;
  readonly path: string;
  readonly pointer: string;
  readonly detail: string;
}

/** A pack with its identity. */
export interface LoadedPack {
  readonly pack: RulePack;
  readonly origin: PackOrigin;
  /** Canonical JSON (RFC 8785) of the pack as it was given, its parts not yet put in. */
  readonly source: string;
  /** SHA-256 (hex) of the canonical JSON (RFC 8785) of the pack as it was given. */
  readonly sha256: string;
}

export type ParsedPack =
  | { readonly ok: true; readonly loaded: LoadedPack }
  | { readonly ok: false; readonly errors: readonly PackError[] };

/** `["rules", 3, "match", "terms", 0]` as `rules[3].match.terms[0]`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

/** Objects and arrays inside one another; a rule written by people needs about ten. */
const MAX_DEPTH = 64;

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

/** A path of keys as a JSON pointer (RFC 6901). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A refusal of a pack at a place in its JSON. */
export function packError(
  pack: string,
  path: readonly PropertyKey[],
  detail: string,
  code: PackError['code'] = 'pack-invalid',
): PackError {
  return { code, pack, path: jsonPath(path), pointer: jsonPointer(path), detail };
}

/** Checks the shape of a pack and gives it its identity. Never throws on bad input. */
export function parsePack(json: unknown, origin: PackOrigin): ParsedPack {
  const name =
    typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string' ? json.id : '?';
  const refused = (...faults: { readonly path: readonly PropertyKey[]; readonly detail: string }[]) => ({
    ok: false as const,
    errors: faults.map(({ path, detail }) => packError(name, path, detail)),
  });
  if (isTooDeep(json)) {
    return refused({ path: [], detail: `has more than ${MAX_DEPTH} levels inside one another` });
  }
  const whole = putPartsIn(json);
  if (whole.errors.length > 0) return refused(...whole.errors);
  const parsed = RulePack.safeParse(whole.json);
  if (!parsed.success) {
    return refused(...parsed.error.issues.map(({ path, message }) => ({ path, detail: message })));
  }
  const pack = parsed.data;
  if (origin === 'shipped') {
    const foreign = pack.rules.flatMap(({ category }, index) =>
      categoryOf(category).organisationLoaded
        ? [
            {
              path: ['rules', index, 'category'],
              detail: `${category} belongs only in packs that the organisation loads`,
            },
          ]
        : [],
    );
    if (foreign.length > 0) return refused(...foreign);
  }
  const broken = halfCharacter(json, []);
  if (broken !== undefined) {
    return refused({ path: broken, detail: 'has half a character (a lone surrogate)' });
  }
  const source = canonicalize(json) as string;
  const sha256 = createHash('sha256').update(source, 'utf8').digest('hex');
  return { ok: true, loaded: { pack, origin, source, sha256 } };
}

/** The same for the text of a file; bad JSON is an error like any other. */
export function parsePackText(text: string, origin: PackOrigin): ParsedPack {
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return { ok: false, errors: [packError('?', [], (error as Error).message)] };
  }
  return parsePack(json, origin);
}
