import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { LinksSearch } from './search.ts';

export const linksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/links',
  validateSearch: LinksSearch,
  component: lazyRouteComponent(() => import('./links-screen.tsx'), 'LinksScreen'),
});
