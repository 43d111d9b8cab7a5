/**
 * Extracting a source again: the sealed bytes are hashed and parsed anew and every message is compared, by
 * digest and place, with what was kept at import. So the extraction is shown to be reproducible (SPC
 * Criminal Procedure Interpretation 2021 art. 111).
 */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import { TableMapping } from '../../domain/mapping.ts';
import type { ReExtraction } from '../../domain/source.ts';
import { messageDigest, messageRecord } from '../../evidence/message-digest.ts';
import type { ImportedMessage, ImportOptions } from '../../importers/importer.ts';
import { importerById } from '../../importers/registry.ts';
import { readHead } from '../../importers/sniff.ts';
import { insertReExtraction } from '../../storage/evidence/custody.ts';
import { placesOf, type StoredPlace } from '../../storage/messages/commitments.ts';
import { sourceMapping } from '../../storage/sources/mappings.ts';
import { hashFile, openSealed } from '../imports/import-source.ts';
import { requireSource } from '../imports/sources.ts';
import { breathe, type Job } from '../jobs.ts';
import { change, newUid, record, type Session } from '../session.ts';

/** Differences that are listed; all are counted. */
const LISTED = 20;

/**
 * Extracts a source again and compares; the outcome is entered into the audit log. Throws `not-found`,
 * `conflict` for a source that is not complete or whose importer is of another version now, `cancelled`.
 */
export async function reExtract(
  session: Session,
  job: Job,
  input: Parsed<'evidence.reExtract'>,
): Promise<ReExtraction> {
  const source = requireSource(session, input.sourceId);
  const { db } = session.workspace.store;
  if (source.state !== 'complete') {
    throw new DocketError('conflict', `the source is ${source.state}`, source.file);
  }
  const importer = importerById(source.importer);
  if (!importer || importer.version !== source.importer_version) {
    throw new DocketError('conflict', 'the importer of this source is of another version now', source.file);
  }
  const bytes = openSealed(session, source);
  const stored = placesOf(db, source.id);
  const differences: ReExtraction['differences'] = [];
  let different = 0;
  let messages = 0;
  const differ = (ordinal: number, reason: ReExtraction['differences'][0]['reason']) => {
    different++;
    if (differences.length < LISTED) differences.push({ ordinal, reason });
  };
  const compare = (message: ImportedMessage) => {
    messages++;
    const kept = stored.next();
    if (kept.done) differ(message.ordinal, 'not-kept');
    else {
      const reason = difference(message, kept.value, source.platform);
      if (reason) differ(message.ordinal, reason);
    }
  };
  try {
    const sha256 = hashFile(bytes, job);
    const table = sourceMapping(db, source.id);
    const selection = JSON.parse(source.selection) as 'all' | string[];
    const options: ImportOptions = {
      zone: source.zone,
      head: readHead(bytes),
      conversations: selection === 'all' ? 'all' : new Set(selection),
      ...(table ? { table: TableMapping.parse(JSON.parse(table)) } : {}),
    };
    for await (const event of importer.read(bytes, options)) {
      if (event.type === 'messages') for (const message of event.messages) compare(message);
      else if (event.type === 'ranges') {
        const done = event.ranges.at(-1)?.end ?? 0;
        job.report({ step: 're-extracting', item: source.file, done, total: source.bytes, unit: 'bytes' });
        await breathe();
        job.check();
      }
    }
    let recovered = 0;
    while (!stored.next().done) recovered++;
    const outcome = {
      sourceId: source.uid,
      file: source.file,
      importer: source.importer,
      importerVersion: source.importer_version,
      sha256,
      sameBytes: sha256 === source.sha256,
      messages,
      different,
      differences,
      recovered,
      same: sha256 === source.sha256 && different === 0,
    };
    change(session, () => {
      const eventId = record(session, {
        type: 'source.re-extracted',
        subject: { type: 'source', id: source.uid },
        after: { sha256, messages, different, recovered, same: outcome.same },
      });
      insertReExtraction(session.workspace.store, {
        id: newUid(session),
        source_id: source.id,
        outcome: JSON.stringify(outcome),
        officer_id: session.officer.id,
        at: session.environment.now(),
        event_id: eventId,
      });
    });
    return outcome;
  } finally {
    bytes.close();
  }
}

function difference(
  message: ImportedMessage,
  kept: StoredPlace,
  platform: Parameters<typeof messageRecord>[1],
): ReExtraction['differences'][0]['reason'] | null {
  const { start, end, line } = message.locator;
  if (kept.ordinal !== message.ordinal) return 'another-message';
  if (kept.start !== start || kept.end !== end || kept.line !== line) return 'another-place';
  return messageDigest(messageRecord(message, platform)) === kept.digest.toString('hex')
    ? null
    : 'another-digest';
}
