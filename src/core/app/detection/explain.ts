/** Why a hit is one: its rule, its words and what was done to read them, its score, its articles. */

import { CLASSIFIER_PACK, judge } from '../../detection/judge.ts';
import { scoreParts } from '../../detection/score.ts';
import type { Explanation } from '../../domain/backtest.ts';
import type { Hit } from '../../domain/hit.ts';
import { BasisReference, resolveBasis } from '../../law/basis.ts';
import { appliedMask, normalizeMask } from '../../normalization/normalize-text.ts';
import {
  DEFAULT_TRANSFORMS,
  type TRANSFORMS,
  transformMask,
  transformNames,
} from '../../normalization/transforms.ts';
import { type CompiledRules, compileRuleSet } from '../../rules/compile-rules.ts';
import { contextFor } from '../../rules/load-rules.ts';
import type { Rule } from '../../rules/rule-pack.ts';
import { hitMembers, otherRules } from '../../storage/detection/hit-members.ts';
import { type HitReading, hitByRowId, hitRowId } from '../../storage/detection/hits.ts';
import { findPack, type StoredPack } from '../../storage/detection/rule-packs.ts';
import { messageLabel } from '../../storage/messages/message-labels.ts';
import type { Session } from '../session.ts';
import { classifierOf } from './classifier-in-force.ts';
import { loadedOf } from './rules.ts';

export function explainHit(session: Session, reading: HitReading, hitId: string): Explanation {
  const { db } = session.workspace.store;
  const id = hitRowId(db, hitId);
  const hit = hitByRowId(reading, id);
  const stored = findPack(db, hit.pack, hit.ruleVersion);
  const rule = stored?.pack.rules.find((one) => one.id === hit.rule);
  return {
    rule: { pack: hit.pack, version: hit.ruleVersion, id: hit.rule, definition: rule ?? null },
    words: hit.spans.map((span) => {
      const form = normalizeMask(span.text, transformMask(DEFAULT_TRANSFORMS));
      return {
        ...span,
        normalized: form.text,
        transforms: transformNames(appliedMask(form, 0, form.text.length)).filter((name) =>
          hit.transforms.includes(name),
        ),
      };
    }),
    read: stored && rule ? readAs(stored, rule, hit) : null,
    contributions:
      hit.pack === CLASSIFIER_PACK
        ? [{ code: 'classifier', value: hit.score }]
        : contributions(hit, otherRules(db, id), classifierOf(session).categories.includes(hit.category)),
    score: hit.score,
    articles: hit.basis.map((name) => articleOf(session, name, hit.sentAt)),
    members: hitMembers(db, id).flatMap(({ messageId, start, end }) => {
      const label = messageLabel(db, messageId);
      if (!label) return [];
      const { id: uid, sender, sentAt, text } = label;
      return [{ messageId: uid, sender, sentAt, text, span: { start, end } }];
    }),
  };
}

/** Rules that were asked about last, compiled alone: reviewing goes through many hits of few rules. */
const readers = new Map<string, CompiledRules | null>();
const READERS = 64;

/** A rule of a pack compiled by itself; null where it cannot be. A pack's version never changes. */
function readerOf(stored: StoredPack, rule: Rule): CompiledRules | null {
  const key = `${stored.sha256} ${rule.id}`;
  const known = readers.get(key);
  if (known !== undefined) return known;
  const result = compileRuleSet([{ ...loadedOf(stored), pack: { ...stored.pack, rules: [rule] } }]);
  const compiled = result.ok ? result.compiled : null;
  const [oldest] = readers.keys();
  if (readers.size >= READERS && oldest !== undefined) readers.delete(oldest);
  readers.set(key, compiled);
  return compiled;
}

/** The text of a hit as its rule reads it; null where the rule asks the classifier or several messages. */
function readAs(stored: StoredPack, rule: Rule, { act, text, spans }: Hit): string | null {
  const compiled = readerOf(stored, rule);
  if (!compiled) return null;
  const start = Math.min(...spans.map((span) => span.start));
  const found = judge(compiled, text, { ...contextFor(rule), act }).find((one) => one.start === start);
  return found?.normalized ?? null;
}

function contributions(
  hit: { status: 'hit' | 'proposal'; severity: number; spans: readonly unknown[]; score: number },
  others: number,
  classified: boolean,
): Explanation['contributions'] {
  const parts = scoreParts({ status: hit.status, severity: hit.severity, parts: hit.spans.length, others });
  const sum = parts.reduce((total, { value }) => total + value, 0);
  const rest = Math.round((hit.score - sum) * 1000) / 1000;
  if (rest === 0) return parts;
  if (classified) {
    const [base] = scoreParts({
      status: hit.status,
      severity: hit.severity,
      parts: 1,
      others: 0,
      probability: 0.5,
    });
    if (base) return [base, { code: 'classifier', value: hit.score - base.value }];
  }
  return [...parts, { code: 'limit', value: rest }];
}

/** An article or a clause of the house as it held on the day of the message; words stand as they are. */
function articleOf(session: Session, name: string, at: number | null): Explanation['articles'][number] {
  const { law, houseRules } = session.environment.resources;
  const reference = BasisReference.safeParse(name);
  if (!reference.success) return { id: name, title: { zh: name, en: name }, text: null };
  const day = new Date(at ?? session.environment.now()).toISOString().slice(0, 10);
  const basis = resolveBasis(reference.data, day, law, houseRules);
  if (basis.kind === 'dead') return { id: name, title: { zh: name, en: name }, text: null };
  return { id: name, title: basis.citation, text: basis.kind === 'law' ? basis.article.summary : null };
}

/** A typed text after each transform in turn, each upon the one before. */
export function normalizeSteps(text: string): { transform: string; text: string; changed: boolean }[] {
  let names: (typeof TRANSFORMS)[number][] = [];
  let before = text;
  return DEFAULT_TRANSFORMS.concat('numerals').flatMap((transform) => {
    names = [...names, transform];
    const after = normalizeMask(text, transformMask(names)).text;
    const step = { transform, text: after, changed: after !== before };
    before = after;
    return [step];
  });
}
