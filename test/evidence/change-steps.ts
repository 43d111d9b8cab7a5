/** How changes are made to the contents of a pack; what changes.ts is written with. */
import { uid } from '../builders/evidence-messages.ts';
import { editFirst, editLines, type Files, type Json } from '../builders/evidence-tamper.ts';

export const MESSAGES = 'data/messages.ndjson';
export type Change = readonly [what: string, change: (files: Files) => void, named: RegExp];
type Row = { id: string; digest: string; role: string; proof: Json; locator: Json; message: Json } & Json;

export const lines = (edit: (rows: string[]) => string[]) => (files: Files) =>
  editLines(files, MESSAGES, (all) => [...edit(all.slice(0, -1)), '']);

/** Edits one row and writes it in the same form. */
export const row = (index: number, edit: (row: Row) => void) =>
  lines((rows) =>
    rows.map((text, i) => {
      if (i !== index) return text;
      const parsed = JSON.parse(text) as Row;
      edit(parsed);
      return JSON.stringify(parsed);
    }),
  );

export const tree = (edit: (tree: Json, source: Json) => void) => (files: Files) => {
  const path = 'data/proofs.json';
  const document = JSON.parse((files.get(path) as Buffer).toString('utf8')) as { sources: Json[] };
  const [source] = document.sources as [Json];
  edit((source.trees as Json[])[0] as Json, source);
  files.set(path, Buffer.from(JSON.stringify(document)));
};

export const certificate = (edit: (conversation: Json) => void) => (files: Files) =>
  editFirst(files, 'data/completeness.json', 'conversations', edit);

export const audit = (edit: (entries: string[]) => string[]) => (files: Files) =>
  editLines(files, 'data/audit.json', edit);

export const digit = (text: unknown) => String(text).replace(/^./, (first) => (first === '0' ? '1' : '0'));
export const own = (index: number) => new RegExp(uid('message', index));

export const inRows: Change[] = Array.from({ length: 10 }, (_, i) => [
  `message ${i} dropped`,
  lines((rows) => rows.filter((_row, at) => at !== i)),
  /E-A7-0042-01|runs-differ/,
]);

export const texts: Change[] = [0, 2, 4, 6, 8].flatMap((i): Change[] => [
  [
    `text of message ${i}`,
    row(i, ({ message }) => {
      message.text = '另一句话';
    }),
    own(i),
  ],
  [
    `sender of message ${i}`,
    row(i, ({ message }) => {
      message.sender = 'user-9';
    }),
    own(i),
  ],
  [
    `time of message ${i}`,
    row(i, ({ message }) => {
      message.instant = 1;
    }),
    own(i),
  ],
  [
    `place of message ${i}`,
    row(i, ({ locator }) => {
      locator.line = 99;
    }),
    own(i),
  ],
  [
    `salt of message ${i}`,
    row(i, ({ proof }) => {
      (proof.salts as Json).text = digit((proof.salts as Json).text);
    }),
    own(i),
  ],
  [
    `ordinal of message ${i}`,
    row(i, ({ proof }) => {
      proof.ordinal = 77;
    }),
    own(i),
  ],
  [
    `index of message ${i}`,
    row(i, ({ proof }) => {
      proof.index = 21;
    }),
    /runs-differ|place-taken/,
  ],
  [
    `a withheld part invented in message ${i}`,
    row(i, ({ proof }) => {
      delete (proof.salts as Json).text;
      (proof.withheld as Json).text = { commitment: 'a'.repeat(64), reason: 'x' };
    }),
    own(i),
  ],
  [
    `a member added to message ${i}`,
    row(i, ({ message }) => {
      message.note = 'x';
    }),
    new RegExp(`line ${i + 1}`),
  ],
]);

export const swap = (what: string, edit: (a: Row, b: Row) => void, named: RegExp): Change => [
  what,
  lines((rows) => {
    const [a, b] = [JSON.parse(rows[1] as string) as Row, JSON.parse(rows[7] as string) as Row];
    edit(a, b);
    return rows.map((text, i) => (i === 1 ? JSON.stringify(a) : i === 7 ? JSON.stringify(b) : text));
  }),
  named,
];
