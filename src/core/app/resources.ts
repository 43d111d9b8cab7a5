import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocketError } from '../../contract/errors.ts';
import { type ControlCatalogue, loadControls } from '../cases/controls.ts';
import { loadPlaybook, type Playbook } from '../cases/playbooks.ts';
import { Classifier } from '../classifier/classifier.ts';
import { readModel } from '../classifier/model.ts';
import { Profile } from '../domain/workspace.ts';
import { type DutyRoutes, loadDutyRoutes } from '../duties/duty-routes.ts';
import type { PackTools } from '../evidence/pack-content.ts';
import { type HouseRules, loadHouseRules } from '../law/house-rules.ts';
import { type LawLibrary, loadLawLibrary } from '../law/law-library.ts';
import { loadMeters, type Meter } from '../meter/meter-data.ts';
import { loadPenaltySchedule, type PenaltySchedule } from '../penalties/penalty-schedule.ts';
import { inWords } from '../rules/pack-error.ts';
import { type LoadedPack, type PackOrigin, type ParsedPack, parsePackText } from '../rules/rule-pack.ts';

/** The viewer's script in its parts, in order: later ones use earlier ones. */
const VIEWER_SCRIPTS = [
  'primitives',
  'archive',
  'report',
  'rows',
  'log',
  'media',
  'table',
  'copies',
  'originals',
  'bag',
  'words',
  'page',
  'message',
  'render',
  'search',
  'start',
] as const;

/** What ships beside the program as data. Each part is read when first asked for, then kept. */
export interface Resources {
  readonly folder: string;
  readonly law: LawLibrary;
  readonly houseRules: HouseRules;
  readonly meters: readonly Meter[];
  readonly playbook: Playbook;
  readonly controls: ControlCatalogue;
  readonly shippedPacks: readonly LoadedPack[];
  readonly classifier: Classifier;
  /** What travels inside evidence packs. */
  readonly packTools: PackTools;
  schedule(profile: Profile): PenaltySchedule;
  routes(profile: Profile): DutyRoutes;
}

function once<T>(make: () => T): () => T {
  let value: { made: T } | null = null;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}

/** Opens the folder `resources/`. Reading a damaged file throws, naming it. */
export function openResources(folder: string): Resources {
  const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
  const perProfile = <T>(kind: string, load: (data: unknown) => T) => {
    const known = new Map(Profile.options.map((id) => [id, once(() => load(json(kind, `${id}.json`)))]));
    return (profile: Profile): T => (known.get(profile) as () => T)();
  };
  const law = once(() => loadLawLibrary(json('law', 'articles.json')));
  const houseRules = once(() => loadHouseRules(json('law', 'house-rules.json')));
  const meters = once(() => loadMeters(json('law', 'meters.json')));
  const playbook = once(() => loadPlaybook(json('playbooks.json')));
  const controls = once(() => loadControls(json('controls.json')));
  const classifier = once(
    () => new Classifier(readModel(readFileSync(join(folder, 'classifiers', 'categories.model')))),
  );
  const tools = once((): PackTools => {
    const text = (...path: string[]) => readFileSync(join(folder, 'evidence', ...path), 'utf8');
    return {
      verifyScript: text('verify.py'),
      viewerScript: VIEWER_SCRIPTS.map((name) => text('viewer', `${name}.js`)).join('\n'),
      viewerStyle: text('viewer', 'viewer.css'),
    };
  });
  const packs = once(() => {
    const packFolder = join(folder, 'rule-packs');
    return readdirSync(packFolder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => readPack(join(packFolder, name), 'shipped'));
  });
  return {
    folder,
    get law() {
      return law();
    },
    get houseRules() {
      return houseRules();
    },
    get meters() {
      return meters();
    },
    get playbook() {
      return playbook();
    },
    get controls() {
      return controls();
    },
    get classifier() {
      return classifier();
    },
    get packTools() {
      return tools();
    },
    get shippedPacks() {
      return packs();
    },
    schedule: perProfile('penalty-schedules', loadPenaltySchedule),
    routes: perProfile('duty-routes', loadDutyRoutes),
  };
}

/** Reads a pack file. Throws `pack-invalid` naming the file, the place in it and the reason. */
export function readPack(file: string, origin: PackOrigin): LoadedPack {
  return accepted(parsePackText(readFileSync(file, 'utf8'), origin), file);
}

/** Errors that a refusal tells, one on a line; the number of the others stands below. */
const TOLD = 20;

/** The pack, or its errors as a failure, each with its place. */
export function accepted(parsed: ParsedPack, file: string): LoadedPack {
  if (parsed.ok) return parsed.loaded;
  const lines = parsed.errors.slice(0, TOLD).map(inWords);
  const others = parsed.errors.length - lines.length;
  throw new DocketError(
    parsed.errors[0]?.code ?? 'pack-invalid',
    [...lines, ...(others > 0 ? [`and ${others} more`] : [])].join('\n'),
    file,
  );
}
