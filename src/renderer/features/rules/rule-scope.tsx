import { Group, MultiSelect, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Act, ConversationType } from '../../../core/domain/message.ts';
import { useWords } from '../../components/words.ts';
import { isObject, type Json, linesOf, listOf } from './draft-json.ts';

interface RuleScopeProps {
  rule: Json;
  wrong: (...path: string[]) => string | undefined;
  onChange: (change: Json) => void;
}

const IGNORED = ['quoted', 'notice'] as const;
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
const orNothing = (list: string[]): string[] | undefined => (list.length > 0 ? list : undefined);

/** Where a rule applies, what it passes over, and on which basis; further conditions stand in the JSON. */
export function RuleScope({ rule, wrong, onChange }: RuleScopeProps) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const when = isObject(rule.when) ? rule.when : {};
  const setWhen = (key: string, list: string[]) => {
    const { [key]: _, ...rest } = when;
    const next = list.length > 0 ? { ...rest, [key]: list } : rest;
    onChange({ when: Object.keys(next).length > 0 ? next : undefined });
  };
  const placeholder = (list: string[]) => (list.length > 0 ? '' : t('draft.everywhere'));
  const acts = textsOf(when.act);
  const types = textsOf(when.conversationType);
  return (
    <>
      <Group grow align="start">
        <MultiSelect
          label={t('draft.ignore')}
          value={textsOf(rule.ignore)}
          error={wrong('ignore')}
          data={IGNORED.map((value) => ({ value, label: t(`draft.${value}`) }))}
          onChange={(list) => onChange({ ignore: orNothing(list) })}
        />
        <MultiSelect
          label={t('draft.acts')}
          placeholder={placeholder(acts)}
          value={acts}
          error={wrong('when', 'act')}
          data={words.choices('act', Act.options)}
          onChange={(list) => setWhen('act', list)}
        />
        <MultiSelect
          label={t('draft.conversationTypes')}
          placeholder={placeholder(types)}
          value={types}
          error={wrong('when', 'conversationType')}
          data={words.choices('conversationType', ConversationType.options)}
          onChange={(list) => setWhen('conversationType', list)}
        />
      </Group>
      <Textarea
        label={t('draft.basis')}
        minRows={2}
        maxRows={6}
        autosize
        defaultValue={linesOf(rule.basis)}
        error={wrong('basis')}
        onChange={(event) => onChange({ basis: orNothing(listOf(event.currentTarget.value)) })}
      />
    </>
  );
}
