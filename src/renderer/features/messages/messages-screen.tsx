import { IconMessageSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../api/hooks.ts';
import { ChatContext } from '../../components/chat/chat-context.tsx';
import { Empty } from '../../components/empty.tsx';
import { ScreenButton } from '../../components/link.tsx';
import { MediaLine } from '../../components/media-line.tsx';
import { MessageDensity } from '../../components/message-density.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { SidePanel, Split } from '../../components/side-panel.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useMessageColumns } from './message-columns.tsx';
import { MessageFilters } from './message-filters.tsx';
import type { MessagesSearch } from './search.ts';

const route = getRouteApi('/messages');

/** Everything that was said, searchable by words of two characters. */
export function MessagesScreen() {
  const { t } = useTranslation(['messages', 'common']);
  const { message, sort, ...filter } = route.useSearch();
  const { set, clear } = useFilters<MessagesSearch>(route.useNavigate());
  const listing = usePages('messages.search', { filter: compact(filter), ...(sort ? { sort } : {}) });
  const columns = useMessageColumns(filter.text);
  const open = listing.rows.find((row) => row.id === message);
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      layout="fill"
      actions={
        <>
          <ScreenButton to="/messages/conversations" variant="default">
            {t('conversations.title')}
          </ScreenButton>
          <SearchBox
            value={filter.text ?? ''}
            onChange={(text) => set({ text: text || undefined })}
            placeholder={t('search')}
            width={320}
          />
        </>
      }
    >
      <MessageFilters
        filter={filter}
        sample={listing.rows[0]}
        onChange={set}
        onClear={() => clear('sort', 'message')}
      />
      <MediaLine sourceId={filter.sourceId} conversationId={filter.conversationId} />
      <Split
        panel={
          message ? (
            <SidePanel
              name="message"
              width={480}
              title={open?.conversation ?? t('context')}
              onClose={() => set({ message: undefined })}
            >
              <MessageDensity messageId={message} />
              <ChatContext messageId={message} find={filter.text} />
            </SidePanel>
          ) : null
        }
      >
        <DataTable
          name="messages"
          label={t('title')}
          columns={columns}
          listing={listing}
          idOf={(row) => row.id}
          currentId={message}
          onOpen={(row) => set({ message: row.id })}
          sort={sort ?? null}
          onSort={(next) => set({ sort: next as MessagesSearch['sort'] })}
          empty={
            <Empty
              icon={IconMessageSearch}
              title={t(filtered ? 'emptyFiltered.title' : 'empty.title')}
              description={t(filtered ? 'emptyFiltered.help' : 'empty.help')}
              action={
                filtered ? (
                  <ScreenButton to="/messages">{t('common:action.clearAll')}</ScreenButton>
                ) : (
                  <ScreenButton to="/imports">{t('empty.action')}</ScreenButton>
                )
              }
            />
          }
        />
      </Split>
    </Page>
  );
}
