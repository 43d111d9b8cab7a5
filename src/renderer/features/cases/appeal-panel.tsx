import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Decision } from '../../../core/domain/case.ts';
import { type Appeal, AppealOutcome } from '../../../core/domain/hearing.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Fact } from '../../components/badges.tsx';
import { fromDay, toDay } from '../../components/days.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';

const COLORS: Record<AppealOutcome, string> = { upheld: 'gray', reduced: 'yellow', overturned: 'red' };
const DAY = 86_400_000;
/** Days to decide an appeal in, where the officer sets no other. */
const DECIDE_DAYS = 15;

/** Appeals against a decision, and the way to lodge or decide one. */
export function AppealPanel({ detail, decision }: { detail: CaseDetail; decision: Decision }) {
  const { t } = useTranslation('hearing');
  const query = useCall('appeals.list', { caseId: detail.summary.id });
  const appeals = (query.data ?? []).filter(({ decisionId }) => decisionId === decision.id);
  const last = appeals.at(-1);
  const ask = useAskFields();
  const lodge = useCommand('appeals.lodge');
  if (decision.state !== 'final') return null;
  const take = () =>
    ask({
      title: t('appeal.lodge'),
      fields: [
        { name: 'by', kind: 'text', label: t('appeal.by'), required: true, initial: decision.party },
        { name: 'grounds', kind: 'area', label: t('appeal.grounds'), required: true },
        {
          name: 'due',
          kind: 'day',
          label: t('appeal.due'),
          initial: toDay(Date.now() + DECIDE_DAYS * DAY),
        },
      ],
      submit: ({ by = '', grounds = '', due = '' }) =>
        lodge.mutateAsync({
          decisionId: decision.id,
          lodgedAt: Date.now(),
          lodgedBy: by,
          grounds,
          dueAt: fromDay(due, 1) ?? null,
        }),
    });
  return (
    <Stack gap="xs">
      {appeals.map((appeal) => (
        <AppealCard key={appeal.id} appeal={appeal} decision={decision} />
      ))}
      {last === undefined || last.outcome === 'upheld' || last.outcome === 'reduced' ? (
        <Group>
          <Button size="compact-sm" variant="default" leftSection={<IconScale size={14} />} onClick={take}>
            {t('appeal.lodge')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function AppealCard({ appeal, decision }: { appeal: Appeal; decision: Decision }) {
  const { t } = useTranslation(['hearing', 'cases']);
  const words = useWords();
  const decide = useDecideAppeal(appeal, decision);
  return (
    <Stack gap={4}>
      <Group gap="sm">
        <Text fw={600}>{t('appeal.title')}</Text>
        {appeal.outcome ? (
          <Badge color={COLORS[appeal.outcome]}>{words.of('appealOutcome', appeal.outcome)}</Badge>
        ) : (
          <Badge color="orange">{t('appeal.open')}</Badge>
        )}
        {appeal.measureTitle ? <Text span>{words.text(appeal.measureTitle)}</Text> : null}
        <Text span c="dimmed">
          {appeal.lodgedBy} · <Time at={appeal.lodgedAt} />
        </Text>
        {appeal.outcome === null ? (
          <Button size="compact-sm" onClick={decide}>
            {t('appeal.decide')}
          </Button>
        ) : null}
      </Group>
      <Fact label={t('appeal.grounds')}>
        <span style={{ whiteSpace: 'pre-wrap' }}>{appeal.grounds}</span>
      </Fact>
      {appeal.decidedAt === null ? null : (
        <Fact label={t('appeal.reason')}>
          {appeal.reason} · {appeal.decidedBy} · <Time at={appeal.decidedAt} />
        </Fact>
      )}
    </Stack>
  );
}

function useDecideAppeal(appeal: Appeal, decision: Decision): () => void {
  const { t } = useTranslation(['hearing', 'cases']);
  const words = useWords();
  const ask = useAskFields();
  const officers = useCall('officers.list', {});
  const decide = useCommand('appeals.decide');
  const level = decision.proposal.options.find(({ id }) => id === decision.measure)?.level ?? 0;
  const lower = decision.proposal.options.filter((option) => option.level < level && option.level > 0);
  const approver = decision.approval?.officer;
  return () =>
    ask({
      title: t('appeal.decide'),
      explain: t('appeal.explain'),
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: t('appeal.outcome'),
          required: true,
          choices: words.choices(
            'appealOutcome',
            AppealOutcome.options.filter((one) => one !== 'reduced' || lower.length > 0),
          ),
        },
        {
          name: 'measure',
          kind: 'choice',
          label: t('appeal.measure'),
          required: true,
          choices: lower.map((option) => ({ value: option.id, label: words.text(option.title) })),
          when: ({ outcome }) => outcome === 'reduced',
        },
        { name: 'reason', kind: 'area', label: t('appeal.reason'), required: true },
        {
          name: 'officer',
          kind: 'choice',
          label: t('appeal.officer'),
          help: t('appeal.officerHelp'),
          required: true,
          choices: (officers.data ?? [])
            .filter(({ active, id, name }) => active && id !== decision.officerId && name !== approver)
            .map(({ id, name }) => ({ value: id, label: name })),
        },
        { name: 'passphrase', kind: 'passphrase', label: t('cases:approval.passphrase'), required: true },
      ],
      submit: ({ outcome, measure, reason = '', officer = '', passphrase = '' }) =>
        decide.mutateAsync({
          appealId: appeal.id,
          officerId: officer,
          passphrase,
          outcome: outcome as AppealOutcome,
          measure: measure || null,
          reason,
        }),
    });
}
