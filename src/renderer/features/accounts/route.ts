import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { AccountsSearch } from './search.ts';

export const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  validateSearch: AccountsSearch,
  component: lazyRouteComponent(() => import('./accounts-screen.tsx'), 'AccountsScreen'),
});
