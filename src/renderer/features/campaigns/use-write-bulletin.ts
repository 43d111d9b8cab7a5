import { useTranslation } from 'react-i18next';
import type { BulletinQuery, Campaign } from '../../../core/domain/bulletin.ts';
import { CATEGORY_IDS, type CategoryId } from '../../../core/domain/category.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { endOfDay, toDay } from '../../components/days.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

const FORMATS = ['docx', 'pdf', 'xlsx'] as const;

/** Asks what a bulletin is to say and where to save it, and writes it. */
export function useWriteBulletin(): (about: { query?: BulletinQuery; campaign?: Campaign }) => void {
  const { t, i18n } = useTranslation('campaigns');
  const words = useWords();
  const ask = useAskFields();
  const native = useNative();
  const notify = useNotify();
  const write = useCommand('bulletins.write');
  return ({ query, campaign }) => {
    const from = query?.from ?? new Date(new Date().getFullYear(), 0, 1).getTime();
    const to = query?.to ?? endOfDay(Date.now());
    ask({
      title: t('bulletin.write'),
      explain: t('bulletin.explain'),
      confirm: t('bulletin.save'),
      fields: [
        {
          name: 'title',
          kind: 'text',
          label: t('column.title'),
          required: true,
          initial: campaign ? t('bulletin.of', { title: campaign.title }) : t('bulletin.name'),
        },
        { name: 'from', kind: 'day', label: t('bulletin.from'), required: true, initial: toDay(from) },
        { name: 'to', kind: 'day', label: t('bulletin.to'), required: true, initial: toDay(to - 1) },
        {
          name: 'categories',
          kind: 'several',
          label: t('column.categories'),
          help: t('bulletin.allCategories'),
          initial: (query?.categories ?? []).join('\n'),
          choices: CATEGORY_IDS.map((value) => ({ value, label: words.category(value) })),
        },
        {
          name: 'introduction',
          kind: 'area',
          label: t('bulletin.introduction'),
          initial: campaign?.announcement ?? '',
        },
        { name: 'examples', kind: 'number', label: t('bulletin.examples'), initial: '20' },
        {
          name: 'format',
          kind: 'choice',
          label: t('bulletin.format'),
          required: true,
          initial: 'docx',
          choices: FORMATS.map((value) => ({ value, label: value.toUpperCase() })),
        },
        {
          name: 'language',
          kind: 'choice',
          label: t('bulletin.language'),
          required: true,
          initial: i18n.language === 'en' ? 'en' : 'zh-CN',
          choices: [
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ],
        },
      ],
      submit: async (values) => {
        const { title = '', format = 'docx' } = values;
        const file = await native.saveFile({
          defaultName: `${title}.${format}`,
          filters: [{ name: format.toUpperCase(), extensions: [format] }],
        });
        if (!file) return;
        const bulletin = await write.mutateAsync({
          query: {
            from: new Date(`${values.from}T00:00`).getTime(),
            to: endOfDay(new Date(`${values.to}T12:00`).getTime()),
            categories: (values.categories ?? '').split('\n').filter(Boolean) as CategoryId[],
          },
          campaignId: campaign?.id ?? null,
          title,
          introduction: values.introduction ?? '',
          examples: Math.max(0, Math.min(200, Number(values.examples) || 0)),
          format: format as (typeof FORMATS)[number],
          language: values.language === 'en' ? 'en' : 'zh-CN',
          file,
        });
        notify.done({
          title: t('bulletin.done', { number: bulletin.number }),
          message: file,
          action: { label: t('bulletin.show'), run: () => void native.revealFile(file) },
        });
      },
    });
  };
}
