/**
 * Destroying content for good: two officers sign an order, the content goes in pieces between which the host
 * answers others, and a certificate that two officers sign ends it. The order is the point of no return: what
 * stops after it, by a crash too, is gone on with from where it stopped, and no certificate says that it was done.
 */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { canonicalJson, sha256 } from '../../audit/digest.ts';
import {
  type Destruction,
  DestructionCertificate,
  type DestructionCounts,
  DestructionOrder,
  type Retained,
} from '../../domain/retention.ts';
import { nameGoing, sealHits } from '../../storage/retention/destruction-messages.ts';
import {
  advanceBegun,
  type BegunRow,
  begunOf,
  insertBegun,
  insertDestruction,
  unfinishedDestructions,
} from '../../storage/retention/retention.ts';
import { standingHolds } from '../../storage/retention/thing-holds.ts';
import { insertRow, readMeta } from '../../storage/rows.ts';
import { updateSource } from '../../storage/sources/sources.ts';
import type { CaseDesk } from '../cases/case-desk.ts';
import { sessionOfSecondAside, signed } from '../cases/second-officer.ts';
import { type Checkpoints, rewriteFile, takeCheckpoints } from '../imports/rewrite.ts';
import { breathe, type Job } from '../jobs.ts';
import { change, newUid, record, requireRole, type Session } from '../session.ts';
import { awaitIndexes, pauseUpkeep, stopUpkeep } from '../upkeep.ts';
import { destructionById, packsOn, sourceIds, sourcesOf, thingsOf } from './destruction.ts';
import { COURSE, type Counts, STAGES, type Stage, type Work } from './destruction-stages.ts';
import { listRules, restingOn, retainedThing } from './retention.ts';

/** What the certificate calls the way it was done; docs/security.md says what it guarantees. */
const METHOD = 'secure-delete, log truncated, database rewritten, sealed file removed';

/** What stays of each kind. */
const REMAINS: Readonly<Record<Retained['kind'], readonly string[]>> = {
  source: ['ledger', 'digests', 'audit-log', 'case-records', 'backups', 'exports'],
  case: ['decisions', 'digests', 'audit-log', 'backups', 'exports'],
  export: ['digests', 'audit-log', 'copies-given-out'],
};

/** Milliseconds of one piece: the host answers others after it. */
const PIECE = 15;

/** `case C-A7-0001, exhibit E-A7-0001-02, source chat.csv`. */
const holdNames = ({ holds }: Retained): string => holds.map(({ on, name }) => `${on} ${name}`).join(', ');

function requireFree(desk: CaseDesk, { kind, id }: Pick<Retained, 'kind' | 'id'>): Retained {
  const thing = retainedThing(desk, kind, id);
  if (thing.holds.length > 0) {
    throw new DocketError('conflict', 'a legal hold stands on it', holdNames(thing));
  }
  return thing;
}

/**
 * Destroys, or goes on with a destruction that began: its order stands then, and whoever ends it signs the
 * certificate. Throws `conflict` while a legal hold stands on the thing, before its period ended unless `early`,
 * and while another destruction waits to be ended; `cancelled` before the order with nothing changed, after it with
 * the rest to do; `not-allowed` for an officer; as `sessionOfSecond` for the second one.
 */
export async function destroy(
  desk: CaseDesk,
  job: Job,
  input: Parsed<'retention.destroy'>,
): Promise<Destruction> {
  const { session } = desk;
  const { workspace } = session;
  const { db } = workspace.store;
  requireRole(session, 'manager', 'legal', 'administrator');
  const thing = requireFree(desk, input);
  const other = unfinishedDestructions(db).find((one) => one.subject_id !== input.id);
  if (other) {
    throw new DocketError(
      'conflict',
      'another destruction began and has to be ended first',
      DestructionOrder.parse(JSON.parse(other.ordered)).name,
    );
  }
  if (!thing.begun && !thing.due && !input.early) {
    throw new DocketError('conflict', 'its period has not ended', thing.name);
  }
  const second = await sessionOfSecondAside(session, {
    officerId: input.approverId,
    passphrase: input.approverPassphrase,
    first: session.officer.id,
  });
  job.report({ step: 'destroying', item: thing.name, done: 0, total: null, unit: 'messages' });
  await breathe();
  await awaitIndexes(session, job, thing.name, 'all');
  job.check();
  const resumeUpkeep = pauseUpkeep(workspace);
  await stopUpkeep(workspace);
  const checkpoints = takeCheckpoints(session);
  try {
    job.check();
    const begun = begunOf(db, input.id) ?? begin(desk, input, thing, second);
    db.pragma('secure_delete = ON');
    await takeContent(desk, job, begun, checkpoints);
    checkpoints.end();
    job.report({ step: 'rewriting', item: thing.name, done: 0, total: 1, unit: 'rows' });
    await rewriteFile(session, job);
    finish(desk, begunOf(db, input.id) as BegunRow, second);
    db.pragma('wal_checkpoint(TRUNCATE)');
    job.report({ step: 'rewriting', item: thing.name, done: 1, total: 1, unit: 'rows' });
    return destructionById(desk, begun.id);
  } finally {
    checkpoints.end();
    if (db.open) db.pragma('secure_delete = OFF');
    resumeUpkeep();
  }
}

/** The order, signed by both; from here on the sources are out of every view. */
function begin(
  desk: CaseDesk,
  input: Parsed<'retention.destroy'>,
  thing: Retained,
  second: Session,
): BegunRow {
  const { session } = desk;
  const { store } = session.workspace;
  const { kind, id: subject, reason } = input;
  const id = newUid(session);
  const at = session.environment.now();
  const days = listRules(desk).find((rule) => rule.kind === kind);
  const sources = kind === 'source' ? sourcesOf(desk, subject) : [];
  const order = DestructionOrder.parse({
    format: 'docket-destruction-order/1',
    id,
    workspace: { id: readMeta(store.db, 'workspaceId') ?? '', prefix: desk.reading.prefix },
    kind,
    subject,
    name: thing.name,
    things: thingsOf(desk, { kind, id: subject }),
    cases: thing.cases,
    packs: packsOn(desk, { kind, id: subject }),
    reason,
    rule:
      days?.days == null || thing.dueAt === null
        ? null
        : { days: days.days, basis: days.basis, dueAt: thing.dueAt },
    early: !thing.due,
    officer: { id: session.officer.id, name: session.officer.name },
    approver: { id: second.officer.id, name: second.officer.name },
    at,
  });
  const ordered = canonicalJson(order);
  const first = signed(session, ordered);
  const approval = signed(second, ordered);
  return change(session, () => {
    const eventId = record(session, {
      type: `${kind}.destruction-begun`,
      subject: { type: kind === 'export' ? 'pack' : kind, id: subject },
      after: { destruction: id, order: sha256(ordered), reason, approver: second.officer.id },
    });
    const row: BegunRow = {
      id,
      kind,
      subject_id: subject,
      ordered,
      officer_id: session.officer.id,
      signature: first.signature,
      public_key: first.public_key,
      approver_id: second.officer.id,
      approval_signature: approval.signature,
      approval_key: approval.public_key,
      at,
      event_id: eventId,
      stage: COURSE[kind][0] ?? '',
      place: 'null',
      counts: JSON.stringify({ messages: 0, kept: 0, attachments: 0, accounts: 0, files: 0, rows: 0 }),
    };
    insertBegun(store, row, sourceIds(sources));
    for (const source of sources) updateSource(store, source.id, { state: 'excluded' });
    return row;
  });
}

/** Takes the content out, piece by piece, from where it stopped. */
async function takeContent(
  desk: CaseDesk,
  job: Job,
  begun: BegunRow,
  checkpoints: Checkpoints,
): Promise<void> {
  const { session } = desk;
  const { store } = session.workspace;
  const order = DestructionOrder.parse(JSON.parse(begun.ordered));
  const rows = order.kind === 'source' ? sourcesOf(desk, order.subject) : [];
  const sources = sourceIds(rows);
  nameGoing(store.db, sources);
  const work: Work = { desk, store, order, sources, hits: new Map() };
  const total = rows.reduce((sum, { messages, duplicates }) => sum + messages + duplicates, 0);
  const course = COURSE[order.kind];
  const counts = JSON.parse(begun.counts) as Counts;
  let at = course.indexOf(begun.stage);
  let place = JSON.parse(begun.place) as unknown;
  let done = counts.messages;
  let holds = standingHolds(store.db);
  while (at >= 0 && at < course.length) {
    const stage = course[at] as string;
    job.report({
      step: 'destroying',
      item: order.name,
      done: stage === 'messages' ? Math.min(done, total) : total,
      total: order.kind === 'source' ? total : null,
      unit: 'messages',
    });
    await breathe();
    await checkpoints.due();
    job.check();
    if (standingHolds(store.db) !== holds) {
      requireFree(desk, { kind: order.kind, id: order.subject });
      holds = standingHolds(store.db);
    }
    change(session, () => {
      const since = performance.now();
      do {
        const step = (STAGES[stage] as Stage)(work, place);
        for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += step.counts?.[name] ?? 0;
        done += step.done ?? 0;
        place = step.place;
      } while (place !== null && performance.now() - since < PIECE);
      sealHits(store, work.hits);
      work.hits.clear();
      if (place === null) at++;
      advanceBegun(store, begun.id, {
        stage: course[at] ?? 'rewrite',
        place: JSON.stringify(place),
        counts: JSON.stringify(counts),
      });
    });
  }
}

/** The certificate, signed by who ends it: only now the content counts as destroyed. */
function finish(desk: CaseDesk, begun: BegunRow, second: Session): void {
  const { session } = desk;
  const { store } = session.workspace;
  const { format: _, officer, approver, at, ...ordered } = DestructionOrder.parse(JSON.parse(begun.ordered));
  const { id, kind, subject, reason } = ordered;
  const now = session.environment.now();
  const certificate = DestructionCertificate.parse({
    format: 'docket-destruction/1',
    ...ordered,
    counts: JSON.parse(begun.counts) as DestructionCounts,
    officer: { id: session.officer.id, name: session.officer.name },
    approver: { id: second.officer.id, name: second.officer.name },
    begun: { at, officer, approver, order: sha256(begun.ordered) },
    at: now,
    software: desk.software,
    method: METHOD,
    remains: REMAINS[kind],
  });
  const text = canonicalJson(certificate);
  const first = signed(session, text);
  const approval = signed(second, text);
  change(session, () => {
    const eventId = record(session, {
      type: `${kind}.destroyed`,
      subject: { type: kind === 'export' ? 'pack' : kind, id: subject },
      after: { certificate: id, sha256: sha256(text), reason, approver: second.officer.id },
    });
    for (const { id: caseId } of restingOn(desk, kind, subject)) {
      record(session, {
        type: 'case.content-destroyed',
        subject: { type: 'case', id: caseId },
        caseId,
        after: { certificate: id, kind, subject },
      });
    }
    insertDestruction(store, {
      id,
      kind,
      subject_id: subject,
      certificate: text,
      officer_id: session.officer.id,
      signature: first.signature,
      public_key: first.public_key,
      approver_id: second.officer.id,
      approval_signature: approval.signature,
      approval_key: approval.public_key,
      at: now,
      event_id: eventId,
    });
    if (kind !== 'source') return;
    for (const source of sourceIds(sourcesOf(desk, subject))) {
      insertRow(store, 'destroyed_sources', { source_id: source, destruction_id: id });
    }
  });
}
