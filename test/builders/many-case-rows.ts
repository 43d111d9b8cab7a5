/** Rows of one made-up case, for workspaces of many (many-cases.ts). */
import { openResources } from '../../src/core/app/resources.ts';
import { newUid, record, type Session } from '../../src/core/app/session.ts';
import { type CategoryId, categoryOf } from '../../src/core/domain/category.ts';
import { uidInBlock } from '../../src/core/domain/uid.ts';
import { run } from '../../src/core/storage/database.ts';
import { insertRows, type Store } from '../../src/core/storage/rows.ts';
import { RESOURCES } from './bench.ts';

const DAY = 86_400_000;

/** A hit that a case takes. */
export interface Taken {
  id: number;
  message_id: number;
  source_id: number;
  source: string;
  ordinal: number;
  run: string;
  position: number;
  sender_id: number | null;
  conversation_id: number;
  category: CategoryId;
  severity: number;
}

type Cells = Record<string, string | number | null | Buffer>;

/** Rows of tables without a rowid, written together. */
export class Rows {
  readonly #tables = new Map<string, Cells[]>();

  add(table: string, row: Cells): void {
    const rows = this.#tables.get(table) ?? [];
    rows.push(row);
    this.#tables.set(table, rows);
  }

  write(store: Store): void {
    for (const [table, rows] of this.#tables) insertRows(store, table, rows);
    this.#tables.clear();
  }
}

/** One case with everything that hangs on it; answers its id. */
export function addCase(session: Session, rows: Rows, ordinal: number, taken: readonly Taken[]): string {
  const { store } = session.workspace;
  const officer = session.officer.id;
  const id = newUid(session);
  const at = session.environment.now() - (ordinal % 400) * DAY;
  const closed = ordinal % 3 === 0;
  const [first] = taken;
  if (!first) throw new Error('more hits are needed for so many cases');
  rows.add('cases', {
    id,
    number: ordinal + 1,
    title: `${first.category} ${ordinal}`,
    note: '',
    state: closed ? 'closed' : ordinal % 3 === 1 ? 'open' : 'decided',
    profile: 'platform',
    opened_at: at,
    closed_at: closed ? at + DAY : null,
    officer_id: officer,
  });
  for (const { id: hit_id } of taken) rows.add('case_hits', { case_id: id, hit_id, removed: 0 });
  run(
    store.db,
    `UPDATE hits SET verdict = 'confirmed', case_id = ? WHERE id IN (${taken.map(({ id }) => id).join(',')})`,
    id,
  );
  for (const hit of taken) rows.add('dispositions', disposition(session, hit.id, 'confirmed', at));
  const senders = [...new Set(taken.map(({ sender_id }) => sender_id))].slice(0, 3);
  const parties = senders.map((account_id, index) => {
    const party = newUid(session);
    rows.add('parties', {
      id: party,
      case_id: id,
      role: index === 0 ? 'publisher' : 'promoter',
      subject_type: 'personal-account',
      account_id,
      conversation_id: null,
    });
    return { party, account_id };
  });
  for (const [index, hit] of taken.slice(0, 60).entries()) addExhibit(session, rows, id, index + 1, hit, at);
  const itemIds = taken.map(({ run: block, position }) => uidInBlock(block, position));
  for (const kind of ['disposal', 'records', 'report'])
    rows.add('duties', dutyOf(session, id, kind, itemIds, closed, at, ordinal));
  const [publisher] = parties;
  if (publisher) addDecision(session, rows, id, publisher, ordinal, first, at);
  for (let n = 0; n < 8; n++) {
    record(session, {
      type: n === 0 ? 'case.opened' : 'case.updated',
      subject: { type: 'case', id },
      caseId: id,
      after: { note: `change ${n}` },
    });
  }
  return id;
}

/** A disposition as a row. */
export const disposition = (session: Session, hit: number, verdict: string, at: number): Cells => ({
  id: newUid(session),
  hit_id: hit,
  batch_id: newUid(session),
  verdict,
  reason: verdict === 'confirmed' ? null : 'not-a-violation',
  note: '',
  rule_version: '1.0.0',
  officer_id: session.officer.id,
  at,
  event_id: '',
  undoes: null,
});

function addExhibit(session: Session, rows: Rows, caseId: string, position: number, hit: Taken, at: number) {
  const id = newUid(session);
  rows.add('exhibits', {
    id,
    case_id: caseId,
    position,
    description: '',
    subject_type: 'message',
    subject_id: uidInBlock(hit.source, hit.ordinal),
    source_id: hit.source_id,
    sha256: '0'.repeat(64),
    removed: 0,
    added_at: at,
    officer_id: session.officer.id,
  });
  for (const message_id of [hit.message_id - 1, hit.message_id, hit.message_id + 1])
    if (message_id > 0)
      rows.add('exhibit_messages', {
        exhibit_id: id,
        message_id,
        is_subject: message_id === hit.message_id ? 1 : 0,
      });
  rows.add('custody_events', {
    id: newUid(session),
    exhibit_id: id,
    action: 'added',
    purpose: '',
    officer_id: session.officer.id,
    at,
    event_id: '',
  });
}

const dutyOf = (
  session: Session,
  caseId: string,
  kind: string,
  itemIds: readonly string[],
  closed: boolean,
  at: number,
  ordinal: number,
): Cells => ({
  id: newUid(session),
  case_id: caseId,
  kind,
  route: 'illegal-information',
  state: closed ? 'closed' : kind === 'report' && ordinal % 6 === 1 ? 'filed' : 'open',
  receiver: JSON.stringify(
    kind === 'report'
      ? {
          kind,
          receiver: 'cyberspace',
          title: { zh: '网信部门', en: 'Cyberspace administration' },
          routes: ['illegal-information'],
          basis: [],
          givesReceipt: true,
          noticeItems: [],
          actions: [],
          itemIds,
        }
      : { kind, actions: [], itemIds },
  ),
  basis: '["law:csl-2016-47"]',
  categories: '["gambling"]',
  opened_at: at,
  due_at: at + (ordinal % 500) * DAY,
  filed_at: null,
  receipt_number: null,
  outcome: null,
  reason: null,
  approver_id: null,
  assessed_at: null,
  note: '',
});

const { measures } = openResources(RESOURCES).schedule('platform');
const options = measures.map(({ id, title, permanent, needsSecondApproval }, level) => ({
  id,
  level,
  title,
  permanent,
  needsSecondApproval,
}));

function addDecision(
  session: Session,
  rows: Rows,
  caseId: string,
  { party, account_id }: { party: string; account_id: number | null },
  ordinal: number,
  { category, severity }: Taken,
  at: number,
): void {
  const id = newUid(session);
  const measure = options[ordinal % options.length]?.id ?? 'warning';
  const proposal = {
    schedule: { id: 'platform', version: '1.1.0' },
    subjectType: 'personal-account',
    options,
    proposed: measure,
    range: { min: measure, max: measure },
    reasons: [],
    needsSecondApproval: false,
    facts: {
      category,
      tier: categoryOf(category).tier,
      severity,
      act: 'own-post',
      role: 'publisher',
      reach: 100,
      evasion: false,
      minors: false,
      actAt: at,
    },
  };
  rows.add('decisions', {
    id,
    case_id: caseId,
    party_id: party,
    proposal: JSON.stringify(proposal),
    measure,
    deviation_reason: '',
    facts: 'verified',
    basis: '[]',
    state: 'final',
    officer_id: session.officer.id,
    at,
    signature: Buffer.alloc(64),
    public_key: Buffer.alloc(32),
  });
  rows.add('measures', {
    id: newUid(session),
    number: ordinal + 1,
    case_id: caseId,
    party_id: party,
    decision_id: id,
    batch_id: null,
    subject_type: 'personal-account',
    target: `wxid_${ordinal}`,
    platform_id: null,
    account_id,
    measure,
    title: '{"zh":"警告","en":"Warning"}',
    permanent: 0,
    state: ordinal % 2 === 0 ? 'verified' : 'recommended',
    days: 7,
    functions: '[]',
    instructed_at: null,
    instructed_to: '',
    due_at: null,
    executed_at: at,
    executed_by: '',
    proof: '',
    verified_at: null,
    verified_by: null,
    expires_at: at + (ordinal % 500) * DAY,
    ended_at: null,
    end_proof: '',
  });
}
