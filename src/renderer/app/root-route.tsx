import { createRootRoute } from '@tanstack/react-router';
import { Gate } from './gate.tsx';
import { NotFound } from './not-found.tsx';

/** Every feature's route names this as its parent. */
export const rootRoute = createRootRoute({ component: Gate, notFoundComponent: NotFound });
