import type { Handlers } from '../../contract/dispatch.ts';
import { checkLaw, getLaw, listLaw } from './law.ts';
import type { Workbench } from './workbench.ts';

type LawHandlers = { [M in keyof Handlers as M extends `law.${string}` ? M : never]: Handlers[M] };

/** Handlers of the law library. */
export function lawHandlers(bench: Workbench): LawHandlers {
  return {
    'law.list': ({ day }) => listLaw(bench.session, day ?? null),
    'law.get': ({ id, day }) => getLaw(bench.session, id, day ?? null),
    'law.check': ({ day }) => checkLaw(bench.session, day ?? null),
  };
}
