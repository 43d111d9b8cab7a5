import { Alert, Badge, Group, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BasisProof } from '../../../core/domain/case.ts';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';
import { RecordBasis } from './record-basis.tsx';

/** Whether a decision can show that its rules bound this person on the day of the act, and what is missing. */
export function BasisProofView({
  proof,
  accountId = null,
}: {
  proof: BasisProof;
  /** Whose receipt may be missing. */
  accountId?: string | null;
}) {
  const { t } = useTranslation('cases');
  const words = useWords();
  if (!proof.proved)
    return (
      <Alert color="orange" variant="light" title={t('decision.unproved')}>
        <List size="sm">
          {proof.missing.map((gap) => (
            <List.Item key={gap}>{words.of('basisGap', gap)}</List.Item>
          ))}
        </List>
        <Text size="sm" mt={4}>
          {t('decision.unprovedHelp')} <ScreenLink to="/house-rules">{t('decision.toRules')}</ScreenLink>
        </Text>
        <RecordBasis proof={proof} accountId={accountId} />
      </Alert>
    );
  return (
    <Group gap={8}>
      <Badge color="teal">{t('decision.proved')}</Badge>
      {proof.rules ? (
        <Text span size="sm">
          {t('decision.rulesInForce', {
            title: proof.rules.title,
            version: proof.rules.version,
            from: proof.rules.effectiveFrom,
          })}
          {proof.receivedOn ? ` · ${t('decision.receivedOn', { on: proof.receivedOn })}` : ''}
        </Text>
      ) : null}
    </Group>
  );
}
