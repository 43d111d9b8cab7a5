import { Select, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PackProfile } from '../../../core/domain/case.ts';
import { useWords } from '../../components/words.ts';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';

/** For whom, and what for: it decides what the pack holds. */
export function PackFor({ pack: { draft, change } }: { pack: Pack }) {
  const { t } = useTranslation('packs');
  const words = useWords();
  return (
    <section className={classes.box}>
      <Title order={2}>{t('for.title')}</Title>
      <Select
        label={t('for.profile')}
        description={t(`for.holds.${draft.profile}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        value={draft.profile}
        data={words.choices('packProfile', PackProfile.options)}
        onChange={(value) => value && change({ profile: value as PackProfile })}
      />
      <TextInput
        label={t('for.recipient')}
        value={draft.recipient}
        onChange={(event) => change({ recipient: event.currentTarget.value })}
      />
      <Textarea
        label={t('for.purpose')}
        description={t('for.purposeHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        value={draft.purpose}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
      />
    </section>
  );
}
