import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { CaseSearch, CasesSearch } from './search.ts';

export const casesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases',
  validateSearch: CasesSearch,
  component: lazyRouteComponent(() => import('./cases-screen.tsx'), 'CasesScreen'),
});

export const caseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases/$caseId',
  validateSearch: CaseSearch,
  component: lazyRouteComponent(() => import('./case-screen.tsx'), 'CaseScreen'),
});
