/** The content of a pack, read from a snapshot of the workspace. */
import type { Parsed } from '../../../contract/api.ts';
import type { ChainEntry } from '../../audit/chain.ts';
import type { PackInput } from '../../evidence/pack-content.ts';
import { NO_PROCEEDINGS, type PackProceedings, PROFILES } from '../../evidence/profiles.ts';
import type { NameMask } from '../../evidence/redact.ts';
import { caseRow, caseSummary, partiesOfCase } from '../../storage/cases/cases.ts';
import { decisionsOfCase, signingKeysOfCase } from '../../storage/cases/decisions.ts';
import { appealsOf, hearingsOfCase, lettersOfCase } from '../../storage/cases/hearings.ts';
import { houseRulesVersions, receiptsOf } from '../../storage/cases/house-rules.ts';
import type { Database } from '../../storage/database.ts';
import { dutyRows } from '../../storage/duties/duties.ts';
import { auditHead } from '../../storage/events.ts';
import { acquisitionOfSource } from '../../storage/evidence/custody.ts';
import { exhibitRow, toExhibit } from '../../storage/evidence/exhibits.ts';
import type { PackMedium } from '../../storage/evidence/pack-attachments.ts';
import { packCompleteness } from '../../storage/evidence/pack-completeness.ts';
import { auditExtract } from '../../storage/evidence/pack-rows.ts';
import { pemOf } from '../../storage/officers.ts';
import { readMeta } from '../../storage/rows.ts';
import type { CaseDesk } from '../cases/case-desk.ts';
import { citation } from '../cases/letters.ts';
import { showDuty } from '../duties/duties.ts';
import { gapSummary } from '../imports/gaps.ts';
import { titleOf } from '../imports/sources.ts';
import { type Chosen, chosenForms, chosenMedia } from './pack-choice.ts';
import { chosenOriginals, sourceContent } from './pack-originals.ts';

/** Bytes of a sealed file that are read at a time. */
const CHUNK = 1 << 20;

export function packInput(
  desk: CaseDesk,
  db: Database,
  id: string,
  chosen: Chosen,
  input: Parsed<'evidence.export'>,
): PackInput {
  const { session, software } = desk;
  const { environment, officer } = session;
  const { prefix } = desk.reading;
  const row = caseRow(db, input.caseId);
  const now = environment.now();
  const profile = PROFILES[input.profile];
  const { rows } = chosen;
  const { mask } = rows;
  const proves = new Map(input.proves?.map(({ exhibitId, text }) => [exhibitId, text]));
  const exhibits = chosen.exhibits.map((one) => ({
    ...one,
    exhibit: toExhibit(db, prefix, exhibitRow(db, one.id)),
    whole: rows.isWhole(one.id),
  }));
  // An exhibit that is shown in part only could have the rest guessed from its digest.
  const open = new Set(exhibits.filter(({ whole, trimmed }) => whole && !trimmed).map(({ id: own }) => own));
  const forms = chosenForms(
    desk,
    chosen.exhibits.reduce((sum, one) => sum + one.rows, 0),
    input.formats,
  );
  const { attachments, sealed } = chosenMedia(db, chosen, input.attachments);
  const { originals } = chosenOriginals(desk, db, chosen, input);
  const head = auditHead(db);
  return {
    id,
    profile: input.profile,
    recipient: input.recipient,
    purpose: input.purpose,
    createdAt: now,
    zone: environment.zone,
    software,
    officer: { id: officer.id, name: officer.name },
    workspace: { id: readMeta(db, 'workspaceId') ?? '', prefix, profile: row.profile, auditHead: head },
    case: mask.value({ ...caseSummary(db, prefix, row), note: row.note }),
    parties: partiesOfCase(db, row.id),
    exhibits: exhibits.map(({ exhibit, whole, trimmed, rows: messages }) => ({
      ...exhibit,
      messages,
      description: mask.text(exhibit.description),
      proves: mask.text(proves.get(exhibit.id) ?? ''),
      sha256: !whole ? null : trimmed ? rows.digestOf(exhibit.id) : exhibit.sha256,
      rows: () => rows.rows(exhibit.id),
    })),
    sources: rows.sources().map((source) => ({
      ...source,
      file: mask.text(source.file),
      formatTitle: titleOf(source.format),
      acquisition: mask.value(acquisitionOfSource(db, source.id)),
    })),
    citation: (reference) => {
      const [zh, en] = [citation(desk, reference, 'zh-CN'), citation(desk, reference, 'en')];
      return zh === en ? zh : `${zh} ${en}`;
    },
    proofs: rows.proofs(desk.session.workspace.folder),
    decisions: decisionsOfCase(db, row.id),
    keys: signingKeysOfCase(db, row.id).map(({ officer: name, publicKey }) => ({
      officer: name,
      publicKey: pemOf(publicKey),
    })),
    duties: profile.duties ? dutyRows(db, row.id).map((duty) => showDuty(db, prefix, now, duty)) : [],
    custody: exhibits.flatMap(({ exhibit: { number, custody } }) =>
      custody.map((event) => ({ ...event, purpose: mask.text(event.purpose), exhibit: number })),
    ),
    audit: () => closedWhere(auditExtract(db, row.id, head.sequence), mask, open),
    completeness: packCompleteness(db, row.id, (one) => gapSummary(db, one, environment.zone), rows),
    tools: environment.resources.packTools,
    attachments,
    attachmentContent: (sha256) => sealedContent(desk, sealed.get(sha256)),
    originals,
    originalContent: (sourceId) => sourceContent(desk, db, sourceId),
    proceedings: profile.proceedings ? mask.value(proceedingsOf(db, row.id)) : NO_PROCEEDINGS,
    formats: new Set(forms.formats),
    watermark: input.watermark ?? true,
    printPages: forms.formats.includes('pdf') ? (desk.printPage ?? null) : null,
    leftOut: [
      ...forms.leftOut,
      ...(profile.duties ? [] : [{ part: 'duties', reason: 'not-for-profile' }]),
      ...(profile.proceedings ? [] : [{ part: 'proceedings', reason: 'not-for-profile' }]),
    ],
  };
}

function* sealedContent(desk: CaseDesk, file: PackMedium['file'] | undefined): Generator<Uint8Array> {
  if (!file) return;
  const blob = desk.session.workspace.blobs.open(file.id, file.path, file.bytes);
  try {
    for (let at = 0; at < file.bytes; at += CHUNK) yield blob.read(at, CHUNK);
  } finally {
    blob.close();
  }
}

/** The rules that decisions rest on, who of the parties received them, how they were heard and written to. */
function proceedingsOf(db: Database, caseId: string): PackProceedings {
  const parties = partiesOfCase(db, caseId);
  const nameOf = (partyId: string) => parties.find(({ id }) => id === partyId)?.name ?? '';
  const accounts = new Map(parties.map(({ accountId, name }) => [accountId, name]));
  const used = new Set(
    decisionsOfCase(db, caseId).flatMap(({ proposal }) => proposal.basis?.rules?.id ?? []),
  );
  return {
    rules: houseRulesVersions(db)
      .filter(({ id }) => used.has(id))
      .map(({ id, title, version, effectiveFrom, endedOn, adoption }) => ({
        title,
        version,
        effectiveFrom,
        endedOn,
        adoption,
        receipts: receiptsOf(db, id)
          .filter(({ accountId }) => accounts.has(accountId))
          .map(({ accountId, on, proof }) => ({ party: accounts.get(accountId) ?? '', on, proof })),
      })),
    hearings: hearingsOfCase(db, caseId).map(({ partyId, ...one }) => ({
      party: nameOf(partyId),
      authorship: one.authorship,
      authorshipNote: one.authorshipNote,
      invitedAt: one.invitedAt,
      invitedHow: one.invitedHow,
      answerDue: one.answerDue,
      notInvitedReason: one.notInvitedReason,
      answeredAt: one.answeredAt,
      answer: one.answer,
    })),
    letters: lettersOfCase(db, caseId)
      .reverse()
      .map(({ party, kind, at, officer, sha256, servedAt, servedHow, serviceProof }) => ({
        party,
        kind,
        at,
        officer,
        sha256,
        servedAt,
        servedHow,
        serviceProof,
      })),
    appeals: appealsOf(db, caseId).map((one) => ({
      lodgedAt: one.lodgedAt,
      lodgedBy: one.lodgedBy,
      grounds: one.grounds,
      outcome: one.outcome,
      reason: one.reason,
      decidedBy: one.decidedBy,
      decidedAt: one.decidedAt,
    })),
  };
}

/**
 * Closes the events that would tell what the pack withholds: those with a name under an alias, and those of an
 * exhibit that is not shown as it was made, from whose digest short texts could be guessed.
 */
function* closedWhere(
  entries: Iterable<ChainEntry>,
  mask: NameMask,
  open: ReadonlySet<string>,
): Generator<ChainEntry> {
  for (const entry of entries) {
    const { event } = entry;
    const guarded = event?.subject.type === 'exhibit' && !open.has(event.subject.id);
    if (!guarded && (event === undefined || !tellsName(event, mask))) yield entry;
    else {
      const { sequence, previous, at, payloadDigest, hash } = entry;
      yield { sequence, previous, at, payloadDigest, hash };
    }
  }
}

function tellsName(event: unknown, mask: NameMask): boolean {
  const text = JSON.stringify(event);
  return mask.text(text) !== text;
}
