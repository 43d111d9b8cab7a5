/**
 * Named parts of a rule pack: match nodes that many rules share, such as the ways to ask for contact.
 * A node `{"use": "contact"}` stands for the part of that name. Parts are put in before the shape is
 * checked, so everything behind this file sees packs without them. A part may use only parts that
 * stand above it; so there are no circles, and the size stays bounded by MAX_NODES.
 */

import { fault, type PlacedFault } from './fault.ts';

/** Nodes that one pack may have after its parts are put in. A doubling chain of parts ends here. */
export const MAX_NODES = 100_000;

export interface WithoutParts {
  /** The pack with its parts put in; what is not understood is left for the shape check. */
  readonly json: unknown;
  readonly errors: readonly PlacedFault[];
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Part {
  readonly node: unknown;
  /** Nodes in it once its own parts are in. */
  readonly size: number;
}

class Expansion {
  readonly errors: PlacedFault[] = [];
  private readonly parts = new Map<string, Part>();
  private readonly used = new Set<string>();
  private nodes = 0;

  define(name: string, node: unknown): void {
    const before = this.nodes;
    const whole = this.node(node, ['parts', name]);
    this.parts.set(name, { node: whole, size: this.nodes - before });
  }

  /** A part that no rule uses is a mistake, and its own mistakes would stay unseen. */
  refuseUnused(): void {
    for (const name of this.parts.keys())
      if (!this.used.has(name)) this.errors.push({ path: ['parts', name], fault: fault('part-unused') });
  }

  node(node: unknown, path: readonly PropertyKey[]): unknown {
    if (!isObject(node)) return node;
    if ('use' in node) return this.use(node, path);
    this.count(1, path);
    const result: Json = { ...node };
    for (const key of ['all', 'any', 'sequence']) {
      const children = result[key];
      if (Array.isArray(children))
        result[key] = children.map((child, index) => this.node(child, [...path, key, index]));
    }
    for (const key of ['not', 'repeat', 'exchange']) {
      if (key in result) result[key] = this.node(result[key], [...path, key]);
    }
    return result;
  }

  private use(node: Json, path: readonly PropertyKey[]): unknown {
    const name = node.use;
    const part = typeof name === 'string' ? this.parts.get(name) : undefined;
    if (Object.keys(node).length > 1) {
      this.errors.push({ path, fault: fault('use-beside') });
    } else if (part === undefined) {
      this.errors.push({ path: [...path, 'use'], fault: fault('no-part', { name: String(name) }) });
    }
    if (typeof name === 'string') this.used.add(name);
    if (part === undefined) return node;
    this.count(part.size, path);
    return part.node;
  }

  /** Says once that the pack is too large; sizes are numbers, so the rest costs nothing. */
  private count(nodes: number, path: readonly PropertyKey[]): void {
    if (this.nodes <= MAX_NODES && this.nodes + nodes > MAX_NODES)
      this.errors.push({ path, fault: fault('too-many-nodes', { most: MAX_NODES }) });
    this.nodes += nodes;
  }
}

/** Puts the parts of a pack into its rules. Anything that is no pack comes back as it is. */
export function putPartsIn(json: unknown): WithoutParts {
  if (!isObject(json)) return { json, errors: [] };
  const { parts, ...rest } = json;
  const expansion = new Expansion();
  if (parts !== undefined && !isObject(parts))
    return { json: rest, errors: [{ path: ['parts'], fault: fault('parts-no-object') }] };
  for (const [name, node] of Object.entries(parts ?? {})) expansion.define(name, node);
  const rules = Array.isArray(rest.rules)
    ? rest.rules.map((rule: unknown, index) => {
        if (!isObject(rule)) return rule;
        const result: Json = { ...rule };
        for (const key of ['match', 'exclude'])
          if (key in rule) result[key] = expansion.node(rule[key], ['rules', index, key]);
        return result;
      })
    : rest.rules;
  expansion.refuseUnused();
  return { json: { ...rest, rules }, errors: expansion.errors };
}
