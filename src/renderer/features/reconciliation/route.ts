import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { ReconciliationSearch } from './search.ts';

export const reconciliationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reconciliation',
  validateSearch: ReconciliationSearch,
  component: lazyRouteComponent(() => import('./reconciliation-screen.tsx'), 'ReconciliationScreen'),
});
