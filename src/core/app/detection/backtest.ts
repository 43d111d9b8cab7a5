/** Judges all history with a draft and with the version in force, and tells what the draft would change. */

import type { IndexedHit } from '../../detection/detect-batch.ts';
import { flowColumns } from '../../detection/flow-columns.ts';
import { wilson } from '../../detection/interval.ts';
import { ENGINE_VERSION, type TextHit } from '../../detection/judge.ts';
import type { Backtest, BacktestSample } from '../../domain/backtest.ts';
import type { CategoryId } from '../../domain/category.ts';
import { compilingRules } from '../../rules/compile-rules.ts';
import type { LoadedPack } from '../../rules/rule-pack.ts';
import type { Database } from '../../storage/database.ts';
import { judgedSubject, subjectTexts } from '../../storage/detection/judged-subjects.ts';
import { countJudged, type JudgedText, textsAfter } from '../../storage/detection/judged-texts.ts';
import { currentPacks } from '../../storage/detection/rule-packs.ts';
import {
  insertBacktest,
  listBacktests,
  reviewedLabels,
  reviewPace,
} from '../../storage/evidence/pack-drafts.ts';
import { messageLabel } from '../../storage/messages/message-labels.ts';
import { breathe, type Job } from '../jobs.ts';
import { inSlices } from '../pace.ts';
import { change, newUid, record, type Session } from '../session.ts';
import { classifierOf } from './classifier-in-force.ts';
import { conditionsOf } from './conditions.ts';
import { FlowCollector } from './detect-flows.ts';
import { type Judge, openJudge, type Workers } from './judge.ts';
import { loadedOf } from './rules.ts';

/** Texts read, judged and compared at a time: some 20 ms of the host's thread. */
const BATCH = 2000;
/** Samples kept of each kind of change. */
const SAMPLES = 100;
/** Seconds a hit is assumed to take while fewer than twenty verdicts tell the officers' own pace. */
const ASSUMED_PACE = 15;

/**
 * The same pack under another id, so that two versions of it can be judged in one pass. As packs of the
 * organisation neither takes hits of the other away (settle.ts): every hit of both is counted.
 */
const renamed = (loaded: LoadedPack, id: string): LoadedPack => ({
  ...loaded,
  origin: 'organisation',
  pack: { ...loaded.pack, id },
});
const DRAFT = 'draft';
const BASE = 'base';

type Side = Pick<TextHit, 'rule' | 'category' | 'status' | 'severity' | 'start' | 'end' | 'parts'>;

interface Counts {
  added: number;
  lost: number;
  changed: number;
  same: number;
}

/** What two versions say of the texts, one after another. */
class Comparison {
  before = 0;
  after = 0;
  readonly rules = new Map<string, Counts>();
  readonly samples: BacktestSample[] = [];
  /** Message and category, of both versions. */
  readonly draftFound = new Set<string>();
  readonly baseFound = new Set<string>();
  readonly #kept = { added: 0, lost: 0, changed: 0 };
  readonly #label: (messageId: number) => ReturnType<typeof messageLabel>;

  constructor(label: (messageId: number) => ReturnType<typeof messageLabel>) {
    this.#label = label;
  }

  add(text: Pick<JudgedText, 'messageId' | 'text'>, hits: readonly TextHit[]): void {
    const draft = hits.filter(({ pack }) => pack === DRAFT);
    const base = hits.filter(({ pack }) => pack === BASE);
    this.after += draft.length;
    this.before += base.length;
    for (const hit of draft) this.draftFound.add(`${text.messageId} ${hit.category}`);
    for (const hit of base) this.baseFound.add(`${text.messageId} ${hit.category}`);
    const left = [...base];
    for (const hit of draft) {
      const exact = left.findIndex(
        (one) => one.rule === hit.rule && one.start === hit.start && one.end === hit.end,
      );
      const near = left.findIndex(
        (one) => one.rule === hit.rule && one.start < hit.end && hit.start < one.end,
      );
      const [match] = exact >= 0 ? left.splice(exact, 1) : near >= 0 ? left.splice(near, 1) : [];
      if (match === undefined) this.#count('added', text, hit);
      else if (exact >= 0 && sameSaid(match, hit)) this.#countsOf(hit.rule).same += 1;
      else this.#count('changed', text, hit);
    }
    for (const hit of left) this.#count('lost', text, hit);
  }

  total(change: keyof Counts): number {
    let sum = 0;
    for (const counts of this.rules.values()) sum += counts[change];
    return sum;
  }

  #countsOf(rule: string): Counts {
    let counts = this.rules.get(rule);
    if (counts === undefined) {
      counts = { added: 0, lost: 0, changed: 0, same: 0 };
      this.rules.set(rule, counts);
    }
    return counts;
  }

  #count(
    change: 'added' | 'lost' | 'changed',
    text: Pick<JudgedText, 'messageId' | 'text'>,
    hit: Side,
  ): void {
    this.#countsOf(hit.rule)[change] += 1;
    if (this.#kept[change] >= SAMPLES) return;
    this.#kept[change] += 1;
    const label = text.messageId === null ? null : this.#label(text.messageId);
    this.samples.push({
      change,
      rule: hit.rule,
      category: hit.category,
      status: hit.status,
      messageId: label?.id ?? null,
      sender: label?.sender ?? null,
      sentAt: label?.sentAt ?? null,
      text: text.text.slice(0, 2000),
      spans: hit.parts.map(({ start, end }) => ({ start, end })),
    });
  }
}

const sameSaid = (a: Side, b: Side): boolean =>
  a.category === b.category && a.status === b.status && a.severity === b.severity;

/** Names, profiles, group notices and published items, judged as a run does. */
async function compareSubjects(
  db: Database,
  pool: Judge,
  holds: ReturnType<typeof conditionsOf>,
  comparison: Comparison,
): Promise<void> {
  for (const subjects of inBatches(subjectTexts(db), BATCH)) {
    const texts = subjects.map(judgedSubject);
    const { hits } = await pool.judge(texts.map((text) => ({ id: '', ...text })));
    for (const [text, own] of byText(texts, hits)) {
      comparison.add(
        text,
        own.filter((hit) => holds(hit, text)),
      );
    }
    await breathe();
  }
}

/** The hits of a batch, text by text; texts without one are left out. */
function* byText(
  texts: readonly JudgedText[],
  hits: readonly IndexedHit[],
): Generator<[JudgedText, TextHit[]]> {
  for (let at = 0; at < hits.length; ) {
    const { index } = hits[at] as IndexedHit;
    const own: TextHit[] = [];
    for (; hits[at]?.index === index; at++) own.push((hits[at] as IndexedHit).hit);
    yield [texts[index] as JudgedText, own];
  }
}

function* inBatches<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const one of all) {
    if (batch.push(one) < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Precision and recall of what was found against the reviewed verdicts, in the categories of the pack. */
function qualityOf(labels: ReadonlyMap<string, boolean>, found: ReadonlySet<string>, pack: LoadedPack) {
  const categories = new Set<string>(pack.pack.rules.map(({ category }) => category satisfies CategoryId));
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const [key, violation] of labels) {
    if (!categories.has(key.slice(key.indexOf(' ') + 1))) continue;
    if (!found.has(key)) missed += violation ? 1 : 0;
    else if (violation) right += 1;
    else wrong += 1;
  }
  return { precision: wilson(right, right + wrong), recall: wilson(right, right + missed) };
}

/**
 * Runs a backtest and keeps it. Cancelling throws `cancelled` and keeps nothing. `kind` is `shadow` beside a
 * detection run.
 */
export async function backtest(
  session: Session,
  job: Job,
  draft: LoadedPack,
  settings: { readonly workers: Workers; readonly kind: Backtest['kind'] },
): Promise<Backtest> {
  const { store } = session.workspace;
  const { id: pack, version } = draft.pack;
  const started = session.environment.now();
  const current = currentPacks(store.db).find((one) => one.pack.id === pack);
  const base = current && loadedOf(current);
  await breathe();
  const packs = [renamed(draft, DRAFT), ...(base ? [renamed(base, BASE)] : [])];
  const result = await inSlices(compilingRules(packs, classifierOf(session)));
  if (!result.ok) throw new Error(result.errors.map(({ detail }) => detail).join('; '));
  // The classifier answers rules that ask it; its own proposals belong to no draft.
  const { compiled } = result;
  await breathe();
  const total = countJudged(store.db);
  await breathe();
  const comparison = new Comparison((id) => messageLabel(store.db, id));
  const holds = conditionsOf(compiled, store.db);
  const flows = new FlowCollector(compiled);
  const pool = await openJudge(compiled, total, settings.workers, session.workspace);
  const byMessage = new Map<number, { text: JudgedText; hits: TextHit[] }>();
  let last = 0;
  let messages = 0;
  const read = () => {
    const batch = textsAfter(store.db, last, BATCH);
    if (!batch) return null;
    last = batch.last;
    const found = pool.judge(batch.texts.map((text) => ({ id: '', ...text })));
    found.catch(() => undefined);
    return { batch, found };
  };
  try {
    const underWay = [];
    for (let ahead = 0; ahead < pool.depth; ahead++) {
      underWay.push(read());
      await breathe();
    }
    for (let next = underWay.shift(); next; next = underWay.shift()) {
      job.check();
      const { batch } = next;
      const found = await next.found;
      underWay.push(read());
      flows.add(flowColumns(compiled, batch.texts, found));
      for (const [text, own] of byText(batch.texts, found.hits)) {
        comparison.add(
          text,
          own.filter((hit) => holds(hit, text)),
        );
      }
      messages += batch.messages;
      await breathe();
      job.report({
        step: 'judging',
        item: pack,
        done: messages,
        total,
        unit: 'messages',
        records: comparison.after,
      });
      await breathe();
    }
    for (const { text, said } of await flows.judge(store.db, job)) {
      if (!holds(said, text) || text.messageId === null) continue;
      const known = byMessage.get(text.messageId) ?? { text, hits: [] };
      known.hits.push(said);
      byMessage.set(text.messageId, known);
    }
    for (const { text, hits } of byMessage.values()) comparison.add(text, hits);
    await compareSubjects(store.db, pool, holds, comparison);
    job.check();
  } finally {
    await pool.close();
  }
  const labels = reviewedLabels(store.db);
  const pace = reviewPace(store.db);
  const measured = pace.length >= 20;
  const secondsPerHit = measured ? (pace[pace.length >> 1] ?? ASSUMED_PACE) : ASSUMED_PACE;
  const added = comparison.total('added');
  const row = {
    id: newUid(session),
    pack,
    sha256: draft.sha256,
    engineVersion: ENGINE_VERSION,
    kind: settings.kind,
    at: session.environment.now(),
  };
  change(session, () => {
    insertBacktest(
      store,
      { ...row, officerId: session.officer.id },
      {
        version,
        baseVersion: base?.pack.version ?? null,
        messages,
        before: comparison.before,
        after: comparison.after,
        added,
        lost: comparison.total('lost'),
        changed: comparison.total('changed'),
        rules: [...comparison.rules].map(([rule, counts]) => ({ rule, ...counts })),
        samples: comparison.samples,
        quality: qualityOf(labels, comparison.draftFound, draft),
        baseQuality: base ? qualityOf(labels, comparison.baseFound, base) : null,
        review: { hits: added, secondsPerHit, measured, hours: (added * secondsPerHit) / 3600 },
        seconds: (session.environment.now() - started) / 1000,
      },
    );
    record(session, {
      type: 'rule-draft.backtested',
      subject: { type: 'rule-pack', id: pack },
      after: {
        backtest: row.id,
        sha256: draft.sha256,
        kind: settings.kind,
        added,
        lost: comparison.total('lost'),
      },
    });
  });
  return listBacktests(store.db, pack).find(({ id }) => id === row.id) as Backtest;
}
