import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { LeadsSearch } from './search.ts';

export const leadsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/leads',
  validateSearch: LeadsSearch,
  component: lazyRouteComponent(() => import('./leads-screen.tsx'), 'LeadsScreen'),
});
