/** Reading a case for an evidence pack: messages with their records, sources, completeness, audit extract. */
import { DocketError } from '../../../contract/errors.ts';
import type { ChainEntry } from '../../audit/chain.ts';
import type { Hit } from '../../domain/hit.ts';
import { uidInBlock } from '../../domain/uid.ts';
import { recordParts, twinParts } from '../../evidence/commitment.ts';
import { exhibitDigest } from '../../evidence/exhibit-digest.ts';
import type { MessageRecord } from '../../evidence/message-digest.ts';
import type { MessageProof } from '../../evidence/message-proof.ts';
import type { PackHit, PackMessage, PackSource } from '../../evidence/pack-content.ts';
import type { SourceProof } from '../../evidence/proof-checks.ts';
import { NameMask, type Redaction, redactedCopy } from '../../evidence/redact.ts';
import type { Locator, MessageFlag } from '../../importers/importer.ts';
import { ACCOUNT_NAME } from '../cases/cases.ts';
import { type FullRow, MessageRecords } from '../check/check-messages.ts';
import { all, type Database, get } from '../database.ts';
import { auditLinks, eventsOfCase } from '../events.ts';
import { FixedTrees } from '../messages/commitments.ts';
import { listAuthorities } from '../sources/authorities.ts';
import { type SourceRow, toSource } from '../sources/sources.ts';
import { type ProvenPlace, SourceProofs, sourceProofs } from './pack-proofs.ts';
import { redactionsByMessage, speakersOfPack } from './redactions.ts';

/** Distinct messages of the pack (pack-selection.ts). */
const SHOWN = 'scratch.pack_messages t CROSS JOIN messages m ON m.id = t.message_id';

interface Place extends Locator {
  readonly sourceId: number;
  readonly conversation: string;
  readonly ordinal: number;
  readonly digest: Buffer;
}

/**
 * Where messages stand whose own source is not complete any more: in another complete source, that with
 * the same record first. Throws `conflict` where no complete source holds a message: an exhibit rests on
 * nothing that could be proved then.
 */
function otherPlaces(db: Database): Map<number, Place> {
  const places = new Map<number, Place>();
  const stranded = all<{ id: number; uid: string; ordinal: number }>(
    db,
    `SELECT m.id, s.uid, m.ordinal FROM ${SHOWN} CROSS JOIN sources s ON s.id = m.source_id
     WHERE s.state <> 'complete'`,
  );
  for (const { id, uid, ordinal } of stranded) {
    const place = get<Place>(
      db,
      `SELECT o.source_id AS sourceId, o.start, o.end, o.line, o.ordinal, o.digest, c.uid AS conversation
       FROM message_occurrences o JOIN sources s ON s.id = o.source_id JOIN messages m ON m.id = o.message_id
       JOIN conversations c ON c.id = m.conversation_id
       WHERE o.message_id = ? AND s.state = 'complete' ORDER BY o.digest <> m.digest, o.source_id LIMIT 1`,
      id,
    );
    if (!place) {
      throw new DocketError(
        'conflict',
        'an exhibit shows a message of a source that was taken back',
        uidInBlock(uid, ordinal),
      );
    }
    places.set(id, place);
  }
  return places;
}

interface PackRow extends FullRow {
  is_subject: number;
  source_uid: string;
  conversation_uid: string;
  conversation_name: string | null;
  account_uid: string | null;
  account_name: string | null;
  account_platform_id: string | null;
  start: number;
  end: number;
  line: number;
}

/** Hits of a redacted copy: their words as the copy shows them, none of a part that is not shown. */
function hitsOf(hits: readonly PackHit[], { text, carried }: MessageRecord): PackHit[] {
  return hits
    .filter(({ part }) => part === 0 || carried.length > 0)
    .map((hit) =>
      hit.part > 0
        ? { ...hit, spans: hit.spans.map((span) => ({ ...span, text: '' })) }
        : {
            ...hit,
            spans: hit.spans
              .filter(({ end }) => end <= text.length)
              .map((span) => ({ ...span, text: text.slice(span.start, span.end) })),
          },
    );
}

/** A message as a pack shows it, beside what was imported. */
export interface PreviewedMessage {
  readonly message: PackMessage;
  readonly original: MessageRecord;
  readonly withheld: ReadonlyMap<string, string>;
}

/** People who are no party: under aliases, but for those named here by account id; or everybody by name. */
export type Bystanders = 'named' | { readonly exceptFor: readonly string[] };

/** Gives the messages that `selectRows` chose. `hits` are the case's; other people's are not shown. */
export class PackRows {
  readonly #db: Database;
  readonly #records: MessageRecords;
  readonly #places: Map<number, Place>;
  readonly #sources = new Map<number, string>();
  readonly #proofs = new Map<number, SourceProofs>();
  readonly #hits = new Map<string, PackHit[]>();

  readonly #redactions: Map<number, Redaction[]>;
  readonly #aliases = new Map<number, string>();
  /** Blacks out the names of everybody under an alias. */
  readonly mask: NameMask;

  constructor(db: Database, caseId: string, hits: readonly Hit[], bystanders: Bystanders = 'named') {
    this.#redactions = redactionsByMessage(db, caseId);
    const speakers = bystanders === 'named' ? [] : speakersOfPack(db, caseId);
    const open = new Set(bystanders === 'named' ? [] : bystanders.exceptFor);
    const hidden = speakers.filter(({ isParty, uid }) => !isParty && !open.has(uid));
    // Numbered among all bystanders, so that naming one changes no other's alias.
    for (const [i, { id }] of speakers.filter(({ isParty }) => !isParty).entries())
      this.#aliases.set(id, `旁人${i + 1} Bystander ${i + 1}`);
    for (const { id, uid, isParty } of speakers) if (isParty || open.has(uid)) this.#aliases.delete(id);
    this.mask = new NameMask(
      hidden.flatMap(({ names }) => names),
      speakers.filter((one) => !hidden.includes(one)).flatMap(({ names }) => names),
    );
    this.#db = db;
    this.#records = new MessageRecords(db);
    this.#places = otherPlaces(db);
    for (const { disposition, ...hit } of hits) {
      const known = this.#hits.get(hit.subject.id);
      const shown = { ...packHit(hit), verdict: disposition?.verdict ?? null };
      if (known) known.push(shown);
      else this.#hits.set(hit.subject.id, [shown]);
    }
  }

  /** The messages of an exhibit in the order of their conversation. */
  *rows(exhibitId: string): Generator<PackMessage> {
    for (const row of this.#read(exhibitId, 0, -1)) yield this.#message(row).message;
  }

  /** Some of an exhibit's messages, each with its original and the parts withheld of it. */
  *preview(exhibitId: string, offset: number, limit: number): Generator<PreviewedMessage> {
    for (const row of this.#read(exhibitId, offset, limit)) yield this.#message(row);
  }

  /** Joined in the order of `pack_shown`: a sort would hold every row in memory. */
  #read(exhibitId: string, offset: number, limit: number): Iterable<PackRow> {
    return this.#db
      .prepare(
        `SELECT m.*, e.is_subject, s.uid AS source_uid, c.uid AS conversation_uid, c.name AS conversation_name,
           a.uid AS account_uid, ${ACCOUNT_NAME} AS account_name, a.platform_id AS account_platform_id,
           o.start, o.end, o.line
         FROM scratch.pack_exhibits x CROSS JOIN scratch.pack_shown e ON e.exhibit = x.exhibit
         CROSS JOIN messages m ON m.id = e.message_id CROSS JOIN sources s ON s.id = m.source_id
         CROSS JOIN message_occurrences o ON o.source_id = m.source_id AND o.ordinal = m.ordinal
         CROSS JOIN conversations c ON c.id = m.conversation_id LEFT JOIN accounts a ON a.id = m.sender_id
         WHERE x.id = ? ORDER BY e.exhibit, e.at, e.message_id LIMIT ? OFFSET ?`,
      )
      .iterate(exhibitId, limit, offset) as Iterable<PackRow>;
  }

  #message(row: PackRow): PreviewedMessage {
    const id = uidInBlock(row.source_uid, row.ordinal);
    const other = this.#places.get(row.id);
    const { start, end, line } = other ?? row;
    const locator = { start, end, line };
    const original = this.#records.record(row);
    const alias = row.sender_id === null ? null : (this.#aliases.get(row.sender_id) ?? null);
    const copy = redactedCopy(original, this.#redactions.get(row.id) ?? [], alias, this.mask);
    const { record, withheld } = copy;
    const senderShown = !withheld.has('sender');
    const proof = (): MessageProof => {
      const ordinal = other?.ordinal ?? row.ordinal;
      const twin = other && !other.digest.equals(row.digest) ? other.digest.toString('hex') : null;
      const parts = twin ? twinParts(twin, locator, ordinal) : recordParts(original, locator, ordinal);
      const place = { conversation: row.conversation_uid, ordinal };
      const made = this.#proofsOf(other?.sourceId ?? row.source_id).message(
        place,
        parts,
        twin,
        twin && withheld.size > 0 ? new Map([['digest', [...withheld.values()].join('; ')]]) : withheld,
      );
      if (!made) throw new DocketError('workspace-damaged', 'a message without its commitment', id);
      return made;
    };
    const message: PackMessage = {
      id,
      isSubject: row.is_subject === 1,
      conversation: { id: row.conversation_uid, name: this.#masked(row.conversation_name) },
      sender: {
        id: senderShown ? row.account_uid : null,
        name: senderShown ? (row.account_name ?? row.sender_name) : alias,
        platformId: senderShown ? row.account_platform_id : null,
      },
      sentAt: row.sent_at,
      record,
      digest: withheld.size === 0 ? row.digest.toString('hex') : null,
      flags: (row.flags?.split(' ') ?? []) as MessageFlag[],
      hits: withheld.size === 0 ? (this.#hits.get(id) ?? []) : hitsOf(this.#hits.get(id) ?? [], record),
      sourceId: other ? this.#sourceUid(other.sourceId) : row.source_uid,
      locator,
      proof,
    };
    return { message, original, withheld };
  }

  #masked(name: string | null): string | null {
    return name === null ? null : this.mask.text(name);
  }

  /** Whether everything that a pack shows of an exhibit is as it was imported. */
  isWhole(exhibitId: string): boolean {
    if (this.#aliases.size === 0 && this.#redactions.size === 0) return true;
    for (const { digest } of this.rows(exhibitId)) if (digest === null) return false;
    return true;
  }

  /** Digest of the shown rows of an exhibit; null where something of them is withheld. */
  digestOf(exhibitId: string): string | null {
    const digests: string[] = [];
    for (const { digest } of this.rows(exhibitId)) {
      if (digest === null) return null;
      digests.push(digest);
    }
    return exhibitDigest(digests);
  }

  /** Whether the attachments of a message are withheld by hand. */
  withholdsAttachments(messageRow: number): boolean {
    return this.#redactions.get(messageRow)?.some(({ part }) => part === 'attachments') ?? false;
  }

  /** The alias of an account in this pack; null where it appears under its name. */
  alias(accountId: number): string | null {
    return this.#aliases.get(accountId) ?? null;
  }

  #proofsOf(sourceId: number): SourceProofs {
    let proofs = this.#proofs.get(sourceId);
    if (!proofs) {
      const source = get<{ secret: Buffer }>(this.#db, 'SELECT secret FROM sources WHERE id = ?', sourceId);
      proofs = new SourceProofs(new FixedTrees(this.#db, sourceId), source?.secret ?? Buffer.alloc(0));
      this.#proofs.set(sourceId, proofs);
    }
    return proofs;
  }

  /** Where the shown messages stand, each once. */
  *#provenPlaces(): Generator<ProvenPlace> {
    yield* this.#places.values();
    const own = this.#db
      .prepare(
        `SELECT m.id, m.ordinal, m.source_id AS sourceId, c.uid AS conversation FROM ${SHOWN}
         CROSS JOIN conversations c ON c.id = m.conversation_id`,
      )
      .iterate() as Iterable<ProvenPlace & { id: number }>;
    for (const place of own) if (!this.#places.has(place.id)) yield place;
  }

  /** The proof of each source that a row names; every such source must be fixed. Places lie in `folder` meanwhile. */
  proofs(folder: string): SourceProof[] {
    const ids = this.#sourceIds();
    return sourceProofs(this.#db, ids, (id) => this.#proofsOf(id), this.#provenPlaces(), folder);
  }

  #sourceUid(id: number): string {
    let uid = this.#sources.get(id);
    if (uid === undefined) {
      uid = get<{ uid: string }>(this.#db, 'SELECT uid FROM sources WHERE id = ?', id)?.uid ?? '';
      this.#sources.set(id, uid);
    }
    return uid;
  }

  /** Sources that hold a shown message in place of its own, or its own where that is complete; ascending. */
  #sourceIds(): number[] {
    const ids = new Set([...this.#places.values()].map(({ sourceId }) => sourceId));
    const own = all<{ id: number }>(
      this.#db,
      `SELECT DISTINCT s.id FROM ${SHOWN} CROSS JOIN sources s ON s.id = m.source_id
       WHERE s.state = 'complete'`,
    );
    for (const { id } of own) ids.add(id);
    return [...ids].sort((a, b) => a - b);
  }

  /** Every source that a row names, each with who authorised its collection. */
  sources(): PackSource[] {
    const authorities = new Map(listAuthorities(this.#db).map((authority) => [authority.id, authority]));
    return this.#sourceIds().map((id) => {
      const row = get<SourceRow & { officer: string }>(
        this.#db,
        'SELECT s.*, o.name AS officer FROM sources s JOIN officers o ON o.id = s.officer_id WHERE s.id = ?',
        id,
      ) as SourceRow & { officer: string };
      // A pack names formats by id: titles are words of the program that reads it.
      const source = toSource(this.#db, row, (format) => ({ zh: format, en: format }), row.officer);
      return { ...source, authority: authorities.get(row.authority_id ?? '') ?? null };
    });
  }
}

function packHit(hit: Omit<Hit, 'disposition'>): Omit<PackHit, 'verdict'> {
  const { id, part, act, pack, rule, ruleTitle, ruleVersion, category, severity, spans, transforms, basis } =
    hit;
  return { id, part, act, pack, rule, ruleTitle, ruleVersion, category, severity, spans, transforms, basis };
}

/** Entries read at a time: the log may be long between two events of a case. */
const LINKS = 2000;

/** The audit log from the first event of a case up to `head`; the case's own events opened. */
export function* auditExtract(db: Database, caseId: string, head: number): Generator<ChainEntry> {
  const own = new Map(eventsOfCase(db, caseId).map((entry) => [entry.link.sequence, entry]));
  const first = Math.min(...own.keys());
  for (let from = first; from <= head; from += LINKS) {
    for (const link of auditLinks(db, from, Math.min(from + LINKS - 1, head))) {
      const opened = own.get(link.sequence);
      yield opened ? { ...link, salt: opened.salt.toString('hex'), event: opened.event } : link;
    }
  }
}
