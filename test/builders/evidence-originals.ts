/** Packs for tests with the source file, or excerpts of it. */
import { sha256 } from '../../src/core/audit/digest.ts';
import type { PackOriginal } from '../../src/core/evidence/originals.ts';
import type { PackInput, PackSource } from '../../src/core/evidence/pack-content.ts';
import { LINE, subjectMessage, type TestKey, testMessage } from './evidence-messages.ts';
import { auditLog, packInput } from './evidence-pack.ts';

/** The bytes of the test source: what each line says tells its place. */
export function sourceBytes(length: number): Buffer {
  const lines = Array.from({ length: Math.ceil(length / LINE) }, (_, i) =>
    `第 ${i} 行 `
      .padEnd(LINE - 8, '·')
      .slice(0, 40)
      .concat('=')
      .repeat(5),
  );
  const bytes = Buffer.alloc(length, '.');
  for (const [i, line] of lines.entries()) bytes.write(line, i * LINE, LINE - 1, 'utf8');
  return bytes;
}

/** Messages 0 to 4 and 8 to 11 in one exhibit; the bytes of message 10 are another message's too. */
const EXCERPTS: Pick<PackOriginal, 'ranges' | 'closed'> = {
  ranges: [
    { start: 0, end: 5 * LINE },
    { start: 8 * LINE, end: 10 * LINE },
    { start: 11 * LINE, end: 12 * LINE },
  ],
  closed: [{ start: 10 * LINE, end: 11 * LINE, reason: 'shared' }],
};

export function caseWithOriginals(
  officer: TestKey,
  second: TestKey,
  form: 'whole' | 'excerpts',
): { input: PackInput; content: Buffer } {
  const rows = [0, 1, 2, 3, 4, 8, 9, 10, 11].map((i) => (i === 3 ? subjectMessage(i) : testMessage(i)));
  const input = packInput([rows], officer, second);
  const [source] = input.sources as [PackSource];
  const content = sourceBytes(source.bytes);
  const digest = sha256(content);
  const proofs = input.proofs.map((proof) => ({ ...proof, sha256: digest }));
  const audit = auditLog(8, (sequence) => sequence % 2 === 1, proofs);
  const head = audit.at(-1) as (typeof audit)[0];
  const chosen = form === 'whole' ? { ranges: [], closed: [] } : EXCERPTS;
  return {
    content,
    input: {
      ...input,
      sources: [{ ...source, sha256: digest }],
      proofs,
      audit: () => audit,
      workspace: { ...input.workspace, auditHead: { sequence: head.sequence, hash: head.hash } },
      originals: [{ source: source.id, form, ...chosen }],
      originalContent: () => [content.subarray(0, 777), content.subarray(777, 1999), content.subarray(1999)],
    },
  };
}
