/** Sending: a case, or hits to be judged by somebody else, as an encrypted and signed file. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Transfer, TransferCounts } from '../../domain/transfer.ts';
import { ROOTS_STATED } from '../../evidence/document-checks.ts';
import { type CaseRow, caseRow } from '../../storage/cases/cases.ts';
import { all, type Database, get } from '../../storage/database.ts';
import { caseNumber, hitRowId } from '../../storage/detection/hits.ts';
import { auditHead, eventsOfCase, listEvents } from '../../storage/events.ts';
import { exhibitRows, insertCustody, messagesAround } from '../../storage/evidence/exhibits.ts';
import { fingerprintOf, publicKeyOf, signAs } from '../../storage/officers.ts';
import { readMeta } from '../../storage/rows.ts';
import {
  type HitIdentity,
  itemsOfCase,
  sharedHit,
  sharedMessageUid,
} from '../../storage/transfer/transfer-rows.ts';
import { sharedSubject } from '../../storage/transfer/transfer-subjects.ts';
import {
  caseOrigin,
  insertTransfer,
  lastTouch,
  noteVersion,
  versionsOf,
} from '../../storage/transfer/transfers.ts';
import { TransferWriter } from '../../transfer/container.ts';
import { versionDigest } from '../../transfer/merge.ts';
import {
  type Item,
  Payload,
  type TransferredDisposition,
  type TransferredHit,
  type TransferredMedium,
} from '../../transfer/payload.ts';
import { shownRecords } from '../../transfer/records.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { type Alone, deskInside, inLongTransaction } from '../long-transaction.ts';
import { newUid, profileOf, record, type Session } from '../session.ts';
import { itemExcerpts, makeExcerpts, messageOfCode, messagesOfCase } from './transfer-excerpt.ts';
import { presentTransfer } from './transfer-list.ts';
import { writeMedia } from './transfer-media.ts';

/** Messages that go with a shared hit on either side. */
const SHARE_CONTEXT = 20;

interface Sending {
  readonly row: CaseRow | null;
  readonly hits: readonly number[];
  readonly messages: Set<number>;
}

function whatToSend(db: Database, input: Parsed<'transfers.send'>): Sending {
  if ((input.caseId == null) === (input.hitIds == null)) {
    throw new DocketError('invalid-input', 'a case, or hits', 'caseId');
  }
  if (input.caseId) {
    const row = caseRow(db, input.caseId);
    const hits = all<{ hit_id: number }>(
      db,
      'SELECT hit_id FROM case_hits WHERE case_id = ? ORDER BY hit_id',
      row.id,
    ).map(({ hit_id }) => hit_id);
    const messages = messagesOfCase(db, row.id);
    for (const id of hits) {
      const shows = messageOfCode(db, id);
      if (shows !== undefined) messages.add(shows);
    }
    return { row, hits, messages };
  }
  const hits = [...new Set((input.hitIds ?? []).map((uid) => hitRowId(db, uid)))];
  const messages = new Set<number>();
  for (const id of hits) {
    const hit = get<{ message_id: number | null }>(db, 'SELECT message_id FROM hits WHERE id = ?', id);
    const shown = hit?.message_id ?? messageOfCode(db, id);
    if (shown === undefined) continue;
    messages.add(shown);
    for (const near of messagesAround(db, shown, SHARE_CONTEXT)) messages.add(near.id);
  }
  return { row: null, hits, messages };
}

/**
 * Writes the file and enters it into the log, and into the custody of the case's exhibits: they are handed
 * over. Throws `not-found`, `invalid-input`.
 */
export async function sendTransfer(
  desk: CaseDesk,
  input: Parsed<'transfers.send'>,
  alone: Alone,
): Promise<Transfer> {
  const { session } = desk;
  const db = dbOf(desk);
  const sending = whatToSend(db, input);
  const parties = all<{ account_id: number | null; conversation_id: number | null }>(
    db,
    `SELECT account_id, conversation_id FROM parties WHERE case_id = ?
     UNION SELECT account_id, NULL FROM measures WHERE case_id = ?`,
    sending.row?.id ?? '',
    sending.row?.id ?? '',
  );
  parties.push(...subjectsOf(db, sending.hits));
  const writer = await TransferWriter.begin(input.file, input.passphrase);
  try {
    const written = await makeExcerpts(db, writer, sending.messages, {
      accounts: parties.map(({ account_id }) => account_id).filter((id) => id !== null),
      groups: parties.map(({ conversation_id }) => conversation_id).filter((id) => id !== null),
    });
    written.excerpts.push(...(await itemExcerpts(db, writer, sending.hits)));
    const media = await writeMedia(session, writer, written.sent);
    const id = await alone(() =>
      inLongTransaction(
        session,
        () => undefined,
        (inside) => sendWritten(deskInside(desk, inside), input, sending, writer, { ...written, media }),
      ),
    );
    return presentTransfer(desk, id);
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/** Accounts and groups whose names or other fields were hit. */
function subjectsOf(db: Database, hits: readonly number[]) {
  return hits.flatMap((id) =>
    all<{ account_id: number | null; conversation_id: number | null }>(
      db,
      `SELECT s.account_id, s.conversation_id FROM hits h JOIN hit_subjects s ON s.uid = h.subject_uid
         AND s.part = h.part WHERE h.id = ? AND s.type IN ('account-field', 'group-field')`,
      id,
    ),
  );
}

/** Ends the file and enters it into the log, in one transaction; yields at safe points. */
function* sendWritten(
  desk: CaseDesk,
  input: Parsed<'transfers.send'>,
  sending: Sending,
  writer: TransferWriter,
  {
    excerpts,
    sent,
    withheld,
    media,
  }: Awaited<ReturnType<typeof makeExcerpts>> & { media: TransferredMedium[] },
): Generator<void, string> {
  const { session } = desk;
  const db = dbOf(desk);
  const id = newUid(session);
  const at = session.environment.now();
  const eventId = record(session, {
    type: sending.row ? 'case.sent' : 'hits.sent',
    subject: sending.row ? { type: 'case', id: sending.row.id } : { type: 'transfer', id },
    ...(sending.row ? { caseId: sending.row.id } : {}),
    after: { transfer: id, recipient: input.recipient, purpose: input.purpose, messages: sent.size },
  });
  if (sending.row) handOver(session, sending.row.id, input, eventId, at);
  const leftOut: Record<string, number> = withheld > 0 ? { quarantine: withheld } : {};
  const pictures = new Set(media.map(({ part }) => part.sha256));
  const hits = yield* hitsToSend(db, sending.hits, { sent, pictures }, leftOut);
  const items = sending.row ? yield* itemsToSend(session, sending.row.id, hits.known, at, writer) : [];
  const payload = Payload.parse({
    format: 'docket-transfer/3',
    id,
    kind: sending.row ? 'case' : 'hits',
    createdAt: at,
    from: {
      workspaceId: readMeta(db, 'workspaceId') ?? '',
      prefix: desk.reading.prefix,
      profile: profileOf(session),
      officer: session.officer.id,
      auditHead: auditHead(db),
    },
    recipient: input.recipient,
    purpose: input.purpose,
    case: sending.row ? caseOf(desk, sending.row) : null,
    officers: officersOf(db),
    excerpts,
    media,
    hits: hits.rows,
    items,
    events: eventsToSend(db, sending.row?.id ?? null, hits.rows),
    leftOut,
  });
  const { officer, officerKey } = session;
  const publicKey = publicKeyOf(db, officer.id);
  const digest = writer.finish(JSON.stringify(payload), {
    publicKey,
    sign: (content) => signAs(db, officer.id, officerKey, content),
  });
  const counts: TransferCounts = {
    messages: sent.size,
    hits: payload.hits.length,
    rows: items.length,
    events: payload.events.length,
    added: 0,
    changed: 0,
    conflicts: 0,
    leftOut,
  };
  insertTransfer(session.workspace.store, {
    id,
    direction: 'sent',
    kind: payload.kind,
    case_id: sending.row?.id ?? null,
    peer: JSON.stringify({
      workspaceId: '',
      prefix: '',
      officer: '',
      fingerprint: fingerprintOf(publicKey),
      recipient: input.recipient,
      purpose: input.purpose,
    }),
    file: input.file,
    sha256: digest,
    counts: JSON.stringify(counts),
    at,
    officer_id: officer.id,
    event_id: eventId,
  });
  return id;
}

function caseOf(desk: CaseDesk, row: CaseRow): NonNullable<Payload['case']> {
  const origin = caseOrigin(dbOf(desk), row.id);
  return {
    id: row.id,
    number: origin?.number ?? caseNumber(desk.reading.prefix, row.number),
    title: row.title,
    home: origin?.workspace_id ?? readMeta(dbOf(desk), 'workspaceId') ?? '',
  };
}

/** Before the rows are read, so that the hand-over travels with them. */
function handOver(
  session: Session,
  caseId: string,
  { recipient, purpose }: Parsed<'transfers.send'>,
  eventId: string,
  at: number,
): void {
  for (const { id } of exhibitRows(session.workspace.store.db, caseId)) {
    insertCustody(session.workspace.store, {
      id: newUid(session),
      exhibit_id: id,
      action: 'handed-over',
      purpose: `${recipient} · ${purpose}`,
      officer_id: session.officer.id,
      at,
      event_id: eventId,
    });
  }
}

/** Officers of this workspace with their keys: events name them. */
function officersOf(db: Database): Payload['officers'] {
  return all<{ id: string; name: string; role: Payload['officers'][number]['role']; public_key: Buffer }>(
    db,
    'SELECT id, name, role, public_key FROM officers ORDER BY id',
  ).map(({ public_key, ...officer }) => ({ ...officer, publicKey: public_key.toString('base64') }));
}

function* hitsToSend(
  db: Database,
  ids: readonly number[],
  { sent, pictures }: { readonly sent: ReadonlySet<number>; readonly pictures: ReadonlySet<string> },
  leftOut: Record<string, number>,
): Generator<void, { rows: TransferredHit[]; known: Set<string> }> {
  const rows: TransferredHit[] = [];
  // The same code in the same picture beside two sources is one hit elsewhere.
  const seen = new Set<string>();
  for (const id of ids) {
    yield;
    const hit = get<HitIdentity & Omit<TransferredHit, 'hit' | 'message' | 'subject' | 'dispositions'>>(
      db,
      `SELECT message_id, subject_uid, part, act, pack, rule, rule_version, category, tier, severity, status, score, start, end,
         spans, transforms FROM hits WHERE id = ?`,
      id,
    );
    const subject = hit?.message_id === null ? sharedSubject(db, hit) : null;
    const goes =
      hit?.message_id == null
        ? subject != null && (subject.register !== 'code' || pictures.has(subject.key))
        : sent.has(hit.message_id);
    const shared = hit && goes ? sharedHit(db, hit) : null;
    if (!hit || shared === null || seen.has(shared)) {
      leftOut.hits = (leftOut.hits ?? 0) + 1;
      continue;
    }
    seen.add(shared);
    const { message_id, subject_uid: _, ...rest } = hit;
    rows.push({
      ...rest,
      hit: shared,
      message: message_id === null ? '' : sharedMessageUid(db, message_id),
      ...(subject ? { subject } : {}),
      dispositions: all<TransferredDisposition>(
        db,
        `SELECT id, batch_id, verdict, reason, note, rule_version, officer_id, at, event_id, undoes
         FROM dispositions WHERE hit_id = ? ORDER BY id`,
        id,
      ),
    });
  }
  return { rows, known: new Set(rows.map(({ hit }) => hit)) };
}

/** The rows of the case, each noted as a version that the other side will know. */
function* itemsToSend(
  session: Session,
  caseId: string,
  hits: ReadonlySet<string>,
  at: number,
  writer: TransferWriter,
): Generator<void, Item[]> {
  const { store } = session.workspace;
  const here = { officer: session.officer.name, at };
  const items: Item[] = [];
  yield* itemsOfCase(store.db, caseId, function* ({ table, item, row, parts, hint, local }) {
    const { hit } = (row.hit_id ?? {}) as { hit?: string };
    if (hit !== undefined && !hits.has(hit)) return;
    const version = {
      digest: yield* versionDigest(row, parts ?? null),
      content: JSON.stringify(row),
    };
    noteVersion(store, item, version, at);
    const subjects = [local.id, local.decision_id, local.duty_id].filter((id) => typeof id === 'string');
    items.push({
      table: table.name,
      item,
      row,
      ...(parts ? { listed: yield* writer.partInSteps(shownRecords(parts)) } : {}),
      ...(hint === undefined ? {} : { hint }),
      known: [...new Set(versionsOf(store.db, item).map(({ digest }) => digest))],
      by: (subjects.length > 0 ? lastTouch(store.db, subjects) : undefined) ?? here,
    });
  });
  return items;
}

/** What happened to the case, and the verdicts of its hits. Which roots a pack rests on is each workstation's own. */
function eventsToSend(
  db: Database,
  caseId: string | null,
  hits: readonly TransferredHit[],
): Payload['events'] {
  const ofCase = caseId === null ? [] : eventsOfCase(db, caseId);
  const verdicts = hits.flatMap(({ dispositions }) =>
    dispositions.flatMap(({ event_id }) => listEventById(db, event_id)),
  );
  const seen = new Set<string>();
  return [...verdicts, ...ofCase]
    .filter(({ event }) => event.type !== ROOTS_STATED && !seen.has(event.id) && seen.add(event.id))
    .map(({ event, caseId: of }) => ({ ...event, caseId: of }));
}

function listEventById(db: Database, id: string) {
  const row = get<{ subject_id: string; sequence: number }>(
    db,
    'SELECT e.subject_id, a.sequence FROM events e JOIN audit_log a ON a.event_id = e.id WHERE e.id = ?',
    id,
  );
  if (!row) return [];
  const filter = { type: null, officerId: null, subjectId: row.subject_id };
  return listEvents(db, filter, row.sequence + 1, 1);
}
