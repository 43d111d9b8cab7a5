/** A checker of the JSON Schema keywords that the schema of a rule pack uses; any other keyword throws. */
type Schema = Record<string, unknown>;

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const isObject = (value: unknown): value is Record<string, unknown> => typeOf(value) === 'object';

const CHECKS: Record<string, (given: never, value: unknown, schema: Schema, root: Schema) => boolean> = {
  type: (type: string, value) => (type === 'integer' ? Number.isInteger(value) : typeOf(value) === type),
  const: (one: unknown, value) => value === one,
  enum: (choices: unknown[], value) => choices.includes(value),
  pattern: (source: string, value) => typeof value !== 'string' || new RegExp(source, 'u').test(value),
  minLength: (least: number, value) => typeof value !== 'string' || [...value].length >= least,
  maxLength: (most: number, value) => typeof value !== 'string' || [...value].length <= most,
  minimum: (least: number, value) => typeof value !== 'number' || value >= least,
  maximum: (most: number, value) => typeof value !== 'number' || value <= most,
  exclusiveMinimum: (least: number, value) => typeof value !== 'number' || value > least,
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  maxItems: (most: number, value) => !Array.isArray(value) || value.length <= most,
  required: (keys: string[], value) => !isObject(value) || keys.every((key) => Object.hasOwn(value, key)),
  properties: (properties: Record<string, Schema>, value, _, root) =>
    !isObject(value) ||
    Object.entries(properties).every(
      ([key, own]) => !Object.hasOwn(value, key) || isValid(own, value[key], root),
    ),
  propertyNames: (names: Schema, value, _, root) =>
    !isObject(value) || Object.keys(value).every((key) => isValid(names, key, root)),
  additionalProperties: (rest: Schema | boolean, value, { properties = {} }, root) =>
    !isObject(value) ||
    Object.keys(value).every(
      (key) => Object.hasOwn(properties as object, key) || isValid(rest, value[key], root),
    ),
  prefixItems: (items: Schema[], value, _, root) =>
    !Array.isArray(value) || items.every((own, at) => at >= value.length || isValid(own, value[at], root)),
  items: (own: Schema | boolean, value, { prefixItems = [] }, root) =>
    !Array.isArray(value) ||
    value.slice((prefixItems as unknown[]).length).every((one) => isValid(own, one, root)),
  anyOf: (branches: Schema[], value, _, root) => branches.some((branch) => isValid(branch, value, root)),
  $ref: (pointer: string, value, _, root) =>
    isValid(
      pointer
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Schema)[key], root) as Schema,
      value,
      root,
    ),
};
const NOTES = ['$schema', '$defs', 'title', 'description', 'default'];

/** Whether a value is as the schema says (draft 2020-12, the keywords above). */
export function isValid(schema: Schema | boolean, value: unknown, root: Schema = schema as Schema): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.entries(schema).every(([keyword, given]) => {
    if (NOTES.includes(keyword)) return true;
    const check = CHECKS[keyword];
    if (check === undefined) throw new Error(`the checker does not know ${keyword}`);
    return check(given as never, value, schema, root);
  });
}
