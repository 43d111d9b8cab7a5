import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconFileText, IconMail, IconMessageQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Party } from '../../../core/domain/case.ts';
import { Authorship, type Hearing, type Letter } from '../../../core/domain/hearing.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { Fact } from '../../components/badges.tsx';
import { fromDay, toDay } from '../../components/days.ts';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { toMoment } from '../measures/use-measure-steps.ts';
import classes from './cases.module.css';
import { useWriteLetter } from './write-letter.ts';

interface HearingPanelProps {
  detail: CaseDetail;
  party: Party;
}

const DAY = 86_400_000;
/** Days that an invitation gives, where the officer sets no other. */
const ANSWER_DAYS = 5;

/** How a party was heard, what was written to them, and what proves that it arrived. */
export function HearingPanel({ detail, party }: HearingPanelProps) {
  const { t } = useTranslation('hearing');
  const words = useWords();
  const caseId = detail.summary.id;
  const hearings = useCall('hearings.list', { caseId });
  const letters = useCall('letters.list', { caseId });
  const hearing = hearings.data?.find(({ partyId }) => partyId === party.id);
  const own = (letters.data ?? []).filter(({ partyId }) => partyId === party.id);
  const steps = useHearingSteps(caseId, party.id, hearing);
  const write = useWriteLetter(detail, party);
  const open = detail.summary.state !== 'closed';
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Group gap="xs">
          <Text fw={600}>{t('title')}</Text>
          {hearing && hearing.missing.length === 0 ? (
            <Badge color="teal">{t('heard')}</Badge>
          ) : (
            <Badge color="orange">{t('notHeard')}</Badge>
          )}
        </Group>
        <Group gap="xs">
          {open ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconMessageQuestion size={14} />}
              onClick={steps.change}
            >
              {t('record')}
            </Button>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFileText size={14} />}
            onClick={write}
          >
            {t('write')}
          </Button>
        </Group>
      </Group>
      {hearing ? (
        <>
          <Fact label={t('authorship')}>
            {words.of('authorship', hearing.authorship)}
            {hearing.authorshipNote ? ` · ${hearing.authorshipNote}` : ''}
          </Fact>
          <Fact label={t('invitation')}>
            {hearing.invitedAt === null ? (
              hearing.notInvitedReason || t('notYet')
            ) : (
              <>
                <Time at={hearing.invitedAt} /> · {hearing.invitedHow}
                {hearing.answerDue === null ? null : (
                  <>
                    {' '}
                    · {t('due')} <Time at={hearing.answerDue} />
                  </>
                )}
              </>
            )}
          </Fact>
          {hearing.answeredAt === null ? null : (
            <Fact label={t('answer')}>
              <span style={{ whiteSpace: 'pre-wrap' }}>{hearing.answer}</span> ·{' '}
              <Time at={hearing.answeredAt} />
            </Fact>
          )}
        </>
      ) : (
        <Text c="dimmed" size="sm">
          {t('none')}
        </Text>
      )}
      {own.length > 0 ? <Letters letters={own} /> : null}
    </Stack>
  );
}

function useHearingSteps(caseId: string, partyId: string, hearing: Hearing | undefined) {
  const { t } = useTranslation('hearing');
  const words = useWords();
  const ask = useAskFields();
  const put = useCommand('hearings.put');
  const is = (kind: string) => (values: Readonly<Record<string, string>>) => values.what === kind;
  return {
    change: () =>
      ask({
        title: t('record'),
        explain: t('explain'),
        fields: [
          {
            name: 'what',
            kind: 'choice',
            label: t('what'),
            required: true,
            initial: hearing?.invitedAt ? 'answer' : 'invitation',
            choices: (['invitation', 'not-invited', 'authorship', 'answer'] as const).map((value) => ({
              value,
              label: t(`kind.${value}`),
            })),
          },
          {
            name: 'how',
            kind: 'text',
            label: t('how'),
            help: t('howHelp'),
            required: true,
            when: is('invitation'),
          },
          {
            name: 'due',
            kind: 'day',
            label: t('dueDay'),
            required: true,
            initial: toDay(Date.now() + ANSWER_DAYS * DAY),
            when: is('invitation'),
          },
          { name: 'reason', kind: 'area', label: t('reason'), required: true, when: is('not-invited') },
          {
            name: 'says',
            kind: 'choice',
            label: t('authorship'),
            required: true,
            choices: words.choices(
              'authorship',
              Authorship.options.filter((one) => one !== 'not-asked'),
            ),
            when: is('authorship'),
          },
          { name: 'note', kind: 'area', label: t('note'), when: is('authorship') },
          { name: 'text', kind: 'area', label: t('answer'), required: true, when: is('answer') },
        ],
        submit: ({ what, how = '', due = '', reason = '', says, note = '', text = '' }) => {
          const now = Date.now();
          return put.mutateAsync({
            caseId,
            partyId,
            ...(what === 'invitation'
              ? { invitation: { at: now, how, due: (fromDay(due, 1) ?? now + ANSWER_DAYS * DAY) - 1 } }
              : {}),
            ...(what === 'not-invited' ? { notInvitedReason: reason } : {}),
            ...(what === 'authorship' ? { authorship: { says: says as Authorship, note } } : {}),
            ...(what === 'answer' ? { answer: { at: now, text } } : {}),
          });
        },
      }),
  };
}

function Letters({ letters }: { letters: readonly Letter[] }) {
  const { t } = useTranslation('hearing');
  const words = useWords();
  const ask = useAskFields();
  const serve = useCommand('letters.serve');
  const prove = (letterId: string) =>
    ask({
      title: t('service'),
      fields: [
        { name: 'at', kind: 'moment', label: t('servedAt'), required: true, initial: toMoment(Date.now()) },
        { name: 'how', kind: 'text', label: t('how'), help: t('howHelp'), required: true },
        { name: 'proof', kind: 'text', label: t('proof'), help: t('proofHelp'), required: true },
      ],
      submit: ({ at = '', how = '', proof = '' }) =>
        serve.mutateAsync({ letterId, at: new Date(at).getTime(), how, proof }),
    });
  return (
    <div className={classes.scroll}>
      <Table>
        <Table.Tbody>
          {letters.map((letter) => (
            <Table.Tr key={letter.id}>
              <Table.Th scope="row">{words.of('letterKind', letter.kind)}</Table.Th>
              <Table.Td>
                <Time at={letter.at} />
              </Table.Td>
              <Table.Td>{letter.format.toUpperCase()}</Table.Td>
              <Table.Td>
                {letter.servedAt === null ? (
                  <Button
                    size="compact-xs"
                    variant="light"
                    leftSection={<IconMail size={12} />}
                    onClick={() => prove(letter.id)}
                  >
                    {t('service')}
                  </Button>
                ) : (
                  <>
                    {t('served')} <Time at={letter.servedAt} /> · {letter.servedHow} · {letter.serviceProof}
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
