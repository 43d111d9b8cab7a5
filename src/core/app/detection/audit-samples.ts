/** The random audit stream: what detection lets pass is sampled, looked at, and gives a miss rate. */
import { createHash } from 'node:crypto';
import { DocketError } from '../../../contract/errors.ts';
import { clopperPearson } from '../../detection/interval.ts';
import type { AuditItem, AuditSample, AuditVerdict } from '../../domain/backtest.ts';
import type { CategoryId } from '../../domain/category.ts';
import {
  conversationName,
  insertSample,
  itemsOf,
  listSamples,
  putItemVerdict,
  type SampleCounts,
  withoutHits,
} from '../../storage/detection/audit-samples.ts';
import { messageLabel } from '../../storage/messages/message-labels.ts';
import { inSlices } from '../pace.ts';
import { change, newUid, record, type Session } from '../session.ts';

/** Numbers from 0 to 1 that follow from a seed (SHA-256 in counter mode). */
function* numbersFrom(seed: string): Generator<number, never> {
  for (let block = 0; ; block++) {
    const digest = createHash('sha256').update(`${seed}:${block}`).digest();
    for (let at = 0; at + 6 <= digest.length; at += 6) yield digest.readUIntBE(at, 6) / 2 ** 48;
  }
}

/** How many of each stratum, in proportion to its size (largest remainders). */
export function allocate(sizes: readonly number[], wanted: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => (total === 0 ? 0 : (size * wanted) / total));
  const counts = shares.map(Math.floor);
  let left = wanted - counts.reduce((sum, count) => sum + count, 0);
  const order = shares
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order) {
    if (left <= 0) break;
    if ((counts[index] as number) >= (sizes[index] as number)) continue;
    counts[index] = (counts[index] as number) + 1;
    left -= 1;
  }
  return counts;
}

/** `count` of the ids, each set of them equally likely (partial Fisher–Yates). */
function draw(ids: readonly number[], count: number, numbers: Generator<number, never>): number[] {
  const pool = [...ids];
  for (let at = 0; at < count; at++) {
    const other = at + Math.floor(numbers.next().value * (pool.length - at));
    [pool[at], pool[other]] = [pool[other] as number, pool[at] as number];
  }
  return pool.slice(0, count);
}

function withRate(sample: SampleCounts): AuditSample {
  const decided = sample.labelled - sample.unsure;
  return { ...sample, missRate: clopperPearson(sample.violations, decided) };
}

export const samples = (session: Session): AuditSample[] =>
  listSamples(session.workspace.store.db).map(withRate);

function sampleOf(session: Session, id: string): AuditSample {
  const found = samples(session).find((sample) => sample.id === id);
  if (!found) throw new DocketError('not-found', 'no such sample', id);
  return found;
}

/** Draws a sample. Throws `not-found` where every message has a hit, or there is none. */
export async function drawSample(
  session: Session,
  wanted: number,
  given: string | null,
): Promise<AuditSample> {
  const { store } = session.workspace;
  const strata = await inSlices(withoutHits(store.db));
  const population = strata.reduce((sum, { ids }) => sum + ids.length, 0);
  if (population === 0) throw new DocketError('not-found', 'there is no message without a hit', 'messages');
  const size = Math.min(wanted, population);
  const seed = given ?? Buffer.from(session.environment.random(8)).toString('hex');
  const counts = allocate(
    strata.map(({ ids }) => ids.length),
    size,
  );
  const numbers = numbersFrom(seed);
  const items = strata.flatMap(({ ids }, stratum) =>
    draw(ids, counts[stratum] as number, numbers).map((messageId) => ({ messageId, stratum })),
  );
  const id = newUid(session);
  change(session, () => {
    insertSample(
      store,
      {
        id,
        seed,
        size,
        population,
        strata: strata.map(({ conversation, ids }, index) => ({
          name: conversationName(store.db, conversation),
          population: ids.length,
          sampled: counts[index] as number,
        })),
        at: session.environment.now(),
        officerId: session.officer.id,
      },
      draw(
        items.map((_, index) => index),
        items.length,
        numbers,
      ).map((index) => items[index] as (typeof items)[number]),
    );
    record(session, {
      type: 'audit-sample.drawn',
      subject: { type: 'audit-sample', id },
      after: { seed, size, population },
    });
  });
  return sampleOf(session, id);
}

export function sampleItems(session: Session, sampleId: string): AuditItem[] {
  const { db } = session.workspace.store;
  const { strata } = sampleOf(session, sampleId);
  return itemsOf(db, sampleId).flatMap(({ message_id, stratum, ...item }) => {
    const label = messageLabel(db, message_id);
    if (!label) return [];
    const { id: messageId, ...shown } = label;
    return [{ ...item, ...shown, messageId, stratum: strata[stratum]?.name ?? '' }];
  });
}

/** Gives a sampled message a verdict. Throws `reason-required` for a violation without a category. */
export function judgeItem(
  session: Session,
  input: { sampleId: string; position: number; verdict: AuditVerdict | null; category: CategoryId | null },
): AuditSample {
  const { store } = session.workspace;
  const { sampleId, position, verdict } = input;
  if (verdict === 'violation' && input.category === null) {
    throw new DocketError('reason-required', 'a violation needs its category', 'category');
  }
  const before = itemsOf(store.db, sampleId).find((item) => item.position === position);
  if (!before) throw new DocketError('not-found', 'no such message in the sample', `${sampleId} ${position}`);
  const category = verdict === 'violation' ? input.category : null;
  change(session, () => {
    putItemVerdict(
      store,
      { sampleId, position },
      { verdict, category, at: session.environment.now(), officerId: session.officer.id },
    );
    record(session, {
      type: 'audit-sample.judged',
      subject: { type: 'audit-sample', id: sampleId },
      before: { verdict: before.verdict, category: before.category },
      after: { position, verdict, category },
    });
  });
  return sampleOf(session, sampleId);
}
