import { DocketError } from '../../../contract/errors.ts';
import type { Bilingual } from '../../domain/bilingual.ts';
import type { CategoryId, Tier } from '../../domain/category.ts';
import type { Disposition, Hit, HitStatus, Verdict } from '../../domain/hit.ts';
import type { Act, SubjectType } from '../../domain/message.ts';
import { splitBlockUid, uidInBlock } from '../../domain/uid.ts';
import { all, type Database, get } from '../database.ts';
import { CONVERSATION_LABEL, includedOnly, senderLabel } from '../messages/messages.ts';
import { unquarantinedHits } from '../messages/quarantine.ts';

interface HitRow {
  id: number;
  run_uid: string;
  position: number;
  subject_type: SubjectType;
  subject_uid: string | null;
  message_source_uid: string;
  message_ordinal: number;
  part: number;
  act: Act;
  pack: string;
  rule: string;
  rule_version: string;
  category: CategoryId;
  tier: Tier;
  severity: number;
  status: HitStatus;
  score: number;
  spans: string;
  transforms: string;
  sort_at: number;
  priority: number;
  withheld: 0 | 1;
  case_id: string | null;
  case_number: number | null;
  sent_at: number | null;
  sent_text: string;
  sender_uid: string | null;
  sender_name: string | null;
  account_name: string | null;
  account_platform_id: string | null;
  conversation_uid: string | null;
  conversation_label: string | null;
  text: string;
  part_text: string | null;
  part_sender: string | null;
  file: string;
  start: number;
  end: number;
  line: number;
}

const SELECT = `
  SELECT h.id, r.uid AS run_uid, h.position, h.subject_type, h.subject_uid, s.uid AS message_source_uid, m.ordinal AS message_ordinal,
    h.part, h.act, h.pack, h.rule, h.rule_version, h.category, h.tier, h.severity, h.status, h.score, h.spans,
    h.transforms, h.sort_at, h.priority, h.case_id, k.number AS case_number,
    EXISTS (SELECT 1 FROM quarantined q WHERE q.message_id = h.message_id AND q.released_at IS NULL) AS withheld, m.sent_at, coalesce(m.sent_text, '') AS sent_text,
    a.uid AS sender_uid, m.sender_name, a.name AS account_name, a.platform_id AS account_platform_id,
    c.uid AS conversation_uid, ${CONVERSATION_LABEL} AS conversation_label,
    coalesce(b.text, m.text) AS text, p.text AS part_text, p.sender AS part_sender, s.file,
    coalesce(b.start, o.start) AS start, coalesce(b.end, o.end) AS end, coalesce(b.line, o.line) AS line
  FROM hits h
  JOIN detection_runs r ON r.id = h.run_id
  LEFT JOIN messages m ON m.id = h.message_id
  LEFT JOIN hit_subjects b ON b.uid = h.subject_uid AND b.part = h.part
  JOIN sources s ON s.id = coalesce(m.source_id, b.source_id)
  LEFT JOIN message_occurrences o ON o.source_id = m.source_id AND o.ordinal = m.ordinal
  LEFT JOIN carried_texts p ON p.message_id = h.message_id AND p.part = h.part
  LEFT JOIN conversations c ON c.id = h.conversation_id
  LEFT JOIN accounts a ON a.id = h.sender_id
  LEFT JOIN cases k ON k.id = h.case_id`;

/** Titles and basis of rules, which hits name by pack, version and rule. */
export type RuleFacts = (
  pack: string,
  version: string,
  rule: string,
) => { readonly title: Bilingual; readonly basis: readonly string[] };

interface DispositionRow {
  id: string;
  verdict: Verdict | null;
  reason: Disposition['reason'];
  note: string;
  rule_version: string;
  officer_name: string;
  at: number;
}

/** Every disposition of a hit, newest first; one without a verdict took the one before it back. */
function dispositionRows(db: Database, hitId: number, limit: number): DispositionRow[] {
  return all<DispositionRow>(
    db,
    `SELECT d.id, d.verdict, d.reason, d.note, d.rule_version, f.name AS officer_name, d.at
     FROM dispositions d JOIN officers f ON f.id = d.officer_id WHERE d.hit_id = ? ORDER BY d.id DESC LIMIT ?`,
    hitId,
    limit,
  );
}

function toDisposition(row: DispositionRow | undefined): Disposition | null {
  if (!row || row.verdict === null) return null;
  return {
    id: row.id,
    verdict: row.verdict,
    reason: row.reason,
    note: row.note,
    officer: row.officer_name,
    at: row.at,
    ruleVersion: row.rule_version,
  };
}

/** The dispositions of a hit that gave a verdict, newest first. */
export function dispositionHistory(db: Database, hitId: number): Disposition[] {
  return dispositionRows(db, hitId, 1000)
    .map(toDisposition)
    .filter((disposition) => disposition !== null);
}

/** Speakable case number, for example C-A7-0042. */
export function caseNumber(prefix: string, number: number): string {
  return `C-${prefix}-${String(number).padStart(4, '0')}`;
}

export interface HitReading {
  readonly db: Database;
  readonly ruleFacts: RuleFacts;
  readonly prefix: string;
}

function toHit({ db, ruleFacts, prefix }: HitReading, row: HitRow): Hit {
  const facts = ruleFacts(row.pack, row.rule_version, row.rule);
  return {
    id: uidInBlock(row.run_uid, row.position),
    subject: {
      type: row.subject_type,
      id: row.subject_uid ?? uidInBlock(row.message_source_uid, row.message_ordinal),
    },
    part: row.part,
    act: row.act,
    pack: row.pack,
    rule: row.rule,
    ruleTitle: facts.title,
    ruleVersion: row.rule_version,
    category: row.category,
    tier: row.tier,
    severity: row.severity,
    status: row.status,
    score: row.score,
    // What is quarantined is not told by the words that were found in it either.
    spans: row.withheld ? [] : (JSON.parse(row.spans) as Hit['spans']),
    transforms: JSON.parse(row.transforms) as string[],
    basis: [...facts.basis],
    disposition: toDisposition(dispositionRows(db, row.id, 1)[0]),
    caseId: row.case_id,
    caseNumber: row.case_number === null ? null : caseNumber(prefix, row.case_number),
    sentAt: row.sent_at,
    sentAtText: row.sent_text,
    senderId: row.sender_uid,
    sender: senderLabel(row),
    conversationId: row.conversation_uid,
    conversation: row.conversation_label,
    text: row.withheld ? '' : row.part > 0 && row.subject_uid === null ? (row.part_text ?? '') : row.text,
    source: {
      sourceId: row.message_source_uid,
      file: row.file,
      locator: { start: row.start, end: row.end, line: row.line },
    },
  };
}

/** Row id of a hit. Throws `not-found`. */
export function hitRowId(db: Database, uid: string): number {
  const place = splitBlockUid(uid);
  const row = place
    ? get<{ id: number }>(
        db,
        'SELECT h.id FROM hits h JOIN detection_runs r ON r.id = h.run_id WHERE r.uid = ? AND h.position = ?',
        place.block,
        place.position,
      )
    : undefined;
  if (!row) throw new DocketError('not-found', 'no such hit', uid);
  return row.id;
}

export function hitByRowId(reading: HitReading, id: number): Hit {
  const row = get<HitRow>(reading.db, `${SELECT} WHERE h.id = ?`, id);
  if (!row) throw new DocketError('not-found', 'no such hit', String(id));
  return toHit(reading, row);
}

/** Hits by identifier, in the order asked. Throws `not-found` at the first unknown one. */
export function hitsByIds(reading: HitReading, uids: readonly string[]): Hit[] {
  return uids.map((uid) => hitByRowId(reading, hitRowId(reading.db, uid)));
}

/**
 * Leaves out hits in messages that only excluded sources hold, and in quarantined ones. The second part
 * looks at the few quarantined messages and not at each hit's message: a million hits cost a scan, not lookups.
 */
export function visibleHits(db: Database): string {
  const included = includedOnly(db);
  const free = unquarantinedHits(db);
  const held = included
    ? `EXISTS (SELECT 1 FROM messages m WHERE m.id = h.message_id${included})${free}`
    : free.replace(/^ AND /, '');
  return held ? `(h.message_id IS NULL OR (${held}))` : '1';
}
