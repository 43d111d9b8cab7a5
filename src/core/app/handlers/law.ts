import type { Handlers } from '../../../contract/dispatch.ts';
import { listQuarantine, openQuarantined, releaseQuarantined, setQuarantine } from '../cases/quarantine.ts';
import { checkLaw, getLaw, listLaw } from '../duties/law.ts';
import { enterFigure, readMeters, withdrawFigure } from '../duties/meter.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'law' | 'meter' | 'quarantine';
type LawHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** What leaves with quarantined content. */
const VIEWS = ['quarantine', 'messages', 'hits', 'cases', 'exhibits', 'duties', 'links', 'audit'];

/** Handlers of the law library, the statutory meters and the quarantine. */
export function lawHandlers(bench: Workbench): LawHandlers {
  const told = <T>(result: T, ...areas: string[]): T => {
    bench.changed(...areas);
    return result;
  };
  return {
    'law.list': ({ day }) => listLaw(bench.session, day ?? null),
    'law.get': ({ id, day }) => getLaw(bench.session, id, day ?? null),
    'law.check': ({ day }) => checkLaw(bench.session, day ?? null),
    'meter.read': (input) => readMeters(bench.session, input),
    'meter.enterFigure': (input) => told(enterFigure(bench.session, input), 'meters', 'audit'),
    'meter.withdrawFigure': (input) => told(withdrawFigure(bench.session, input), 'meters', 'audit'),
    'quarantine.list': () => listQuarantine(bench.session),
    'quarantine.set': (input) => told(setQuarantine(bench.session, input), ...VIEWS),
    'quarantine.open': (input) => told(openQuarantined(bench.session, input), 'audit'),
    'quarantine.release': (input) => told(releaseQuarantined(bench.session, input), ...VIEWS),
  };
}
