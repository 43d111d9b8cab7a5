/**
 * `docket scan`: NDJSON bytes in, NDJSON bytes out, in order and with constant memory.
 *
 * The input is cut at LF only (U+2028 is an ordinary character in JSON) into blocks of whole lines.
 * Blocks are judged in this process; where a pool of workers is given, it takes over once it is
 * ready, so that a short input never waits for a worker to start. Output follows the order of the
 * input, and reading waits while enough blocks are under way.
 */
import type { CompiledRules } from '../rules/compile-rules.ts';
import type { DetectionPool } from './detection-pool.ts';
import { ScanFlows } from './scan-flows.ts';
import { errorLine, scanLines } from './scan-lines.ts';

const LF = 10;
/** Bytes of a block: some 2,500 messages, 10 ms of work. */
const BLOCK_BYTES = 256 * 1024;
/** A line longer than this is named and passed over. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** Blocks under way per worker. */
const DEPTH = 3;
/** Input after which workers are worth their start. */
const POOL_AFTER_BYTES = 4 * 1024 * 1024;

interface Block {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly firstLine: number;
}
/** A line that is too long, in its place among the blocks. */
interface LongLine {
  readonly longLine: number;
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count += 1;
  return count;
}

/** Whole lines in blocks of about BLOCK_BYTES; a byte order mark at the start is dropped. */
async function* blocksOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Block | LongLine> {
  let held: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  let skipping = false;
  let first = true;
  const take = (): Block => {
    let bytes = concat(held, length);
    if (first && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.slice(3);
    first = false;
    const block = { bytes, firstLine: line };
    line += countLines(bytes);
    held = [];
    length = 0;
    return block;
  };
  for await (const chunk of input) {
    let rest = chunk;
    if (skipping) {
      const end = rest.indexOf(LF);
      if (end < 0) continue;
      rest = rest.subarray(end + 1);
      skipping = false;
      line += 1;
    }
    const cut = rest.lastIndexOf(LF) + 1;
    if (cut > 0 && length + cut >= BLOCK_BYTES) {
      held.push(rest.subarray(0, cut));
      length += cut;
      yield take();
      rest = rest.subarray(cut);
    }
    // The caller may use its buffer again: what is kept is copied.
    held.push(rest.slice());
    length += rest.length;
    if (length > MAX_LINE_BYTES && rest.lastIndexOf(LF) < 0) {
      const whole = concat(held, length);
      const start = whole.lastIndexOf(LF) + 1;
      held = [whole.subarray(0, start)];
      length = start;
      if (length > 0) yield take();
      yield { longLine: line };
      held = [];
      length = 0;
      skipping = true;
    }
  }
  if (length > 0) yield take();
}

/** What a scan could not judge, filled while it runs. */
export interface ScanReport {
  /** Rules over several messages that had nothing to look at: no line named conversation, sender and time. */
  unapplied: string[];
  /** Lines without them in a stream that has them; flows passed them over. */
  apart: number;
}

/** Starts the workers; asked for once, when the input has proved long. Null: none could be had. */
export type PoolStarter = () => Promise<DetectionPool | null>;

/**
 * The output as blocks of bytes. Ending the iteration early ends the reading. Throws only what
 * `input` throws, and Error where a worker fails.
 */
export async function* scanStream(
  compiled: CompiledRules,
  input: AsyncIterable<Uint8Array>,
  startPool?: PoolStarter,
  report?: ScanReport,
): AsyncGenerator<Uint8Array> {
  const flows = compiled.flows.length > 0 ? new ScanFlows(compiled) : undefined;
  let ordered: boolean | undefined;
  const underWay: Promise<Uint8Array>[] = [];
  let pool: DetectionPool | null = null;
  let starting = false;
  let read = 0;
  for await (const block of blocksOf(input)) {
    if ('longLine' in block) {
      const text = errorLine('line-too-long', block.longLine, 'null');
      underWay.push(Promise.resolve(new TextEncoder().encode(text)));
    } else {
      read += block.bytes.length;
      // Flows need the lines in their order; a stream that names no conversations may be judged in any.
      ordered ??= flows !== undefined && namesConversation(block.bytes);
      if (ordered) {
        yield scanLines(compiled, block.bytes, block.firstLine, flows);
        continue;
      }
      if (!starting && startPool !== undefined && read >= POOL_AFTER_BYTES) {
        starting = true;
        void startPool().then((started) => {
          pool = started;
        });
      }
      const judged = judgeBlock(compiled, pool, block);
      // A failure is met where its turn to be yielded comes; until then it is not unhandled.
      judged.catch(() => undefined);
      underWay.push(judged);
    }
    const depth = pool === null ? 1 : (pool as DetectionPool).size * DEPTH;
    while (underWay.length >= depth) yield (await underWay.shift()) as Uint8Array;
  }
  for (const rest of underWay) yield await rest;
  if (report && flows) {
    if (!ordered) report.unapplied = compiled.flows.map(({ pack, rule }) => `${pack.pack.id}/${rule.id}`);
    report.apart = ordered ? flows.apart : 0;
  }
}

/** Whether the first line of a block says in which conversation it was said. */
function namesConversation(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(LF);
  try {
    const record: unknown = JSON.parse(new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)));
    return typeof record === 'object' && record !== null && 'conversation' in record;
  } catch {
    return false;
  }
}

async function judgeBlock(
  compiled: CompiledRules,
  pool: DetectionPool | null,
  { bytes, firstLine }: Block,
): Promise<Uint8Array> {
  if (pool === null) return scanLines(compiled, bytes, firstLine);
  const result = await pool.scan(bytes, firstLine);
  if (result.ok) return result.bytes;
  throw new Error(result.code === 'cancelled' ? 'the scan was cancelled' : result.detail);
}
