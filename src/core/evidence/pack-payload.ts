/** The contents of every payload file of a pack, checked against each other while they are written. */
import { createHash } from 'node:crypto';
import { type PAYLOAD_FILES, PUBLIC_KEY } from './bag-tags.ts';
import { completenessPage } from './completeness-page.ts';
import {
  auditChecks,
  custodyProblems,
  decisionProblems,
  type Problem,
  sourceProblems,
} from './document-checks.ts';
import { messageDigest } from './message-digest.ts';
import { proofProblem, withheldReasons } from './message-proof.ts';
import { messageLine } from './message-row.ts';
import { type Alterations, CSV_HEAD, messageCells, messageCsv } from './messages-csv.ts';
import { conversationHead, exhibitHead, messageHtml } from './messages-html.ts';
import { messagesXlsx } from './messages-xlsx.ts';
import {
  type PackExhibit,
  type PackInput,
  PackInputError,
  type PackMessage,
  type PackSource,
} from './pack-content.ts';
import {
  AUDIT_END,
  AUDIT_HEAD,
  auditLine,
  caseDocument,
  completenessDocument,
  custodyDocument,
  decisionsDocument,
  dutiesDocument,
  proofsDocument,
  sourcesDocument,
} from './pack-documents.ts';
import { PAGE_END, pageHead } from './page-head.ts';
import { proofChecks } from './proof-checks.ts';
import { readmeText } from './readme.ts';
import { rowChecks } from './row-checks.ts';
import { viewerBlocks, viewerEnd, viewerFile, viewerHead } from './viewer-page.ts';

interface Frame {
  readonly folder: string;
  readonly fingerprint: string;
  /** PEM. */
  readonly publicKey: string;
  time(instant: number): string;
}

interface Row {
  readonly message: PackMessage;
  readonly exhibit: PackExhibit;
  readonly source: PackSource;
  /** Line in messages.ndjson, from 1. */
  readonly line: number;
}

/** Messages are written in five forms, each from its own pass over the rows. */
const FORMS = 5;
/** Documents that are embedded in the viewer. */
const VIEWED = [
  'data/case.json',
  'data/completeness.json',
  'data/sources.json',
  'data/proofs.json',
  'data/decisions.json',
  'data/custody.json',
  'data/audit.json',
] as const;
/** Messages of one lazily drawn block of the page. */
const BLOCK = 50;

/** A file's content: texts, or bytes of what is no text. */
export type PackTexts = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

function refuse(problems: readonly Problem[]): void {
  const first = problems[0];
  if (first !== undefined) throw new PackInputError(first.entry, first.reason);
}

/**
 * `texts` gives a payload file's content in pieces; ask for the files in the order of PAYLOAD_FILES.
 * `totals` is known once messages.ndjson was written.
 */
export function payloadWriter(
  input: PackInput,
  frame: Frame,
  onProgress: ((done: number, total: number) => void) | undefined,
): {
  texts(path: (typeof PAYLOAD_FILES)[number]): PackTexts;
  totals(): { rows: number; messages: number };
} {
  const { time } = frame;
  const sources = new Map(input.sources.map((source, i) => [source.id, { source, number: i + 1 }]));
  const stated = input.exhibits.reduce((sum, { messages }) => sum + messages, 0);
  const checks = rowChecks({
    exhibits: input.exhibits,
    sources: input.sources,
    completeness: input.completeness,
  });
  const proofs = proofChecks(input.proofs);
  let done = 0;
  let firstPass: string | null = null;

  /** Every row in order; a pass that differs from the first one fails. */
  async function* rows(): AsyncGenerator<Row> {
    const hash = createHash('sha256');
    let line = 0;
    for (const exhibit of input.exhibits) {
      for await (const message of exhibit.rows()) {
        const source = sources.get(message.sourceId)?.source;
        if (source === undefined) throw new PackInputError(message.id, `source-unknown: ${message.sourceId}`);
        line++;
        done++;
        hash.update(`${exhibit.number} ${message.id} ${message.digest} ${message.isSubject}\n`);
        yield { message, exhibit, source, line };
        if (done % 256 === 0) onProgress?.(done, FORMS * stated);
      }
    }
    const pass = hash.digest('hex');
    if (firstPass !== null && firstPass !== pass) {
      throw new PackInputError('messages', 'rows-differ-between-passes');
    }
    firstPass = pass;
    onProgress?.(done, FORMS * stated);
  }

  async function* ndjson(): AsyncGenerator<string> {
    for await (const { message, exhibit, source } of rows()) {
      if (message.digest !== null && messageDigest(message.record) !== message.digest) {
        throw new PackInputError(message.id, 'digest-differs');
      }
      const proof = message.proof();
      const wrong = proofProblem(message.record, message.locator, proof);
      if (wrong !== null) throw new PackInputError(message.id, wrong);
      refuse(
        proofs.add({
          id: message.id,
          sourceId: source.id,
          conversationId: message.conversation.id,
          proof,
        }),
      );
      refuse(
        checks.add({
          id: message.id,
          exhibit: exhibit.number,
          subject: message.isSubject,
          conversationId: message.conversation.id,
          digest: message.digest,
          identity: proof.commitment,
          withheld: withheldReasons(proof),
          sourceId: source.id,
          sourceSha256: source.sha256,
          start: message.locator.start,
          end: message.locator.end,
        }),
      );
      yield `${messageLine(message, proof, exhibit.number, source, time)}\n`;
    }
    refuse(checks.finish());
  }

  async function* csv(): AsyncGenerator<string> {
    yield CSV_HEAD;
    for await (const { message, exhibit, source, line } of rows()) {
      yield messageCsv(message, exhibit.number, source, line, time);
    }
  }

  async function* html(): AsyncGenerator<string> {
    yield pageHead(input, frame.fingerprint, time);
    let exhibit: PackExhibit | null = null;
    let conversation: string | null = null;
    let inBlock = 0;
    for await (const row of rows()) {
      const { message } = row;
      if (row.exhibit !== exhibit) {
        if (exhibit !== null) yield '</div></section>';
        exhibit = row.exhibit;
        conversation = null;
        inBlock = 0;
        yield `${exhibitHead(exhibit, time)}<div class="b">`;
      } else if (inBlock === BLOCK) {
        inBlock = 0;
        yield '</div><div class="b">';
      }
      if (message.conversation.id !== conversation) {
        conversation = message.conversation.id;
        yield conversationHead(message.conversation.name, conversation);
      }
      inBlock++;
      const number = sources.get(message.sourceId)?.number ?? 0;
      yield messageHtml(message, number, row.source.sha256, row.line, time);
    }
    if (exhibit !== null) yield '</div></section>';
    yield PAGE_END;
  }

  async function* xlsxRows(): AsyncGenerator<readonly (string | number)[]> {
    for await (const { message, exhibit, source, line } of rows()) {
      const altered: Alterations = new Set();
      const cells = messageCells(message, exhibit.number, source, line, time, altered);
      yield [...cells, [...altered].join('; ')];
    }
  }

  async function* viewerRows() {
    for await (const { message, exhibit, source } of rows()) {
      const line = `${messageLine(message, message.proof(), exhibit.number, source, time)}\n`;
      yield { line, exhibit: exhibit.number };
    }
  }

  /** The documents that the viewer reads, as the pack has them. */
  async function* viewer(): AsyncGenerator<string> {
    yield viewerHead(input.tools, input.case.number);
    for (const path of VIEWED) {
      let text = '';
      for await (const piece of texts(path)) text += piece;
      yield viewerFile(path, text);
    }
    yield* viewerBlocks(viewerRows());
    yield viewerEnd(input.tools);
  }

  async function* audit(): AsyncGenerator<string> {
    const check = auditChecks(input.workspace.auditHead);
    let before = '';
    yield AUDIT_HEAD;
    for await (const entry of input.audit()) {
      refuse(check.add(entry));
      yield `${before}${auditLine(entry)}`;
      before = ',\n';
    }
    refuse(check.finish());
    refuse(proofs.finish(check.roots));
    yield `\n${AUDIT_END}`;
  }

  const cases = () => caseDocument(input, frame.fingerprint, checks.counts, time);
  const texts = (path: (typeof PAYLOAD_FILES)[number]): PackTexts => {
    switch (path) {
      case 'data/README.txt':
        return [readmeText(input, frame.folder, time)];
      case 'data/messages.ndjson':
        return ndjson();
      case 'data/messages.csv':
        return csv();
      case 'data/messages.html':
        return html();
      case 'data/messages.xlsx':
        return messagesXlsx(xlsxRows(), stated);
      case 'data/viewer.html':
        return viewer();
      case 'data/verify.py':
        return [input.tools.verifyScript];
      case 'data/completeness.html':
        return [completenessPage(input, checks.withheld, time)];
      case 'data/case.json':
        return [cases()];
      case 'data/sources.json': {
        const text = sourcesDocument(input, time);
        refuse(sourceProblems(JSON.parse(text)));
        return [text];
      }
      case 'data/proofs.json':
        return [proofsDocument(input)];
      case 'data/completeness.json':
        return [completenessDocument(input, checks.withheld, time)];
      case 'data/decisions.json': {
        const text = decisionsDocument(input);
        refuse(decisionProblems(JSON.parse(text)));
        return [text];
      }
      case 'data/duties.json':
        return [dutiesDocument(input, time)];
      case 'data/custody.json': {
        const text = custodyDocument(input, time);
        refuse(custodyProblems(JSON.parse(text), JSON.parse(cases())));
        return [text];
      }
      case 'data/audit.json':
        return audit();
      case PUBLIC_KEY:
        return [frame.publicKey];
    }
  };
  return { texts, totals: () => checks.counts };
}
