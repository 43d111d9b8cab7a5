/** False-positive feedback: what dismissed hits of a rule have in common that right ones have not. */
import type { ExclusionProposal } from '../../domain/backtest.ts';
import { type RuleHit, ruleHits } from '../../storage/detection/rule-hits.ts';
import type { Session } from '../session.ts';

/** Characters beside a match that a longer innocent word may have. */
const BESIDE = 4;
/** Hits a word must explain; one could be chance. */
const LEAST = 2;
const PROPOSED = 20;
/** Letters of the words beside the match that are tried. */
const SIZES = [4, 3, 2];
const LOST_SHOWN = 50;

/** Digits alone tell no innocent use. */
const LETTERS = /^(?=.*\p{L})[\p{L}\p{N}]+$/u;

/** Longer words around the match, and words elsewhere in the text. */
function candidates({ text, start, end }: RuleHit): Map<string, ExclusionProposal['kind']> {
  const words = new Map<string, ExclusionProposal['kind']>();
  for (let at = Math.max(0, start - 60); at < Math.min(text.length, end + 60); at++) {
    for (const size of SIZES) {
      const word = text.slice(at, at + size);
      const apart = at + size <= start || at >= end;
      if (word.length === size && apart && LETTERS.test(word)) words.set(word, 'exclude');
    }
  }
  for (let left = 0; left <= BESIDE; left++) {
    for (let right = 0; right <= BESIDE; right++) {
      if (left + right === 0 || start - left < 0 || end + right > text.length) continue;
      const word = text.slice(start - left, end + right);
      if (LETTERS.test(word)) words.set(word, 'allow');
    }
  }
  return words;
}

const takesAway = (hit: RuleHit, kind: ExclusionProposal['kind'], word: string): boolean => {
  if (kind === 'exclude') return hit.text.includes(word);
  for (let at = hit.text.indexOf(word); at >= 0; at = hit.text.indexOf(word, at + 1)) {
    if (at <= hit.start && at + word.length >= hit.end) return true;
  }
  return false;
};

/** Proposals, those that lose nothing first, then by how many dismissed hits they take away. */
export function proposeExclusions(
  session: Session,
  pack: string,
  rule: string,
): { dismissed: number; proposals: ExclusionProposal[] } {
  const hits = ruleHits(session.workspace.store.db, pack, rule);
  const dismissed = hits.filter(({ verdict }) => verdict === 'dismissed');
  const others = hits.filter(({ verdict }) => verdict !== 'dismissed');
  const counts = new Map<string, { kind: ExclusionProposal['kind']; word: string; count: number }>();
  for (const hit of dismissed) {
    for (const [word, kind] of candidates(hit)) {
      const key = `${kind} ${word}`;
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { kind, word, count: 1 });
    }
  }
  const found = new Set(hits.map(({ text, start, end }) => text.slice(start, end)));
  // To exclude what the rule looks for would leave nothing of it; longer innocent words are for `allow`.
  const isSought = (word: string): boolean =>
    [...found].some((match) => match.includes(word) || word.includes(match));
  const proposals = [...counts.values()]
    .filter(({ kind, word, count }) => count >= LEAST && (kind === 'allow' || !isSought(word)))
    .sort((a, b) => b.count - a.count || a.word.length - b.word.length)
    .slice(0, 400)
    .map(({ kind, word }): ExclusionProposal => {
      const lost = others.filter((hit) => takesAway(hit, kind, word));
      return {
        kind,
        word,
        dismissed: dismissed.filter((hit) => takesAway(hit, kind, word)).length,
        lostConfirmed: lost.filter(({ verdict }) => verdict === 'confirmed').length,
        lostOpen: lost.filter(({ verdict }) => verdict !== 'confirmed').length,
        lostHits: lost.slice(0, LOST_SHOWN).map(({ uid }) => uid),
      };
    })
    .sort(
      (a, b) =>
        a.lostConfirmed - b.lostConfirmed ||
        b.dismissed - b.lostOpen - (a.dismissed - a.lostOpen) ||
        a.kind.localeCompare(b.kind) ||
        b.word.length - a.word.length,
    );
  return { dismissed: dismissed.length, proposals: distinct(proposals).slice(0, PROPOSED) };
}

/** Leaves out a word that another one holds and that takes the same hits away. */
function distinct(proposals: readonly ExclusionProposal[]): ExclusionProposal[] {
  const kept: ExclusionProposal[] = [];
  for (const one of proposals) {
    const told = kept.some(
      (other) =>
        other.kind === one.kind &&
        other.dismissed === one.dismissed &&
        other.lostOpen === one.lostOpen &&
        (other.word.includes(one.word) || one.word.includes(other.word)),
    );
    if (!told) kept.push(one);
  }
  return kept;
}
