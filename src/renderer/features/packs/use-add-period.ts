import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';

const DAY = 86_400_000;

/** Makes a whole conversation, or the days of it that are wanted, one exhibit. */
export function useAddPeriod(detail: CaseDetail): () => void {
  const { t } = useTranslation('packs');
  const ask = useAskFields();
  const add = useCommand('evidence.addPeriod');
  return () =>
    ask({
      title: t('period.title'),
      explain: t('period.explain'),
      confirm: t('period.add'),
      fields: [
        {
          name: 'exhibit',
          kind: 'choice',
          label: t('period.of'),
          required: true,
          initial: detail.exhibits[0]?.id ?? '',
          choices: detail.exhibits.map(({ id, number, description }) => ({
            value: id,
            label: `${number} · ${description}`,
          })),
        },
        { name: 'from', kind: 'day', label: t('period.from'), help: t('period.open') },
        { name: 'to', kind: 'day', label: t('period.to'), help: t('period.open') },
      ],
      submit: async ({ exhibit, from, to }) => {
        const subject = detail.exhibits.find(({ id }) => id === exhibit)?.subject.id ?? '';
        await add.mutateAsync({
          caseId: detail.summary.id,
          messageId: subject,
          from: from ? dayStart(from) : null,
          to: to ? dayStart(to) + DAY - 1 : null,
        });
      },
    });
}

/** Midnight at this desk. */
function dayStart(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).getTime();
}
