import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Hit } from '../../../core/domain/hit.ts';
import type { Page } from '../../../core/domain/page.ts';

/**
 * Puts hits that the host just answered into what the lists show, so that a verdict stands at once and
 * a list that is not read again by itself does not show an old one.
 */
export function putHits(client: QueryClient, hits: readonly Hit[]): void {
  const fresh = new Map(hits.map((hit) => [hit.id, hit]));
  const replaced = (page: Page<Hit>): Page<Hit> =>
    page.rows.some((row) => fresh.has(row.id))
      ? { ...page, rows: page.rows.map((row) => fresh.get(row.id) ?? row) }
      : page;
  client.setQueriesData<InfiniteData<Page<Hit>> | Page<Hit>>({ queryKey: ['hits.list'] }, (data) => {
    if (!data) return data;
    return 'pages' in data ? { ...data, pages: data.pages.map(replaced) } : replaced(data);
  });
  for (const hit of hits) client.setQueryData(['hits.get', { hitId: hit.id }], hit);
}
