import { IconMessages } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../core/domain/conversation.ts';
import { usePages } from '../../api/hooks.ts';
import { CountLink } from '../../components/count-link.tsx';
import { Empty } from '../../components/empty.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenButton } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import type { DataColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { Time } from '../../components/time.tsx';
import { compact, useFilters } from '../../components/use-filters.ts';
import { useWords } from '../../components/words.ts';
import type { ConversationsSearch } from './search.ts';

const route = getRouteApi('/messages/conversations');

/** Every chat of the material; a row opens its messages. */
export function ConversationsScreen() {
  const { t } = useTranslation(['messages', 'common']);
  const { text, sort } = route.useSearch();
  const navigate = route.useNavigate();
  const { set } = useFilters<ConversationsSearch>(navigate);
  const listing = usePages('conversations.list', compact({ text, sort }));
  const columns = useConversationColumns();
  const empty = text ? 'conversations.emptyFiltered' : 'empty';
  return (
    <Page
      title={t('conversations.title')}
      subtitle={t('conversations.subtitle')}
      layout="fill"
      actions={
        <SearchBox
          value={text ?? ''}
          onChange={(value) => set({ text: value || undefined })}
          placeholder={t('conversations.search')}
        />
      }
    >
      <DataTable
        name="conversations"
        label={t('conversations.title')}
        columns={columns}
        listing={listing}
        idOf={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/messages', search: { conversationId: row.id } })}
        sort={sort ?? null}
        onSort={(next) => set({ sort: next as ConversationsSearch['sort'] })}
        empty={
          <Empty
            icon={IconMessages}
            title={t(`${empty}.title`)}
            description={t(`${empty}.help`)}
            action={
              text ? (
                <ScreenButton to="/messages/conversations">{t('common:action.clearAll')}</ScreenButton>
              ) : (
                <ScreenButton to="/imports">{t('empty.action')}</ScreenButton>
              )
            }
          />
        }
      />
    </Page>
  );
}

function useConversationColumns(): DataColumn<Conversation>[] {
  const { t } = useTranslation(['messages', 'common']);
  const words = useWords();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('conversations.column.name'),
        width: 280,
        grow: true,
        sort: 'name',
        text: (row) => row.name ?? row.platformId ?? '',
        cell: (row) => <span>{row.name ?? row.platformId ?? t('common:state.unnamed')}</span>,
      },
      {
        id: 'platform',
        header: t('conversations.column.platform'),
        width: 110,
        from: 520,
        text: (row) => words.of('platform', row.platform),
        cell: (row) => <span>{words.of('platform', row.platform)}</span>,
      },
      {
        id: 'type',
        header: t('conversations.column.type'),
        width: 90,
        from: 600,
        text: (row) => words.of('conversationType', row.type),
        cell: (row) => <span>{words.of('conversationType', row.type)}</span>,
      },
      {
        id: 'members',
        header: t('conversations.column.members'),
        width: 90,
        from: 700,
        align: 'end',
        text: (row) => String(row.members),
        // Few exports name the members.
        cell: (row) => (row.members === 0 ? '—' : format.number(row.members)),
      },
      {
        id: 'messages',
        header: t('conversations.column.messages'),
        width: 110,
        align: 'end',
        sort: 'messages',
        text: (row) => String(row.messages),
        cell: (row) => <CountLink value={row.messages} to="/messages" search={{ conversationId: row.id }} />,
      },
      {
        id: 'firstAt',
        header: t('conversations.column.firstAt'),
        width: 142,
        from: 820,
        text: (row) => (row.firstAt === null ? '' : new Date(row.firstAt).toISOString()),
        cell: (row) => <Time at={row.firstAt} />,
      },
      {
        id: 'lastAt',
        header: t('conversations.column.lastAt'),
        width: 142,
        from: 460,
        sort: 'lastAt',
        text: (row) => (row.lastAt === null ? '' : new Date(row.lastAt).toISOString()),
        cell: (row) => <Time at={row.lastAt} />,
      },
    ],
    [t, words, format],
  );
}
