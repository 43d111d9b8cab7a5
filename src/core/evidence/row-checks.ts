/**
 * What must hold between the rows of a pack and what the pack says of them. The builder refuses content
 * that fails here, the verifier names it: one rule for both.
 */
import { createHash } from 'node:crypto';
import { sha256Bytes } from '../audit/digest.ts';
import type { Disclosed, Withheld } from './pack-documents.ts';
import { type Scratch, ScratchTexts, SortedRecords } from './scratch.ts';

export interface CheckedRow {
  readonly id: string;
  readonly exhibit: string;
  readonly subject: boolean;
  readonly conversationId: string;
  /** Null where parts of the message are withheld. */
  readonly digest: string | null;
  /** The same for the same message: its commitment. */
  readonly identity: string;
  /** Reasons for parts withheld, each once. */
  readonly withheld: readonly string[];
  /** Account id of who said it; null where nobody or an alias is shown. */
  readonly senderId: string | null;
  readonly sourceId: string;
  readonly sourceSha256: string;
  readonly start: number;
  readonly end: number;
}

export interface RowProblem {
  /** Which of the verifier's checks this belongs to. */
  readonly check: 'messages' | 'exhibits' | 'completeness' | 'sources';
  /** Id or number of what is wrong. */
  readonly entry: string;
  readonly reason: string;
}

interface Statements {
  readonly parties: readonly { readonly accountId: string | null }[];
  readonly exhibits: readonly {
    readonly number: string;
    readonly messages: number;
    readonly sha256: string | null;
  }[];
  readonly sources: readonly { readonly id: string; readonly sha256: string; readonly bytes: number }[];
  readonly completeness: readonly {
    readonly conversationId: string;
    readonly total: number;
    readonly inPeriod: number;
    readonly selected: number;
    readonly context: number;
    readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  }[];
}

/** What is said of all rows together is known, and no row may follow, once it was asked for. */
export interface RowChecks {
  /** What is wrong with the row by itself; what is wrong between rows is told at the end. */
  add(row: CheckedRow): RowProblem[];
  /** After the last row. */
  finish(): RowProblem[];
  /** Rows, and distinct messages among them. */
  readonly counts: { readonly rows: number; readonly messages: number };
  /** Messages with parts withheld. */
  readonly withheld: Withheld;
  /** People who are no party and stand under their names, and their messages. */
  readonly disclosed: Disclosed;
}

/**
 * A row as it is put in order: SHA-256 of its id and its number, the key; then its identity, the numbers of its
 * conversation, of the run of rows of its exhibit, of its reasons and of its sender, where its id stands, and
 * whether it is a subject.
 */
const NUMBER = 32;
const KEY = NUMBER + 6;
const IDENTITY = KEY;
const CONVERSATION = IDENTITY + 32;
const EXHIBIT = CONVERSATION + 4;
const REASONS = EXHIBIT + 4;
const SENDER = REASONS + 4;
const ID = SENDER + 4;
const SUBJECT = ID + 6;
const ROW = SUBJECT + 1;

/** A digest of an exhibit: number of the exhibit, SHA-256, number of the row. */
const DIGEST = 4;
const DIGEST_ROW = DIGEST + 32;
const DIGEST_SIZE = DIGEST_ROW + 6;

/** Numbers from 1 for few distinct values; 0 stands for none. */
class Few<T> {
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];

  add(key: string, value: T): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#values.push(value);
      this.#numbers.set(key, number);
    }
    return number;
  }

  get(number: number): T | undefined {
    return this.#values[number - 1];
  }
}

/** What the rows say together, from all of them in the order of their ids. */
interface Settled {
  readonly problems: readonly RowProblem[];
  readonly messages: number;
  readonly withheld: Withheld;
  readonly disclosed: Disclosed;
  readonly conversations: ReadonlyMap<number, { readonly selected: number; readonly context: number }>;
}

/**
 * Memory does not grow with the rows: they are put in order on `scratch`, some 150 bytes each. It grows with
 * exhibits, conversations, senders and distinct sets of reasons.
 */
export function rowChecks(statements: Statements, scratch: Scratch): RowChecks {
  const exhibits = new Map(
    statements.exhibits.map((exhibit, i) => [
      exhibit.number,
      { ...exhibit, at: i, digests: 0, withheld: 0, found: createHash('sha256') },
    ]),
  );
  const sources = new Map(statements.sources.map((source) => [source.id, source]));
  const conversations = new Map(
    statements.completeness.map(({ conversationId }, i) => [conversationId, i + 1]),
  );
  const parties = new Set(statements.parties.map(({ accountId }) => accountId));
  const ordered = new SortedRecords(scratch, ROW, KEY);
  const digests = new SortedRecords(scratch, DIGEST_SIZE, DIGEST_SIZE);
  const ids = new ScratchTexts(scratch);
  const reasonSets = new Few<readonly string[]>();
  const senders = new Few<string>();
  let exhibit = '';
  let exhibitRun = 0;
  const finished = new Set<string>();
  let rows = 0;
  let known: Settled | null = null;

  const add = (row: CheckedRow): RowProblem[] => {
    const problems: RowProblem[] = [];
    const entry = row.id;
    rows++;
    if (row.exhibit !== exhibit) {
      finished.add(exhibit);
      exhibit = row.exhibit;
      exhibitRun++;
      if (finished.has(exhibit)) {
        problems.push({ check: 'exhibits', entry: exhibit, reason: 'rows-scattered' });
      }
    }
    const stated = exhibits.get(row.exhibit);
    if (stated === undefined) problems.push({ check: 'exhibits', entry: row.exhibit, reason: 'not-stated' });
    else if (row.digest === null) stated.withheld++;
    else {
      stated.digests++;
      const record = digests.add();
      record.writeUInt32BE(stated.at);
      record.write(row.digest, DIGEST, 32, 'hex');
      record.writeUIntBE(rows, DIGEST_ROW, 6);
    }

    const source = sources.get(row.sourceId);
    if (source === undefined) problems.push({ check: 'sources', entry: row.sourceId, reason: 'not-stated' });
    else if (source.sha256 !== row.sourceSha256) {
      problems.push({ check: 'sources', entry, reason: 'source-hash-differs' });
    } else if (row.start >= row.end || row.end > source.bytes) {
      problems.push({ check: 'sources', entry, reason: 'range-outside-source' });
    }
    const conversation = conversations.get(row.conversationId);
    if (conversation === undefined) {
      problems.push({ check: 'completeness', entry: row.conversationId, reason: 'not-stated' });
    }

    const isNamed = row.senderId !== null && !parties.has(row.senderId);
    const { withheld } = row;
    const record = ordered.add();
    record.write(sha256Bytes(row.id), 0, NUMBER, 'latin1');
    record.writeUIntBE(rows, NUMBER, 6);
    record.write(row.identity, IDENTITY, 32, 'hex');
    record.writeUInt32BE(conversation ?? 0, CONVERSATION);
    record.writeUInt32BE(exhibitRun, EXHIBIT);
    record.writeUInt32BE(
      withheld.length > 0 ? reasonSets.add(JSON.stringify(withheld), withheld) : 0,
      REASONS,
    );
    record.writeUInt32BE(isNamed ? senders.add(row.senderId, row.senderId) : 0, SENDER);
    record.writeUIntBE(ids.add(row.id), ID, 6);
    record[SUBJECT] = row.subject ? 1 : 0;
    return problems;
  };

  const settle = (): Settled => {
    const problems: RowProblem[] = [];
    const found = new Map<number, { selected: number; context: number }>();
    const reasons = new Map<string, number>();
    const disclosed = new Set<number>();
    let [messages, withheldMessages, disclosedMessages] = [0, 0, 0];
    /** The first row of the message, the one before of the message, and whether one of them was its subject. */
    const first = Buffer.alloc(ROW);
    let before = 0;
    let wasSubject = false;
    for (const record of ordered.sorted()) {
      const isNew = messages === 0 || record.compare(first, 0, NUMBER, 0, NUMBER) !== 0;
      const isSubject = record[SUBJECT] === 1;
      const entry = () => ids.get(record.readUIntBE(ID, 6));
      const run = record.readUInt32BE(EXHIBIT);
      if (!isNew && run === before)
        problems.push({ check: 'messages', entry: entry(), reason: 'twice-in-one-exhibit' });
      before = run;
      const number = record.readUInt32BE(CONVERSATION);
      const counted = found.get(number) ?? { selected: 0, context: 0 };
      found.set(number, counted);
      if (isNew) {
        if (isSubject) counted.selected++;
        else counted.context++;
        messages++;
        record.copy(first);
        const withheld = reasonSets.get(record.readUInt32BE(REASONS)) ?? [];
        if (withheld.length > 0) withheldMessages++;
        for (const reason of withheld) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        const sender = record.readUInt32BE(SENDER);
        if (sender !== 0) {
          disclosed.add(sender);
          disclosedMessages++;
        }
      } else if (number === 0) {
        // Told with the row: no such conversation is stated.
      } else if (record.compare(first, IDENTITY, EXHIBIT, IDENTITY, EXHIBIT) !== 0) {
        problems.push({ check: 'messages', entry: entry(), reason: 'differs-between-exhibits' });
      } else if (isSubject && !wasSubject) {
        counted.selected++;
        counted.context--;
      }
      wasSubject = isSubject || (!isNew && wasSubject);
    }
    const byPlace = new Map([...exhibits.values()].map((stated) => [stated.at, stated]));
    for (const record of digests.sorted())
      byPlace.get(record.readUInt32BE())?.found.update(`${record.toString('hex', DIGEST, DIGEST_ROW)}\n`);
    const sorted = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      problems,
      messages,
      withheld: {
        messages: withheldMessages,
        reasons: sorted.map(([reason, count]) => ({ reason, messages: count })),
      },
      disclosed: { people: disclosed.size, messages: disclosedMessages },
      conversations: found,
    };
  };
  const settled = (): Settled => {
    known ??= settle();
    return known;
  };

  const finish = (): RowProblem[] => {
    const together = settled();
    const problems: RowProblem[] = [...together.problems];
    if (exhibits.size < statements.exhibits.length) {
      problems.push({ check: 'exhibits', entry: 'exhibits', reason: 'stated-twice' });
    }
    if (sources.size < statements.sources.length) {
      problems.push({ check: 'sources', entry: 'sources', reason: 'stated-twice' });
    }
    if (conversations.size < statements.completeness.length) {
      problems.push({ check: 'completeness', entry: 'conversations', reason: 'stated-twice' });
    }
    for (const { number, messages, sha256: stated, digests: shown, withheld, found } of exhibits.values()) {
      const held = shown + withheld;
      if (held !== messages) {
        const reason = `messages-missing: ${messages} stated, ${held} found`;
        problems.push({ check: 'exhibits', entry: number, reason });
      } else if ((withheld > 0 ? null : found.copy().digest('hex')) !== stated) {
        problems.push({ check: 'exhibits', entry: number, reason: 'digest-differs' });
      }
    }
    for (const stated of statements.completeness) {
      const number = conversations.get(stated.conversationId) ?? 0;
      const found = together.conversations.get(number) ?? { selected: 0, context: 0 };
      const entry = stated.conversationId;
      if (found.selected !== stated.selected || found.context !== stated.context) {
        const reason = `counts-differ: ${stated.selected}+${stated.context} stated, ${found.selected}+${found.context} found`;
        problems.push({ check: 'completeness', entry, reason });
      }
      const leftOut = stated.leftOut.reduce((sum, { count }) => sum + count, 0);
      if (stated.selected + stated.context + leftOut !== stated.inPeriod || stated.inPeriod > stated.total) {
        problems.push({ check: 'completeness', entry, reason: 'sums-do-not-add-up' });
      }
    }
    return problems;
  };

  return {
    add,
    finish,
    get disclosed() {
      return settled().disclosed;
    },
    get counts() {
      return { rows, messages: settled().messages };
    },
    get withheld() {
      return settled().withheld;
    },
  };
}
