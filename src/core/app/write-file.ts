/** Files that leave the workspace: whole or not at all, readable only by their owner, logged by digest. */
import { createHash } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { change, record, type Session } from './session.ts';

export interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes a file, replacing an earlier one. */
function writeWhole(file: string, content: Buffer): WrittenFile {
  const temporary = `${file}.new`;
  try {
    writeFileSync(temporary, content, { mode: 0o600 });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
  return { file, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** Writes a file and the event that it left, with what it holds; never one without the other. */
export function handOut(
  session: Session,
  file: string,
  content: Buffer,
  happening: Omit<Parameters<typeof record>[1], 'before'>,
): WrittenFile {
  const written = writeWhole(file, content);
  try {
    change(session, () =>
      record(session, { ...happening, after: { ...(happening.after as object), ...written } }),
    );
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  return written;
}
