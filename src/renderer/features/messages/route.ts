import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.tsx';
import { ConversationsSearch, MessagesSearch } from './search.ts';

export const messagesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/messages',
  validateSearch: MessagesSearch,
  component: lazyRouteComponent(() => import('./messages-screen.tsx'), 'MessagesScreen'),
});

export const conversationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/messages/conversations',
  validateSearch: ConversationsSearch,
  component: lazyRouteComponent(() => import('./conversations-screen.tsx'), 'ConversationsScreen'),
});
