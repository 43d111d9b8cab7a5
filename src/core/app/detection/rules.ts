import { existsSync, readFileSync } from 'node:fs';
import type { Output } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Classifier } from '../../classifier/classifier.ts';
import { CLASSIFIER_PACK, judge } from '../../detection/judge.ts';
import { CategoryId, categoryOf } from '../../domain/category.ts';
import type { RulePackSummary, RuleSummary } from '../../domain/hit.ts';
import type { CompiledRules, CompileResult } from '../../rules/compile-rules.ts';
import { loadingRules, loadRules } from '../../rules/load-rules.ts';
import { withLines } from '../../rules/pack-error.ts';
import type { Example, LoadedPack, Rule, RulePack } from '../../rules/rule-pack.ts';
import type { RuleFacts } from '../../storage/detection/hits.ts';
import {
  countByRule,
  countPackVersions,
  currentPacks,
  findPack,
  insertPack,
  packVersions,
  type StoredPack,
  setPackEnabled,
  summarisePacks,
} from '../../storage/detection/rule-packs.ts';
import { spansOf } from '../imports/spans.ts';
import { inSlices } from '../pace.ts';
import { accepted, readPack } from '../resources.ts';
import { change, record, requireRole, type Session } from '../session.ts';
import { classifierOf } from './classifier-in-force.ts';

/** Brings shipped packs that the workspace does not have yet into it; the officer's switches stay. */
export function installShippedPacks(session: Session): void {
  for (const loaded of session.environment.resources.shippedPacks) {
    const { id, version } = loaded.pack;
    if (findPack(session.workspace.store.db, id, version)) continue;
    const before = currentPacks(session.workspace.store.db).find(({ pack }) => pack.id === id);
    install(session, loaded, before?.enabled ?? true);
  }
}

/** What a version was published on. */
interface Publishing {
  /** Null where it came as a file or with the program. */
  readonly backtest: string | null;
  /** The second officer; null where there was none to ask. Left out where nobody asked. */
  readonly approver?: string | null;
}

/** Makes a pack the version in force. */
export function installVersion(
  session: Session,
  loaded: LoadedPack,
  publishing: Publishing,
): RulePackSummary {
  install(session, loaded, true, publishing);
  return summaryOf(session, loaded.pack.id);
}

function install(
  session: Session,
  loaded: LoadedPack,
  enabled: boolean,
  { backtest, ...approval }: Publishing = { backtest: null },
): void {
  const { store } = session.workspace;
  change(session, () => {
    const before = currentPacks(store.db).find(({ pack }) => pack.id === loaded.pack.id);
    if (before?.enabled) setPackEnabled(store, before.rowId, false);
    insertPack(store, loaded, {
      enabled,
      installedAt: session.environment.now(),
      officerId: session.officer.id,
      backtestId: backtest,
    });
    record(session, {
      type: 'rule-pack.installed',
      subject: { type: 'rule-pack', id: loaded.pack.id },
      after: {
        version: loaded.pack.version,
        sha256: loaded.sha256,
        shipped: loaded.origin === 'shipped',
        enabled,
        ...(backtest === null ? {} : { backtest }),
        ...approval,
      },
    });
  });
}

/**
 * Installs a pack file of the organisation: its shape is checked, its examples are run. Throws
 * `pack-invalid` or `pack-example-failed` with the place in the file, and `conflict` where this version
 * is installed already with another content, for versions never change. A pack whose version in force asks for
 * a second officer is published as a draft: `second-officer-required`.
 */
export function installPack(session: Session, file: string): RulePackSummary {
  const loaded = readPack(file, 'organisation');
  const { id, version } = loaded.pack;
  compile([loaded], file, classifierOf(session));
  const known = findPack(session.workspace.store.db, id, version);
  if (known && known.sha256 !== loaded.sha256) {
    throw new DocketError('conflict', `version ${version} of ${id} is installed with another content`, file);
  }
  const current = currentPacks(session.workspace.store.db).find(({ pack }) => pack.id === id);
  if (!known && current?.pack.approval === 'second-officer') {
    throw new DocketError('second-officer-required', 'the version in force asks for a second officer', id);
  }
  if (!known) install(session, loaded, true);
  return summaryOf(session, id);
}

function summaryOf(session: Session, id: string): RulePackSummary {
  const summary = summarisePacks(session.workspace.store.db).find((pack) => pack.id === id);
  if (!summary) throw new DocketError('not-found', 'no such rule pack', id);
  return summary;
}

export function setEnabled(session: Session, id: string, enabled: boolean): RulePackSummary {
  requireRole(session, 'officer', 'administrator', 'manager');
  const current = currentPacks(session.workspace.store.db).find(({ pack }) => pack.id === id);
  if (!current) throw new DocketError('not-found', 'no such rule pack', id);
  change(session, () => {
    setPackEnabled(session.workspace.store, current.rowId, enabled);
    record(session, {
      type: enabled ? 'rule-pack.enabled' : 'rule-pack.disabled',
      subject: { type: 'rule-pack', id },
      before: { enabled: current.enabled },
      after: { enabled },
    });
  });
  return summaryOf(session, id);
}

/** Packs to detect with, as loaded packs in a stable order. */
export function enabledPacks(session: Session): LoadedPack[] {
  return currentPacks(session.workspace.store.db)
    .filter(({ enabled }) => enabled)
    .map(loadedOf);
}

/** A stored pack as detection takes it. */
export function loadedOf({ pack, sha256, shipped, source }: StoredPack): LoadedPack {
  return { pack, sha256, source, origin: shipped ? 'shipped' : 'organisation' };
}

/** Compiles packs and runs the examples of the organisation's own. Throws as `installPack`. */
export function compile(packs: readonly LoadedPack[], file: string, classifier?: Classifier): CompiledRules {
  return compiledOf(loadRules(packs, classifier), packs, file);
}

/** The same in slices, so that other calls come through. */
export async function compileInSlices(
  packs: readonly LoadedPack[],
  classifier?: Classifier,
): Promise<CompiledRules> {
  return compiledOf(await inSlices(loadingRules(packs, classifier)), packs, '');
}

function compiledOf(result: CompileResult, packs: readonly LoadedPack[], file: string): CompiledRules {
  if (result.ok) return result.compiled;
  const read = packs.length === 1 && existsSync(file) ? readFileSync(file, 'utf8') : null;
  const errors = read === null ? result.errors : withLines(result.errors, read);
  accepted({ ok: false, errors }, file);
  throw new DocketError('pack-invalid', 'the packs cannot be compiled', file);
}

/** An example as one text: a conversation with a line for each message. */
function exampleText(example: Example): string {
  if (typeof example === 'string') return example;
  return example.map(({ sender, text }) => `${sender}: ${text}`).join('\n');
}

function ruleSummary(pack: RulePack, rule: Rule, counts: ReturnType<typeof countByRule>): RuleSummary {
  const category = categoryOf(rule.category);
  return {
    pack: pack.id,
    packVersion: pack.version,
    id: rule.id,
    title: rule.title,
    category: rule.category,
    tier: category.tier,
    severity: rule.severity ?? category.severity,
    status: rule.status ?? 'hit',
    basis: rule.basis ?? [],
    examples: {
      hit: (rule.examples?.hit ?? []).map(exampleText),
      clean: (rule.examples?.clean ?? []).map(exampleText),
    },
    match: rule.match,
    exclude: rule.exclude,
    ignore: rule.ignore,
    when: rule.when,
    ...(counts.get(`${pack.id}/${rule.id}`) ?? { hits: 0, confirmed: 0, dismissed: 0 }),
  };
}

export function listRules(session: Session): RuleSummary[] {
  const { db } = session.workspace.store;
  const counts = countByRule(db);
  return currentPacks(db).flatMap(({ pack }) => pack.rules.map((rule) => ruleSummary(pack, rule, counts)));
}

/** Titles and basis by pack version and rule, also of versions that are no longer current. */
export function ruleFactsOf(session: Session): RuleFacts {
  const known = new Map<string, ReturnType<RuleFacts>>();
  const { db } = session.workspace.store;
  let versions = -1;
  const read = () => {
    // Hits of a pack that is not here are asked for again and again; only another pack changes the answer.
    const count = countPackVersions(db);
    if (count === versions) return;
    versions = count;
    for (const { pack } of packVersions(db)) {
      for (const rule of pack.rules) {
        known.set(`${pack.id}\0${pack.version}\0${rule.id}`, { title: rule.title, basis: rule.basis ?? [] });
      }
    }
  };
  return (pack, version, rule) => {
    if (pack === CLASSIFIER_PACK) return classifierFacts(rule);
    const key = `${pack}\0${version}\0${rule}`;
    if (!known.has(key)) read();
    return known.get(key) ?? { title: { zh: rule, en: rule }, basis: [] };
  };
}

/** A proposal of the classifier has no rule: its title is the category's. */
function classifierFacts(rule: string): ReturnType<RuleFacts> {
  const known = CategoryId.safeParse(rule);
  const title = known.success ? categoryOf(known.data) : { zh: rule, en: rule };
  return { title: { zh: `分类器：${title.zh}`, en: `Classifier: ${title.en}` }, basis: [] };
}

/** Judges a typed text with the enabled packs. */
export async function testRules(session: Session, text: string): Promise<Output<'rules.test'>> {
  const compiled = await compileInSlices(enabledPacks(session), classifierOf(session));
  await inSlices(compiled.making());
  const titles = new Map(compiled.rules.map(({ pack, rule }) => [`${pack.pack.id}/${rule.id}`, rule.title]));
  const context = { act: 'own-post', conversationType: 'group', messageKind: 'text' } as const;
  return {
    hits: judge(compiled, text, context).map((hit) => ({
      pack: hit.pack,
      rule: hit.rule,
      ruleTitle: titles.get(`${hit.pack}/${hit.rule}`) ?? { zh: hit.rule, en: hit.rule },
      category: hit.category,
      status: hit.status,
      score: hit.score,
      spans: spansOf(hit, text),
      transforms: [...hit.transforms],
      normalized: hit.normalized,
    })),
  };
}
