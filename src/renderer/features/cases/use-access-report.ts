import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useNotify } from '../../components/notify.tsx';

/** Asks who wants the report and where to save it, and writes what is kept about a person with others masked. */
export function useAccessReport(): (accountId: string, name: string) => void {
  const { t, i18n } = useTranslation('triage');
  const ask = useAskFields();
  const native = useNative();
  const notify = useNotify();
  const write = useCommand('accessReports.write');
  return (accountId, name) =>
    ask({
      title: t('access.title', { name }),
      explain: t('access.explain'),
      fields: [
        {
          name: 'reason',
          kind: 'area',
          label: t('access.reason'),
          help: t('access.reasonHelp'),
          required: true,
        },
        {
          name: 'format',
          kind: 'choice',
          label: t('access.format'),
          required: true,
          initial: 'docx',
          choices: ['docx', 'pdf'].map((value) => ({ value, label: value.toUpperCase() })),
        },
        {
          name: 'language',
          kind: 'choice',
          label: t('access.language'),
          required: true,
          initial: i18n.language === 'en' ? 'en' : 'zh-CN',
          choices: [
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ],
        },
      ],
      submit: async ({ reason = '', format, language }) => {
        const extension = format === 'pdf' ? 'pdf' : 'docx';
        const file = await native.saveFile({
          defaultName: `${t('access.name')}-${name}.${extension}`,
          filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
        });
        if (!file) return;
        await write.mutateAsync({
          accountId,
          language: language === 'en' ? 'en' : 'zh-CN',
          format: extension,
          file,
          reason,
        });
        notify.done({
          title: t('access.done'),
          message: file,
          action: { label: t('access.show'), run: () => void native.revealFile(file) },
        });
      },
    });
}
