/** Makes a pack's table and viewer say what its exact messages and documents say, as a careful forger would. */
import { deflateRawSync } from 'node:zlib';
import { TABLE, VIEWER } from '../../src/core/evidence/copies.ts';
import type { MessageRecord } from '../../src/core/evidence/message-digest.ts';
import { CSV_HEAD, messageCsv, type TableRow } from '../../src/core/evidence/messages-csv.ts';
import { VIEWED, viewerFile } from '../../src/core/evidence/viewer-page.ts';
import { attributeText } from '../../src/core/evidence/visible-text.ts';

type Files = Map<string, Buffer>;
type Row = Omit<TableRow, 'record' | 'isSubject' | 'source'> & {
  readonly message: MessageRecord;
  readonly role: string;
  readonly source: { readonly id: string; readonly sha256: string };
};

const DATA = '<script type="text/plain" data-';

function tableOf(lines: readonly string[], names: ReadonlyMap<string, string>): string {
  const rows = lines.map((line, i) => {
    try {
      const row = JSON.parse(line) as Row;
      const source = { file: names.get(row.source.id) ?? '', sha256: row.source.sha256 };
      return messageCsv({ ...row, record: row.message, isSubject: row.role === 'subject', source }, i + 1);
    } catch {
      return '';
    }
  });
  return CSV_HEAD + rows.join('');
}

function blocksOf(lines: readonly string[]): string[] {
  const exhibitOf = (line: string) => {
    try {
      return String((JSON.parse(line) as Row).exhibit);
    } catch {
      return '';
    }
  };
  const blocks: { exhibit: string; first: number; lines: string[] }[] = [];
  for (const [i, line] of lines.entries()) {
    const exhibit = exhibitOf(line);
    const last = blocks.at(-1);
    if (last?.exhibit === exhibit) last.lines.push(line);
    else blocks.push({ exhibit, first: i + 1, lines: [line] });
  }
  return blocks.map(({ exhibit, first, lines: own }) => {
    const data = deflateRawSync(own.map((line) => `${line}\n`).join('')).toString('base64');
    return `${DATA}exhibit="${attributeText(exhibit)}" data-first="${first}" data-count="${own.length}">${data}</script>\n`;
  });
}

export function rewriteCopies(files: Files): void {
  const text = (path: string) => files.get(path)?.toString('utf8') ?? '';
  const lines = text('data/messages.ndjson').split('\n').slice(0, -1);
  if (files.has(TABLE)) {
    const { sources } = JSON.parse(text('data/sources.json')) as { sources: { id: string; file: string }[] };
    files.set(TABLE, Buffer.from(tableOf(lines, new Map(sources.map(({ id, file }) => [id, file])))));
  }
  if (!files.has(VIEWER)) return;
  const page = text(VIEWER).split(/(?<=\n)/);
  const at = page.findIndex((line) => line.startsWith(DATA));
  const isOld = (line: string) => line.startsWith(DATA) && !line.startsWith(`${DATA}picture`);
  const documents = VIEWED.filter((path) => files.has(path)).map((path) => viewerFile(path, text(path)));
  const made = [
    ...page.slice(0, at),
    ...documents,
    ...blocksOf(lines),
    ...page.slice(at).filter((line) => !isOld(line)),
  ];
  files.set(VIEWER, Buffer.from(made.join('')));
}
