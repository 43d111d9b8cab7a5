import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { MediaState } from '../../../core/domain/media.ts';
import { Uid } from '../../../core/domain/page.ts';
import { rootRoute } from '../../app/root-route.tsx';
import { optional } from '../../app/search.ts';

export const MediaSearch = z.object({
  state: optional(MediaState),
  sourceId: optional(Uid),
  conversationId: optional(Uid),
});
export type MediaSearch = z.infer<typeof MediaSearch>;

export const mediaRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/messages/media',
  validateSearch: MediaSearch,
  component: lazyRouteComponent(() => import('./media-screen.tsx'), 'MediaScreen'),
});
