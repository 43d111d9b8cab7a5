import { Button, Group, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaseDetail, MeasureSubject, PartyRole } from '../../../core/domain/case.ts';
import { useCommand } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { AccountPicker, ConversationPicker } from '../../components/pickers.tsx';
import { useWords } from '../../components/words.ts';

/** Brings in a promoter, an owner, a group, a witness. A group is a conversation, everything else an account. */
export function AddParty({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const words = useWords();
  const add = useCommand('cases.addParty');
  const [role, setRole] = useState<PartyRole>('promoter');
  const [subjectType, setSubject] = useState<MeasureSubject>('personal-account');
  const [accountId, setAccount] = useState<string | undefined>();
  const [conversationId, setConversation] = useState<string | undefined>();
  const isGroup = subjectType === 'group';
  const chosen = isGroup ? conversationId : accountId;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    add.mutate(
      {
        caseId: detail.summary.id,
        role,
        subjectType,
        ...(isGroup ? { conversationId: chosen } : { accountId: chosen }),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog onClose={onClose} title={t('party.add')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label={t('party.role')}
            allowDeselect={false}
            value={role}
            data={words.choices('partyRole', PartyRole.options)}
            onChange={(value) => value && setRole(value as PartyRole)}
          />
          <Select
            label={t('party.subject')}
            description={t('party.subjectHelp')}
            allowDeselect={false}
            value={subjectType}
            data={words.choices('measureSubject', MeasureSubject.options)}
            onChange={(value) => value && setSubject(value as MeasureSubject)}
          />
          {isGroup ? (
            <ConversationPicker
              label={t('party.group')}
              width="100%"
              value={conversationId}
              onChange={setConversation}
            />
          ) : (
            <AccountPicker label={t('party.person')} width="100%" value={accountId} onChange={setAccount} />
          )}
          {add.error ? <FailureView error={add.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" disabled={!chosen} loading={add.isPending}>
              {t('party.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
