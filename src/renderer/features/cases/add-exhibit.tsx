import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import { useCommand, usePages } from '../../api/hooks.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { findMarks, HitText } from '../../components/hit-text.tsx';
import { Loading } from '../../components/loading.tsx';
import { useNotify } from '../../components/notify.tsx';
import { ConversationPicker } from '../../components/pickers.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { Time } from '../../components/time.tsx';
import { compact } from '../../components/use-filters.ts';
import classes from './cases.module.css';

const CONTEXT = 20;

/** Finds a message and keeps it, with its neighbours, as an exhibit. */
export function AddExhibit({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useTranslation(['cases', 'common']);
  const notify = useNotify();
  const add = useCommand('evidence.addExhibit');
  const [text, setText] = useState('');
  const [conversationId, setConversation] = useState<string | undefined>(
    () => detail.hits.find((hit) => hit.conversationId)?.conversationId ?? undefined,
  );
  const [description, setDescription] = useState('');
  const [context, setContext] = useState<number>(CONTEXT);
  const listing = usePages('messages.search', { filter: compact({ text, conversationId }) }, { limit: 50 });
  const kept = new Set(detail.exhibits.map((exhibit) => exhibit.subject.id));
  const keep = (messageId: string) =>
    add.mutate(
      { caseId: detail.summary.id, messageId, description: description.trim() || null, context },
      {
        onSuccess: (exhibit) => {
          setDescription('');
          notify.done({ title: t('exhibit.addedAs', { number: exhibit.number }) });
        },
      },
    );
  return (
    <Dialog onClose={onClose} size="xl" title={t('exhibit.add')}>
      <Stack gap="sm">
        <Group gap="xs" align="flex-end">
          <SearchBox value={text} onChange={setText} placeholder={t('exhibit.find')} />
          <ConversationPicker
            value={conversationId}
            name={detail.hits.find((hit) => hit.conversationId === conversationId)?.conversation}
            onChange={setConversation}
          />
        </Group>
        <Group gap="xs" align="flex-end">
          <TextInput
            label={t('exhibit.description')}
            description={t('exhibit.descriptionHelp')}
            w={360}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <NumberInput
            label={t('exhibit.context')}
            w={150}
            size="xs"
            min={0}
            max={200}
            clampBehavior="strict"
            value={context}
            onChange={(value) => setContext(Number(value) || 0)}
          />
        </Group>
        {add.error ? <FailureView error={add.error} /> : null}
        {listing.error ? <FailureView error={listing.error} onRetry={listing.refresh} /> : null}
        {listing.loading ? <Loading lines={5} /> : null}
        {!listing.loading && listing.rows.length === 0 ? (
          <Text c="dimmed">{t('common:filter.nothing')}</Text>
        ) : null}
        <ul className={classes.timeline} aria-label={t('exhibit.found')}>
          {listing.rows.map((message) => (
            <li key={message.id} className={classes.entry} style={{ gridTemplateColumns: '1fr auto' }}>
              <div>
                <Text size="xs" c="dimmed">
                  <Time at={message.sentAt} written={message.sentAtText} /> ·{' '}
                  {message.sender ?? t('common:chat.noSender')} ·{' '}
                  {message.conversation ?? t('common:state.unnamed')}
                </Text>
                <HitText text={message.text} marks={findMarks(message.text, text)} />
              </div>
              <Button
                variant="default"
                size="compact-xs"
                disabled={kept.has(message.id) || add.isPending}
                onClick={() => keep(message.id)}
              >
                {t(kept.has(message.id) ? 'exhibit.kept' : 'exhibit.keep')}
              </Button>
            </li>
          ))}
        </ul>
        {listing.more ? (
          <Button variant="subtle" loading={listing.loadingMore} onClick={listing.loadMore}>
            {t('common:action.more')}
          </Button>
        ) : null}
      </Stack>
    </Dialog>
  );
}
