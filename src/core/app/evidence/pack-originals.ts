/** Source files of a pack: what of them goes along, what speaks against it, and who has to agree. */
import { DocketError } from '../../../contract/errors.ts';
import type { PackChoice, PackOriginals, PackPlan } from '../../domain/pack.ts';
import { joinedRanges, type PackOriginal, within } from '../../evidence/originals.ts';
import type { PackInput } from '../../evidence/pack-content.ts';
import { decoderOf } from '../../importers/encoding.ts';
import type { Encoding } from '../../importers/importer.ts';
import type { Database } from '../../storage/database.ts';
import { type SourceExtent, sourceExtent, unshownPlaces } from '../../storage/evidence/pack-originals.ts';
import { type SourceRow, sourceByUid } from '../../storage/sources/sources.ts';
import type { CaseDesk } from '../cases/case-desk.ts';
import { nameOf } from '../imports/origin.ts';
import type { Chosen } from './pack-choice.ts';

type Plan = PackPlan['originals'];

export interface ChosenOriginals {
  readonly originals: PackInput['originals'];
  readonly plan: Plan;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly withheld: boolean;
}

/**
 * What the choice comes to. A whole file contradicts a pack that withholds something of it, and never shows what
 * is in quarantine: both are refused. Whole files that show more than the pack, and excerpts of a pack that
 * withholds something, need a second officer.
 */
export function chosenOriginals(
  desk: CaseDesk,
  db: Database,
  chosen: Chosen,
  { caseId, originals = 'none', originalsOf = [] }: Pick<PackChoice, 'caseId' | 'originals' | 'originalsOf'>,
): ChosenOriginals {
  const own = new Map(originalsOf.map((one) => [one.sourceId, one.originals]));
  const formOf = (id: string): PackOriginals => own.get(id) ?? originals;
  const sources = chosen.rows.sources();
  const unknown = originalsOf.find(({ sourceId }) => !sources.some(({ id }) => id === sourceId));
  if (unknown) {
    throw new DocketError('invalid-input', 'no message of the pack stands in this source', unknown.sourceId);
  }
  const plan = {
    sources: sources.map(({ id, file, bytes }) => ({ id, file, bytes, originals: formOf(id) })),
  };
  const goes = sources.some(({ id }) => formOf(id) !== 'none');
  const places = goes ? placesBySource(chosen) : new Map<string, Place[]>();
  const of = (form: PackOriginals) =>
    sources
      .filter(({ id }) => goes && formOf(id) === form)
      .flatMap(({ id }) => sourceExtent(db, caseId, id) ?? [])
      .map((extent) => ({ extent, places: places.get(extent.row.uid) ?? [] }));
  const whole = wholeFiles(of('whole'));
  const cut = excerpts(desk, db, chosen, of('excerpts'));
  const none = of('none').map(({ extent }) => bare(extent.row.uid, 'none'));
  const order = new Map(sources.map(({ id }, i) => [id, i]));
  const made = [...whole.originals, ...cut.originals, ...none];
  made.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
  return {
    originals: goes ? made : null,
    plan: {
      ...plan,
      files: whole.files + cut.files,
      bytes: whole.bytes + cut.bytes,
      reasons: [...whole.reasons, ...cut.reasons],
      refused: whole.refused,
      closed: cut.closed,
    },
  };
}

/** A source without ranges: whole, or not at all. */
const bare = (source: string, form: 'whole' | 'none'): PackOriginal => ({
  source,
  form,
  ranges: [],
  closed: [],
});

/** What sources of one form come to. */
type Part = Pick<Plan, 'files' | 'bytes' | 'reasons'> & { readonly originals: readonly PackOriginal[] };

function placesBySource({ exhibits, rows }: Chosen): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const { id } of exhibits) {
    for (const { sourceId, locator, digest } of rows.rows(id)) {
      const { start, end } = locator;
      const place = { start, end, withheld: digest === null };
      const known = places.get(sourceId);
      if (known) known.push(place);
      else places.set(sourceId, [place]);
    }
  }
  return places;
}

interface OfSource {
  readonly extent: SourceExtent;
  readonly places: readonly Place[];
}

function wholeFiles(sources: readonly OfSource[]): Part & Pick<Plan, 'refused'> {
  const sum = (of: (extent: SourceExtent) => number) =>
    sources.reduce((total, { extent }) => total + of(extent), 0);
  const counts = [
    { reason: 'bystanders' as const, count: sum(({ bystanders }) => bystanders) },
    { reason: 'not-shown' as const, count: sum(({ notShown }) => notShown) },
    { reason: 'skipped' as const, count: sum(({ skipped }) => skipped) },
  ];
  const refused = sources.flatMap(({ extent, places }) => [
    ...(extent.isQuarantined ? [{ reason: 'quarantined' as const, file: extent.row.file }] : []),
    ...(places.some(({ withheld }) => withheld)
      ? [{ reason: 'withheld' as const, file: extent.row.file }]
      : []),
  ]);
  return {
    originals: sources.map(({ extent }) => bare(extent.row.uid, 'whole')),
    files: sources.length,
    bytes: sum(({ row }) => row.bytes),
    reasons: counts.filter(({ count }) => count > 0),
    refused,
  };
}

function excerpts(
  desk: CaseDesk,
  db: Database,
  chosen: Chosen,
  sources: readonly OfSource[],
): Part & Pick<Plan, 'closed'> {
  const made = sources.map(({ extent, places }) => excerptsOf(desk, db, chosen, extent.row, places));
  const withheld = sources.reduce(
    (sum, { places }) => sum + places.filter((place) => place.withheld).length,
    0,
  );
  const bytes = made
    .flatMap(({ ranges }) => ranges)
    .reduce((total, { start, end }) => total + end - start, 0);
  return {
    originals: made,
    files: made.filter(({ ranges }) => ranges.length > 0).length,
    bytes,
    reasons: withheld > 0 && bytes > 0 ? [{ reason: 'withheld', count: withheld }] : [],
    closed: made.reduce((sum, { closed }) => sum + closed.length, 0),
  };
}

/**
 * The bytes that shown messages came from: without those of messages of which a part is withheld, of messages
 * that stand in the same bytes, and of those in which the name of somebody under an alias is read.
 */
function excerptsOf(
  desk: CaseDesk,
  db: Database,
  { rows }: Chosen,
  source: SourceRow,
  places: readonly Place[],
): PackOriginal {
  const byPlace = new Map<string, Place>();
  for (const place of places) {
    const key = `${place.start} ${place.end}`;
    if (!byPlace.has(key) || place.withheld) byPlace.set(key, place);
  }
  const all = [...byPlace.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  const shut = new Map<Place, PackOriginal['closed'][0]['reason']>();
  const hidden = joinedRanges(all.filter(({ withheld }) => withheld));
  for (const place of all) if (within(hidden, place)) shut.set(place, 'withheld');
  const shown = joinedRanges(all);
  const unshown = joinedRanges(
    [...unshownPlaces(db, source.id)].filter((place) => within(shown, place) !== undefined),
  );
  for (const place of all) if (!shut.has(place) && within(unshown, place)) shut.set(place, 'shared');
  if (rows.mask.isAnyHidden) {
    const bytes = openSource(desk, source);
    try {
      for (const place of all) {
        if (shut.has(place)) continue;
        const read = bytes.read(place.start, place.end - place.start);
        if (tellsName(read, source.encoding, rows.mask)) shut.set(place, 'withheld');
      }
    } finally {
      bytes.close();
    }
    // What stands in the same bytes goes with it.
    const told = joinedRanges([...shut].filter(([, why]) => why === 'withheld').map(([place]) => place));
    for (const place of all) if (!shut.has(place) && within(told, place)) shut.set(place, 'withheld');
  }
  return {
    source: source.uid,
    form: 'excerpts',
    ranges: joinedRanges(all.filter((place) => !shut.has(place))),
    closed: [...shut]
      .map(([{ start, end }, reason]) => ({ start, end, reason }))
      .sort((a, b) => a.start - b.start || a.end - b.end),
  };
}

function tellsName(bytes: Uint8Array, encoding: string, mask: Chosen['rows']['mask']): boolean {
  const text = decoderOf(encoding as Encoding).decode(bytes);
  const plain = text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return mask.text(text) !== text || mask.text(plain) !== plain;
}

const openSource = (desk: CaseDesk, { blob, file, bytes }: SourceRow) =>
  desk.session.workspace.blobs.open(blob, nameOf(file), bytes);

/** Bytes of a sealed file that are read at a time. */
const CHUNK = 1 << 20;

/** The bytes of a source as they were sealed. */
export function* sourceContent(desk: CaseDesk, db: Database, uid: string): Generator<Uint8Array> {
  const source = sourceByUid(db, uid);
  if (!source) return;
  const bytes = openSource(desk, source);
  try {
    for (let at = 0; at < source.bytes; at += CHUNK) yield bytes.read(at, CHUNK);
  } finally {
    bytes.close();
  }
}

/** Throws `conflict` where the choice is refused. */
export function requireOriginals({ refused }: Plan): void {
  const [first] = refused;
  if (!first) return;
  const why =
    first.reason === 'withheld'
      ? 'the whole source file would show what the pack withholds'
      : 'the source file holds a message in quarantine';
  throw new DocketError('conflict', why, first.file);
}
