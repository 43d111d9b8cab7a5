/**
 * The stateless filter over whole lines of NDJSON: `{id, text, …}` in, `{id, hits}` out, one line
 * for each line in the same order. A bad line gives `{id, error: {code, line}}` and the rest goes
 * on. Lines of nothing but spaces are passed over.
 */
import { Act, ConversationType, MessageKind } from '../domain/message.ts';
import type { CompiledRules } from '../rules/compile-rules.ts';
import type { Rule } from '../rules/rule-pack.ts';
import { asksCircumstances, type Circumstances, conditionsHold } from './conditions.ts';
import { judgeText, type TextContext, type TextHit } from './judge.ts';
import type { ScanFlows } from './scan-flows.ts';

export type LineErrorCode =
  | 'not-utf8'
  | 'not-json'
  | 'not-an-object'
  | 'no-text'
  | 'bad-act'
  | 'bad-conversation-type'
  | 'bad-kind'
  | 'line-too-long';

const LF = 10;

export function errorLine(code: LineErrorCode, line: number, id: string): string {
  return `{"id":${id},"error":{"code":"${code}","line":${line}}}\n`;
}

/**
 * The id as JSON text, exactly as the line has it: 64-bit message ids are larger than the whole
 * numbers that JSON.parse keeps.
 */
function idText(id: unknown, line: string): string {
  if (id === undefined) return 'null';
  if (typeof id === 'number' && !Number.isSafeInteger(id)) {
    for (const [, raw] of line.matchAll(/"id"\s*:\s*(-?[0-9][0-9.eE+-]*)/g)) {
      if (raw !== undefined && Number(raw) === id) return raw;
    }
  }
  return JSON.stringify(id);
}

function hitText(hit: TextHit): string {
  const { pack, rule, category, tier, severity, status, score, start, end } = hit;
  const { match, normalized, transforms, parts } = hit;
  return JSON.stringify({
    rule,
    category,
    tier,
    severity,
    status,
    score,
    start,
    end,
    match,
    normalized,
    transforms,
    pack,
    parts,
  });
}

export interface ScanRecord {
  readonly id?: unknown;
  readonly text?: unknown;
  readonly conversation?: unknown;
  readonly sender?: unknown;
  readonly sentAt?: unknown;
  readonly role?: unknown;
  readonly members?: unknown;
  readonly fields?: unknown;
  readonly conversationName?: unknown;
  readonly act?: unknown;
  readonly conversationType?: unknown;
  readonly kind?: unknown;
}

function contextOf(record: ScanRecord): TextContext | LineErrorCode {
  const { act = 'own-post', conversationType = 'unknown', kind = 'text' } = record;
  if (!(Act.options as readonly unknown[]).includes(act)) return 'bad-act';
  if (!(ConversationType.options as readonly unknown[]).includes(conversationType)) {
    return 'bad-conversation-type';
  }
  if (!(MessageKind.options as readonly unknown[]).includes(kind)) return 'bad-kind';
  return {
    act: act as Act,
    conversationType: conversationType as ConversationType,
    messageKind: kind as MessageKind,
  };
}

/** What beside the text of a line rules may ask. */
function circumstancesOf(record: ScanRecord): Circumstances {
  const { role, fields, members, conversationName, sentAt } = record;
  return {
    role: typeof role === 'string' ? role : null,
    ...(typeof members === 'number' ? { members } : {}),
    ...(typeof fields === 'object' && fields !== null ? { fields: fields as Record<string, string> } : {}),
    conversationName: typeof conversationName === 'string' ? conversationName : null,
    wallTime: typeof sentAt === 'string' ? wallTimeOf(sentAt) : null,
  };
}

/** The wall-clock time of an RFC 3339 time, as if it were UTC; null where it is none. */
function wallTimeOf(sentAt: string): number | null {
  const at = Date.parse(`${sentAt.replace(/(?:z|[+-]\d\d:?\d\d)$/i, '')}Z`);
  return Number.isNaN(at) ? null : at;
}

const asking = new WeakMap<CompiledRules, ReadonlyMap<string, Rule>>();

/** Rules with conditions that a text alone does not answer, by pack and id. */
function askingRules(compiled: CompiledRules): ReadonlyMap<string, Rule> {
  let known = asking.get(compiled);
  if (known === undefined) {
    const rules = [...compiled.rules, ...compiled.flows].filter(({ rule }) => asksCircumstances(rule));
    known = new Map(rules.map(({ pack, rule }) => [`${pack.pack.id} ${rule.id}`, rule]));
    asking.set(compiled, known);
  }
  return known;
}

function scanLine(compiled: CompiledRules, line: string, number: number, flows?: ScanFlows): string {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    return line.trim() === '' ? '' : errorLine('not-json', number, 'null');
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return errorLine('not-an-object', number, 'null');
  }
  const { id, text } = record as ScanRecord;
  const shown = idText(id, line);
  if (typeof text !== 'string') return errorLine('no-text', number, shown);
  const context = contextOf(record as ScanRecord);
  if (typeof context === 'string') return errorLine(context, number, shown);
  const judged = judgeText(compiled, text, context);
  let { hits } = judged;
  const complete = flows?.push(record as ScanRecord, text, context, judged.facts) ?? [];
  if (complete.length > 0) hits = [...hits, ...complete];
  const conditions = askingRules(compiled);
  if (conditions.size > 0 && hits.length > 0) {
    const known = circumstancesOf(record as ScanRecord);
    hits = hits.filter((hit) => conditionsHold(conditions.get(`${hit.pack} ${hit.rule}`)?.when, known));
  }
  return hits.length === 0
    ? `{"id":${shown},"hits":[]}\n`
    : `{"id":${shown},"hits":[${hits.map(hitText).join(',')}]}\n`;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Scans a block of whole lines (the last may lack its LF). `firstLine` is the number of its first
 * line in the input, from 1. The result has its own buffer and may be transferred.
 */
export function scanLines(
  compiled: CompiledRules,
  block: Uint8Array,
  firstLine: number,
  flows?: ScanFlows,
): Uint8Array<ArrayBuffer> {
  let out = '';
  let number = firstLine;
  let whole: string | undefined;
  try {
    whole = strict.decode(block);
  } catch {
    // Some line is not UTF-8: each is decoded by itself below, and the bad ones are named.
  }
  if (whole !== undefined) {
    for (let at = 0; at < whole.length; number++) {
      const end = whole.indexOf('\n', at);
      const line = whole.slice(at, end < 0 ? whole.length : end);
      out += scanLine(compiled, line, number, flows);
      at = end < 0 ? whole.length : end + 1;
    }
    return encoder.encode(out);
  }
  for (let at = 0; at < block.length; number++) {
    const lf = block.indexOf(LF, at);
    const end = lf < 0 ? block.length : lf;
    let line: string | undefined;
    try {
      line = strict.decode(block.subarray(at, end));
    } catch {
      out += errorLine('not-utf8', number, 'null');
    }
    if (line !== undefined) out += scanLine(compiled, line, number, flows);
    at = end + 1;
  }
  return encoder.encode(out);
}
