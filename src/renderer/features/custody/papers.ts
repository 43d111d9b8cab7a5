import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { type Field, useAskFields, type Values } from '../../components/ask-fields.tsx';
import { useFormat } from '../../components/format.ts';
import { useNotify } from '../../components/notify.tsx';

interface Paper {
  readonly file: string;
  readonly format: 'docx' | 'pdf';
  readonly language: 'zh-CN' | 'en';
}

/** Writing the papers of custody of a case: each asks what it needs, then where to. */
export function usePapers(detail: CaseDetail): Record<'form' | 'extraction' | 'sheet', () => void> {
  const { t, i18n } = useTranslation('custody');
  const ask = useAskFields();
  const invoke = useInvoke();
  const native = useNative();
  const notify = useNotify();
  const format = useFormat();
  const { id: caseId, number } = detail.summary;
  const shape: readonly Field[] = [
    {
      name: 'format',
      kind: 'choice',
      label: t('custody.paper.format'),
      required: true,
      initial: 'docx',
      choices: (['docx', 'pdf'] as const).map((value) => ({ value, label: t(`custody.paper.${value}`) })),
    },
    {
      name: 'language',
      kind: 'choice',
      label: t('custody.paper.language'),
      required: true,
      initial: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
      choices: (['zh-CN', 'en'] as const).map((value) => ({ value, label: t(`custody.paper.${value}`) })),
    },
  ];
  const write = async (name: string, values: Values, work: (paper: Paper) => Promise<unknown>) => {
    const kind = values.format === 'pdf' ? 'pdf' : 'docx';
    const file = await native.saveFile({
      defaultName: `${number}-${name}.${kind}`,
      filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
    });
    if (file === null) return;
    await work({ file, format: kind, language: values.language === 'en' ? 'en' : 'zh-CN' });
    notify.done({ title: t('custody.paper.done', { file }) });
  };
  const instant = (text: string | undefined) => new Date(text ?? '').getTime();
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const need = (name: string, label: string, kind: 'text' | 'area' | 'moment' = 'text', initial = '') => ({
    name,
    kind,
    label,
    initial,
    required: true,
  });
  return {
    form: () =>
      ask({
        title: t('custody.form'),
        confirm: t('custody.paper.write'),
        fields: [
          {
            name: 'what',
            kind: 'choice',
            label: t('custody.paper.pack'),
            required: true,
            initial: 'all',
            choices: [
              { value: 'all', label: t('custody.paper.allExhibits') },
              ...detail.exhibits.map((exhibit) => ({
                value: exhibit.id,
                label: t('custody.paper.oneExhibit', { number: exhibit.number }),
              })),
              ...detail.packs.map((pack) => ({
                value: `pack ${pack.id}`,
                label: t('custody.paper.onePack', { at: format.dateTime(pack.at) }),
              })),
            ],
          },
          ...shape,
        ],
        submit: (values) =>
          write('custody', values, (paper) => {
            const { what = 'all' } = values;
            const packId = what.startsWith('pack ') ? what.slice(5) : null;
            const exhibitIds = what === 'all' || packId !== null ? null : [what];
            return invoke('custody.writeForm', { caseId, exhibitIds, packId, ...paper });
          }),
      }),
    extraction: () =>
      ask({
        title: t('custody.record.title'),
        explain: t('custody.record.explain'),
        confirm: t('custody.paper.write'),
        fields: [
          need('cause', t('custody.record.cause'), 'area'),
          need('place', t('custody.record.place')),
          need('started', t('custody.record.started'), 'moment', now),
          need('ended', t('custody.record.ended'), 'moment', now),
          need('method', t('custody.record.method')),
          need('process', t('custody.record.process'), 'area'),
          need('operator1', t('custody.record.operator1')),
          need('operator2', t('custody.record.operator2')),
          need('witness', t('custody.record.witness')),
          { name: 'holder', kind: 'text', label: t('custody.record.holder') },
          { name: 'equipment', kind: 'text', label: t('custody.record.equipment') },
          {
            name: 'recording',
            kind: 'text',
            label: t('custody.record.recording'),
            help: t('custody.record.recordingHelp'),
          },
          ...shape,
        ],
        submit: (values) =>
          write('extraction', values, (paper) =>
            invoke('custody.writeExtraction', {
              caseId,
              ...paper,
              body: {
                cause: values.cause ?? '',
                place: values.place ?? '',
                startedAt: instant(values.started),
                endedAt: instant(values.ended),
                method: values.method ?? '',
                process: values.process ?? '',
                operators: [values.operator1 ?? '', values.operator2 ?? ''],
                witness: values.witness ?? '',
                holder: values.holder ?? '',
                equipment: values.equipment ?? '',
                recording: values.recording ?? '',
              },
            }),
          ),
      }),
    sheet: () =>
      ask({
        title: t('custody.sheet'),
        confirm: t('custody.paper.write'),
        fields: shape,
        submit: (values) =>
          write('device', values, (paper) => invoke('custody.writeDeviceSheet', { caseId, ...paper })),
      }),
  };
}
