import { PasswordInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Officer } from '../../../core/domain/workspace.ts';
import { failureOf } from '../../api/failure.ts';
import { useWords } from '../../components/words.ts';

interface SecondOfficerProps {
  label: string;
  help?: string;
  /** Who may stand for it. */
  officers: readonly Officer[];
  officerId: string | null;
  onOfficer: (id: string | null) => void;
  passphrase: string;
  onPassphrase: (passphrase: string) => void;
  /** Whether an empty field is to be pointed out. */
  tried: boolean;
  /** What the last attempt failed with; a wrong passphrase is said at its field. */
  error: unknown;
}

/** Somebody else's own unlock, at this desk: their name and the passphrase that only they know. */
export function SecondOfficer(props: SecondOfficerProps) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const { officers, officerId, passphrase, tried, error } = props;
  const empty = passphrase === '';
  return (
    <>
      <Select
        label={props.label}
        description={props.help}
        value={officerId}
        data={officers.map((officer) => ({
          value: officer.id,
          label: `${officer.name} · ${words.of('role', officer.role)}`,
        }))}
        error={tried && !officerId ? t('common:form.required') : null}
        onChange={props.onOfficer}
      />
      <PasswordInput
        label={t('approval.passphrase')}
        description={t('approval.passphraseHelp')}
        autoComplete="off"
        value={passphrase}
        error={
          !empty ? null : isWrongKey(error) ? t('approval.wrong') : tried ? t('common:form.required') : null
        }
        onChange={(event) => props.onPassphrase(event.currentTarget.value)}
      />
    </>
  );
}

/** Said at the passphrase, so that no second message says it again. */
export const isWrongKey = (error: unknown): boolean =>
  error !== null && failureOf(error).code === 'wrong-key';
