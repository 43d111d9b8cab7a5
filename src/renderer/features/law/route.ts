import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { LawSearch } from './search.ts';

export const lawRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/law',
  validateSearch: LawSearch,
  component: lazyRouteComponent(() => import('./law-screen.tsx'), 'LawScreen'),
});
