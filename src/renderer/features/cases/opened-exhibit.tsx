import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exhibit } from '../../../core/domain/case.ts';
import { useCall } from '../../api/hooks.ts';
import { ChatMessage } from '../../components/chat/chat-message.tsx';
import type { PartMarks } from '../../components/chat/part-marks.ts';
import { useCitation } from '../../components/chat/use-citation.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { Loading } from '../../components/loading.tsx';
import classes from './cases.module.css';

const PAGE = 50;
const NO_MARKS: readonly PartMarks[] = [];

/** The messages of an exhibit as they were imported. Its custody says who opened it. */
export function OpenedExhibitDialog({ exhibit, onClose }: { exhibit: Exhibit; onClose: () => void }) {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const cite = useCitation();
  const [offset, setOffset] = useState(0);
  const opened = useCall('evidence.open', { exhibitId: exhibit.id, offset, limit: PAGE }, { keep: true });
  const total = opened.data?.total ?? exhibit.messages;
  return (
    <Dialog onClose={onClose} size="xl" title={t('exhibit.opened', { number: exhibit.number })}>
      <Stack gap="sm">
        <Text size="xs" c="dimmed">
          {t('exhibit.openedHelp')}
        </Text>
        {opened.error ? <FailureView error={opened.error} onRetry={() => void opened.refetch()} /> : null}
        {opened.isPending ? <Loading lines={8} /> : null}
        <div className={classes.opened} role="log" aria-label={exhibit.number}>
          {opened.data?.rows.map(({ message, isSubject, withheld }) =>
            withheld ? (
              <Text key={message.id} size="sm" c="dimmed" px="sm">
                {t(`exhibit.withheld.${withheld}`)}
              </Text>
            ) : (
              <ChatMessage
                key={message.id}
                message={message}
                subject={isSubject}
                follows={false}
                marks={NO_MARKS}
                cite={cite}
                find={null}
              />
            ),
          )}
        </div>
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {t('exhibit.place', {
              from: format.number(Math.min(total, offset + 1)),
              to: format.number(Math.min(total, offset + PAGE)),
              total: format.number(total),
            })}
          </Text>
          <Group gap="xs">
            {total > PAGE ? (
              <>
                <Button
                  variant="default"
                  disabled={offset === 0}
                  onClick={() => setOffset(Math.max(0, offset - PAGE))}
                >
                  {t('exhibit.earlier')}
                </Button>
                <Button
                  variant="default"
                  disabled={offset + PAGE >= total}
                  onClick={() => setOffset(offset + PAGE)}
                >
                  {t('exhibit.later')}
                </Button>
              </>
            ) : null}
            {exhibit.subject.type === 'message' ? (
              <ScreenButton to="/messages" search={{ message: exhibit.subject.id }} variant="default">
                {t('exhibit.inConversation')}
              </ScreenButton>
            ) : null}
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}
