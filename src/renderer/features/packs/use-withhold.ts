import { useTranslation } from 'react-i18next';
import type { PackPreviewRow } from '../../../core/domain/pack.ts';
import { useCommand } from '../../api/hooks.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { useAskReason } from '../../components/ask-reason.tsx';
import { useNotify } from '../../components/notify.tsx';

const PARTS = ['words', 'text', 'sender', 'attachments', 'carried', 'extra'] as const;

/** Every place of some words in a text. */
export function placesOf(text: string, words: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  if (words === '') return spans;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    spans.push({ start: at, end: at + words.length });
  }
  return spans;
}

/** Withholds words or a part of one message from the packs of a case, with a reason; the original stays. */
export function useWithhold(caseId: string, row: PackPreviewRow) {
  const { t } = useTranslation('packs');
  const fields = useAskFields();
  const reason = useAskReason();
  const notify = useNotify();
  const redact = useCommand('evidence.redact');
  const withdraw = useCommand('evidence.withdrawRedaction');
  return {
    /** `selected`: what is marked on the screen; taken where it is part of this message's text. */
    ask(selected: string) {
      const words = row.text.includes(selected) ? selected : '';
      const parts = PARTS.filter((part) => part !== 'attachments' || row.attachments.length > 0);
      fields({
        title: t('withhold.title'),
        explain: t('withhold.explain'),
        confirm: t('withhold.confirm'),
        fields: [
          {
            name: 'part',
            kind: 'choice',
            label: t('withhold.what'),
            required: true,
            initial: row.text === '' ? 'sender' : 'words',
            choices: parts.map((value) => ({ value, label: t(`withhold.part.${value}`) })),
          },
          {
            name: 'words',
            kind: 'area',
            label: t('withhold.words'),
            help: t('withhold.wordsHelp'),
            required: true,
            initial: words,
            when: ({ part }) => part === 'words',
          },
          { name: 'reason', kind: 'text', label: t('withhold.reason'), required: true },
        ],
        submit: async ({ part = '', words: wanted = '', reason: because = '' }) => {
          const spans = part === 'words' ? placesOf(row.text, wanted) : null;
          if (spans?.length === 0) throw new Error(t('withhold.notThere'));
          await redact.mutateAsync({
            caseId,
            messageId: row.messageId,
            part:
              part === 'words' ? 'text' : (part as 'text' | 'sender' | 'attachments' | 'carried' | 'extra'),
            spans,
            reason: because,
          });
        },
      });
    },
    async undo(redactionId: string) {
      const because = await reason({ title: t('withhold.undo'), explain: t('withhold.undoExplain') });
      if (because) withdraw.mutate({ redactionId, reason: because }, { onError: notify.failed });
    },
  };
}
