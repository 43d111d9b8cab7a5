/** What an officer chose for a pack, read from a snapshot of the workspace. */
import { DocketError } from '../../../contract/errors.ts';
import type { PackFormat } from '../../domain/case.ts';
import type { Bystander, PackChoice } from '../../domain/pack.ts';
import type { AttachmentState, PackAttachment } from '../../evidence/attachments.ts';
import { BYSTANDER } from '../../evidence/redact.ts';
import type { Database } from '../../storage/database.ts';
import { type PackMedium, packMedia, quarantinedFiles } from '../../storage/evidence/pack-attachments.ts';
import { PackRows } from '../../storage/evidence/pack-rows.ts';
import { type SelectedExhibit, selectRows } from '../../storage/evidence/pack-selection.ts';
import { speakersOfPack } from '../../storage/evidence/redactions.ts';
import { type CaseDesk, caseHits } from '../cases/case-desk.ts';

export interface Chosen {
  readonly exhibits: readonly SelectedExhibit[];
  readonly rows: PackRows;
  readonly bystanders: readonly Bystander[];
  /** Bystanders who would appear under their names. */
  readonly named: readonly Bystander[];
  /** Whether a second officer has to approve that. */
  readonly needsApproval: boolean;
}

/** Fills the tables of pack-selection.ts and says who would be seen. Throws `conflict` for a case without exhibits. */
export function choose(desk: CaseDesk, db: Database, choice: PackChoice): Chosen {
  const { caseId, aliases, unmask = [] } = choice;
  const exhibits = selectRows(db, caseId, {
    exhibitIds: choice.exhibitIds ?? null,
    context: choice.context ?? null,
  });
  if (exhibits.length === 0) throw new DocketError('conflict', 'the case has no exhibit', caseId);
  const bystanders = speakersOfPack(db, caseId)
    .filter(({ isParty }) => !isParty)
    .map(({ uid, name, messages }) => ({ accountId: uid, name, messages }));
  const named = bystanders.filter(({ accountId }) => !aliases || unmask.includes(accountId));
  // An excerpt around a message shows few people; a whole period shows a group's life.
  const asks = aliases || exhibits.some(({ isPeriod }) => isPeriod);
  const rows = new PackRows(
    db,
    caseId,
    caseHits({ ...desk.reading, db }, caseId),
    aliases ? { exceptFor: unmask } : 'named',
  );
  return { exhibits, rows, bystanders, named, needsApproval: asks && named.length > 0 };
}

/** Every medium of the chosen messages with its state; parts withheld by hand name none. */
export function chosenMedia(
  db: Database,
  { rows }: Chosen,
  which: PackChoice['attachments'],
): { attachments: PackAttachment[]; sealed: Map<string, NonNullable<PackMedium['file']>> } {
  const apart = quarantinedFiles(db);
  const sealed = new Map<string, NonNullable<PackMedium['file']>>();
  const stateOf = (medium: PackMedium): AttachmentState => {
    if (medium.senderId !== null && rows.alias(medium.senderId) !== null) return 'withheld';
    if (medium.file === null) return 'missing';
    if (apart.has(medium.file.sha256)) return 'quarantined';
    return which === 'none' || (which === 'subjects' && !medium.isSubject) ? 'not-chosen' : 'included';
  };
  const attachments = packMedia(db)
    .filter(({ rowId }) => !rows.withholdsAttachments(rowId))
    .map((medium): PackAttachment => {
      const state = stateOf(medium);
      const told = state !== 'withheld' && medium.file !== null;
      if (state === 'included' && medium.file) sealed.set(medium.file.sha256, medium.file);
      return {
        message: medium.messageId,
        position: medium.position,
        kind: medium.kind,
        state,
        basis: told ? medium.basis : null,
        reason: state === 'withheld' ? BYSTANDER : null,
        file:
          told && medium.file
            ? { sha256: medium.file.sha256, bytes: medium.file.bytes, type: medium.file.type }
            : null,
      };
    });
  return { attachments, sealed };
}

/** Rows from which on documents to file are made only when asked for: some 250 pages. */
const LONG = 5000;
const ALL: readonly PackFormat[] = ['html', 'csv', 'xlsx', 'docx', 'pdf'];

export interface ChosenForms {
  readonly formats: readonly PackFormat[];
  readonly leftOut: readonly { readonly part: string; readonly reason: string }[];
}

/**
 * The forms of a pack. What was asked for is made or refused: throws `no-page-printer` for PDF where nothing
 * draws pages. What was not asked for is made where it can be, and what is left out is named.
 */
export function chosenForms(
  desk: CaseDesk,
  rows: number,
  asked: readonly PackFormat[] | undefined,
): ChosenForms {
  const draws = Boolean(desk.printPage);
  if (asked?.includes('pdf') && !draws) {
    throw new DocketError('no-page-printer', 'nothing here turns pages into PDF', 'pdf');
  }
  if (asked) return { formats: ALL.filter((form) => asked.includes(form)), leftOut: [] };
  const long = rows > LONG;
  return {
    formats: ALL.filter((form) => !long || (form !== 'docx' && form !== 'pdf')),
    leftOut: [
      ...(long ? [{ part: 'docx', reason: 'too-many-messages' }] : []),
      ...(long ? [{ part: 'pdf', reason: 'too-many-messages' }] : []),
      ...(!long && !draws ? [{ part: 'pdf', reason: 'no-renderer' }] : []),
    ],
  };
}
