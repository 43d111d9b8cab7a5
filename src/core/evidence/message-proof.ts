/** What a pack says about one message's place in an import, and whether it fits the message as shown. */
import { z } from 'zod';
import type { Locator } from '../importers/importer.ts';
import {
  messageCommitment,
  PARTS,
  type Part,
  type PartTexts,
  partCommitment,
  recordParts,
  twinParts,
} from './commitment.ts';
import type { MessageRecord } from './message-digest.ts';

const Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Salt = z.string().regex(/^[0-9a-f]{32}$/);
const Count = z.number().int().nonnegative();

/**
 * The proof that stands in a row. Each part of the record is in `salts` (shown, and checked) or in
 * `withheld` (its commitment alone). `twin` is the digest of the record as this source wrote it, where
 * that differs from the record shown: then it stands in the tree instead of the parts.
 */
export const MessageProof = z.object({
  commitment: Hex,
  /** Place among the messages of its conversation in its source, from 0. */
  index: Count,
  /** Place among all messages of its source, from 0. */
  ordinal: Count,
  salts: z.record(z.string(), Salt),
  twin: Hex.nullable(),
  withheld: z.record(z.string(), z.object({ commitment: Hex, reason: z.string() })),
});
export type MessageProof = z.infer<typeof MessageProof>;

const TWIN_PARTS: readonly Part[] = ['digest', 'place'];

/** The names of the parts that a proof must account for. */
export function partsOf(proof: Pick<MessageProof, 'twin' | 'withheld'>): readonly Part[] {
  return proof.twin !== null || proof.withheld.digest !== undefined ? TWIN_PARTS : PARTS;
}

/** What is wrong with a proof of a message, by itself; null where it fits. */
export function proofProblem(record: MessageRecord, locator: Locator, proof: MessageProof): string | null {
  const names = partsOf(proof);
  const { salts, withheld } = proof;
  if (Object.keys(salts).length + Object.keys(withheld).length !== names.length) return 'proof-malformed';
  let texts: PartTexts;
  try {
    texts =
      names === TWIN_PARTS
        ? twinParts(proof.twin ?? '', locator, proof.ordinal)
        : recordParts(record, locator, proof.ordinal);
  } catch {
    return 'proof-malformed';
  }
  const commitments: [string, string][] = [];
  for (const [part, text] of texts) {
    const salt = salts[part];
    const closed = withheld[part]?.commitment;
    if ((salt === undefined) === (closed === undefined)) return 'proof-malformed';
    commitments.push([part, closed ?? partCommitment(salt as string, part, text)]);
  }
  return messageCommitment(commitments) === proof.commitment ? null : 'commitment-differs';
}

/** Why parts are withheld, each reason once, in order. */
export function withheldReasons({ withheld }: Pick<MessageProof, 'withheld'>): string[] {
  return [...new Set(Object.values(withheld).map(({ reason }) => reason))].sort();
}
