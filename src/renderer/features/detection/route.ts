import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';

export const detectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/detection',
  component: lazyRouteComponent(() => import('./detection-screen.tsx'), 'DetectionScreen'),
});
