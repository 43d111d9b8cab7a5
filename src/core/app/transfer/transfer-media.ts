/** Files of attachments that travel with a case: out of the sealed store into the transfer, and in again. */
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../importers/importer.ts';
import { all, get } from '../../storage/database.ts';
import { insertMatches, insertMediaFile, type MediaFileRow } from '../../storage/messages/media.ts';
import { recountMedia } from '../../storage/messages/media-totals.ts';
import { sharedMessageUid } from '../../storage/transfer/transfer-rows.ts';
import type { TransferWriter } from '../../transfer/container.ts';
import { EnvelopeError } from '../../transfer/envelope.ts';
import type { Part, Payload, TransferredMedium } from '../../transfer/payload.ts';
import type { Job } from '../jobs.ts';
import { Pace } from '../pace.ts';
import { newUid, type Session } from '../session.ts';
import type { Places } from './transfer-places.ts';

/** Bytes of a file that are read at once. */
const PIECE = 256 * 1024;

export function* chunksOf(source: ByteSource): Generator<Uint8Array> {
  for (let at = 0; at < source.size; at += PIECE) yield source.read(at, PIECE);
}

interface Match {
  message_id: number;
  position: number;
  basis: string;
  file_id: string;
}

/** Writes every file that was found for media of the messages that go, each once. */
export async function writeMedia(
  session: Session,
  writer: Pick<TransferWriter, 'part'>,
  messages: ReadonlySet<number>,
): Promise<TransferredMedium[]> {
  const { store, blobs } = session.workspace;
  const byFile = new Map<string, Match[]>();
  for (const id of messages) {
    for (const match of all<Match>(
      store.db,
      'SELECT message_id, position, basis, file_id FROM media_matches WHERE message_id = ? ORDER BY position',
      id,
    )) {
      const known = byFile.get(match.file_id);
      if (known) known.push(match);
      else byFile.set(match.file_id, [match]);
    }
  }
  const written: TransferredMedium[] = [];
  for (const [id, matches] of byFile) {
    const file = get<MediaFileRow>(store.db, 'SELECT * FROM media_files WHERE id = ?', id) as MediaFileRow;
    const sealed = blobs.open(id, file.path, file.bytes);
    try {
      written.push({
        path: file.path,
        type: file.type,
        examined: file.examined,
        codes: all<{ text: string }>(
          store.db,
          'SELECT text FROM media_codes WHERE file_id = ? ORDER BY position',
          id,
        ).map(({ text }) => text),
        part: await writer.part(chunksOf(sealed)),
        matches: matches.map(({ message_id, position, basis }) => ({
          message: sharedMessageUid(store.db, message_id),
          position,
          basis,
        })),
      });
    } finally {
      sealed.close();
    }
  }
  return written;
}

/** Whether every part is the one that was signed, before anything of a file is kept. Throws `EnvelopeError`, `cancelled`. */
export async function verifyParts(
  job: Job,
  { excerpts, items, media }: Payload,
  part: (name: string, part: Part) => ByteSource,
): Promise<void> {
  const pace = new Pace();
  const parts = [
    ...excerpts.flatMap((excerpt) => [excerpt.part ?? [], excerpt.index ?? []].flat()),
    ...items.flatMap(({ listed }) => listed ?? []),
    ...media.map((one) => one.part),
  ];
  for (const one of parts) {
    const hash = createHash('sha256');
    for (const chunk of chunksOf(part('', one))) {
      hash.update(chunk);
      job.check();
      if (pace.due) await pace.rest();
    }
    if (hash.digest('hex') !== one.sha256) throw new EnvelopeError('malformed');
  }
}

/** A file that is in the store and of which no row says so yet. */
interface Arrived {
  readonly id: string;
  readonly medium: TransferredMedium;
}

/** Seals the files that came, before anything is written of them. Throws `EnvelopeError` for other bytes than were signed. */
export async function sealMedia(
  session: Session,
  { media }: Payload,
  part: (name: string, part: Part) => ByteSource,
): Promise<Arrived[]> {
  const { blobs } = session.workspace;
  const arrived: Arrived[] = [];
  try {
    for (const medium of media) {
      const id = newUid(session);
      arrived.push({ id, medium });
      const sealed = await blobs.sealStream(id, chunksOf(part(medium.path, medium.part)), () => undefined);
      if (sealed.sha256 !== medium.part.sha256) throw new EnvelopeError('malformed');
    }
    return arrived;
  } catch (error) {
    for (const { id } of arrived) blobs.remove(id);
    throw error;
  }
}

/**
 * Enters the files that came, with the media for which nothing was found here; a file of which nothing is new is
 * removed again. Call inside a transaction, with where the messages are here; yields at safe points.
 */
export function* takeMedia(
  session: Session,
  arrived: readonly Arrived[],
  places: Places,
): Generator<void, void> {
  const { store, blobs } = session.workspace;
  const { db } = store;
  const touched = new Set<number>();
  for (const { id, medium } of arrived) {
    yield;
    const { path, part, type, examined, codes } = medium;
    const matches = medium.matches.flatMap(({ message, position, basis }) => {
      const messageId = places.get(message) ?? 0;
      const named = get<{ source_id: number }>(
        db,
        `SELECT m.source_id FROM attachments a JOIN messages m ON m.id = a.message_id
         WHERE a.message_id = ? AND a.position = ? AND NOT EXISTS (SELECT 1 FROM media_matches x
           WHERE x.message_id = a.message_id AND x.position = a.position)`,
        messageId,
        position,
      );
      return named ? [{ messageId, position, basis, source: named.source_id }] : [];
    });
    const source = matches[0]?.source;
    if (source === undefined) {
      blobs.remove(id);
      continue;
    }
    const rows = matches.map(({ messageId, position, basis }) => ({
      medium: { messageId, position, name: null, reference: null, md5: null },
      basis: basis as Parameters<typeof insertMatches>[2][number]['basis'],
    }));
    const known = get<{ id: string; sha256: string }>(
      db,
      'SELECT id, sha256 FROM media_files WHERE source_id = ? AND path = ?',
      source,
      path,
    );
    if (known?.sha256 === part.sha256) {
      insertMatches(store, known.id, rows);
      blobs.remove(id);
    } else {
      const row: MediaFileRow = {
        id,
        source_id: source,
        // Another file of this name is there: the digest tells them apart.
        path: known ? `${part.sha256.slice(0, 12)}/${path}` : path,
        bytes: part.bytes,
        sha256: part.sha256,
        type,
        examined,
        found_at: session.environment.now(),
      };
      insertMediaFile(store, row, codes, rows);
    }
    for (const one of matches) touched.add(one.source);
  }
  for (const source of touched) recountMedia(db, source);
}
