import { resolve } from 'node:path';
import type { Output } from '../../contract/api.ts';
import type { Exhibit, OpenedExhibit } from '../../core/domain/case.ts';
import type { ThingHold } from '../../core/domain/custody.ts';
import { visibleLine } from '../../core/evidence/visible-text.ts';
import { type Action, actingCommand, needed } from '../acting-command.ts';
import { type Context, UsageError } from '../command.ts';

/** Where a paper goes, in which language; PDF where the name ends so and something prints pages. */
function paper(context: Context) {
  const file = resolve(needed(context, 'out'));
  return {
    caseId: needed(context, 'case'),
    file,
    format: file.endsWith('.pdf') ? ('pdf' as const) : ('docx' as const),
    language: context.arguments.text('language') === 'en' ? ('en' as const) : ('zh-CN' as const),
  };
}

function holdKind(context: Context) {
  const on = needed(context, 'on');
  if (on !== 'exhibit' && on !== 'source') throw new UsageError('--on is exhibit or source');
  return on;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list: async (context, opened) =>
    (await opened.call('cases.get', { caseId: needed(context, 'case') })).exhibits,
  view: (context, opened) =>
    opened.call('evidence.open', {
      exhibitId: needed(context, 'exhibit'),
      purpose: context.arguments.text('purpose') ?? '',
      offset: context.arguments.count('offset') ?? 0,
      limit: context.arguments.count('limit') ?? 200,
    }),
  holds: (context, opened) =>
    opened.call('custody.holds', {
      caseId: context.arguments.text('case') ?? null,
      id: context.arguments.text('id') ?? null,
    }),
  hold: (context, opened) =>
    opened.call('custody.setHold', {
      on: holdKind(context),
      id: needed(context, 'id'),
      reason: needed(context, 'reason'),
    }),
  lift: (context, opened) =>
    opened.call('custody.liftHold', { holdId: needed(context, 'hold'), reason: needed(context, 'reason') }),
  sources: (context, opened) => opened.call('custody.sources', { caseId: needed(context, 'case') }),
  form: (context, opened) =>
    opened.call('custody.writeForm', { ...paper(context), packId: context.arguments.text('pack') ?? null }),
  'device-sheet': (context, opened) => opened.call('custody.writeDeviceSheet', paper(context)),
};

const time = (at: number | null) => (at === null ? '-' : new Date(at).toISOString());

const holdWords = ({ id, on, name, reason, setAt, officer, lifted }: ThingHold): string =>
  [
    `${lifted ? 'lifted' : 'stands'}  ${on} ${name}  ${reason}  (${officer}, ${time(setAt)})  id ${id}`,
    ...(lifted ? [`  lifted by ${lifted.officer}, ${time(lifted.at)}: ${lifted.reason}`] : []),
  ].join('\n');

function words(value: unknown, action: string): string {
  if (action === 'holds') return (value as ThingHold[]).map(holdWords).join('\n');
  if (action === 'hold' || action === 'lift') return holdWords(value as ThingHold);
  if (action === 'list') {
    return (value as Exhibit[])
      .flatMap(({ id, number, description, custody }) => [
        `${number}  ${description}  id ${id}`,
        ...custody.map(
          ({ at, action: what, officer, purpose }) => `  ${time(at)}  ${what}  ${officer}  ${purpose}`,
        ),
      ])
      .join('\n');
  }
  if (action === 'view') {
    return (value as OpenedExhibit).rows
      .map(({ message, isSubject, withheld }) =>
        withheld
          ? `  [${withheld}]`
          : `${isSubject ? '* ' : '  '}${time(message.sentAt)}  ${message.sender ?? '-'}  ${visibleLine(message.text)}`,
      )
      .join('\n');
  }
  if (action !== 'sources') return (value as Output<'custody.writeForm'>).file;
  return (value as Output<'custody.sources'>)
    .map(
      ({ source, acquisition, extraction, destroyedBy }) =>
        `${source.file}  ${source.sha256}  custodian ${acquisition?.custodian || '-'}  ${
          destroyedBy
            ? 'content destroyed'
            : extraction === null
              ? 'not extracted anew'
              : extraction.outcome.same
                ? 'extracted anew: the same'
                : `extracted anew: ${extraction.outcome.different} differences`
        }`,
    )
    .join('\n');
}

export const custodyCommand = actingCommand({
  name: 'custody',
  usage:
    'custody list --case ID | view --exhibit ID [--purpose TEXT] [--offset N] [--limit N] | holds [--case ID|--id ID] | hold --on exhibit|source --id ID --reason TEXT | lift --hold ID --reason TEXT | sources --case ID | form --case ID --out FILE.docx [--pack ID] [--language en] | device-sheet --case ID --out FILE.docx [--language en]',
  summary: 'custody of exhibits, opening them, holds on exhibits and sources, forms and sheets',
  options: {
    case: { type: 'string' },
    pack: { type: 'string' },
    exhibit: { type: 'string' },
    purpose: { type: 'string' },
    offset: { type: 'string' },
    limit: { type: 'string' },
    on: { type: 'string' },
    id: { type: 'string' },
    reason: { type: 'string' },
    hold: { type: 'string' },
    out: { type: 'string' },
    language: { type: 'string' },
  },
  actions: ACTIONS,
  words,
});
