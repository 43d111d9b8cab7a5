/**
 * Named parts of a rule pack: match nodes that many rules share, such as the ways to ask for contact.
 * A node `{"use": "contact"}` stands for the part of that name. Parts are put in before the shape is
 * checked, so everything behind this file sees packs without them. The order of parts says nothing (the identity of
 * a pack is that of its canonical JSON, which sorts them); a part that uses itself is refused, and the
 * size stays bounded by MAX_NODES and MAX_DEPTH.
 */
import { fault, type PlacedFault } from './fault.ts';

/** Nodes that one pack may have after its parts are put in. A doubling chain of parts ends here. */
export const MAX_NODES = 100_000;

/** Objects inside one another; a rule written by people needs about ten. */
export const MAX_DEPTH = 64;

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
  /** Nodes inside one another. */
  readonly depth: number;
}

class Expansion {
  readonly errors: PlacedFault[] = [];
  private readonly given: Json;
  private readonly parts = new Map<string, Part | undefined>();
  private readonly used = new Set<string>();
  /** Parts that are being put together, the outermost first. */
  private readonly open: string[] = [];
  private nodes = 0;
  /** Of the node read last. */
  private depth = 0;

  constructor(given: Json) {
    this.given = given;
  }

  /** A part that no rule uses is a mistake, and its own mistakes would stay unseen. */
  finish(): void {
    for (const name of Object.keys(this.given)) {
      this.part(name);
      if (!this.used.has(name)) this.errors.push({ path: ['parts', name], fault: fault('part-unused') });
    }
  }

  node(node: unknown, path: readonly PropertyKey[]): unknown {
    this.depth = 1;
    if (!isObject(node)) return node;
    if ('use' in node) return this.use(node, path);
    this.count(1, path);
    const result: Json = { ...node };
    let deepest = 0;
    const child = (one: unknown, at: readonly PropertyKey[]): unknown => {
      const whole = this.node(one, at);
      deepest = Math.max(deepest, this.depth);
      return whole;
    };
    for (const key of ['all', 'any', 'sequence']) {
      const children = result[key];
      if (Array.isArray(children))
        result[key] = children.map((one, index) => child(one, [...path, key, index]));
    }
    for (const key of ['not', 'repeat', 'exchange']) {
      if (key in result) result[key] = child(result[key], [...path, key]);
    }
    this.depth = deepest + 1;
    return result;
  }

  /** Undefined for one that cannot be put in; the error was told. */
  private part(name: string): Part | undefined {
    if (this.parts.has(name)) return this.parts.get(name);
    const path = ['parts', name];
    this.open.push(name);
    const before = this.nodes;
    const node = this.node(this.given[name], path);
    this.open.pop();
    const { depth } = this;
    if (depth > MAX_DEPTH) this.errors.push({ path, fault: fault('too-deep', { most: MAX_DEPTH }) });
    const part = depth > MAX_DEPTH ? undefined : { node, size: this.nodes - before, depth };
    this.parts.set(name, part);
    return part;
  }

  private use(node: Json, path: readonly PropertyKey[]): unknown {
    const name = node.use;
    if (Object.keys(node).length > 1) {
      this.errors.push({ path, fault: fault('use-beside') });
      return node;
    }
    if (typeof name !== 'string' || !Object.hasOwn(this.given, name)) {
      this.errors.push({ path: [...path, 'use'], fault: fault('no-part', { name: String(name) }) });
      return node;
    }
    this.used.add(name);
    if (this.open.length > MAX_DEPTH) {
      this.errors.push({ path, fault: fault('too-deep', { most: MAX_DEPTH }) });
      return node;
    }
    if (this.open.includes(name)) {
      const names = [...this.open.slice(this.open.indexOf(name)), name].slice(0, 9).join(' → ');
      this.errors.push({ path: [...path, 'use'], fault: fault('part-circle', { names }) });
      return node;
    }
    const part = this.part(name);
    this.depth = part?.depth ?? 1;
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
  if (parts !== undefined && !isObject(parts))
    return { json: rest, errors: [{ path: ['parts'], fault: fault('parts-no-object') }] };
  const expansion = new Expansion(parts ?? {});
  const rules = Array.isArray(rest.rules)
    ? rest.rules.map((rule: unknown, index) => {
        if (!isObject(rule)) return rule;
        const result: Json = { ...rule };
        for (const key of ['match', 'exclude'])
          if (key in rule) result[key] = expansion.node(rule[key], ['rules', index, key]);
        return result;
      })
    : rest.rules;
  expansion.finish();
  return { json: { ...rest, rules }, errors: expansion.errors };
}
