import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BasisProof } from '../../../core/domain/case.ts';
import { AdoptionWay } from '../../../core/domain/house-rules.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { toDay } from '../../components/days.ts';
import { useWords } from '../../components/words.ts';

interface RecordBasisProps {
  proof: BasisProof;
  /** Null for a group or link, which receives nothing. */
  accountId: string | null;
}

/**
 * Enters on the spot what a basis lacks: the version of the rules with its adoption, and this person's receipt.
 * A decision that was signed keeps what it said; a new one can rest on it.
 */
export function RecordBasis({ proof, accountId }: RecordBasisProps) {
  const { t } = useTranslation('triage');
  const words = useWords();
  const ask = useAskFields();
  const adopt = useCommand('houseRules.adopt');
  const receive = useCommand('houseRules.receive');
  const needsRules = proof.missing.includes('house-rules') || proof.missing.includes('adoption');
  const needsReceipt = proof.missing.includes('receipt') && accountId !== null;
  if (!needsRules && !needsReceipt) return null;
  const today = toDay(Date.now());
  const withReceipt = accountId !== null && (needsReceipt || needsRules);
  return (
    <Group mt={6}>
      <Button
        size="compact-sm"
        onClick={() =>
          ask({
            title: t(needsRules ? 'basis.record' : 'basis.receipt'),
            explain: t('basis.explain'),
            fields: [
              ...(needsRules
                ? ([
                    { name: 'title', kind: 'text', label: t('basis.title'), required: true },
                    { name: 'version', kind: 'text', label: t('basis.version'), required: true },
                    { name: 'from', kind: 'day', label: t('basis.from'), required: true, initial: today },
                    {
                      name: 'way',
                      kind: 'choice',
                      label: t('basis.way'),
                      required: true,
                      choices: words.choices('adoptionWay', AdoptionWay.options),
                    },
                    { name: 'on', kind: 'day', label: t('basis.on'), required: true },
                    { name: 'proof', kind: 'text', label: t('basis.proof'), required: true },
                  ] as const)
                : []),
              ...(withReceipt
                ? ([
                    { name: 'received', kind: 'day', label: t('basis.received'), required: needsReceipt },
                    {
                      name: 'receipt',
                      kind: 'text',
                      label: t('basis.receiptProof'),
                      required: needsReceipt,
                    },
                  ] as const)
                : []),
            ],
            submit: async (values) => {
              const rulesId = needsRules
                ? (
                    await adopt.mutateAsync({
                      title: values.title ?? '',
                      version: values.version ?? '',
                      effectiveFrom: values.from ?? '',
                      adoption: {
                        way: AdoptionWay.parse(values.way),
                        on: values.on ?? '',
                        proof: values.proof ?? '',
                      },
                    })
                  ).id
                : proof.rules?.id;
              if (rulesId && accountId !== null && values.received)
                await receive.mutateAsync({
                  rulesId,
                  accountIds: [accountId],
                  on: values.received,
                  proof: values.receipt ?? '',
                });
            },
          })
        }
      >
        {t(needsRules ? 'basis.record' : 'basis.receipt')}
      </Button>
    </Group>
  );
}
