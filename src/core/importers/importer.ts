/**
 * The importer interface.
 *
 * An importer turns the bytes of one source into typed events. It is pure: it reads bytes through
 * `ByteSource`, keeps no state between runs, touches no database, clock or id generator, and the same
 * bytes with the same options give the same events in the same order. Resuming a cut-off import
 * relies on that: the host replays the events and leaves out what it already holds.
 *
 * The ledger is part of the stream: an importer yields `range` events that are in order, disjoint and
 * together cover the source from byte 0 to its size. Nothing is computed by subtraction.
 */
import type { ListKind } from '../domain/list.ts';
import type { TableMapping } from '../domain/mapping.ts';
import type { ConversationType, MessageKind, Platform } from '../domain/message.ts';

/** Random access to the bytes of a sealed source. Offsets and lengths in bytes. */
export interface ByteSource {
  /** The file's name as the officer gave it, without folders. */
  readonly name: string;
  readonly size: number;
  /** Path below the dropped folder or inside the archive, with `/`; absent for a file by itself. */
  readonly path?: string;
  /** Up to `length` bytes from `offset`; shorter only at the end of the source. */
  read(offset: number, length: number): Uint8Array;
  /**
   * Another file of the same folder or archive, by its path from this file's own folder (`../manifest.json`);
   * null where there is none or it is over 64 MiB. What an importer asks for is sealed with the source,
   * so that a later run reads the same bytes. Absent for a file by itself.
   */
  companion?(path: string): Promise<Uint8Array | null>;
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** What a sniffer may look at: name, size and the first 64 KiB, decoded once for all importers. */
export interface SourceHead {
  readonly name: string;
  /** See `ByteSource.path`. */
  readonly path?: string;
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly encoding: Encoding;
  /** Length of the byte order mark in bytes, 0 where there is none. */
  readonly bomLength: number;
  /** The head as text, without the byte order mark; a cut last character is left out. */
  readonly text: string;
}

export interface ImportOptions {
  /** IANA zone for wall-clock times of formats that state none. */
  readonly zone: string;
  readonly head: SourceHead;
  /** Conversations to keep, by key; `all` keeps everything. Only for files that hold several. */
  readonly conversations: ReadonlySet<string> | 'all';
  /** Column header → field, for tables whose headers are not known. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** How to read a table whose layout no importer knows, or that the officer described. */
  readonly table?: TableMapping;
}

/** Exact place of a record: half-open byte range and 1-based line number of its first byte. */
export interface Locator {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

export interface ImportedAccount {
  /** Stable within the source and platform: the platform's id, or `name:<display name>` where there is none. */
  readonly key: string;
  /** The platform's own id; null where the export shows names only. */
  readonly platformId: string | null;
  /** Name as shown; null where the export shows ids only (a directory list can supply it). */
  readonly name: string | null;
  /** Where a list mixes platforms: this row's own; absent for the platform of the source. */
  readonly platform?: Platform;
  /** Further facts under field names of the account register: alias, remark, phone, email, department,
   *  title, avatar, bio, region, accountClass, registrant … Kept as the export wrote them. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly locator?: Locator;
}

export interface ImportedConversation {
  /** Stable within the platform: the platform's conversation id, or `name:<title>` where there is none. */
  readonly key: string;
  readonly platformId: string | null;
  readonly name: string | null;
  readonly type: ConversationType;
  readonly fields?: Readonly<Record<string, string>>;
  readonly locator?: Locator;
}

export interface ImportedMembership {
  readonly conversationKey: string;
  readonly accountKey: string;
  readonly role: 'owner' | 'admin' | 'member' | null;
  /** Name of the account inside this conversation (group nickname). */
  readonly displayName: string | null;
  /** As the export wrote them; null where unknown. */
  readonly from: string | null;
  readonly to: string | null;
  readonly locator?: Locator;
}

/** A row of a list: what the register keeps under one key, and where the row stood. */
export interface ImportedListRow {
  /** Identifies the entry within its list: the same key in the next import of the list is the same entry. */
  readonly key: string;
  /** Values under the field names of the list's kind; other columns under their own. Never empty texts. */
  readonly fields: Readonly<Record<string, string>>;
  /** Sheet of a workbook; absent for text. */
  readonly sheet?: string;
  readonly locator: Locator;
}

/** Why a row of a list was not taken. */
export interface ListRowError {
  readonly sheet?: string;
  /** 1-based line, or row of the sheet. */
  readonly line: number;
  readonly code: 'missing-field' | 'bad-value' | 'duplicate-key' | 'bad-row';
  /** The field concerned; null where the whole row is. */
  readonly field: string | null;
  /** What the row says there. */
  readonly value: string;
}

/** A text that the message carries but its sender did not write now: quotes and forwarded records. */
export interface CarriedText {
  readonly act: 'quote' | 'forward';
  readonly sender: string | null;
  readonly text: string;
  readonly sentAtText: string | null;
  /** Records inside a forwarded record. */
  readonly items?: readonly CarriedText[];
}

export interface ImportedAttachment {
  readonly kind: 'image' | 'voice' | 'video' | 'file' | 'sticker';
  readonly name: string | null;
  /** Path or address as the export names it. */
  readonly reference: string | null;
  /** Bytes, as the export states; null where it does not. */
  readonly size: number | null;
  /** MD5 in lower-case hex, as the export states; null where it does not. */
  readonly md5: string | null;
}

/** Facts about a message that a reviewer must see, found while parsing. */
export type MessageFlag =
  | 'lone-surrogate-replaced'
  | 'invalid-bytes-replaced'
  | 'mojibake-repaired'
  | 'time-unparsed'
  | 'sender-unknown';

export interface ImportedMessage {
  /**
   * Position in the source, from 0, counting every message of the source, kept or not. In file order;
   * where a file is written newest first and is turned round, in order of time.
   */
  readonly ordinal: number;
  readonly conversationKey: string;
  readonly platformId: string | null;
  /** Key of the sending account; null for system messages. */
  readonly senderKey: string | null;
  /** The sender's name as this message shows it; null where it shows none. */
  readonly senderName: string | null;
  /** The time exactly as the export wrote it. */
  readonly sentAtText: string;
  /** UTC milliseconds where the export gives an instant (epoch or offset), else null. */
  readonly instant: number | null;
  /** Wall-clock time as if it were UTC, in milliseconds, where the export gives no zone, else null. */
  readonly wallTime: number | null;
  readonly kind: MessageKind;
  /** What the sender said, in full and unchanged. Media markers of the export stay as written. */
  readonly text: string;
  readonly forwarded: boolean;
  readonly carried: readonly CarriedText[];
  /** Platform id of the message this one replies to or recalls. */
  readonly refersTo: string | null;
  /** Time of a later edit as written; null where there is none. */
  readonly editedAtText: string | null;
  readonly attachments: readonly ImportedAttachment[];
  /** Fields of the export that no other property carries, as written. */
  readonly extra: Readonly<Record<string, unknown>> | null;
  readonly flags: readonly MessageFlag[];
  readonly locator: Locator;
}

/**
 * A piece of the ledger. `parsed` became records; `skipped` should have and could not (`code` says
 * why); `ignored` is no record by a named rule. A record's range includes its terminator, so that
 * neighbours touch. Neighbouring ranges of one kind and code may be yielded as one, with `count`
 * records inside.
 */
export interface LedgerRange {
  readonly kind: 'parsed' | 'skipped' | 'ignored';
  readonly code: RangeCode;
  readonly start: number;
  readonly end: number;
  /** 1-based line number of `start`. */
  readonly line: number;
  readonly count: number;
  /** SHA-256 in hex of the bytes of a conversation that was not kept, else absent. */
  readonly digest?: string;
}

export type RangeCode =
  // parsed
  | 'message'
  | 'account'
  | 'conversation'
  | 'membership'
  | 'entry'
  | 'member'
  | 'metadata'
  // skipped
  | 'bad-row'
  | 'bad-json'
  | 'bad-time'
  | 'missing-field'
  | 'unknown-record'
  | 'truncated'
  | 'line-too-long'
  | 'unattached-text'
  | 'member-refused'
  // ignored
  | 'byte-order-mark'
  | 'blank'
  | 'header'
  | 'structure'
  | 'comment'
  | 'conversation-not-selected'
  | 'duplicate-header'
  | 'member-not-read';

export type ImportEvent =
  | {
      readonly type: 'source';
      /** Version of the export format as the file states or shows it; null where unknown. */
      readonly formatVersion: string | null;
      /** Whether some times have no zone, so that `zone` matters. */
      readonly needsZone: boolean;
      /** Facts inferred from the whole file and reported to the officer, such as the date order. */
      readonly assumptions: Readonly<Record<string, string>>;
    }
  | { readonly type: 'accounts'; readonly accounts: readonly ImportedAccount[] }
  | { readonly type: 'conversations'; readonly conversations: readonly ImportedConversation[] }
  | { readonly type: 'memberships'; readonly memberships: readonly ImportedMembership[] }
  | {
      readonly type: 'list-rows';
      readonly kind: ListKind;
      readonly rows: readonly ImportedListRow[];
      readonly errors: readonly ListRowError[];
    }
  /** At most 2,000 messages. A sender and a conversation are announced before their first message. */
  | { readonly type: 'messages'; readonly messages: readonly ImportedMessage[] }
  /** Covers everything since the last `ranges` event; comes after the records it covers. */
  | { readonly type: 'ranges'; readonly ranges: readonly LedgerRange[] };

/** What `list` says of one conversation in a file that holds several. */
export interface ConversationPreview {
  readonly key: string;
  readonly name: string | null;
  readonly type: ConversationType;
  readonly messages: number;
  /** As written; null where there are no messages. */
  readonly firstAtText: string | null;
  readonly lastAtText: string | null;
}

export interface Importer {
  /** `<platform>-<exporter>-<shape>`, for example `wechat-wechatmsg-csv`. Stored with every source. */
  readonly id: string;
  /** Raised whenever the same bytes may give other events. Stored with every source. */
  readonly version: number;
  readonly platform: Platform;
  readonly holds: 'chat' | 'list';
  readonly title: { readonly zh: string; readonly en: string };
  /** Lower-case, with the dot; shown in the file dialog. */
  readonly extensions: readonly string[];
  /** How sure this importer is that the file is its own: 0 not at all … 1 certain. Never throws. */
  sniff(head: SourceHead): number;
  /**
   * The platform whose accounts and conversations this file holds, for formats that several platforms
   * share; absent where it is always `platform`. Keys are joined per platform. Never throws.
   */
  platformOf?(head: SourceHead): Platform;
  /** The conversations of a file that can hold several; absent for formats of one conversation. */
  list?(source: ByteSource, head: SourceHead): AsyncGenerator<ConversationPreview>;
  /** Never throws on bad content: what cannot be read is a `skipped` range. */
  read(source: ByteSource, options: ImportOptions): AsyncGenerator<ImportEvent>;
}
