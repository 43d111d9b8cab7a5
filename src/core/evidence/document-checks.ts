/**
 * What must hold inside and between a pack's JSON files. The builder runs this over what it is about to
 * write, the verifier over what it read.
 */
import type { z } from 'zod';
import { type ChainEntry, chainVerifier } from '../audit/chain.ts';
import { type AttachmentEntry, attachmentCounts } from './attachments.ts';
import { approvalText, decisionText } from './decision-signature.ts';
import { isSelective, type Tally } from './pack-documents.ts';
import { fingerprintOf, verifySignature } from './pack-key.ts';
import type { CaseFile, CompletenessFile, CustodyFile, DecisionsFile, SourcesFile } from './pack-schema.ts';
import type { StatedRoot } from './proof-checks.ts';

export interface Problem {
  /** Id, number or sequence of what is wrong. */
  readonly entry: string;
  readonly reason: string;
}

/** Every decision is signed by its officer and, where there was a second review, by the second officer. */
export function decisionProblems({ keys, decisions }: z.infer<typeof DecisionsFile>): Problem[] {
  const problems: Problem[] = [];
  const pems = new Map<string, string>();
  for (const { fingerprint, publicKey } of keys) {
    let actual: string | null = null;
    try {
      actual = fingerprintOf(publicKey);
    } catch {
      // Not an Ed25519 key: no fingerprint can be its own.
    }
    if (actual === fingerprint) pems.set(fingerprint, publicKey);
    else problems.push({ entry: fingerprint, reason: 'fingerprint-differs' });
  }
  for (const decision of decisions) {
    const { id: entry, approval, signatures } = decision;
    const texts = [decisionText(decision), ...(approval === null ? [] : [approvalText(decision, approval)])];
    if (signatures.length !== texts.length) {
      problems.push({
        entry,
        reason: `signatures-missing: ${texts.length} needed, ${signatures.length} found`,
      });
    }
    signatures.forEach(({ fingerprint, signature, signed }, i) => {
      const pem = pems.get(fingerprint);
      if (signed !== texts[i]) problems.push({ entry, reason: 'signed-text-differs' });
      if (pem === undefined) problems.push({ entry, reason: `key-missing: ${fingerprint}` });
      else if (!verifySignature(pem, Buffer.from(signed), Buffer.from(signature, 'base64'))) {
        problems.push({ entry, reason: 'signature-invalid' });
      }
    });
    if (approval !== null && signatures[1]?.fingerprint === signatures[0]?.fingerprint) {
      problems.push({ entry, reason: 'second-review-by-the-same-key' });
    }
  }
  return problems;
}

/** The ledger of a source is a partition of its bytes: the three kinds add up to the file. */
export function sourceProblems({ sources }: z.infer<typeof SourcesFile>): Problem[] {
  return sources
    .filter(({ bytes, ledger }) => ledger.parsedBytes + ledger.skippedBytes + ledger.ignoredBytes !== bytes)
    .map(({ id }) => ({ entry: id, reason: 'ledger-does-not-add-up' }));
}

/** What the certificate says on its face is what its own counts and the rows say. */
export function certificateProblems(
  { selective, conversations, withheld, disclosed, attachments }: z.infer<typeof CompletenessFile>,
  { withheld: found, disclosed: named }: Tally,
  media: readonly AttachmentEntry[],
): Problem[] {
  const problems: Problem[] = [];
  for (const conversation of conversations) {
    if (conversation.selective !== isSelective(conversation)) {
      problems.push({ entry: conversation.conversationId, reason: 'selective-not-stated' });
    }
  }
  if (selective !== conversations.some(isSelective)) {
    problems.push({ entry: 'selective', reason: 'selective-not-stated' });
  }
  if (
    JSON.stringify([
      withheld.messages,
      withheld.reasons.map(({ reason, messages }) => [reason, messages]),
    ]) !== JSON.stringify([found.messages, found.reasons.map(({ reason, messages }) => [reason, messages])])
  ) {
    problems.push({ entry: 'withheld', reason: `counts-differ: ${found.messages} found` });
  }
  if (disclosed.people !== named.people || disclosed.messages !== named.messages) {
    const reason = `counts-differ: ${named.people} people, ${named.messages} messages found`;
    problems.push({ entry: 'disclosed', reason });
  }
  const counts = attachmentCounts(media);
  for (const [state, count] of Object.entries(counts)) {
    if (attachments[state as keyof typeof counts] === count) continue;
    problems.push({ entry: 'attachments', reason: `counts-differ: ${count} ${state} found` });
  }
  return problems;
}

export function custodyProblems(
  { custody }: z.infer<typeof CustodyFile>,
  { exhibits }: z.infer<typeof CaseFile>,
): Problem[] {
  const known = new Set(exhibits.map(({ number }) => number));
  return custody
    .filter(({ exhibit }) => !known.has(exhibit))
    .map(({ id, exhibit }) => ({ entry: id, reason: `exhibit-unknown: ${exhibit}` }));
}

/** The event of a case that states the roots of its sources. */
export const ROOTS_STATED = 'case.roots-stated';

function statedRoots(after: unknown): Map<string, StatedRoot> {
  const { sources } = (after ?? {}) as { sources?: readonly (StatedRoot & { source: string })[] };
  return new Map(Array.isArray(sources) ? sources.map((stated) => [String(stated?.source), stated]) : []);
}

/** Checks the audit extract entry by entry and, at the end, that it reaches the head that the case states. */
export function auditChecks(head: { sequence: number; hash: string }) {
  const check = chainVerifier();
  let last: ChainEntry | null = null;
  let opened = 0;
  let roots = new Map<string, StatedRoot>();
  return {
    add(entry: ChainEntry): Problem[] {
      last = entry;
      if (entry.event !== undefined) opened++;
      if (entry.event?.type === ROOTS_STATED) roots = statedRoots(entry.event.after);
      return check(entry).map(({ sequence, reason }) => ({ entry: String(sequence), reason }));
    },
    finish(): Problem[] {
      const reached = last === null ? 'nothing' : `${last.sequence} ${last.hash}`;
      return reached === `${head.sequence} ${head.hash}`
        ? []
        : [{ entry: String(head.sequence), reason: `head-not-reached: extract ends at ${reached}` }];
    },
    get opened() {
      return opened;
    },
    /** The roots of sources as the last event about them states them. */
    get roots() {
      return roots;
    },
  };
}
