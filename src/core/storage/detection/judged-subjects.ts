/** Subjects other than messages as detection judges them: names and texts of accounts, groups and items, QR codes of pictures. */
import type { Act, SubjectType } from '../../domain/message.ts';
import { all, type Database, get } from '../database.ts';
import { visibleOnly } from '../messages/messages.ts';
import { publishedTexts } from '../people/published-items.ts';
import { insertRow, type Store } from '../rows.ts';
import type { JudgedText } from './judged-texts.ts';

/** A text of a subject, and where its source shows it. */
export interface SubjectText {
  readonly type: SubjectType;
  /** `UUID/field`. */
  readonly uid: string;
  readonly text: string;
  readonly act: Act;
  readonly accountId: number | null;
  readonly conversationId: number | null;
  readonly sourceId: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Fields of accounts and groups in which people write what they like, as importers and lists name them. */
const SPOKEN =
  /^(bio|signature|alias|nickname|remark|about|description|announcement|notice|topic|简介|个性签名|签名|群公告|公告|备注)$/i;

const NOWHERE = { start: 0, end: 0, line: 0 };

/** Every text of every subject, in a stable order. */
export function* subjectTexts(db: Database): Generator<SubjectText> {
  const names = all<{ id: number; uid: string; name: string; source_id: number }>(
    db,
    `SELECT a.id, a.uid, n.name, n.source_id FROM account_names n JOIN accounts a ON a.id = n.account_id
     JOIN sources s ON s.id = n.source_id AND s.state = 'complete' WHERE n.name <> '' ORDER BY a.id, n.seen, n.name`,
  );
  for (const { id, uid, name, source_id } of names) {
    yield {
      type: 'account-field',
      uid: `${uid}/name`,
      text: name,
      act: 'display',
      accountId: id,
      conversationId: null,
      sourceId: source_id,
      ...NOWHERE,
    };
  }
  const sourceOf = (account: number) =>
    get<{ id: number }>(db, 'SELECT source_id AS id FROM account_names WHERE account_id = ? LIMIT 1', account)
      ?.id;
  for (const row of all<{ id: number; uid: string; fields: string }>(
    db,
    "SELECT id, uid, fields FROM accounts WHERE fields <> '{}' ORDER BY id",
  )) {
    const sourceId = sourceOf(row.id);
    if (sourceId === undefined) continue;
    for (const [field, text] of spokenFields(row.fields)) {
      const place = { accountId: row.id, conversationId: null, sourceId, ...NOWHERE };
      yield { type: 'account-field', uid: `${row.uid}/${field}`, text, act: 'display', ...place };
    }
  }
  for (const row of all<{
    id: number;
    uid: string;
    name: string | null;
    fields: string;
    source_id: number | null;
  }>(
    db,
    `SELECT c.id, c.uid, c.name, c.fields,
       (SELECT source_id FROM messages WHERE conversation_id = c.id ORDER BY sort_at, id LIMIT 1) AS source_id
     FROM conversations c WHERE c.type <> 'direct' ORDER BY c.id`,
  )) {
    if (row.source_id === null) continue;
    const place = { accountId: null, conversationId: row.id, sourceId: row.source_id, ...NOWHERE };
    const fields: [string, string][] = [...(row.name ? [['name', row.name] as [string, string]] : [])];
    for (const [field, text] of [...fields, ...spokenFields(row.fields)]) {
      yield { type: 'group-field', uid: `${row.uid}/${field}`, text, act: 'display', ...place };
    }
  }
  yield* items(db);
  yield* codes(db);
}

/** What the QR codes of matched pictures say; each picture once, as the earliest message that carries it. */
function* codes(db: Database): Generator<SubjectText> {
  for (const row of all<{
    uid: string;
    position: number;
    text: string;
    source_id: number;
    message_id: number | null;
  }>(
    db,
    `SELECT f.id AS uid, c.position, c.text, f.source_id,
       (SELECT m.id FROM media_matches x JOIN messages m ON m.id = x.message_id WHERE x.file_id = f.id ${visibleOnly(db)}
        ORDER BY m.sort_at, m.id LIMIT 1) AS message_id
     FROM media_codes c JOIN media_files f ON f.id = c.file_id JOIN sources s ON s.id = f.source_id AND s.state = 'complete'
     WHERE c.text <> '' ORDER BY f.id, c.position`,
  )) {
    if (row.message_id === null) continue;
    const message = get<{ sender_id: number | null; conversation_id: number }>(
      db,
      'SELECT sender_id, conversation_id FROM messages WHERE id = ?',
      row.message_id,
    );
    if (!message) continue;
    yield {
      type: 'attachment',
      uid: `${row.uid}/qr-${row.position}`,
      text: row.text,
      act: 'own-post',
      accountId: message.sender_id,
      conversationId: message.conversation_id,
      sourceId: row.source_id,
      ...NOWHERE,
    };
  }
}

function spokenFields(json: string): [string, string][] {
  return Object.entries(JSON.parse(json) as Record<string, string>).filter(
    ([field, text]) => SPOKEN.test(field) && text !== '',
  );
}

function* items(db: Database): Generator<SubjectText> {
  for (let after = 0; ; ) {
    const texts = publishedTexts(db, after, 500);
    const last = texts.at(-1);
    if (!last) return;
    for (const { id, uid, field, text, act } of texts) {
      const row = get<{ source_id: number; start: number; end: number; line: number }>(
        db,
        'SELECT source_id, start, end, line FROM list_rows WHERE id = ?',
        id,
      );
      if (!row) continue;
      const { source_id: sourceId, ...locator } = row;
      const place = { accountId: null, conversationId: null, sourceId, ...locator };
      yield { type: 'published-item', uid: `${uid}/${field}`, text, act, ...place };
    }
    after = last.id;
  }
}

/** A subject's text as detection judges it. */
export const judgedSubject = (subject: SubjectText): JudgedText => ({
  messageId: null,
  subject: { type: subject.type, uid: subject.uid },
  part: 0,
  text: subject.text,
  act: subject.act,
  kind: 'text',
  conversationType: subject.conversationId === null ? 'unknown' : 'group',
  conversationId: subject.conversationId,
  senderId: subject.accountId,
  sortAt: 0,
});

/**
 * Keeps the text that a hit is about, for names and texts change; answers it as judged. The same text of the
 * same subject is kept once, a changed one as a further part. Call inside a transaction.
 */
export function keepSubject(store: Store, subject: SubjectText): JudgedText {
  const known = all<{ part: number; text: string }>(
    store.db,
    'SELECT part, text FROM hit_subjects WHERE uid = ? ORDER BY part',
    subject.uid,
  );
  const same = known.find(({ text }) => text === subject.text);
  const part = same?.part ?? known.length;
  if (!same) {
    insertRow(store, 'hit_subjects', {
      uid: subject.uid,
      part,
      type: subject.type,
      text: subject.text,
      account_id: subject.accountId,
      conversation_id: subject.conversationId,
      source_id: subject.sourceId,
      start: subject.start,
      end: subject.end,
      line: subject.line,
    });
  }
  return { ...judgedSubject(subject), part };
}
