/** Every route. A feature adds one import and one name. */
import { createHashHistory, createMemoryHistory, createRouter } from '@tanstack/react-router';
import { accountsRoute, listsRoute } from '../features/accounts/route.ts';
import { auditRoute } from '../features/audit/route.ts';
import { campaignsRoute } from '../features/campaigns/route.ts';
import { caseRoute, casesRoute } from '../features/cases/route.ts';
import { dashboardRoute } from '../features/dashboard/route.ts';
import { detectionRoute } from '../features/detection/route.ts';
import { dutiesRoute } from '../features/duties/route.ts';
import { houseRulesRoute } from '../features/house-rules/route.ts';
import { mediaRoute } from '../features/imports/media-route.ts';
import { importsRoute } from '../features/imports/route.ts';
import { sourceRoute } from '../features/imports/source-route.ts';
import { lawRoute } from '../features/law/route.ts';
import { leadsRoute } from '../features/leads/route.ts';
import { linksRoute } from '../features/links/route.ts';
import { measuresRoute } from '../features/measures/route.ts';
import { conversationsRoute, messagesRoute } from '../features/messages/route.ts';
import { packRoute } from '../features/packs/route.ts';
import { reconciliationRoute } from '../features/reconciliation/route.ts';
import { retentionRoute } from '../features/retention/route.ts';
import { reviewRoute } from '../features/review/route.ts';
import { rulesRoute } from '../features/rules/route.ts';
import { secondReviewRoute } from '../features/second-review/route.ts';
import { settingsRoute } from '../features/settings/route.ts';
import { transfersRoute } from '../features/transfers/route.ts';
import { rootRoute } from './root-route.tsx';
import { ScreenError } from './screen-error.tsx';

const routeTree = rootRoute.addChildren([
  dashboardRoute,
  importsRoute,
  sourceRoute,
  reconciliationRoute,
  linksRoute,
  messagesRoute,
  conversationsRoute,
  mediaRoute,
  accountsRoute,
  listsRoute,
  reviewRoute,
  secondReviewRoute,
  leadsRoute,
  campaignsRoute,
  casesRoute,
  caseRoute,
  packRoute,
  measuresRoute,
  dutiesRoute,
  houseRulesRoute,
  rulesRoute,
  lawRoute,
  detectionRoute,
  transfersRoute,
  retentionRoute,
  auditRoute,
  settingsRoute,
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
