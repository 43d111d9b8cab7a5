import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { DutiesSearch, OWED } from './search.ts';

export const dutiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/duties',
  validateSearch: DutiesSearch,
  beforeLoad: ({ search }) => {
    if (Object.values(search).every((value) => value === undefined))
      throw redirect({ to: '/duties', search: OWED, replace: true });
  },
  component: lazyRouteComponent(() => import('./duties-screen.tsx'), 'DutiesScreen'),
});
