/**
 * Parsing alone, from bytes to events with ledger, of a million WeChatMsg rows and of half a million
 * records of other formats; nothing is digested or stored. Each format runs in a process of its own,
 * so that its memory is its own; the best of three runs counts, because other work on the machine
 * only adds time. `ratio` is the time against reading and decoding the same file without parsing.
 */
import { execFileSync } from 'node:child_process';
import { fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ByteSource } from '../../src/core/importers/importer.ts';
import { BLOCK_SIZE } from '../../src/core/importers/line-scanner.ts';
import { rankImporters, readHead } from '../../src/core/importers/sniff.ts';
import {
  chatLabJsonl,
  clock,
  type Shape,
  start,
  weComJsonl,
  wechatMsgCsv,
  writeChats,
} from './chat-files.ts';

const RUNS = 3;

const SHAPES: readonly Shape[] = [
  wechatMsgCsv(1_000_000),
  chatLabJsonl(500_000),
  weComJsonl(500_000),
  {
    file: 'result.json',
    rows: 300_000,
    head: '{\n "name": "bench",\n "type": "private_supergroup",\n "id": 1,\n "messages": [\n',
    tail: '{}\n ]\n}\n',
    row: (i, text) =>
      `${JSON.stringify({ id: i, type: 'message', date: clock(i), date_unixtime: String(start + i * 30), from: `用户${i % 300}`, from_id: `user${i % 300}`, text, text_entities: [{ type: 'plain', text }] }, null, 1)},\n`,
  },
  {
    file: 'WhatsApp Chat with bench.txt',
    rows: 200_000,
    head: '',
    tail: '',
    row: (i, text) =>
      `${clock(i).slice(0, 10).split('-').reverse().join('/')}, ${clock(i).slice(11, 16)} - 用户${i % 30}: ${text}\n`,
  },
];

function openSource(path: string): ByteSource {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return {
    name: basename(path),
    size,
    read(offset, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
      readSync(file, bytes, 0, bytes.length, offset);
      return bytes;
    },
  };
}

/** Seconds to read and decode a source block by block: the floor for any parser. */
function decodeOnly(source: ByteSource): number {
  const before = performance.now();
  const decoder = new TextDecoder();
  let length = 0;
  for (let at = 0; at < source.size; at += BLOCK_SIZE) {
    length += decoder.decode(source.read(at, BLOCK_SIZE), { stream: true }).length;
  }
  if (length === 0) throw new Error('nothing decoded');
  return (performance.now() - before) / 1000;
}

interface Measured {
  readonly importer: string;
  readonly messages: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly floor: number;
  /** Peak resident memory of the process after its first run, in MB. */
  readonly memory: number;
}

/** In a process of its own: parses one file several times. */
async function measure(path: string): Promise<Measured> {
  const source = openSource(path);
  const head = readHead(source);
  const importer = rankImporters(head)[0]?.importer;
  if (importer === undefined) throw new Error(`no importer for ${path}`);
  let messages = 0;
  let seconds = Number.POSITIVE_INFINITY;
  let floor = Number.POSITIVE_INFINITY;
  let memory = 0;
  for (let run = 0; run < RUNS; run++) {
    messages = 0;
    const before = performance.now();
    for await (const event of importer.read(source, { zone: 'UTC', head, conversations: 'all' })) {
      if (event.type === 'messages') messages += event.messages.length;
    }
    seconds = Math.min(seconds, (performance.now() - before) / 1000);
    if (run === 0) memory = process.resourceUsage().maxRSS / 1024;
    floor = Math.min(floor, decodeOnly(source));
  }
  return { importer: importer.id, messages, bytes: source.size, seconds, floor, memory };
}

const [mode, path] = process.argv.slice(2);
if (mode === '--measure' && path !== undefined) {
  process.stdout.write(JSON.stringify(await measure(path)));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'docket-import-parse-'));
  const report = (row: { what: string; figure: number; unit: string; ratio?: number }): void =>
    console.log(JSON.stringify(row));
  try {
    for (const shape of SHAPES) {
      const file = writeChats(folder, shape);
      const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), '--measure', file], {
        encoding: 'utf8',
      });
      const { importer, messages, bytes, seconds, floor, memory } = JSON.parse(output) as Measured;
      if (messages < shape.rows) throw new Error(`${importer} kept ${messages} of ${shape.rows} messages`);
      const mb = Math.round(bytes / 1e6);
      report({
        what: `parse ${importer}, ${mb} MB`,
        figure: Math.round(bytes / seconds / 1e6),
        unit: 'MB/s',
        ratio: Math.round((seconds / floor) * 10) / 10,
      });
      report({
        what: `parse ${importer}, messages`,
        figure: Math.round(messages / seconds),
        unit: 'messages/s',
      });
      report({
        what: `parse ${importer}, peak memory of the process`,
        figure: Math.round(memory),
        unit: 'MB',
      });
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
