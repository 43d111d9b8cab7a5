import type { CheckResult } from '../../domain/workspace.ts';
import { all, type Database, get, type Row } from '../database.ts';
import { computeTrees, sourceRoot, storedTrees, treeRows } from '../messages/commitments.ts';
import { destroyedSourceIds, goingSourceIds } from '../retention/retention.ts';
import type { Store } from '../rows.ts';

type Failure = CheckResult['failures'][number];

const plain = (row: Row): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([name]) => name !== 'seal')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('hex') : value]),
  );

function differs(
  db: Database,
  table: string,
  sourceId: number,
  order: string,
  rows: readonly Row[],
): boolean {
  const kept = all<Row>(db, `SELECT * FROM ${table} WHERE source_id = ? ORDER BY ${order}`, sourceId);
  return kept.length !== rows.length || kept.some((row, i) => plain(row) !== plain(rows[i] as Row));
}

/**
 * Fixed commitments: the trees follow from the messages, and the root is the one in the event that fixed
 * it. A source whose skipped messages were recovered later was fixed with fewer; that is compared up to there.
 */
export const COMMITMENTS = {
  name: 'commitments',
  *run({ db }: Store): Generator<void, { detail: string; failures: Failure[] }> {
    const failures: Failure[] = [];
    const fail = (table: string, row: string, reason: string) =>
      failures.push({ check: 'commitments', table, row, reason });
    const destroyed = new Set([...destroyedSourceIds(db), ...goingSourceIds(db)]);
    const sources = all<{ id: number; uid: string; file: string; secret: Buffer }>(
      db,
      'SELECT id, uid, file, secret FROM sources WHERE id IN (SELECT source_id FROM source_roots)',
    );
    for (const source of sources) {
      const fixed = sourceRoot(db, source.id);
      // Of a destroyed source the leaves are what is left: they must still give the root.
      const steps = destroyed.has(source.id) ? null : computeTrees(db, source, fixed?.messages);
      let step = steps?.next();
      while (step && !step.done) {
        yield;
        step = steps?.next();
      }
      const rows = treeRows(source.id, step?.done ? step.value : storedTrees(db, source.id));
      if (differs(db, 'commitment_trees', source.id, 'position', rows.trees)) {
        fail('commitment_trees', source.file, 'the trees do not follow from the messages');
      }
      if (differs(db, 'commitment_blocks', source.id, 'position, block', rows.blocks)) {
        fail('commitment_blocks', source.file, 'the leaves do not follow from the messages');
      }
      if (fixed?.root !== rows.root || fixed.messages !== rows.messages) {
        fail('source_roots', source.file, 'the root does not follow from the messages');
      }
      const event = get<{ after: string }>(
        db,
        "SELECT after FROM events WHERE id = ? AND type = 'source.committed' AND subject_id = ?",
        fixed?.event_id ?? '',
        source.uid,
      );
      if (!event?.after.includes(`"root":"${rows.root}"`)) {
        fail('source_roots', source.file, 'no event fixed this root');
      }
    }
    const stray = all<{ n: number }>(
      db,
      `SELECT source_id AS n FROM commitment_trees UNION SELECT source_id FROM commitment_blocks
       EXCEPT SELECT source_id FROM source_roots`,
    );
    for (const { n } of stray) fail('commitment_trees', String(n), 'trees without a root');
    return { detail: `${sources.length} sources`, failures };
  },
};
