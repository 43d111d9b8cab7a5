import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { PackSearch } from './search.ts';

export const packRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases/$caseId/pack',
  validateSearch: PackSearch,
  component: lazyRouteComponent(() => import('./pack-screen.tsx'), 'PackScreen'),
});
