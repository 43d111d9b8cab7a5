/** What a pack would hold, before it is built, and its messages as it would show them. */
import { join } from 'node:path';
import type { Output, Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { PackChoice, PackPlan, PackPreviewRow } from '../../domain/pack.ts';
import { attachmentCounts } from '../../evidence/attachments.ts';
import { PICTURE, PICTURES } from '../../evidence/viewer-page.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { type Database, get, openDatabase } from '../../storage/database.ts';
import { exhibitRow, toExhibit } from '../../storage/evidence/exhibits.ts';
import { redactionsOfCase } from '../../storage/evidence/redactions.ts';
import { openSnapshot } from '../../storage/scratch-database.ts';
import { DATABASE_FILE } from '../../storage/workspace-folder.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { choose, chosenForms, chosenMedia } from './pack-choice.ts';
import { chosenOriginals } from './pack-originals.ts';
import { listRedactions } from './redactions.ts';

/** Pages at hand of a snapshot, in KiB: a pack reads its rows in order, again and again, and the host has a cache of its own. */
const CACHE_SIZE = -4096;

/** Works on a snapshot of the workspace: work that goes on meanwhile is not in it. */
export async function onSnapshot<T>(desk: CaseDesk, work: (db: Database) => T | Promise<T>): Promise<T> {
  const { folder, databaseKey } = desk.session.workspace;
  const snapshot = openDatabase(join(folder, DATABASE_FILE), databaseKey, {
    readonly: true,
    cacheSize: CACHE_SIZE,
  });
  try {
    snapshot.exec('BEGIN');
    return await work(snapshot);
  } finally {
    snapshot.close();
  }
}

/** The same, with room for the tables of what a pack shows (pack-selection.ts). */
export async function onPackSnapshot<T>(desk: CaseDesk, work: (db: Database) => T | Promise<T>): Promise<T> {
  const snapshot = openSnapshot(desk.session.workspace, CACHE_SIZE);
  try {
    return await work(snapshot.db);
  } finally {
    snapshot.close();
  }
}

/**
 * Bytes of the zip: scripts and documents, then what a row takes in all forms (measured on packs of chat: some
 * 700 bytes beside its text, and its text about once), then files, which barely shrink.
 */
const FRAME = 180_000;
const ROW = { always: 520, html: 110, csv: 90, xlsx: 90, docx: 90, pdf: 1900 } as const;
/** Bytes of the fonts in a PDF of Chinese text, which is stored as it is (994,767 bytes for 12 pages). */
const FONTS = 600_000;
/** Bytes of the zip for a character of a text, in all forms together. */
const TEXT = 3.3;

/** Bytes of the zip for a byte of a source file: exports of chat shrink to about a fifth (measured on CSV and JSON). */
const SOURCE = 0.2;

export async function planPack(desk: CaseDesk, choice: PackChoice): Promise<PackPlan> {
  caseRow(dbOf(desk), choice.caseId);
  return onPackSnapshot(desk, (db) => {
    const chosen = choose(desk, db, choice);
    const { attachments, sealed } = chosenMedia(db, chosen, choice.attachments);
    const { plan: originals } = chosenOriginals(desk, db, chosen, choice);
    const rows = chosen.exhibits.reduce((sum, exhibit) => sum + exhibit.rows, 0);
    const forms = chosenForms(desk, rows, choice.formats);
    const sums = get<{ messages: number; units: number }>(
      db,
      `SELECT count(*) AS messages, coalesce(sum(length(text)), 0) AS units FROM messages
       WHERE id IN (SELECT message_id FROM scratch.pack_messages)`,
    ) ?? { messages: 0, units: 0 };
    const shown = new Set(attachments.map(({ message }) => message));
    const sizes = [...sealed.values()].map(({ bytes }) => bytes);
    const files = sizes.reduce((sum, bytes) => sum + bytes, 0);
    const twice = sizes.filter((bytes) => bytes <= PICTURE).reduce((sum, bytes) => sum + bytes, 0);
    const perRow = ROW.always + forms.formats.reduce((sum, form) => sum + ROW[form], 0);
    return {
      exhibits: chosen.exhibits.map(({ id, rows: messages, trimmed, isPeriod }) => {
        const { number, description } = toExhibit(db, desk.reading.prefix, exhibitRow(db, id));
        return { id, number, description, messages, trimmed, isPeriod };
      }),
      rows,
      messages: sums.messages,
      attachments: { ...attachmentCounts(attachments), bytes: files },
      redactions: redactionsOfCase(db, choice.caseId).length,
      bystanders: [...chosen.bystanders].sort((a, b) => b.messages - a.messages),
      needsApproval: chosen.needsApproval,
      originals,
      formats: [...forms.formats],
      leftOut: [...forms.leftOut],
      bytes: Math.round(
        FRAME +
          shown.size * 60 +
          rows * perRow +
          sums.units * TEXT +
          files +
          Math.min(twice, PICTURES) +
          originals.bytes * SOURCE +
          (forms.formats.includes('pdf') ? FONTS : 0),
      ),
    };
  });
}

/** Rows of an exhibit as a pack would show them; every reading of chat is logged by the caller. */
export async function previewPack(
  desk: CaseDesk,
  input: Parsed<'evidence.preview'>,
): Promise<Output<'evidence.preview'>> {
  caseRow(dbOf(desk), input.caseId);
  const redactions = listRedactions(desk, { caseId: input.caseId });
  return onPackSnapshot(desk, (db) => {
    const chosen = choose(desk, db, input);
    const exhibit = chosen.exhibits.find(({ id }) => id === input.exhibitId);
    if (!exhibit) throw new DocketError('invalid-input', 'this exhibit is not chosen', input.exhibitId);
    const { attachments } = chosenMedia(db, chosen, input.attachments);
    const states = new Map(attachments.map((one) => [`${one.message} ${one.position}`, one.state]));
    const rows: PackPreviewRow[] = [];
    for (const shown of chosen.rows.preview(input.exhibitId, input.offset, input.limit)) {
      const { message, original, withheld } = shown;
      const { id, isSubject, conversation, sender, sentAt, record } = message;
      const own = redactions.filter(({ messageId }) => messageId === id);
      rows.push({
        messageId: id,
        conversation: conversation.name,
        isSubject,
        sender: sender.name ?? record.senderName,
        sentAt,
        sentAtText: record.sentAtText,
        kind: record.kind,
        text: original.text,
        shown: record.text,
        withheld: [...withheld.keys()],
        attachments: original.attachments.map(({ kind, name }, position) => ({
          kind,
          name,
          state: states.get(`${id} ${position}`) ?? 'withheld',
        })),
        redactions: own,
      });
    }
    return { rows, total: exhibit.rows };
  });
}
