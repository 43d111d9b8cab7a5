/**
 * What must hold between the rows of a pack and what the pack says of them. The builder refuses content
 * that fails here, the verifier names it: one rule for both.
 */
import type { Disclosed, Withheld } from './pack-documents.ts';
import { Digests, Numbering, Records } from './packed-rows.ts';

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

export interface RowChecks {
  add(row: CheckedRow): RowProblem[];
  /** After the last row. */
  finish(): RowProblem[];
  /** Rows so far, and distinct messages among them. */
  readonly counts: { readonly rows: number; readonly messages: number };
  /** Messages with parts withheld so far. */
  readonly withheld: Withheld;
  /** People who are no party and stand under their names, and their messages. */
  readonly disclosed: Disclosed;
}

/** Bytes of what is remembered of a message: identity, number of its conversation, of the exhibit that showed it last, and whether it was a subject. */
const SEEN = 32 + 4 + 4 + 1;
const CONVERSATION = 32;
const EXHIBIT = 36;
const SUBJECT = 40;

/** Memory: about 120 bytes for each distinct message and 32 for each row, nothing that grows with the texts. */
export function rowChecks(statements: Statements): RowChecks {
  const exhibits = new Map(
    statements.exhibits.map((exhibit) => [
      exhibit.number,
      { ...exhibit, digests: new Digests(), withheld: 0 },
    ]),
  );
  const sources = new Map(statements.sources.map((source) => [source.id, source]));
  const conversations = new Map(
    statements.completeness.map(({ conversationId }, i) => [
      conversationId,
      { number: i + 1, selected: 0, context: 0 },
    ]),
  );
  const ids = new Numbering();
  const seen = new Records(SEEN);
  let exhibit = '';
  let exhibitRun = 0;
  const finished = new Set<string>();
  let rows = 0;
  let withheldMessages = 0;
  const reasons = new Map<string, number>();
  const parties = new Set(statements.parties.map(({ accountId }) => accountId));
  const disclosed = new Set<string>();
  let disclosedMessages = 0;

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
    const number = ids.add(row.id);
    const isNew = number === seen.count;
    if (isNew) seen.add();
    const before = seen.at(number);
    const identity = Buffer.from(row.identity, 'hex');
    if (!isNew && before.readUInt32LE(EXHIBIT) === exhibitRun)
      problems.push({ check: 'messages', entry, reason: 'twice-in-one-exhibit' });
    before.writeUInt32LE(exhibitRun, EXHIBIT);
    const stated = exhibits.get(row.exhibit);
    if (stated === undefined) problems.push({ check: 'exhibits', entry: row.exhibit, reason: 'not-stated' });
    else if (row.digest === null) stated.withheld++;
    else stated.digests.add(Buffer.from(row.digest, 'hex'));

    const source = sources.get(row.sourceId);
    if (source === undefined) problems.push({ check: 'sources', entry: row.sourceId, reason: 'not-stated' });
    else if (source.sha256 !== row.sourceSha256) {
      problems.push({ check: 'sources', entry, reason: 'source-hash-differs' });
    } else if (row.start >= row.end || row.end > source.bytes) {
      problems.push({ check: 'sources', entry, reason: 'range-outside-source' });
    }

    const conversation = conversations.get(row.conversationId);
    const wasSubject = before[SUBJECT] === 1;
    if (conversation === undefined) {
      problems.push({ check: 'completeness', entry: row.conversationId, reason: 'not-stated' });
    } else if (isNew) {
      if (row.subject) conversation.selected++;
      else conversation.context++;
    } else if (
      identity.compare(before, 0, CONVERSATION) !== 0 ||
      before.readUInt32LE(CONVERSATION) !== conversation.number
    ) {
      problems.push({ check: 'messages', entry, reason: 'differs-between-exhibits' });
    } else if (row.subject && !wasSubject) {
      conversation.selected++;
      conversation.context--;
    }
    if (isNew) {
      if (row.withheld.length > 0) withheldMessages++;
      if (row.senderId !== null && !parties.has(row.senderId)) {
        disclosed.add(row.senderId);
        disclosedMessages++;
      }
      for (const reason of row.withheld) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      identity.copy(before);
      before.writeUInt32LE(conversation?.number ?? 0, CONVERSATION);
    }
    if (row.subject) before[SUBJECT] = 1;
    return problems;
  };

  const finish = (): RowProblem[] => {
    const problems: RowProblem[] = [];
    if (exhibits.size < statements.exhibits.length) {
      problems.push({ check: 'exhibits', entry: 'exhibits', reason: 'stated-twice' });
    }
    if (sources.size < statements.sources.length) {
      problems.push({ check: 'sources', entry: 'sources', reason: 'stated-twice' });
    }
    if (conversations.size < statements.completeness.length) {
      problems.push({ check: 'completeness', entry: 'conversations', reason: 'stated-twice' });
    }
    for (const { number, messages, sha256, digests, withheld } of exhibits.values()) {
      const found = digests.count + withheld;
      if (found !== messages) {
        const reason = `messages-missing: ${messages} stated, ${found} found`;
        problems.push({ check: 'exhibits', entry: number, reason });
      } else if ((withheld > 0 ? null : digests.sortedDigest()) !== sha256) {
        problems.push({ check: 'exhibits', entry: number, reason: 'digest-differs' });
      }
    }
    for (const stated of statements.completeness) {
      const found = conversations.get(stated.conversationId);
      const entry = stated.conversationId;
      if (found?.selected !== stated.selected || found.context !== stated.context) {
        const reason = `counts-differ: ${stated.selected}+${stated.context} stated, ${found?.selected}+${found?.context} found`;
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
      return { people: disclosed.size, messages: disclosedMessages };
    },
    get counts() {
      return { rows, messages: seen.count };
    },
    get withheld() {
      const sorted = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        messages: withheldMessages,
        reasons: sorted.map(([reason, messages]) => ({ reason, messages })),
      };
    },
  };
}
