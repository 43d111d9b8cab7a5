import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { DetectionSearch } from './search.ts';

export const detectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/detection',
  validateSearch: DetectionSearch,
  component: lazyRouteComponent(() => import('./detection-screen.tsx'), 'DetectionScreen'),
});
