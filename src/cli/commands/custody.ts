import { resolve } from 'node:path';
import type { Output } from '../../contract/api.ts';
import { type Action, actingCommand, needed } from '../acting-command.ts';
import type { Context } from '../command.ts';

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

const ACTIONS: Readonly<Record<string, Action>> = {
  sources: (context, opened) => opened.call('custody.sources', { caseId: needed(context, 'case') }),
  form: (context, opened) =>
    opened.call('custody.writeForm', { ...paper(context), packId: context.arguments.text('pack') ?? null }),
  'device-sheet': (context, opened) => opened.call('custody.writeDeviceSheet', paper(context)),
};

function words(value: unknown, action: string): string {
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
    'custody sources --case ID | form --case ID --out FILE.docx [--pack ID] [--language en] | device-sheet --case ID --out FILE.docx [--language en]',
  summary: 'where the sources of a case came from; custody form; check sheet for the original device',
  options: {
    case: { type: 'string' },
    pack: { type: 'string' },
    out: { type: 'string' },
    language: { type: 'string' },
  },
  actions: ACTIONS,
  words,
});
