import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { RulesSearch } from './search.ts';

export const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  validateSearch: RulesSearch,
  component: lazyRouteComponent(() => import('./rules-screen.tsx'), 'RulesScreen'),
});
