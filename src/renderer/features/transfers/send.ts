import { useTranslation } from 'react-i18next';
import { CallFailed } from '../../../contract/client.ts';
import type { CaseSummary } from '../../../core/domain/case.ts';
import { CategoryId } from '../../../core/domain/category.ts';
import type { Transfer } from '../../../core/domain/transfer.ts';
import { useInvoke } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { type Field, useAskFields, type Values } from '../../components/ask-fields.tsx';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';

const SHORTEST = 8;

function useSending() {
  const { t } = useTranslation('custody');
  const native = useNative();
  const invoke = useInvoke();
  const notify = useNotify();
  const fields: readonly Field[] = [
    { name: 'recipient', kind: 'text', label: t('transfers.send.recipient'), required: true },
    { name: 'purpose', kind: 'text', label: t('transfers.send.purpose'), required: true },
    {
      name: 'passphrase',
      kind: 'passphrase',
      label: t('transfers.send.passphrase'),
      help: t('transfers.send.passphraseHelp'),
      required: true,
    },
  ];
  const send = async (
    name: string,
    what: { caseId: string } | { hitIds: string[] },
    { recipient = '', purpose = '', passphrase = '' }: Values,
  ): Promise<void> => {
    if (passphrase.length < SHORTEST) {
      const detail = t('transfers.send.passphraseHelp');
      throw new CallFailed({ code: 'invalid-input', detail, subject: null });
    }
    const file = await native.saveFile({
      defaultName: `${name}.docket`,
      filters: [{ name: t('transfers.fileType'), extensions: ['docket'] }],
    });
    if (file === null) return;
    const sent: Transfer = await invoke('transfers.send', { ...what, file, passphrase, recipient, purpose });
    notify.done({
      title: t('transfers.send.done', { file: sent.file }),
      message: t('transfers.send.key'),
    });
  };
  return { fields, send };
}

/** Asks for whom and why, and writes a case to a file for another workstation. */
export function useHandOver(): (summary: CaseSummary) => void {
  const { t } = useTranslation('custody');
  const ask = useAskFields();
  const { fields, send } = useSending();
  return (summary) =>
    ask({
      title: t('transfers.send.title', { number: summary.number }),
      explain: t('transfers.send.explain'),
      confirm: t('transfers.send.confirm'),
      fields,
      submit: (values) => send(summary.number, { caseId: summary.id }, values),
    });
}

/** Asks how many of the queue, and writes them to a file for another officer's workstation. */
export function useShareHits(): () => void {
  const { t } = useTranslation('custody');
  const ask = useAskFields();
  const invoke = useInvoke();
  const words = useWords();
  const { fields, send } = useSending();
  return () =>
    ask({
      title: t('transfers.shareForm.title'),
      explain: t('transfers.shareForm.explain'),
      confirm: t('transfers.send.confirm'),
      fields: [
        {
          name: 'count',
          kind: 'number',
          label: t('transfers.shareForm.count'),
          initial: '100',
          required: true,
        },
        {
          name: 'category',
          kind: 'choice',
          label: t('transfers.shareForm.category'),
          choices: CategoryId.options.map((value) => ({ value, label: words.category(value) })),
        },
        ...fields,
      ],
      submit: async (values) => {
        const category = CategoryId.safeParse(values.category);
        const { rows } = await invoke('hits.list', {
          filter: {
            disposition: 'open',
            status: 'hit',
            ...(category.success ? { category: category.data } : {}),
          },
          limit: Math.max(1, Math.min(500, Number(values.count ?? '100'))),
        });
        if (rows.length === 0) {
          const detail = t('transfers.shareForm.none');
          throw new CallFailed({ code: 'not-found', detail, subject: null });
        }
        await send('hits', { hitIds: rows.map(({ id }) => id) }, values);
      },
    });
}
