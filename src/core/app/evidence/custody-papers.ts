/** Acquisition of sources, and the papers of custody written from a case. */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Acquisition, CaseSource, ExtractionRecord } from '../../domain/custody.ts';
import { ExtractionBody } from '../../domain/custody.ts';
import { ReExtraction } from '../../domain/source.ts';
import { paperTime } from '../../evidence/zoned-time.ts';
import { caseRow } from '../../storage/cases/cases.ts';
import { get } from '../../storage/database.ts';
import {
  acquisitionOf,
  extractionRows,
  insertExtraction,
  lastReExtraction,
  sourcesOfCase,
  writeAcquisition,
} from '../../storage/evidence/custody.ts';
import { packRow } from '../../storage/evidence/exhibits.ts';
import { messageById, messageRowId } from '../../storage/messages/messages.ts';
import { listAuthorities } from '../../storage/sources/authorities.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { getCase } from '../cases/cases.ts';
import { presentSource, requireSource } from '../imports/sources.ts';
import { change, newUid, record } from '../session.ts';
import { documentContent } from '../write-document.ts';
import { handOut, type WrittenFile } from '../write-file.ts';
import { type CustodyPapers, custodyForm, deviceSheet, extractionRecord } from './custody-documents.ts';

/** Code units of a message that the device sheet shows. */
const SHOWN = 200;

/** The sources that a case's exhibits rest on. Throws `not-found`. */
export function caseSources(desk: CaseDesk, caseId: string): CaseSource[] {
  const db = dbOf(desk);
  caseRow(db, caseId);
  const authorities = listAuthorities(db);
  return sourcesOfCase(db, caseId).map((row): CaseSource => {
    const acquired = acquisitionOf(db, row.id);
    const anew = lastReExtraction(db, row.id);
    const destroyed = get<{ id: string }>(
      db,
      'SELECT destruction_id AS id FROM destroyed_sources WHERE source_id = ?',
      row.id,
    );
    return {
      source: presentSource(desk.session, row.uid),
      authority: authorities.find(({ id }) => id === row.authority_id) ?? null,
      acquisition: acquired ? { ...factsOf(acquired), officer: acquired.officer, at: acquired.at } : null,
      extraction: anew
        ? { outcome: ReExtraction.parse(JSON.parse(anew.outcome)), officer: anew.officer, at: anew.at }
        : null,
      destroyedBy: destroyed?.id ?? null,
    };
  });
}

const factsOf = ({ custodian, consent, medium, method, place, note }: Acquisition): Acquisition => ({
  custodian,
  consent,
  medium,
  method,
  place,
  note,
});

/** Enters what is known of a source's coming; what stood before stays in the log. Throws `not-found`. */
export function setAcquisition(
  desk: CaseDesk,
  { sourceId, acquisition }: Parsed<'custody.setAcquisition'>,
): Acquisition {
  const { session } = desk;
  const source = requireSource(session, sourceId);
  const before = acquisitionOf(dbOf(desk), source.id);
  change(session, () => {
    const eventId = record(session, {
      type: 'source.acquisition-entered',
      subject: { type: 'source', id: source.uid },
      before: before ? factsOf(before) : null,
      after: acquisition,
    });
    writeAcquisition(session.workspace.store, {
      source_id: source.id,
      ...acquisition,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: eventId,
    });
  });
  return acquisition;
}

function papersOf(desk: CaseDesk, caseId: string, language: CustodyPapers['language']): CustodyPapers {
  const { environment } = desk.session;
  return {
    language,
    detail: getCase(desk, { caseId }),
    sources: caseSources(desk, caseId),
    timeOf: paperTime(environment.zone),
    at: environment.now(),
  };
}

/** Writes the custody form. Throws `not-found`, `conflict` for a case without exhibits, `no-page-printer`. */
export async function writeCustodyForm(
  desk: CaseDesk,
  input: Parsed<'custody.writeForm'>,
): Promise<WrittenFile> {
  const papers = papersOf(desk, input.caseId, input.language);
  const wanted = input.exhibitIds ? new Set(input.exhibitIds) : null;
  const exhibits = papers.detail.exhibits.filter(({ id }) => wanted === null || wanted.has(id));
  if (exhibits.length === 0) throw new DocketError('conflict', 'the case has no exhibit', input.caseId);
  const pack = input.packId ? packRow(dbOf(desk), input.packId) : null;
  const content = await documentContent(
    desk,
    custodyForm({ ...papers, detail: { ...papers.detail, exhibits } }, pack),
    input.format,
  );
  return handOut(desk.session, input.file, content, {
    type: 'custody.form-written',
    subject: { type: 'case', id: input.caseId },
    caseId: input.caseId,
    after: { exhibits: exhibits.length, pack: pack?.id ?? null },
  });
}

/** Writes the extraction record with its list, and keeps what was stated. Throws as `writeCustodyForm`, `invalid-input`. */
export async function writeExtraction(
  desk: CaseDesk,
  input: Parsed<'custody.writeExtraction'>,
): Promise<ExtractionRecord> {
  const { session } = desk;
  const { body } = input;
  if (body.endedAt < body.startedAt) {
    throw new DocketError('invalid-input', 'it ended before it began', 'endedAt');
  }
  if (new Set([...body.operators, body.witness]).size < 3) {
    throw new DocketError('invalid-input', 'two operators and a witness are three people', 'witness');
  }
  const papers = papersOf(desk, input.caseId, input.language);
  if (papers.sources.length === 0) throw new DocketError('conflict', 'the case has no exhibit', input.caseId);
  const content = await documentContent(desk, extractionRecord(papers, body), input.format);
  const id = newUid(session);
  const written = handOut(session, input.file, content, {
    type: 'custody.extraction-recorded',
    subject: { type: 'extraction', id },
    caseId: input.caseId,
    after: { operators: body.operators, witness: body.witness },
  });
  change(session, () =>
    insertExtraction(session.workspace.store, {
      id,
      case_id: input.caseId,
      body: JSON.stringify(body),
      file: written.file,
      sha256: written.sha256,
      officer_id: session.officer.id,
      at: session.environment.now(),
      event_id: get<{ id: string }>(
        dbOf(desk),
        'SELECT id FROM events WHERE subject_id = ? ORDER BY id DESC LIMIT 1',
        id,
      )?.id as string,
    }),
  );
  return listExtractions(desk, input.caseId).find((one) => one.id === id) as ExtractionRecord;
}

export function listExtractions(desk: CaseDesk, caseId: string): ExtractionRecord[] {
  return extractionRows(dbOf(desk), caseId).map(({ id, body, file, sha256, officer, at }) => ({
    id,
    body: ExtractionBody.parse(JSON.parse(body)),
    file,
    sha256,
    officer,
    at,
  }));
}

/** Writes the sheet for the original device: each exhibit's own message is to be found there again. */
export async function writeDeviceSheet(
  desk: CaseDesk,
  input: Parsed<'custody.writeDeviceSheet'>,
): Promise<WrittenFile> {
  const db = dbOf(desk);
  const papers = papersOf(desk, input.caseId, input.language);
  const shown = papers.detail.exhibits.flatMap(({ number, subject }) => {
    if (subject.type !== 'message') return [];
    const message = messageById(db, messageRowId(db, subject.id));
    return [
      {
        exhibit: number,
        sentAt: message.sentAtText,
        sender: message.sender ?? '',
        text: Array.from(message.text).slice(0, SHOWN).join(''),
      },
    ];
  });
  const content = await documentContent(desk, deviceSheet(papers, shown), input.format);
  return handOut(desk.session, input.file, content, {
    type: 'custody.device-sheet-written',
    subject: { type: 'case', id: input.caseId },
    caseId: input.caseId,
  });
}
