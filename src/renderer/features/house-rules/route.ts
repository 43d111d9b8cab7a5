import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { HouseRulesSearch } from './search.ts';

export const houseRulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/house-rules',
  validateSearch: HouseRulesSearch,
  component: lazyRouteComponent(() => import('./house-rules-screen.tsx'), 'HouseRulesScreen'),
});
