import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { MeasuresSearch } from './search.ts';

export const measuresRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/measures',
  validateSearch: MeasuresSearch,
  component: lazyRouteComponent(() => import('./measures-screen.tsx'), 'MeasuresScreen'),
});
