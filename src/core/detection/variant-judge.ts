/** Whether an alignment of a term with a text holds: unit by unit, and by the evidence left (variant-evidence.ts). */
import { TRANSFORM_BIT, VARIANT_MASK } from '../normalization/transforms.ts';
import { WEI } from '../normalization/variant-tables.ts';
import {
  arePronouns,
  EMOJI_BITS,
  isEnough,
  oddBits,
  STRENGTH,
  syllableBits,
  VariantEvidence,
  WEAK,
} from './variant-evidence.ts';
import { READ, type VariantPath } from './variant-path.ts';
import type { VariantStream } from './variant-stream.ts';
import { LATIN_V, type VariantTerms } from './variant-terms.ts';

const BIT = TRANSFORM_BIT;

export class VariantJudge {
  private readonly terms: VariantTerms;
  private readonly evidence = new VariantEvidence();

  constructor(terms: VariantTerms) {
    this.terms = terms;
  }

  /** The transforms by which `path` through `stream` is `term`, with WEAK; 0: it is not, or there is not enough. */
  verify(stream: VariantStream, path: VariantPath, term: number, units: number, byShape: boolean): number {
    const { tables } = stream;
    const { codes, runs, masks } = this.terms;
    const own = this.terms.from[term] as number;
    let mask = 0;
    let kept = 0;
    let odd = 0;
    let replaced = 0;
    let strange = false;
    /** Characters put in place of others, and those among them that are words by themselves. */
    let put = 0;
    let words = 0;
    for (let depth = 0; depth < units; depth++) {
      const wanted = codes[own + depth] as number;
      const read = path.code[depth] as number;
      const kind = path.kind[depth] as number;
      const from = path.from[depth] as number;
      const wantedRun = runs[own + depth] as number;
      if (depth > 0 && stream.gap[from] !== 0) mask |= BIT.symbols;
      if (kind === READ.plain) {
        const run = stream.run[from] as number;
        if (run < wantedRun) return 0;
        if (run > wantedRun && depth > 0 && depth < units - 1) mask |= BIT.repeats;
        if (read === wanted) {
          kept += tables.characterBits[read] as number;
          continue;
        }
        if (arePronouns(read, wanted)) return 0;
        // V stands for 微 and what looks like it, not for all that sounds so.
        if (wanted === LATIN_V && tables.shape[read] !== tables.shape[WEI]) return 0;
        mask |= byShape ? BIT.shapes : wanted === LATIN_V ? BIT.pinyin : BIT.homophones;
        odd += oddBits(stream, from, depth, units);
        strange ||= stream.isOdd(from);
        put += 1;
        if (!byShape && !stream.isRare(from)) words += 1;
      } else if (wantedRun > 1) return 0;
      else if (kind === READ.split) {
        mask |= read === wanted ? BIT.split : BIT.split | BIT.homophones;
        for (let part = from; part < (path.to[depth] as number); part++) {
          odd += tables.aloneBits[stream.code[part] as number] as number;
        }
      } else if (kind === READ.emoji) {
        mask |= BIT.emoji;
        odd += EMOJI_BITS;
      } else {
        if (kind === READ.wei && wanted !== WEI) return 0;
        mask |= BIT.pinyin;
        odd += syllableBits(stream, from, path.to[depth] as number);
        if (stream.areApart(from, path.to[depth] as number)) mask |= BIT.symbols;
      }
      replaced += 1;
      strange ||= kind !== READ.plain;
    }
    if ((mask & VARIANT_MASK) === 0 || (mask & VARIANT_MASK & ~(masks[term] as number)) !== 0) return 0;
    // Two that sound like a term of two, of which one is a word by itself, are two other words.
    if (units === 2 && put === 2 && words > 0) return 0;
    if (!isEnough(replaced, kept, odd) || (replaced > 0 && !strange)) return 0;
    const strength =
      replaced === 0 ? STRENGTH.strong : this.evidence.strength(stream, path, codes, own, units);
    if (strength === STRENGTH.none) return 0;
    if (strength === STRENGTH.weak) mask |= WEAK;
    return mask;
  }
}
