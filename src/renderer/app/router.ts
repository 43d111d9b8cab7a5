/** Every route. A feature adds one import and one name. */
import { createHashHistory, createMemoryHistory, createRouter } from '@tanstack/react-router';
import { accountsRoute } from '../features/accounts/route.ts';
import { dashboardRoute } from '../features/dashboard/route.ts';
import { rootRoute } from './root-route.tsx';
import { ScreenError } from './screen-error.tsx';

const routeTree = rootRoute.addChildren([
  dashboardRoute,
  accountsRoute,
]);

/** `at` starts the router in memory, for tests; without it the place lives in the window's hash. */
export function createScreens(at?: string) {
  return createRouter({
    routeTree,
    history: at === undefined ? createHashHistory() : createMemoryHistory({ initialEntries: [at] }),
    defaultPreload: 'intent',
    defaultErrorComponent: ScreenError,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createScreens>;
  }
}
