import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Lead } from '../../../core/domain/lead.ts';
import { useCall, useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useAskReason } from '../../components/ask-reason.tsx';
import { CategoryBadge, Fact } from '../../components/badges.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useShortcuts } from '../../components/shortcuts.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import { LeadStateBadge } from './lead-columns.tsx';

/** One lead: what was said, its clocks, others like it, and what can be done with it. */
export function LeadPanel({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const { t } = useTranslation('leads');
  const words = useWords();
  const format = useFormat();
  const similar = useCall('leads.similar', { leadId: lead.id });
  const steps = useLeadSteps(lead, similar.data ?? []);
  const open = lead.state !== 'closed';
  useShortcuts(
    open
      ? [
          { keys: 't', label: t('take'), run: steps.take },
          { keys: 'c', label: t('convert'), run: steps.convert },
        ]
      : [],
  );
  return (
    <SidePanel
      title={`${lead.number} · ${words.of('leadSource', lead.source)}`}
      onClose={onClose}
      actions={<LeadStateBadge lead={lead} />}
    >
      <Stack gap="sm">
        <Group gap="xs">
          {lead.state === 'received' ? (
            <Button size="compact-sm" variant="default" onClick={steps.take}>
              {t('take')}
            </Button>
          ) : null}
          {open ? (
            <>
              <Button size="compact-sm" onClick={steps.convert}>
                {t('convert')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={steps.close}>
                {t('close')}
              </Button>
            </>
          ) : null}
          {lead.owesReply ? (
            <Button size="compact-sm" onClick={steps.reply}>
              {t('reply')}
            </Button>
          ) : null}
          {lead.state === 'closed' && lead.outcome !== 'case' ? (
            <Button size="compact-sm" variant="default" onClick={() => void steps.reopen()}>
              {t('reopen')}
            </Button>
          ) : null}
        </Group>
        <Fact label={t('column.text')}>
          <span style={{ whiteSpace: 'pre-wrap' }}>{lead.text}</span>
        </Fact>
        <Fact label={t('column.target')}>
          {lead.accountId ? (
            <ScreenLink to="/accounts" search={{ account: lead.accountId, text: lead.account ?? undefined }}>
              {lead.account || lead.target}
            </ScreenLink>
          ) : (
            lead.target || t('unknown')
          )}
          {lead.conversationId ? (
            <>
              {' · '}
              <ScreenLink to="/messages" search={{ conversationId: lead.conversationId }}>
                {lead.conversation}
              </ScreenLink>
            </>
          ) : null}
        </Fact>
        {lead.category ? (
          <Group>
            <CategoryBadge category={lead.category} />
          </Group>
        ) : null}
        {lead.reporter ? (
          <Fact label={t('reporter')}>{[lead.reporter, lead.contact].filter(Boolean).join(' · ')}</Fact>
        ) : null}
        <Fact label={t('clock.received')}>
          <Time at={lead.receivedAt} />
        </Fact>
        <Fact label={t('clock.first')}>
          {lead.firstActionAt === null ? (
            t('clock.not')
          ) : (
            <>
              <Time at={lead.firstActionAt} /> ·{' '}
              {format.duration((lead.firstActionAt - lead.receivedAt) / 1000)}
            </>
          )}
        </Fact>
        <Fact label={t('clock.closed')}>
          {lead.closedAt === null ? (
            t('clock.not')
          ) : (
            <>
              <Time at={lead.closedAt} /> · {format.duration((lead.closedAt - lead.receivedAt) / 1000)}
            </>
          )}
        </Fact>
        {lead.caseId ? (
          <Fact label={t('case')}>
            <ScreenLink to="/cases/$caseId" params={{ caseId: lead.caseId }}>
              {lead.caseNumber}
            </ScreenLink>
          </Fact>
        ) : null}
        {lead.reason ? (
          <Fact label={t('reason')}>
            {[lead.referredTo, lead.duplicateOf, lead.reason].filter(Boolean).join(' · ')}
          </Fact>
        ) : null}
        {lead.repliedAt === null ? null : (
          <Fact label={t('replied')}>
            {lead.reply} · <Time at={lead.repliedAt} />
          </Fact>
        )}
        {similar.data && similar.data.length > 0 ? (
          <div>
            <Text fw={600}>{t('similar', { count: similar.data.length })}</Text>
            <List size="sm">
              {similar.data.map((other) => (
                <List.Item key={other.id}>
                  <ScreenLink to="/leads" search={{ state: 'all', lead: other.id }}>
                    {other.number}
                  </ScreenLink>{' '}
                  {other.text.slice(0, 60)}
                </List.Item>
              ))}
            </List>
          </div>
        ) : null}
      </Stack>
    </SidePanel>
  );
}

function useLeadSteps(lead: Lead, similar: readonly Lead[]) {
  const { t } = useTranslation('leads');
  const words = useWords();
  const notify = useNotify();
  const ask = useAskFields();
  const askReason = useAskReason();
  const take = useCommand('leads.take');
  const convert = useCommand('leads.convert');
  const close = useCommand('leads.close');
  const reply = useCommand('leads.reply');
  const reopen = useCommand('leads.reopen');
  const cases = useCall('cases.list', { state: 'unclosed', limit: 50 });
  const originals = similar.filter(({ outcome }) => outcome !== 'duplicate');
  return {
    take: () => take.mutate({ leadId: lead.id }, { onError: notify.failed }),
    convert: () =>
      ask({
        title: t('convert'),
        explain: t('convertHelp'),
        fields: [
          {
            name: 'into',
            kind: 'choice',
            label: t('into'),
            help: t('intoHelp'),
            choices: (cases.data?.rows ?? []).map((row) => ({
              value: row.id,
              label: `${row.number} ${row.title}`,
            })),
          },
          { name: 'title', kind: 'text', label: t('caseTitle'), when: ({ into }) => !into },
        ],
        submit: ({ into, title }) =>
          convert.mutateAsync({ leadId: lead.id, caseId: into || null, title: title || null }),
      }),
    close: () =>
      ask({
        title: t('close'),
        fields: [
          {
            name: 'outcome',
            kind: 'choice',
            label: t('outcome'),
            required: true,
            choices: words.choices(
              'leadOutcome',
              originals.length > 0 ? ['no-action', 'referred', 'duplicate'] : ['no-action', 'referred'],
            ),
          },
          {
            name: 'to',
            kind: 'text',
            label: t('referredTo'),
            required: true,
            when: ({ outcome }) => outcome === 'referred',
          },
          {
            name: 'of',
            kind: 'choice',
            label: t('duplicateOf'),
            required: true,
            choices: originals.map((other) => ({
              value: other.id,
              label: `${other.number} ${other.text.slice(0, 40)}`,
            })),
            when: ({ outcome }) => outcome === 'duplicate',
          },
          { name: 'reason', kind: 'area', label: t('reason'), required: true },
        ],
        submit: ({ outcome, to = '', of, reason = '' }) =>
          close.mutateAsync({
            leadId: lead.id,
            outcome: outcome as 'referred' | 'no-action' | 'duplicate',
            referredTo: to,
            duplicateOf: of || null,
            reason,
          }),
      }),
    reopen: async () => {
      const reason = await askReason({ title: t('reopen'), explain: t('reopenHelp') });
      if (reason) reopen.mutate({ leadIds: [lead.id], reason }, { onError: notify.failed });
    },
    reply: () =>
      ask({
        title: t('reply'),
        explain: t('replyHelp', { reporter: lead.reporter }),
        fields: [{ name: 'reply', kind: 'area', label: t('replied'), required: true }],
        submit: ({ reply: text = '' }) => reply.mutateAsync({ leadId: lead.id, reply: text }),
      }),
  };
}
