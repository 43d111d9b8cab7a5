/**
 * The JSON Schema (2020-12) of a rule pack as its author writes it, made from the contract that the program
 * itself checks (rule-pack.ts, match-node.ts), so that the two cannot differ: `resources/rule-pack.schema.json`,
 * for editors. What a rule means (a term without a visible character, a failing example) only the program checks.
 */
import { z } from 'zod';
import {
  COMPANIONS,
  FLOW_KINDS,
  type FlowKind,
  MatchNodeShape,
  NODE_KINDS,
  type NodeKind,
} from './match-node.ts';
import { RulePack } from './rule-pack.ts';

type Schema = Record<string, unknown>;

/** Keys that a node of a kind needs beside its own. */
const NEEDED: Partial<Record<NodeKind, Schema>> = {
  classifier: { required: ['classifier', 'score'] },
  sequence: { required: ['sequence'], anyOf: [{ required: ['messages'] }, { required: ['minutes'] }] },
  repeat: {
    required: ['repeat', 'minutes'],
    anyOf: [{ required: ['atLeast'] }, { required: ['senders'] }, { required: ['conversations'] }],
  },
  exchange: {
    required: ['exchange', 'minutes'],
    anyOf: [{ required: ['atLeast'] }, { required: ['turns'] }],
  },
};

const NODE = { $ref: '#/$defs/node' };
const USE: Schema = {
  type: 'object',
  description: 'The part of this name.',
  properties: { use: { type: 'string' } },
  required: ['use'],
  additionalProperties: false,
};

function schemaOf(type: z.ZodType): Schema {
  return z.toJSONSchema(type, { io: 'input' }) as Schema;
}

/** The keys of all nodes, their children as references. */
function nodeKeys(): Record<string, Schema> {
  const { $defs: _, ...root } = schemaOf(MatchNodeShape);
  const keys = { ...(root.properties as Record<string, Schema>) };
  const list = (key: string) => ({ ...keys[key], items: NODE });
  const orAny = { anyOf: [{ const: 'any' }, NODE] };
  return {
    ...keys,
    all: list('all'),
    any: list('any'),
    sequence: list('sequence'),
    not: NODE,
    repeat: orAny,
    exchange: orAny,
  };
}

function kindSchema(kind: NodeKind, keys: Record<string, Schema>): Schema {
  const own = [kind, ...COMPANIONS[kind]];
  return {
    type: 'object',
    properties: Object.fromEntries(own.map((key) => [key, keys[key]])),
    required: [kind],
    ...NEEDED[kind],
    additionalProperties: false,
  };
}

/** The schema, as a JSON value. */
export function packSchema(): Schema {
  const { $defs: _, $schema, ...pack } = schemaOf(RulePack);
  const keys = nodeKeys();
  const isFlow = (kind: NodeKind): boolean => FLOW_KINDS.includes(kind as FlowKind);
  const kinds = (wanted: boolean) =>
    NODE_KINDS.filter((kind) => isFlow(kind) === wanted).map((kind) => kindSchema(kind, keys));
  const { parts, rules, ...properties } = pack.properties as Record<string, Schema>;
  const rule = (rules as { items: Schema }).items;
  return {
    $schema,
    title: 'Docket rule pack',
    ...pack,
    properties: {
      ...properties,
      parts: { type: 'object', additionalProperties: { $ref: '#/$defs/match' } },
      rules: {
        ...rules,
        items: {
          ...rule,
          properties: { ...(rule.properties as Schema), match: { $ref: '#/$defs/match' }, exclude: NODE },
        },
      },
    },
    $defs: {
      node: { anyOf: [...kinds(false), USE] },
      match: { anyOf: [NODE, ...kinds(true)] },
    },
  };
}
