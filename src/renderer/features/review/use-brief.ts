import { useTranslation } from 'react-i18next';
import type { Hit } from '../../../core/domain/hit.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useNotify } from '../../components/notify.tsx';

const FORMATS = ['pdf', 'docx', 'xlsx'] as const;

/** Asks for a title and a format, and writes the hits as one file for somebody else to read. */
export function useBrief(): (hits: readonly Pick<Hit, 'id'>[]) => void {
  const { t, i18n } = useTranslation('review');
  const ask = useAskFields();
  const native = useNative();
  const notify = useNotify();
  const write = useCommand('briefs.write');
  return (hits) =>
    ask({
      title: t('brief.title', { count: hits.length }),
      explain: t('brief.explain'),
      confirm: t('brief.save'),
      fields: [
        {
          name: 'format',
          kind: 'choice',
          label: t('brief.format'),
          required: true,
          initial: localStorage.getItem('docket.brief-format') ?? 'pdf',
          choices: FORMATS.map((value) => ({ value, label: value.toUpperCase() })),
        },
        { name: 'title', kind: 'text', label: t('brief.heading'), initial: t('brief.name') },
        { name: 'context', kind: 'number', label: t('brief.context'), initial: '3' },
      ],
      submit: async ({ format = 'pdf', title = '', context = '3' }) => {
        localStorage.setItem('docket.brief-format', format);
        const file = await native.saveFile({
          defaultName: `${title || t('brief.name')}.${format}`,
          filters: [{ name: format.toUpperCase(), extensions: [format] }],
        });
        if (!file) return;
        await write.mutateAsync({
          hitIds: hits.map(({ id }) => id),
          format: format as (typeof FORMATS)[number],
          language: i18n.language === 'en' ? 'en' : 'zh-CN',
          file,
          title,
          context: Math.min(20, Number(context) || 0),
        });
        notify.done({
          title: t('brief.done', { count: hits.length }),
          message: file,
          action: { label: t('brief.show'), run: () => void native.revealFile(file) },
        });
      },
    });
}
