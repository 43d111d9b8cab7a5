import { useTranslation } from 'react-i18next';
import type { TakenMeasure } from '../../../core/domain/measure.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { fromDay } from '../../components/days.ts';
import { useNotify } from '../../components/notify.tsx';

/** `2026-03-01T10:00` of an instant, in the viewer's zone, as the field writes it. */
export function toMoment(instant: number): string {
  const at = new Date(instant - new Date(instant).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}

/** What can be done about chosen measures, each with its dialog. */
export function useMeasureSteps(measures: readonly TakenMeasure[], onDone: () => void) {
  const { t } = useTranslation('measures');
  const ask = useAskFields();
  const native = useNative();
  const notify = useNotify();
  const instruct = useCommand('measures.instruct');
  const execute = useCommand('measures.execute');
  const verify = useCommand('measures.verify');
  const restore = useCommand('measures.restore');
  const withdraw = useCommand('measures.withdraw');
  const exportList = useCommand('measures.exportList');
  const measureIds = measures.map(({ id }) => id);
  const explain = t('chosen', { count: measures.length });
  const proof = {
    name: 'proof',
    kind: 'text',
    label: t('proof'),
    help: t('proofHelp'),
    required: true,
  } as const;
  const moment = { name: 'at', kind: 'moment', required: true, initial: toMoment(Date.now()) } as const;
  const at = (text: string) => new Date(text).getTime();
  return {
    instruct: () =>
      ask({
        title: t('step.instruct'),
        explain,
        fields: [
          { name: 'to', kind: 'text', label: t('to'), help: t('toHelp'), required: true },
          { name: 'due', kind: 'day', label: t('dueDay') },
        ],
        submit: async ({ to = '', due = '' }) => {
          await instruct.mutateAsync({ measureIds, to, dueAt: fromDay(due, 1) ?? null });
          onDone();
        },
      }),
    execute: () =>
      ask({
        title: t('step.execute'),
        explain,
        fields: [
          { ...moment, label: t('doneAt') },
          { name: 'by', kind: 'text', label: t('doneBy'), required: true },
          proof,
        ],
        submit: async (values) => {
          await execute.mutateAsync({
            measureIds,
            at: at(values.at ?? ''),
            by: values.by ?? '',
            proof: values.proof ?? '',
          });
          onDone();
        },
      }),
    verify: () =>
      ask({
        title: t('step.verify'),
        explain: `${explain} ${t('verifyHelp')}`,
        fields: [{ name: 'note', kind: 'text', label: t('note') }],
        submit: async ({ note = '' }) => {
          await verify.mutateAsync({ measureIds, note });
          onDone();
        },
      }),
    restore: () =>
      ask({
        title: t('step.restore'),
        explain,
        fields: [{ ...moment, label: t('restoredAt') }, proof],
        submit: async (values) => {
          await restore.mutateAsync({ measureIds, at: at(values.at ?? ''), proof: values.proof ?? '' });
          onDone();
        },
      }),
    withdraw: () =>
      ask({
        title: t('step.withdraw'),
        explain,
        danger: true,
        fields: [{ name: 'reason', kind: 'area', label: t('reason'), required: true }],
        submit: async ({ reason = '' }) => {
          await withdraw.mutateAsync({ measureIds, reason });
          onDone();
        },
      }),
    exportList: async () => {
      const file = await native.saveFile({
        defaultName: `${t('listName')}.xlsx`,
        filters: [
          { name: 'XLSX', extensions: ['xlsx'] },
          { name: 'CSV', extensions: ['csv'] },
        ],
      });
      if (!file) return;
      try {
        const { rows } = await exportList.mutateAsync({ measureIds, file });
        notify.done({ title: t('exported', { count: rows }), message: file });
      } catch (error) {
        notify.failed(error);
      }
    },
  };
}
