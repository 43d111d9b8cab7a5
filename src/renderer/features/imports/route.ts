import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { ImportsSearch } from './search.ts';

export const importsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports',
  validateSearch: ImportsSearch,
  component: lazyRouteComponent(() => import('./imports-screen.tsx'), 'ImportsScreen'),
});
