/** Line by line reading of a pack's two long files, in memory that does not grow with them. */
import type { z } from 'zod';
import { canonicalJson, sha256 } from '../audit/digest.ts';
import type { attachmentChecks } from './attachments.ts';
import { type Sink, utf8 } from './bag-reader.ts';
import type { auditChecks } from './document-checks.ts';
import type { MessageRecord } from './message-digest.ts';
import { proofProblem, withheldReasons } from './message-proof.ts';
import { MessageRow } from './message-row.ts';
import { PACK_FORMAT } from './pack-format.ts';
import { AuditEntryLine } from './pack-schema.ts';
import { PAGES, PageLine, type pageChecks } from './page-checks.ts';
import type { ProofChecks } from './proof-checks.ts';
import type { rowChecks } from './row-checks.ts';
import type { CheckName, VerifyReport } from './verify-report.ts';

/** Far above any message; a line without end must not fill the memory. */
const MAX_LINE = 64 * 2 ** 20;

interface LineHandler {
  /** The 1-based number of the line; without its line feed. */
  line(text: string, number: number): void;
  /** A line that is not UTF-8 or too long. */
  bad(number: number, reason: string): void;
  /** `closed`: whether the last line had its line feed. */
  end(closed: boolean): void;
}

/** Splits at line feeds only: other separators of Unicode are text. */
export function lineSink(handler: LineHandler): Sink {
  let pending: Buffer[] = [];
  let length = 0;
  let number = 0;
  const emit = (bytes: Buffer) => {
    number++;
    if (length > MAX_LINE) return handler.bad(number, 'line-too-long');
    let text: string;
    try {
      text = utf8(bytes);
    } catch {
      return handler.bad(number, 'not-utf-8');
    }
    handler.line(text, number);
  };
  const take = () => {
    const bytes = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending);
    pending = [];
    return bytes;
  };
  const keep = (bytes: Buffer) => {
    length += bytes.length;
    if (length > MAX_LINE) pending = [];
    else pending.push(bytes);
  };
  return {
    write(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        keep(chunk.subarray(from, at));
        emit(take());
        length = 0;
        from = at + 1;
      }
      if (from < chunk.length) keep(chunk.subarray(from));
    },
    end() {
      const closed = length === 0;
      if (!closed) emit(take());
      handler.end(closed);
    },
  };
}

/** Gives every line of a text to `take`. */
export function textSink(take: (text: string) => void, fail: (entry: string, reason: string) => void): Sink {
  return lineSink({
    line: take,
    bad: (number, reason) => fail(`line ${number}`, reason),
    end: () => {},
  });
}

const MESSAGES = 'data/messages.ndjson';

/** Checks every line of messages.ndjson: its digest, its proof, and what holds of the rows together. */
export function messagesSink(
  report: VerifyReport,
  checks: ReturnType<typeof rowChecks>,
  proofs: ProofChecks,
  media: ReturnType<typeof attachmentChecks>,
  /** Told of every line; the row is null where the line is none. */
  onLine: (text: string, row: MessageRow | null, number: number) => void,
): Sink {
  const fail = (check: CheckName, entry: string, reason: string) =>
    report.fail(check, reason, { file: MESSAGES, entry });
  return lineSink({
    line(text, number) {
      let row: MessageRow;
      let message: string;
      try {
        row = MessageRow.parse(JSON.parse(text));
        message = canonicalJson(row.message);
      } catch {
        onLine(text, null, number);
        return fail('messages', `line ${number}`, 'malformed');
      }
      onLine(text, row, number);
      if (!text.includes(`"message":${message},`)) fail('messages', row.id, 'message-not-canonical');
      const { source, locator, proof } = row;
      const whole = Object.keys(proof.withheld).length === 0;
      if ((row.digest === null) === whole) fail('messages', row.id, 'malformed');
      else if (whole && sha256(message) !== row.digest) fail('messages', row.id, 'digest-differs');
      const wrong = proofProblem(row.message as MessageRecord, locator, proof);
      if (wrong !== null) fail('proofs', row.id, wrong);
      const placed = { id: row.id, sourceId: source.id, conversationId: row.conversation.id, proof };
      for (const { entry, reason } of proofs.add(placed)) fail('proofs', entry, reason);
      const problems = checks.add({
        id: row.id,
        exhibit: row.exhibit,
        subject: row.role === 'subject',
        conversationId: row.conversation.id,
        digest: row.digest,
        identity: proof.commitment,
        withheld: withheldReasons(proof),
        senderId: row.sender.id,
        sourceId: source.id,
        sourceSha256: source.sha256,
        start: locator.start,
        end: locator.end,
      });
      for (const { check, entry, reason } of problems) fail(check, entry, reason);
      const kinds = (row.message as MessageRecord).attachments.map(({ kind }) => kind);
      for (const { entry, reason } of media.add(row.id, kinds)) fail('attachments', entry, reason);
    },
    bad(number, reason) {
      onLine('', null, number);
      fail('messages', `line ${number}`, reason);
    },
    end(closed) {
      if (!closed) fail('messages', 'last line', 'line-not-ended');
      const { rows, messages } = checks.counts;
      report.done('messages', `${rows} rows, ${messages} messages`);
    },
  });
}

/** Checks pages.ndjson, a page to a line. */
export function pagesSink(report: VerifyReport, checks: ReturnType<typeof pageChecks>): Sink {
  const fail = (entry: string, reason: string) => report.fail('pages', reason, { file: PAGES, entry });
  return lineSink({
    line(text, number) {
      let page: unknown;
      try {
        page = JSON.parse(text);
      } catch {
        // Named below, like a wrong shape.
      }
      const parsed = PageLine.safeParse(page);
      if (!parsed.success) return fail(`line ${number}`, 'malformed');
      for (const { entry, reason } of checks.add(parsed.data)) fail(entry, reason);
    },
    bad: (number, reason) => fail(`line ${number}`, reason),
    end(closed) {
      if (!closed) fail('last line', 'line-not-ended');
    },
  });
}

const AUDIT = 'data/audit.json';

/** Checks audit.json: a head line, one entry to a line, an end line. */
export function auditSink(report: VerifyReport, checks: ReturnType<typeof auditChecks>): Sink {
  const fail = (entry: string, reason: string) => report.fail('audit', reason, { file: AUDIT, entry });
  let entries = 0;
  let ended = false;
  let comma = true;
  return lineSink({
    line(text, number) {
      try {
        if (number === 1) {
          const head: unknown = JSON.parse(`${text}]}`);
          const format = (head as { format?: unknown }).format;
          if (!text.endsWith('"entries":[') || format !== PACK_FORMAT) fail('line 1', 'malformed');
        } else if (text === ']}' && !ended) {
          ended = true;
        } else {
          if (ended || !comma) fail(`line ${number}`, 'malformed');
          comma = text.endsWith(',');
          const entry: z.infer<typeof AuditEntryLine> = JSON.parse(comma ? text.slice(0, -1) : text);
          if (!AuditEntryLine.safeParse(entry).success) return fail(`line ${number}`, 'malformed');
          entries++;
          for (const problem of checks.add(entry as Parameters<typeof checks.add>[0])) {
            fail(problem.entry, problem.reason);
          }
        }
      } catch {
        fail(`line ${number}`, 'malformed');
      }
    },
    bad: (number, reason) => fail(`line ${number}`, reason),
    end(closed) {
      if (!closed || !ended || (comma && entries > 0)) fail('last line', 'malformed');
      for (const { entry, reason } of checks.finish()) fail(entry, reason);
      report.done('audit', `${entries} entries, ${checks.opened} opened`);
    },
  });
}
