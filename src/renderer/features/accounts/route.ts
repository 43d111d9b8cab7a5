import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { AccountsSearch, ListsSearch } from './search.ts';

export const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  validateSearch: AccountsSearch,
  component: lazyRouteComponent(() => import('./accounts-screen.tsx'), 'AccountsScreen'),
});

export const listsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/lists',
  validateSearch: ListsSearch,
  component: lazyRouteComponent(() => import('./lists-screen.tsx'), 'ListsScreen'),
});
