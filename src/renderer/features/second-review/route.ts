import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

export const secondReviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-review',
  component: lazyRouteComponent(() => import('./second-review-screen.tsx'), 'SecondReviewScreen'),
});
