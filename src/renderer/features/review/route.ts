import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { QUEUE, ReviewSearch } from './search.ts';

export const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  validateSearch: ReviewSearch,
  // The navigation links here without a filter; every other link says what it means.
  beforeLoad: ({ search }) => {
    if (Object.values(search).every((value) => value === undefined))
      throw redirect({ to: '/review', search: QUEUE, replace: true });
  },
  component: lazyRouteComponent(() => import('./review-screen.tsx'), 'ReviewScreen'),
});
