/**
 * The rule pack: JSON that says what is looked for, under which category and on which basis.
 * This file checks the shape only; `compile-rules.ts` checks what the shape means (terms that
 * normalise to nothing, patterns, examples). Every refusal names its place in the file.
 * Described for pack writers in docs/rule-pack.md.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { DETECTOR_NAMES, FINDING_FLAGS } from '../detection/detector-names.ts';
import { Bilingual } from '../domain/bilingual.ts';
import { CategoryId, categoryOf } from '../domain/category.ts';
import { HitStatus } from '../domain/hit.ts';
import { Act, ConversationType, MessageKind } from '../domain/message.ts';
import { TRANSFORMS } from '../normalization/transforms.ts';
import { putPartsIn } from './pack-parts.ts';

const Id = z.string().regex(/^[^\s\p{C}]+$/u, 'expected an id without spaces');

/** Kinds of match node: exactly one of these keys stands in each node. */
const NODE_KINDS = ['terms', 'detector', 'regex', 'all', 'any', 'not'] as const;
type NodeKind = (typeof NODE_KINDS)[number];

/** Keys that may stand beside each kind. */
const COMPANIONS: Record<NodeKind, readonly string[]> = {
  terms: ['allow', 'transforms', 'boundary'],
  detector: ['valid', 'flags', 'atLeast'],
  regex: ['transforms'],
  all: ['within'],
  any: [],
  not: [],
};

const Transforms = z.array(z.enum(TRANSFORMS));

const MatchNodeShape = z.strictObject({
  terms: z.array(z.string().min(1)).min(1).optional(),
  /** Innocent longer words: a term inside one of them does not count. */
  allow: z.array(z.string().min(1)).optional(),
  /** The only transforms under which this node may match. */
  transforms: Transforms.optional(),
  /** `word` (default): a term of Latin letters and digits only matches as a whole word. */
  boundary: z.enum(['word', 'none']).optional(),
  detector: z.enum(DETECTOR_NAMES).optional(),
  /** Which findings count: those whose check holds (default), or `false`, those whose check fails. */
  valid: z.boolean().optional(),
  /** Flags a finding must have (true) or must not have (false). */
  flags: z.partialRecord(z.enum(FINDING_FLAGS), z.boolean()).optional(),
  /** How many different values must be found in the text. */
  atLeast: z.number().int().min(1).max(1000).optional(),
  /** RE2 syntax. */
  regex: z.string().min(1).max(2000).optional(),
  get all() {
    return z.array(MatchNode).min(1).optional();
  },
  get any() {
    return z.array(MatchNode).min(1).optional();
  },
  get not() {
    return MatchNode.optional();
  },
  /** With `all`: every part lies inside a window of so many UTF-16 units of the original text. */
  within: z.number().int().min(1).max(10_000).optional(),
});

/** One node of a match tree. */
export const MatchNode: z.ZodType<MatchNode> = z.lazy(() => MatchNodeShape.superRefine(oneKind) as never);

export interface MatchNode {
  terms?: string[] | undefined;
  allow?: string[] | undefined;
  transforms?: (typeof TRANSFORMS)[number][] | undefined;
  boundary?: 'word' | 'none' | undefined;
  detector?: (typeof DETECTOR_NAMES)[number] | undefined;
  valid?: boolean | undefined;
  flags?: Partial<Record<(typeof FINDING_FLAGS)[number], boolean>> | undefined;
  atLeast?: number | undefined;
  regex?: string | undefined;
  all?: MatchNode[] | undefined;
  any?: MatchNode[] | undefined;
  not?: MatchNode | undefined;
  within?: number | undefined;
}

function oneKind(node: object, ctx: z.RefinementCtx): void {
  const keys = Object.keys(node);
  const kinds = NODE_KINDS.filter((kind) => keys.includes(kind));
  const kind = kinds[0];
  if (kind === undefined || kinds.length > 1) {
    ctx.addIssue({
      code: 'custom',
      message: `expected exactly one of ${NODE_KINDS.join(', ')}, got ${kinds.join(' and ') || 'none'}`,
    });
    return;
  }
  for (const key of keys) {
    if (key !== kind && !COMPANIONS[kind].includes(key)) {
      ctx.addIssue({ code: 'custom', path: [key], message: `does not belong beside "${kind}"` });
    }
  }
}

/** Where a rule applies; a condition that is left out holds everywhere. */
const Conditions = z.strictObject({
  act: z.array(Act).min(1).optional(),
  conversationType: z.array(ConversationType).min(1).optional(),
  messageKind: z.array(MessageKind).min(1).optional(),
});

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
    when: Conditions.optional(),
    status: HitStatus.optional(),
    /** Article ids of the law library, or words. */
    basis: z.array(z.string().min(1)).optional(),
    examples: z
      .strictObject({
        hit: z.array(z.string().min(1)).default([]),
        clean: z.array(z.string().min(1)).default([]),
      })
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

/** A refusal: `path` is the place in the JSON, such as `rules[3].match.terms[0]`. */
export interface PackError {
  readonly code: 'pack-invalid' | 'pack-example-failed';
  readonly pack: string;
  readonly path: string;
  readonly detail: string;
}

/** A pack with its identity. */
export interface LoadedPack {
  readonly pack: RulePack;
  readonly origin: PackOrigin;
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

/** Checks the shape of a pack and gives it its identity. Never throws on bad input. */
export function parsePack(json: unknown, origin: PackOrigin): ParsedPack {
  const name =
    typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string' ? json.id : '?';
  if (isTooDeep(json)) {
    const detail = `has more than ${MAX_DEPTH} levels inside one another`;
    return { ok: false, errors: [{ code: 'pack-invalid', pack: name, path: '', detail }] };
  }
  const whole = putPartsIn(json);
  if (whole.errors.length > 0) {
    return {
      ok: false,
      errors: whole.errors.map(({ path, detail }) => ({
        code: 'pack-invalid',
        pack: name,
        path: jsonPath(path),
        detail,
      })),
    };
  }
  const parsed = RulePack.safeParse(whole.json);
  if (!parsed.success) {
    return {
      ok: false,
      errors: parsed.error.issues.map((issue) => ({
        code: 'pack-invalid',
        pack: name,
        path: jsonPath(issue.path),
        detail: issue.message,
      })),
    };
  }
  const pack = parsed.data;
  if (origin === 'shipped') {
    const errors = pack.rules.flatMap((rule, index) =>
      categoryOf(rule.category).organisationLoaded
        ? [
            {
              code: 'pack-invalid' as const,
              pack: name,
              path: `rules[${index}].category`,
              detail: `${rule.category} belongs only in packs that the organisation loads`,
            },
          ]
        : [],
    );
    if (errors.length > 0) return { ok: false, errors };
  }
  const broken = halfCharacter(json, []);
  if (broken !== undefined) {
    const detail = 'has half a character (a lone surrogate)';
    return { ok: false, errors: [{ code: 'pack-invalid', pack: name, path: jsonPath(broken), detail }] };
  }
  const canonical = canonicalize(json) as string;
  return {
    ok: true,
    loaded: { pack, origin, sha256: createHash('sha256').update(canonical, 'utf8').digest('hex') },
  };
}

/** The same for the text of a file; bad JSON is an error like any other. */
export function parsePackText(text: string, origin: PackOrigin): ParsedPack {
  let json: unknown;
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    return {
      ok: false,
      errors: [{ code: 'pack-invalid', pack: '?', path: '', detail: (error as Error).message }],
    };
  }
  return parsePack(json, origin);
}
