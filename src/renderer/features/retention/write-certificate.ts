import { useTranslation } from 'react-i18next';
import { useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useNotify } from '../../components/notify.tsx';

/** Asks for form and language, and writes a certificate of destruction. */
export function useWriteCertificate(): (destructionId: string) => void {
  const { t, i18n } = useTranslation('custody');
  const ask = useAskFields();
  const invoke = useInvoke();
  const native = useNative();
  const notify = useNotify();
  return (destructionId) =>
    ask({
      title: t('retention.write'),
      confirm: t('custody.paper.write'),
      fields: [
        {
          name: 'format',
          kind: 'choice',
          label: t('custody.paper.format'),
          required: true,
          initial: 'docx',
          choices: [
            { value: 'docx', label: t('custody.paper.docx') },
            { value: 'pdf', label: t('custody.paper.pdf') },
            { value: 'json', label: t('retention.json') },
          ],
        },
        {
          name: 'language',
          kind: 'choice',
          label: t('custody.paper.language'),
          required: true,
          initial: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
          choices: (['zh-CN', 'en'] as const).map((value) => ({ value, label: t(`custody.paper.${value}`) })),
        },
      ],
      submit: async (values) => {
        const format = values.format === 'pdf' || values.format === 'json' ? values.format : 'docx';
        const file = await native.saveFile({
          defaultName: `destruction-${destructionId.slice(0, 8)}.${format}`,
          filters: [{ name: format.toUpperCase(), extensions: [format] }],
        });
        if (file === null) return;
        const language = values.language === 'en' ? 'en' : 'zh-CN';
        await invoke('retention.writeCertificate', { destructionId, file, format, language });
        notify.done({ title: t('custody.paper.done', { file }) });
      },
    });
}
