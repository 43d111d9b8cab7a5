/**
 * What goes into an evidence pack. The caller fills this from the workspace; ids and times are passed
 * in, so the same content gives the same pack. Times are UTC milliseconds.
 *
 * Messages are not part of a big value: each exhibit gives its rows when asked, once for every form in
 * which the messages are written, always the same rows in the same order.
 */
import type { ChainEntry } from '../audit/chain.ts';
import type { Bilingual } from '../domain/bilingual.ts';
import type { CaseSummary, Decision, Duty, Exhibit, PackFormat, PackProfile, Party } from '../domain/case.ts';
import type { CaseSource } from '../domain/custody.ts';
import type { Hit, Verdict } from '../domain/hit.ts';
import type { ConversationType, Platform } from '../domain/message.ts';
import type { Source } from '../domain/source.ts';
import type { Authority, Profile } from '../domain/workspace.ts';
import type { Locator, MessageFlag } from '../importers/importer.ts';
import type { AttachmentContent, PackAttachment } from './attachments.ts';
import type { MessageRecord } from './message-digest.ts';
import type { MessageProof } from './message-proof.ts';
import type { PackOriginal } from './originals.ts';
import type { PackProceedings } from './profiles.ts';
import type { SourceProof } from './proof-checks.ts';

/** A hit as the pack shows it; `spans` are UTF-16 code units of part `part` (0: the text, 1…: carried texts in reading order). */
export interface PackHit
  extends Pick<
    Hit,
    | 'id'
    | 'part'
    | 'act'
    | 'pack'
    | 'rule'
    | 'ruleTitle'
    | 'ruleVersion'
    | 'category'
    | 'severity'
    | 'spans'
    | 'transforms'
    | 'basis'
  > {
  readonly verdict: Verdict | null;
}

export interface PackMessage {
  readonly id: string;
  /** Whether the exhibit is about this message; else it is context. */
  readonly isSubject: boolean;
  readonly conversation: { readonly id: string; readonly name: string | null };
  /** The sending account by the directory; `name` is what the workspace calls it, null where unknown. */
  readonly sender: {
    readonly id: string | null;
    readonly name: string | null;
    readonly platformId: string | null;
  };
  /** UTC milliseconds; null where the time could not be read. */
  readonly sentAt: number | null;
  /** What the export said, exactly: the fields that the digest covers. Where parts are withheld, a copy without them. */
  readonly record: MessageRecord;
  /**
   * As kept at import; building fails where it is not the digest of `record`. Null where parts are
   * withheld: a digest of short texts would let them be guessed.
   */
  readonly digest: string | null;
  readonly flags: readonly MessageFlag[];
  readonly hits: readonly PackHit[];
  readonly sourceId: string;
  readonly locator: Locator;
  /** Its place in what was imported; costs some 20 hashes. */
  proof(): MessageProof;
}

export interface PackExhibit
  extends Pick<Exhibit, 'id' | 'number' | 'description' | 'subject' | 'addedAt' | 'officer'> {
  /** Rows that `rows` will give. */
  readonly messages: number;
  /** The fact that it is to prove; empty where the pack's purpose says it. */
  readonly proves: string;
  /** `exhibitDigest` of the rows; null where a row has no digest. */
  readonly sha256: string | null;
  rows(): Iterable<PackMessage> | AsyncIterable<PackMessage>;
}

export type PackSource = Pick<
  Source,
  | 'id'
  | 'file'
  | 'sha256'
  | 'bytes'
  | 'format'
  | 'formatVersion'
  | 'importerVersion'
  | 'platform'
  | 'encoding'
  | 'zone'
  | 'assumptions'
  | 'messages'
  | 'duplicates'
  | 'skipped'
  | 'ledger'
  | 'skips'
  | 'digest'
  | 'importedAt'
  | 'officer'
> & {
  readonly authority: Authority | null;
  /** The format in words, for people. */
  readonly formatTitle?: Bilingual;
  /** How it came, as an officer entered it; none where nobody did. */
  readonly acquisition?: CaseSource['acquisition'];
};

/** `exhibit` is the exhibit's number. */
export type PackCustodyEvent = Exhibit['custody'][number] & { readonly exhibit: string };

/** How the pack's messages of one conversation stand to all that was imported of it. Counts of distinct messages. */
export interface PackCompleteness {
  readonly conversationId: string;
  readonly platform: Platform;
  readonly name: string | null;
  readonly type: ConversationType;
  /** All messages kept of this conversation. */
  readonly total: number;
  /** The period looked at; null at an open end. Every message of the pack lies inside. */
  readonly from: number | null;
  readonly to: number | null;
  readonly inPeriod: number;
  /** Subjects of exhibits. */
  readonly selected: number;
  /** Shown as context of some exhibit and subject of none. */
  readonly context: number;
  /** The rest of the period by reason; with `selected` and `context` it makes up `inPeriod`. */
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  /** First and last message of the conversation; null where none has a readable time. */
  readonly first: number | null;
  readonly last: number | null;
  /** Messages before and after the period. */
  readonly before: number;
  readonly after: number;
  /** Notices of recalled messages in the period. */
  readonly recalls: number;
  /** Media that the conversation's messages name; those with a file; those that something looked into. */
  readonly media: { readonly named: number; readonly found: number; readonly examined: number };
  /** What the conversation's own messages show to be missing or odd. */
  readonly gaps: {
    readonly counts: Readonly<Record<string, number>>;
    /** The gravest: kind, days or neighbours between which something is missing, size. */
    readonly gravest: readonly {
      readonly kind: string;
      readonly from: string | null;
      readonly to: string | null;
      readonly size: number;
    }[];
  };
  /** Who speaks in the pack's part of the conversation, as exports and lists show them. */
  readonly profiles: readonly PackProfilePanel[];
}

/** One side's profile panel. */
export interface PackProfilePanel {
  readonly id: string;
  readonly name: string | null;
  readonly names: readonly string[];
  readonly platformId: string | null;
  readonly fields: Readonly<Record<string, string>>;
  /** Messages of this account shown by the pack. */
  readonly shown: number;
  readonly isParty: boolean;
}

/** What verifies and shows a pack and travels inside it; from resources/evidence. */
export interface PackTools {
  /** data/verify.py. */
  readonly verifyScript: string;
  /** The viewer's own script and style. */
  readonly viewerScript: string;
  readonly viewerStyle: string;
}

export interface PackInput {
  readonly id: string;
  readonly profile: PackProfile;
  readonly recipient: string;
  readonly purpose: string;
  readonly createdAt: number;
  /** IANA zone in which times are written. */
  readonly zone: string;
  /** Name and version of the program, for example `Docket 0.1.0`. */
  readonly software: string;
  readonly officer: { readonly id: string; readonly name: string };
  readonly workspace: {
    readonly id: string;
    readonly prefix: string;
    readonly profile: Profile;
    /** The last entry of `audit`. */
    readonly auditHead: { readonly sequence: number; readonly hash: string };
  };
  readonly case: Pick<
    CaseSummary,
    | 'id'
    | 'number'
    | 'title'
    | 'state'
    | 'categories'
    | 'tier'
    | 'severity'
    | 'openedAt'
    | 'closedAt'
    | 'officer'
  > & { readonly note: string };
  readonly parties: readonly Party[];
  readonly exhibits: readonly PackExhibit[];
  /** Every source that a row names. */
  readonly sources: readonly PackSource[];
  /** One for each source. */
  readonly proofs: readonly SourceProof[];
  readonly decisions: readonly Decision[];
  /** Public keys (SubjectPublicKeyInfo, PEM) of everybody who signed a decision. */
  readonly keys: readonly { readonly officer: string; readonly publicKey: string }[];
  readonly duties: readonly Duty[];
  readonly custody: readonly PackCustodyEvent[];
  /**
   * An unbroken part of the audit log up to its head, in order: this case's events opened, others closed.
   */
  audit(): Iterable<ChainEntry> | AsyncIterable<ChainEntry>;
  /** One for each conversation of which the pack shows a message. */
  readonly completeness: readonly PackCompleteness[];
  readonly tools: PackTools;
  /** Every medium that a shown message names, those of one message together and in order. */
  readonly attachments: readonly PackAttachment[];
  readonly attachmentContent: AttachmentContent;
  /** Source files that go along: every source of the pack, or null where none was chosen. */
  readonly originals: readonly PackOriginal[] | null;
  /** The bytes of a source as they were sealed, from the start. */
  originalContent(sourceId: string): Iterable<Uint8Array>;
  readonly proceedings: PackProceedings;
  /** A basis in words, both languages; the reference itself where nothing is known of it. */
  readonly citation?: (reference: string) => string;
  readonly formats: ReadonlySet<PackFormat>;
  /** Recipient and pack id across every page. */
  readonly watermark: boolean;
  /** Turns pages that stand as they are into PDF; null where nothing does. */
  readonly printPages: ((html: string) => Promise<Uint8Array>) | null;
  /** Parts that this pack should have and has not, each with why. */
  readonly leftOut: readonly { readonly part: string; readonly reason: string }[];
}

/** Signs with the officer's Ed25519 key; `publicKey` is its SubjectPublicKeyInfo as PEM. */
export interface PackSigner {
  readonly publicKey: string;
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** The content contradicts itself: a pack of it would not verify. `reason` is a code and a detail. */
export class PackInputError extends Error {
  readonly entry: string;
  readonly reason: string;

  constructor(entry: string, reason: string) {
    super(`evidence pack: ${entry}: ${reason}`);
    this.name = 'PackInputError';
    this.entry = entry;
    this.reason = reason;
  }
}
