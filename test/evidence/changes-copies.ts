/**
 * Single changes to the copies of the messages and to the source files of a pack, after which somebody rewrote the
 * manifests and signed with a key of his own; each with what a verifier must name.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { TABLE, VIEWER } from '../../src/core/evidence/copies.ts';
import { ORIGINALS, ORIGINALS_FOLDER } from '../../src/core/evidence/originals.ts';
import { LINE, uid } from '../builders/evidence-messages.ts';
import { editJson, editLines, type Files, type Json } from '../builders/evidence-tamper.ts';
import type { Change } from './change-steps.ts';

const csv = (edit: (text: string) => string) => (files: Files) =>
  files.set(TABLE, Buffer.from(edit((files.get(TABLE) as Buffer).toString('utf8'))));

/** Edits what a line of the viewer holds, given by how it begins. */
const held = (begins: string, edit: (text: string) => string) => (files: Files) =>
  editLines(files, VIEWER, (lines) =>
    lines.map((line) => {
      if (!line.startsWith(`<script type="text/plain" data-${begins}`)) return line;
      return line.replace(/>([^<]*)</, (_, data: string) => {
        const text = inflateRawSync(Buffer.from(data, 'base64')).toString('utf8');
        return `>${deflateRawSync(edit(text)).toString('base64')}<`;
      });
    }),
  );
const line = (begins: string, edit: (line: string) => string[]) => (files: Files) =>
  editLines(files, VIEWER, (lines) =>
    lines.flatMap((text) =>
      text.startsWith(`<script type="text/plain" data-${begins}`) ? edit(text) : [text],
    ),
  );

export const COPY_CHANGES: readonly Change[] = [
  [
    'a text in the table',
    csv((text) => text.replace('"第 0 条', '"第 9 条')),
    /messages\.csv row \d+ differs-from-messages/,
  ],
  [
    'the head of the table',
    csv((text) => text.replace('正文 text', '正文')),
    /messages\.csv line 1 differs-from-messages/,
  ],
  ['a digit in the table', csv((text) => text.replace(',"上下文', ',"证物 ')), /messages\.csv row 1 differs/],
  [
    'a row of the table dropped',
    csv((text) => text.replace(/\r\n3,[\s\S]*?\r\n4,/, '\r\n4,')),
    /messages\.csv rows rows-differ/,
  ],
  ['a row added to the table', csv((text) => `${text}"x"\r\n`), /messages\.csv rows rows-differ/],
  ['a quote left open in the table', csv((text) => text.replace(/"\r\n$/, '\r\n')), /messages\.csv/],
  [
    'the apostrophe of a formula dropped',
    csv((text) => text.replace('"\'=', '"=')),
    /messages\.csv row \d+ differs/,
  ],
  [
    'a text in the viewer',
    held('exhibit="E-A7-0042-01"', (text) => text.replace('"text":"', '"text":"不')),
    /viewer\.html row 1 differs-from-messages/,
  ],
  [
    'a row of the viewer dropped',
    held('exhibit="E-A7-0042-01"', (text) => text.slice(text.indexOf('\n') + 1)),
    /viewer\.html row 1 block-differs/,
  ],
  [
    'a document in the viewer',
    held('file="data/case.json"', (text) => text.replace('群内刷单', '群内聊天')),
    /viewer\.html data\/case\.json differs-from-file/,
  ],
  [
    'a document twice in the viewer',
    line('file="data/custody.json"', (text) => [text, text]),
    /viewer\.html data\/custody\.json differs-from-file/,
  ],
  [
    'a document missing in the viewer',
    line('file="data/decisions.json"', () => []),
    /viewer\.html data\/decisions\.json missing/,
  ],
  [
    'rows under another exhibit in the viewer',
    line('exhibit="E-A7-0042-01"', (text) => [text.replace('E-A7-0042-01', 'E-A7-0042-02')]),
    /viewer\.html row 1 exhibit-differs/,
  ],
  [
    'a picture in the viewer',
    line('picture', (text) => [text.replace(/>..../, '>AAAA')]),
    /viewer\.html [0-9a-f]{64} digest-differs/,
  ],
  [
    'data in the viewer that is no base64',
    line('file="data/sources.json"', (text) => [text.replace('>', '>!')]),
    /viewer\.html/,
  ],
  [
    'a source file without a statement',
    (files) => files.set(`${ORIGINALS_FOLDER}x.bin`, Buffer.of(1)),
    /originals\/x\.bin {2}no-source-names-this/,
  ],
];

const FILE = `${ORIGINALS_FOLDER}${uid('source', 1)}.excerpts.bin`;
const stated = (edit: (entry: Json & { ranges: Json[]; closed: Json[] }) => void) => (files: Files) =>
  editJson(files, ORIGINALS, (document) => {
    edit((document.sources as Json[])[0] as Json & { ranges: Json[]; closed: Json[] });
  });
const at = (from: number, to: number) => `originals\\.json ${uid('source', 1)} ${from * LINE}-${to * LINE} `;

export const EXCERPT_CHANGES: readonly Change[] = [
  [
    'a byte of an excerpt',
    (files) => {
      const bytes = Buffer.from(files.get(FILE) as Buffer);
      bytes[5 * LINE + 3] = (bytes[5 * LINE + 3] as number) ^ 1;
      files.set(FILE, bytes);
    },
    new RegExp(`excerpts\\.bin ${uid('source', 1)} ${8 * LINE}-${10 * LINE} digest-differs`),
  ],
  [
    'an excerpt cut short',
    (files) => files.set(FILE, (files.get(FILE) as Buffer).subarray(0, -1)),
    /excerpts\.bin .*(digest|size)-differs/,
  ],
  [
    'an excerpt made longer',
    (files) => files.set(FILE, Buffer.concat([files.get(FILE) as Buffer, Buffer.of(1)])),
    /excerpts\.bin .*size-differs/,
  ],
  ['the excerpts removed', (files) => files.delete(FILE), /excerpts\.bin .*missing/],
  [
    'the excerpts renamed',
    (files) => {
      files.set(`${ORIGINALS_FOLDER}y.bin`, files.get(FILE) as Buffer);
      files.delete(FILE);
    },
    /excerpts\.bin .*missing/,
  ],
  ['the statement removed', (files) => files.delete(ORIGINALS), /excerpts\.bin {2}no-source-names-this/],
  [
    'a range moved',
    stated(({ ranges }) => Object.assign(ranges[0] as Json, { start: LINE, end: 6 * LINE })),
    new RegExp(`${at(1, 6)}ranges-differ`),
  ],
  [
    'a range dropped',
    stated((entry) => {
      entry.ranges.pop();
    }),
    /ranges-differ/,
  ],
  [
    'a range added',
    stated(({ ranges }) =>
      ranges.push({ start: 15 * LINE, end: 16 * LINE, at: 8 * LINE, sha256: '0'.repeat(64) }),
    ),
    /ranges-differ/,
  ],
  [
    'the place of a range in the file',
    stated(({ ranges }) => Object.assign(ranges[1] as Json, { at: 0 })),
    new RegExp(`${at(8, 10)}offset-differs`),
  ],
  [
    'a range over a closed place',
    stated(({ ranges }) => {
      Object.assign(ranges[1] as Json, { end: 12 * LINE });
      ranges.pop();
    }),
    new RegExp(`${at(10, 11)}withheld-and-shown`),
  ],
  [
    'a closed place hidden',
    stated((entry) => {
      entry.closed = [];
    }),
    /ranges-differ/,
  ],
  [
    'a closed place of no message',
    stated(({ closed }) => closed.push({ start: 6 * LINE, end: 7 * LINE, reason: 'shared' })),
    new RegExp(`${at(6, 7)}no-message-there`),
  ],
  [
    'another file passed off as the source',
    stated((entry) => {
      entry.sha256 = 'a'.repeat(64);
    }),
    /originals\.json .*source-hash-differs/,
  ],
  [
    'a source unnamed',
    (files) =>
      editJson(files, ORIGINALS, (document) => {
        document.sources = [];
      }),
    /originals\.json .*not-stated/,
  ],
  [
    'a source named twice',
    (files) =>
      editJson(files, ORIGINALS, (document) => {
        (document.sources as Json[]).push((document.sources as Json[])[0] as Json);
      }),
    /originals\.json sources stated-twice/,
  ],
  [
    'excerpts passed off as the whole',
    stated((entry) => {
      Object.assign(entry, { form: 'whole', ranges: [], closed: [] });
    }),
    /name-differs/,
  ],
  [
    'no file named',
    stated((entry) => {
      entry.file = null;
    }),
    /name-differs/,
  ],
];

const WHOLE = `${ORIGINALS_FOLDER}${uid('source', 1)}.bin`;
export const WHOLE_CHANGES: readonly Change[] = [
  [
    'a byte of the source',
    (files) => {
      const bytes = Buffer.from(files.get(WHOLE) as Buffer);
      bytes[100] = (bytes[100] as number) ^ 1;
      files.set(WHOLE, bytes);
    },
    /0*1\.bin .*digest-differs/,
  ],
  [
    'the source cut short',
    (files) => files.set(WHOLE, (files.get(WHOLE) as Buffer).subarray(0, -1)),
    /\.bin .*size-differs/,
  ],
  ['the source removed', (files) => files.delete(WHOLE), /\.bin .*missing/],
  [
    'the whole passed off as excerpts',
    stated((entry) => {
      entry.form = 'excerpts';
    }),
    /ranges-differ/,
  ],
  [
    'a range of the whole',
    stated(({ ranges }) => ranges.push({ start: 0, end: LINE, at: 0, sha256: '0'.repeat(64) })),
    /malformed/,
  ],
  [
    'a source said not to go along',
    stated((entry) => {
      Object.assign(entry, { form: 'none', file: null });
    }),
    /\.bin {2}no-source-names-this/,
  ],
  [
    'a file under a source that does not go along',
    stated((entry) => {
      entry.form = 'none';
    }),
    /name-differs/,
  ],
  [
    'a form that nobody knows',
    stated((entry) => {
      entry.form = 'half';
    }),
    /originals\.json {2}malformed/,
  ],
];
