import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../src/contract/errors.ts';
import * as cases from '../../src/core/domain/case.ts';
import * as hits from '../../src/core/domain/hit.ts';
import * as messages from '../../src/core/domain/message.ts';
import { SourceState } from '../../src/core/domain/source.ts';
import { Profile, Role } from '../../src/core/domain/workspace.ts';
import { resources } from '../../src/renderer/locales/resources.ts';

type Tree = { [key: string]: string | Tree };

const leaves = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );

const PLURAL = /_(zero|one|two|few|many|other)$/;
const NAMESPACES = Object.keys(resources.en) as (keyof typeof resources.en)[];

describe('locale files', () => {
  it('has the same namespaces in both languages', () => {
    expect(Object.keys(resources['zh-CN']).sort()).toEqual(Object.keys(resources.en).sort());
  });

  it.each(NAMESPACES)('%s: both languages have the same keys', (namespace) => {
    const keys = (language: 'en' | 'zh-CN') =>
      [
        ...new Set(leaves(resources[language][namespace] as Tree).map(([key]) => key.replace(PLURAL, ''))),
      ].sort();
    expect(keys('zh-CN')).toEqual(keys('en'));
  });

  it.each(NAMESPACES)('%s: plurals are whole in each language', (namespace) => {
    for (const language of ['en', 'zh-CN'] as const) {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const keys = leaves(resources[language][namespace] as Tree).map(([key]) => key);
      const stems = new Set(keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
      for (const stem of stems)
        for (const form of needed) expect(keys, `${language} ${stem}`).toContain(`${stem}_${form}`);
    }
  });

  it.each(NAMESPACES)('%s: a text fills in the same facts in both languages', (namespace) => {
    const facts = (language: 'en' | 'zh-CN') => {
      const found = new Map<string, Set<string>>();
      for (const [key, text] of leaves(resources[language][namespace] as Tree)) {
        const names = found.get(key.replace(PLURAL, '')) ?? new Set();
        for (const [, name] of text.matchAll(/\{\{\s*(\w+)/g)) names.add(name as string);
        found.set(key.replace(PLURAL, ''), names);
      }
      return found;
    };
    const zh = facts('zh-CN');
    // A count may choose the plural form without being said.
    const said = (names: Set<string> | undefined) =>
      [...(names ?? [])].filter((name) => name !== 'count').sort();
    for (const [key, names] of facts('en')) expect(said(zh.get(key)), key).toEqual(said(names));
  });

  it('leaves no text empty', () => {
    for (const language of ['en', 'zh-CN'] as const)
      for (const namespace of NAMESPACES)
        for (const [key, text] of leaves(resources[language][namespace] as Tree))
          expect(text.trim(), `${language} ${namespace}:${key}`).not.toBe('');
  });
});

describe('codes in words', () => {
  it.each(ErrorCode.options)('error %s says what happened, what was kept and what to do', (code) => {
    for (const language of ['en', 'zh-CN'] as const) {
      expect(Object.keys(resources[language].errors[code])).toEqual(['what', 'kept', 'next']);
    }
  });

  const vocabularies: [keyof typeof resources.en.domain, readonly string[]][] = [
    ['platform', messages.Platform.options],
    ['messageKind', messages.MessageKind.options],
    ['conversationType', messages.ConversationType.options],
    ['act', messages.Act.options],
    ['hitStatus', hits.HitStatus.options],
    ['verdict', hits.Verdict.options],
    ['dispositionReason', hits.DispositionReason.options],
    ['caseState', cases.CaseState.options],
    ['partyRole', cases.PartyRole.options],
    ['measureSubject', cases.MeasureSubject.options],
    ['basisGap', cases.BasisGap.options],
    ['dutyKind', cases.DutyKind.options],
    ['dutyState', cases.DutyState.options],
    ['assessmentOutcome', cases.AssessmentOutcome.options],
    ['packProfile', cases.PackProfile.options],
    ['sourceState', SourceState.options],
    ['profile', Profile.options],
    ['role', Role.options],
  ];
  it.each(vocabularies)('%s has a word for every code, and no word for none', (vocabulary, codes) => {
    expect(Object.keys(resources.en.domain[vocabulary]).sort()).toEqual([...codes].sort());
  });
});
