import { useTranslation } from 'react-i18next';
import type { CaseDetail, Party } from '../../../core/domain/case.ts';
import { type LetterFormat, LetterKind } from '../../../core/domain/hearing.ts';
import { useCommand } from '../../api/hooks.ts';
import { useNative } from '../../api/native.ts';
import { useAskFields } from '../../components/ask-fields.tsx';
import { toDay } from '../../components/days.ts';
import { useNotify } from '../../components/notify.tsx';
import { useWords } from '../../components/words.ts';
import { standingDecision } from './owed.ts';
import { useFacts } from './use-facts.ts';

const DAY = 86_400_000;
/** Days in which a person may appeal, where the officer sets no other. */
const APPEAL_DAYS = 15;

/** Kept on this workstation, so that nobody types it twice. */
const CONTACT = 'docket.letter-contact';
const ORGANISATION = 'docket.letter-organisation';

/** Asks what letter is wanted and where to save it, and writes it. */
export function useWriteLetter(detail: CaseDetail, party: Party): () => void {
  const { t, i18n } = useTranslation('hearing');
  const words = useWords();
  const ask = useAskFields();
  const native = useNative();
  const notify = useNotify();
  const write = useCommand('letters.write');
  const factsOf = useFacts();
  const decision = standingDecision(detail, party.id);
  const possible = LetterKind.options.filter(
    (kind) =>
      kind === 'invitation' ||
      (decision?.state === 'final' && (kind === 'decision' || Boolean(decision.appeal?.outcome))),
  );
  const own = detail.hits.filter((hit) => hit.disposition?.verdict === 'confirmed');
  return () =>
    ask({
      title: t('write'),
      confirm: t('save'),
      fields: [
        {
          name: 'kind',
          kind: 'choice',
          label: t('letter'),
          required: true,
          initial: possible.at(-1) ?? 'invitation',
          choices: words.choices('letterKind', possible),
        },
        {
          name: 'language',
          kind: 'choice',
          label: t('language'),
          required: true,
          initial: i18n.language === 'en' ? 'en' : 'zh-CN',
          choices: [
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ],
        },
        {
          name: 'format',
          kind: 'choice',
          label: t('format'),
          required: true,
          initial: 'docx',
          choices: [
            { value: 'docx', label: 'DOCX' },
            { value: 'pdf', label: 'PDF' },
          ],
        },
        {
          name: 'facts',
          kind: 'area',
          label: t('facts'),
          required: true,
          initial: factsOf(own),
          when: ({ kind }) => kind === 'invitation',
        },
        { name: 'until', kind: 'day', label: t('until'), initial: toDay(Date.now() + APPEAL_DAYS * DAY) },
        {
          name: 'organisation',
          kind: 'text',
          label: t('organisation'),
          required: true,
          initial: localStorage.getItem(ORGANISATION) ?? '',
        },
        {
          name: 'contact',
          kind: 'text',
          label: t('contact'),
          help: t('contactHelp'),
          required: true,
          initial: localStorage.getItem(CONTACT) ?? '',
        },
      ],
      submit: async ({
        kind = '',
        language = '',
        format = '',
        facts,
        until,
        organisation = '',
        contact = '',
      }) => {
        localStorage.setItem(CONTACT, contact);
        localStorage.setItem(ORGANISATION, organisation);
        const name = `${detail.summary.number} ${words.of('letterKind', kind)}.${format}`;
        const file = await native.saveFile({
          defaultName: name,
          filters: [{ name: format.toUpperCase(), extensions: [format] }],
        });
        if (!file) return;
        await write.mutateAsync({
          caseId: detail.summary.id,
          partyId: party.id,
          kind: kind as LetterKind,
          language: language as 'zh-CN' | 'en',
          format: format as LetterFormat,
          file,
          contact,
          organisation,
          until: until || null,
          facts: facts || null,
        });
        notify.done({
          title: t('written'),
          message: file,
          action: { label: t('show'), run: () => void native.revealFile(file) },
        });
      },
    });
}
