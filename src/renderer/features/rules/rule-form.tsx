import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackProblem } from '../../../core/domain/backtest.ts';
import { CATEGORY_IDS, type CategoryId } from '../../../core/domain/category.ts';
import { HitStatus } from '../../../core/domain/hit.ts';
import { useWords } from '../../components/words.ts';
import {
  isObject,
  type Json,
  linesOf,
  listOf,
  newRule,
  rulesOf,
  withApproval,
  withRule,
} from './draft-json.ts';
import { useFaultText } from './fault-text.ts';
import { JsonField } from './json-field.tsx';
import { RuleScope } from './rule-scope.tsx';

interface RuleFormProps {
  pack: Json;
  problems: readonly PackProblem[];
  onChange: (pack: Json) => void;
}

/** The rules of a draft, one at a time, as fields; what has no field is edited as JSON. */
export function RuleForm({ pack, problems, onChange }: RuleFormProps) {
  const { t } = useTranslation(['rules', 'common']);
  const words = useWords();
  const faultText = useFaultText();
  const rules = rulesOf(pack);
  const version = problems.find(({ pointer }) => pointer === '/version');
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, rules.length - 1);
  const rule = rules[index];
  const title = (one: Json): string => {
    const own = isObject(one.title) ? words.text(one.title as { zh: string; en: string }) : '';
    return own || String(one.id ?? '');
  };
  const wrong = (...path: string[]): string | undefined => {
    const place = `/rules/${index}${path.map((part) => `/${part}`).join('')}`;
    const found = problems.find(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`));
    return found && faultText(found);
  };
  return (
    <Stack gap="sm">
      <Group gap="xs" align="end">
        <TextInput
          label={t('draft.version')}
          w={130}
          value={String(pack.version ?? '')}
          error={version && faultText(version)}
          onChange={(event) => onChange({ ...pack, version: event.currentTarget.value })}
        />
        <Select
          label={t('draft.rule')}
          style={{ flex: 1 }}
          searchable
          value={String(index)}
          data={rules.map((one, place) => ({ value: String(place), label: `${place + 1}. ${title(one)}` }))}
          onChange={(value) => setChosen(Number(value ?? 0))}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => {
            onChange({ ...pack, rules: [...rules, newRule(`rule-${rules.length + 1}`)] });
            setChosen(rules.length);
          }}
        >
          {t('draft.addRule')}
        </Button>
        <Button
          variant="default"
          color="red"
          aria-label={t('draft.removeRule')}
          disabled={rules.length < 2}
          onClick={() => onChange({ ...pack, rules: rules.filter((_, place) => place !== index) })}
        >
          <IconTrash size={15} />
        </Button>
      </Group>
      <Checkbox
        label={t('draft.approval')}
        description={t('draft.approvalHelp')}
        checked={pack.approval === 'second-officer'}
        onChange={(event) => onChange(withApproval(pack, event.currentTarget.checked))}
      />
      {rule ? (
        <Fields
          key={`${index} ${rules.length}`}
          rule={rule}
          wrong={wrong}
          onChange={(change) => onChange(withRule(pack, index, change))}
        />
      ) : (
        <Text c="dimmed">{t('draft.noRule')}</Text>
      )}
    </Stack>
  );
}

interface FieldsProps {
  rule: Json;
  wrong: (...path: string[]) => string | undefined;
  onChange: (change: Json) => void;
}

function Fields({ rule, wrong, onChange }: FieldsProps) {
  const { t } = useTranslation('rules');
  const words = useWords();
  const title = isObject(rule.title) ? rule.title : {};
  const match = isObject(rule.match) ? rule.match : {};
  const examples = isObject(rule.examples) ? rule.examples : {};
  const exclude = isObject(rule.exclude) ? rule.exclude : undefined;
  const plain = Array.isArray(match.terms);
  const plainExclude = exclude === undefined || Array.isArray(exclude.terms);
  const lines = (value: string) => (value.trim() === '' ? undefined : listOf(value));
  return (
    <Stack gap="xs">
      <Group grow align="start">
        <TextInput
          label={t('fact.rule')}
          value={String(rule.id ?? '')}
          error={wrong('id')}
          onChange={(event) => onChange({ id: event.currentTarget.value })}
        />
        {(['zh', 'en'] as const).map((language) => (
          <TextInput
            key={language}
            label={t(`draft.title.${language}`)}
            value={String(title[language] ?? '')}
            error={wrong('title', language)}
            onChange={(event) => onChange({ title: { ...title, [language]: event.currentTarget.value } })}
          />
        ))}
      </Group>
      <Group grow align="start">
        <Select
          label={t('column.category')}
          searchable
          value={String(rule.category ?? '')}
          error={wrong('category')}
          data={CATEGORY_IDS.map((id: CategoryId) => ({ value: id, label: words.category(id) }))}
          onChange={(category) => onChange({ category: category ?? undefined })}
        />
        <Select
          label={t('column.status')}
          value={String(rule.status ?? 'hit')}
          error={wrong('status')}
          data={words.choices('hitStatus', HitStatus.options)}
          onChange={(status) => onChange({ status: status ?? undefined })}
        />
        <NumberInput
          label={t('column.severity')}
          min={1}
          max={5}
          value={typeof rule.severity === 'number' ? rule.severity : ''}
          error={wrong('severity')}
          onChange={(value) => onChange({ severity: typeof value === 'number' ? value : undefined })}
        />
      </Group>
      {plain ? (
        <Group grow align="start">
          <Textarea
            label={t('draft.terms')}
            minRows={4}
            maxRows={10}
            autosize
            defaultValue={linesOf(match.terms)}
            error={wrong('match', 'terms') ?? wrong('match')}
            onChange={(event) => onChange({ match: { ...match, terms: listOf(event.currentTarget.value) } })}
          />
          <Textarea
            label={t('draft.allow')}
            minRows={4}
            maxRows={10}
            autosize
            defaultValue={linesOf(match.allow)}
            error={wrong('match', 'allow')}
            onChange={(event) => onChange({ match: withAllow(match, lines(event.currentTarget.value)) })}
          />
        </Group>
      ) : (
        <JsonField
          label={t('draft.match')}
          value={rule.match}
          error={wrong('match')}
          onChange={(value) => onChange({ match: value })}
        />
      )}
      {plainExclude ? (
        <Textarea
          label={t('draft.exclude')}
          minRows={2}
          maxRows={6}
          autosize
          defaultValue={linesOf(exclude?.terms)}
          error={wrong('exclude')}
          onChange={(event) => {
            const terms = lines(event.currentTarget.value);
            onChange({ exclude: terms ? { ...exclude, terms } : undefined });
          }}
        />
      ) : (
        <JsonField
          label={t('draft.exclude')}
          value={rule.exclude}
          error={wrong('exclude')}
          onChange={(value) => onChange({ exclude: value })}
        />
      )}
      <RuleScope rule={rule} wrong={wrong} onChange={onChange} />
      <Group grow align="start">
        {(['hit', 'clean'] as const).map((kind) => {
          const kept = Array.isArray(examples[kind])
            ? examples[kind].filter((one) => typeof one !== 'string')
            : [];
          return (
            <Textarea
              key={kind}
              label={t(`examples.${kind}`)}
              description={kept.length > 0 ? t('draft.conversations', { count: kept.length }) : undefined}
              minRows={3}
              maxRows={8}
              autosize
              defaultValue={linesOf(examples[kind])}
              error={wrong('examples', kind)}
              onChange={(event) =>
                onChange({
                  examples: { ...examples, [kind]: [...listOf(event.currentTarget.value), ...kept] },
                })
              }
            />
          );
        })}
      </Group>
    </Stack>
  );
}

function withAllow(match: Json, allow: string[] | undefined): Json {
  const { allow: _, ...rest } = match;
  return allow ? { ...rest, allow } : rest;
}
