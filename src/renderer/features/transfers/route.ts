import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

export const transfersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/transfers',
  component: lazyRouteComponent(() => import('./transfers-screen.tsx'), 'TransfersScreen'),
});
