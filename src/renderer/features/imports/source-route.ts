import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { MediaState } from '../../../core/domain/media.ts';
import { Count, Uid } from '../../../core/domain/page.ts';
import { rootRoute } from '../../app/root-route.tsx';
import { optional } from '../../app/search.ts';

export const SourceSearch = z.object({
  tab: optional(z.enum(['skips', 'gaps', 'media'])),
  /** First byte of the open skipped range. */
  skip: optional(Count),
  conversation: optional(Uid),
  /** Gaps of the chat in all sources, not in this one alone. */
  everywhere: optional(z.boolean()),
  media: optional(MediaState),
});
export type SourceSearch = z.infer<typeof SourceSearch>;

export const sourceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports/$sourceId',
  validateSearch: SourceSearch,
  component: lazyRouteComponent(() => import('./source-screen.tsx'), 'SourceScreen'),
});
