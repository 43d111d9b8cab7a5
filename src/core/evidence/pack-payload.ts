/** The contents of every payload file of a pack, checked against each other while they are written. */
import { createHash } from 'node:crypto';
import { writeDocx } from '../documents/docx.ts';
import { streamDocx } from '../documents/docx-stream.ts';
import type { PackFormat } from '../domain/case.ts';
import {
  ATTACHMENT_FOLDER,
  ATTACHMENTS,
  type AttachmentEntry,
  attachmentChecks,
  attachmentEntry,
  attachmentsDocument,
} from './attachments.ts';
import { PAYLOAD_FILES, PUBLIC_KEY } from './bag-tags.ts';
import { completenessPage } from './completeness-page.ts';
import {
  auditChecks,
  custodyProblems,
  decisionProblems,
  type Problem,
  sourceProblems,
} from './document-checks.ts';
import { documentFrame, evidenceList, watermarkOf } from './evidence-list.ts';
import { conversationBlock, exhibitBlocks, messageBlocks } from './message-blocks.ts';
import { messageDigest } from './message-digest.ts';
import { proofProblem, withheldReasons } from './message-proof.ts';
import { messageLine } from './message-row.ts';
import { type Alterations, CSV_HEAD, messageCells, messageCsv, tableRow } from './messages-csv.ts';
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
  proceedingsDocument,
  proofsDocument,
  sourcesDocument,
} from './pack-documents.ts';
import { packFiling } from './pack-filing.ts';
import { distinctFiles, mediaByMessage, wordOf } from './pack-media.ts';
import { payloadOriginals } from './pack-originals.ts';
import type { PackTexts } from './pack-texts.ts';
import { PAGE_END, pageHead } from './page-head.ts';
import { proofChecks } from './proof-checks.ts';
import { readmeText } from './readme.ts';
import { rowChecks } from './row-checks.ts';
import type { Scratch } from './scratch.ts';
import { VIEWED, viewerBlocks, viewerEnd, viewerFile, viewerHead, viewerImages } from './viewer-page.ts';

export interface Frame {
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

/** Chosen forms stand behind README.txt, messages.ndjson and attachments.json. */
const FORMS_AT = 3;
/** Messages of one lazily drawn block of the page. */
const BLOCK = 50;

function refuse(problems: readonly Problem[]): void {
  const first = problems[0];
  if (first !== undefined) throw new PackInputError(first.entry, first.reason);
}

/** Files of the forms that an officer chooses; the pages beside them (pack-filing.ts). */
const FORM_FILES: readonly (readonly [PackFormat, readonly string[]])[] = [
  ['html', ['data/messages.html']],
  ['csv', ['data/messages.csv']],
  ['xlsx', ['data/messages.xlsx']],
  ['docx', ['data/evidence-list.docx', 'data/messages.docx']],
];

/**
 * `texts` gives a payload file's content in pieces; ask for the files in the order of `paths`. `totals` is
 * known once messages.ndjson was written. `prepare` comes first.
 */
export function payloadWriter(
  input: PackInput,
  frame: Frame,
  scratch: Scratch,
  onProgress: ((done: number, total: number) => void) | undefined,
): {
  /** Lays out what has to be known before anything is written. */
  prepare(): Promise<void>;
  paths(): readonly string[];
  texts(path: string): PackTexts;
  totals(): { rows: number; messages: number };
} {
  const { time } = frame;
  const sources = new Map(input.sources.map((source, i) => [source.id, { source, number: i + 1 }]));
  const stated = input.exhibits.reduce((sum, { messages }) => sum + messages, 0);
  const checks = rowChecks(input, scratch);
  const proofs = proofChecks(input.proofs, scratch);
  const media = attachmentChecks(input.attachments.map((one) => attachmentEntry(one) as AttachmentEntry));
  const mediumOf = mediaByMessage(input.attachments);
  const files = distinctFiles(input.attachments);
  const originals = payloadOriginals(input);
  const filing = input.formats.has('pdf') ? packFiling(input, frame, () => rows(), mediumOf) : null;
  /** Passes over the rows: exact text, viewer, and one for each form; pages are laid out, listed and drawn. */
  const forms = 2 + [...input.formats].length + (filing === null ? 0 : input.printPages === null ? 2 : 3);
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
        if (done % 256 === 0) onProgress?.(done, forms * stated);
      }
    }
    const pass = hash.digest('hex');
    if (firstPass !== null && firstPass !== pass) {
      throw new PackInputError('messages', 'rows-differ-between-passes');
    }
    firstPass = pass;
    onProgress?.(done, forms * stated);
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
          senderId: message.sender.id,
          sourceId: source.id,
          sourceSha256: source.sha256,
          start: message.locator.start,
          end: message.locator.end,
        }),
      );
      refuse(
        media.add(
          message.id,
          message.record.attachments.map(({ kind }) => kind),
        ),
      );
      const withheld = Object.keys(proof.withheld).length > 0;
      originals?.checks.add({ sourceId: source.id, ...message.locator, withheld });
      yield `${messageLine(message, proof, exhibit.number, source, time)}\n`;
    }
    refuse(media.finish());
    refuse(originals?.checks.finish() ?? []);
    refuse(checks.finish());
  }

  async function* csv(): AsyncGenerator<string> {
    yield CSV_HEAD;
    for await (const { message, exhibit, source, line } of rows()) {
      yield messageCsv(tableRow(message, exhibit.number, source, time), line);
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
      yield messageHtml(message, number, row.source.sha256, row.line, time, mediumOf);
    }
    if (exhibit !== null) yield '</div></section>';
    yield PAGE_END;
  }

  async function* xlsxRows(): AsyncGenerator<readonly (string | number)[]> {
    for await (const { message, exhibit, source, line } of rows()) {
      const altered: Alterations = new Set();
      const cells = messageCells(tableRow(message, exhibit.number, source, time), line, altered);
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
    yield viewerHead(input.tools, input.case.number, watermarkOf(input));
    for (const path of VIEWED) {
      let text = '';
      for await (const piece of texts(path)) text += piece;
      yield viewerFile(path, text);
    }
    yield* viewerImages(files, input.attachmentContent);
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
  /** The bytes of a medium, which are what its name says. */
  function* medium(path: string): Generator<Uint8Array> {
    const { sha256 } = files.get(path) as { sha256: string };
    const hash = createHash('sha256');
    for (const chunk of input.attachmentContent(sha256)) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('hex') !== sha256) throw new PackInputError(path, 'digest-differs');
  }

  async function* listDocx(): AsyncGenerator<Uint8Array> {
    yield await writeDocx(evidenceList(input, frame.fingerprint, time));
  }

  async function* messageDocument() {
    let exhibit: PackExhibit | null = null;
    let conversation: string | null = null;
    for await (const { message, line, exhibit: own } of rows()) {
      if (own !== exhibit) {
        if (exhibit !== null) yield { kind: 'page-break' } as const;
        yield* exhibitBlocks(own, time);
      }
      if (own !== exhibit || message.conversation.id !== conversation)
        yield conversationBlock(message.conversation.name, message.conversation.id);
      exhibit = own;
      conversation = message.conversation.id;
      yield* messageBlocks(message, line, time, wordOf(mediumOf));
    }
  }

  const texts = (path: string): PackTexts => {
    if (path.startsWith(ATTACHMENT_FOLDER)) return medium(path);
    if (filing?.paths().includes(path)) return filing.texts(path);
    const original = originals?.texts(path);
    if (original) return original;
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
      case ATTACHMENTS:
        return [attachmentsDocument(input.attachments)];
      case 'data/evidence-list.docx':
        return listDocx();
      case 'data/messages.docx':
        return streamDocx(documentFrame(input, frame.fingerprint), messageDocument());
      case 'data/proceedings.json':
        return [proceedingsDocument(input, time)];
      case 'data/completeness.html':
        return [completenessPage(input, checks, time)];
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
        return [completenessDocument(input, checks, time)];
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
      default:
        throw new RangeError(`no such file in a pack: ${path}`);
    }
  };
  return {
    texts,
    totals: () => checks.counts,
    prepare: async () => filing?.prepare(),
    paths: () => [
      ...PAYLOAD_FILES.slice(0, FORMS_AT),
      ...FORM_FILES.flatMap(([form, paths]) => (input.formats.has(form) ? paths : [])),
      ...(filing?.paths() ?? []),
      ...PAYLOAD_FILES.slice(FORMS_AT),
      ...files.keys(),
      ...(originals?.paths ?? []),
    ],
  };
}
