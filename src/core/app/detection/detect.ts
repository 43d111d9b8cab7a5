import { DocketError } from '../../../contract/errors.ts';
import type { IndexedHit } from '../../detection/detect-batch.ts';
import { ENGINE_VERSION } from '../../detection/judge.ts';
import type { DetectionRun } from '../../domain/hit.ts';
import type { LoadedPack } from '../../rules/rule-pack.ts';
import { type FoundOn, foundHit } from '../../storage/detection/found-hit.ts';
import { HitWriter } from '../../storage/detection/hit-writer.ts';
import {
  judgedSubject,
  keepSubject,
  type SubjectText,
  subjectTexts,
} from '../../storage/detection/judged-subjects.ts';
import { countJudged, type JudgedText, stretchAfter } from '../../storage/detection/judged-texts.ts';
import { findPack, insertPack } from '../../storage/detection/rule-packs.ts';
import { insertRun, runById, updateRun } from '../../storage/detection/runs.ts';
import type { Store } from '../../storage/rows.ts';
import { spansOf } from '../imports/spans.ts';
import { breathe, type Job } from '../jobs.ts';
import { change, newBlockUid, record, type Session } from '../session.ts';
import { backtest } from './backtest.ts';
import { classifierOf } from './classifier-in-force.ts';
import { conditionsOf } from './conditions.ts';
import { FlowCollector } from './detect-flows.ts';
import { shadowDrafts } from './drafts.ts';
import { openJudge, type Workers } from './judge.ts';
import { compileInSlices, enabledPacks } from './rules.ts';

/** Row ids of messages that are judged at a time. */
const BATCH = 4000;

/**
 * Hits that are stored together, and the milliseconds that they wait for it at most: a crash loses no more work
 * than that. They touch the same pages of a dozen indexes, and a page is written once for all of them.
 */
const TOGETHER = 1000;
const WAIT = 2000;
/**
 * Rows of hits and their members that one transaction takes: the host does nothing else meanwhile. Smaller ones write
 * the same pages of the indexes again and again. A thousand hits take 45 to 66 ms of the host's processor time with
 * their commit on a machine at load 10, two thousand up to 94 and write a seventh less.
 */
const MOST_ROWS = 1200;

/** What a run is made with; without packs, those that are switched on. */
export interface DetectionSettings {
  readonly packs: readonly LoadedPack[] | null;
  readonly workers: Workers;
}

/**
 * Judges every message of the workspace and stores the hits batch by batch. A finding that is known is
 * seen again and keeps its disposition. Cancelling keeps what is stored; the run says that it was cancelled.
 * Throws `pack-invalid` for packs that do not compile.
 */
export async function detect(session: Session, job: Job, settings: DetectionSettings): Promise<DetectionRun> {
  const packs = settings.packs ?? enabledPacks(session);
  // Packs that are named replace everything that ships, the classifier too.
  const classifier = settings.packs ? undefined : classifierOf(session);
  // The first reading of the model takes the host as long as five slices.
  await breathe();
  const compiled = await compileInSlices(packs, classifier);
  const { store } = session.workspace;
  const total = countJudged(store.db);
  const run = change(session, () => {
    if (settings.packs) keepPacks(session, settings.packs);
    const row = insertRun(store, {
      uid: newBlockUid(session),
      state: 'running',
      packs: JSON.stringify(
        packs.map(({ pack, sha256 }) => ({ id: pack.id, version: pack.version, sha256 })),
      ),
      engine_version: ENGINE_VERSION,
      started_at: session.environment.now(),
      finished_at: null,
      up_to_message: 0,
      messages: 0,
      hits: 0,
      added: 0,
      by_category: '{}',
      officer_id: session.officer.id,
    });
    record(session, {
      type: 'detection.started',
      subject: { type: 'run', id: row.uid },
      after: { messages: total },
    });
    return row;
  });
  const pool = await openJudge(compiled, total, settings.workers, session.workspace);
  const writer = new HitWriter(store, run.id);
  const byCategory: Record<string, number> = {};
  const counts = { messages: 0, hits: 0, added: 0 };
  const holds = conditionsOf(compiled, store.db);
  const flows = new FlowCollector(compiled);
  const keep = (found: readonly FoundOn[], progress: Parameters<typeof updateRun>[2] = {}) => {
    for (const { hit } of found) byCategory[hit.category] = (byCategory[hit.category] ?? 0) + 1;
    counts.hits += found.length;
    change(session, () => {
      counts.added += writer.write(found);
      updateRun(store, run.id, {
        messages: counts.messages,
        hits: counts.hits,
        added: counts.added,
        by_category: JSON.stringify(byCategory),
        ...progress,
      });
    });
  };
  let waiting = { found: [] as FoundOn[], messages: 0, last: 0, since: performance.now() };
  /** Stores hits in slices; `progress` with the last of them. */
  const keepAll = async (found: readonly FoundOn[], messages = 0, progress = {}): Promise<void> => {
    for (let from = 0; ; ) {
      const to = sliceEnd(found, from);
      const isLast = to === found.length;
      if (isLast) counts.messages += messages;
      keep(found.slice(from, to), isLast ? progress : {});
      if (isLast) return;
      from = to;
      await breathe();
    }
  };
  const keepWaiting = async (): Promise<void> => {
    const { found, messages, last } = waiting;
    waiting = { found: [], messages: 0, last, since: performance.now() };
    if (messages > 0) await keepAll(found, messages, { up_to_message: last });
  };
  let asked = 0;
  const ask = () => {
    const stretch = stretchAfter(store.db, asked, BATCH);
    if (stretch === null) return null;
    asked = stretch.to;
    const judged = pool.judgeStored(stretch);
    // Awaited in order below; a stretch that fails while an earlier one is stored must not end the process.
    judged.catch(() => undefined);
    return judged;
  };
  try {
    const underWay = [];
    for (let ahead = 0; ahead < pool.stretches; ahead++) underWay.push(ask());
    for (let next = underWay.shift(); next && !job.signal.aborted; next = underWay.shift()) {
      const judged = await next;
      underWay.push(ask());
      flows.add(judged.flows);
      for (const one of judged.found) if (holds(one.hit, one.text)) waiting.found.push(one);
      waiting.messages += judged.messages;
      waiting.last = Math.max(waiting.last, judged.last);
      if (waiting.found.length >= TOGETHER || performance.now() - waiting.since >= WAIT) await keepWaiting();
      job.report({
        step: 'judging',
        item: null,
        done: counts.messages + waiting.messages,
        total,
        unit: 'messages',
        records: counts.hits + waiting.found.length,
      });
      await breathe();
    }
    if (job.signal.aborted) pool.cancel();
    await Promise.allSettled(underWay);
    await keepWaiting();
    if (!job.signal.aborted) {
      await keepAll((await flows.judge(store.db, job)).filter(({ text, hit }) => holds(hit, text)));
      for (let subjects = inTurn(store, BATCH), some = subjects(); some.length > 0; some = subjects()) {
        const { hits } = await pool.judge(some.map((one) => ({ id: '', ...judgedSubject(one) })));
        await keepAll(change(session, () => onSubjects(store, some, hits, holds)));
        await breathe();
      }
    }
    if (!settings.packs && !job.signal.aborted) {
      for (const draft of shadowDrafts(session)) {
        await backtest(session, job, draft, { workers: settings.workers, kind: 'shadow' });
      }
    }
    return finish(session, run.id, run.uid, job.signal.aborted ? 'cancelled' : 'complete', counts);
  } catch (error) {
    finish(session, run.id, run.uid, 'failed', counts);
    throw error;
  } finally {
    await pool.close();
  }
}

/** Where a slice ends that begins at `from`. */
function sliceEnd(found: readonly FoundOn[], from: number): number {
  let to = from;
  for (let taken = 0; to < found.length && taken < MOST_ROWS; to++) {
    taken += 1 + ((found[to] as FoundOn).members?.length ?? 0);
  }
  return to;
}

/** Takes names, profiles, group notices and published items, so many at a time; none at the end. */
function inTurn(store: Store, size: number): () => SubjectText[] {
  const all = subjectTexts(store.db);
  return () => {
    const some: SubjectText[] = [];
    while (some.length < size) {
      const next = all.next();
      if (next.done) break;
      some.push(next.value);
    }
    return some;
  };
}

/** Hits in them. Call inside a transaction: their texts are kept. */
function onSubjects(
  store: Store,
  subjects: readonly SubjectText[],
  hits: readonly IndexedHit[],
  holds: ReturnType<typeof conditionsOf>,
): FoundOn[] {
  const kept = new Map<number, JudgedText>();
  return hits.flatMap(({ index, hit }) => {
    const subject = subjects[index] as SubjectText;
    const text = kept.get(index) ?? keepSubject(store, subject);
    kept.set(index, text);
    return holds(hit, text) ? [{ text, hit: foundHit(hit, spansOf(hit, subject.text)) }] : [];
  });
}

/** Packs given as files stay in the workspace, switched off: their hits name them. */
function keepPacks(session: Session, packs: readonly LoadedPack[]): void {
  for (const loaded of packs) {
    const { id, version } = loaded.pack;
    const known = findPack(session.workspace.store.db, id, version);
    if (known && known.sha256 !== loaded.sha256) {
      throw new DocketError('conflict', `version ${version} of ${id} is installed with another content`, id);
    }
    if (known) continue;
    insertPack(session.workspace.store, loaded, {
      enabled: false,
      installedAt: session.environment.now(),
      officerId: session.officer.id,
    });
    record(session, {
      type: 'rule-pack.installed',
      subject: { type: 'rule-pack', id },
      after: { version, sha256: loaded.sha256, shipped: false, enabled: false },
    });
  }
}

function finish(
  session: Session,
  id: number,
  uid: string,
  state: 'complete' | 'cancelled' | 'failed',
  counts: { messages: number; hits: number; added: number },
): DetectionRun {
  const { store } = session.workspace;
  change(session, () => {
    updateRun(store, id, { state, finished_at: session.environment.now() });
    record(session, {
      type: `detection.${state}`,
      subject: { type: 'run', id: uid },
      after: { messages: counts.messages, hits: counts.hits, added: counts.added },
    });
  });
  return runById(store.db, id);
}
