import { z } from 'zod';
import {
  citingOfResources,
  type LawDesk,
  lawEntries,
  lawPage,
  lawReport,
} from '../../core/app/duties/law.ts';
import type { LawEntry } from '../../core/domain/law.ts';
import { type CivilDay, civilDayOf } from '../../core/law/civil-day.ts';
import { needed } from '../acting-command.ts';
import { type Command, type Context, EXIT, UsageError } from '../command.ts';
import { systemEnvironment } from '../open.ts';

/** One version in a line: whether it held that day, its id, its days, how it is known. */
function line(entry: LawEntry): string {
  const until = entry.ended ? `${entry.ended.on} (${entry.ended.how})` : '';
  const { content, number, dates } = entry.marks;
  return `${entry.inForce ? '*' : ' '} ${entry.id}  ${entry.citation.zh}  ${entry.effectiveFrom} – ${until}  [${content}/${number}/${dates}]`;
}

function dayOf({ arguments: given }: Context): CivilDay {
  const day = given.text('on');
  if (day === undefined) return civilDayOf(systemEnvironment().now());
  if (!z.iso.date().safeParse(day).success)
    throw new UsageError(`--on takes a day as YYYY-MM-DD, not ${day}`);
  return day;
}

/** What ships, with the citations of the shipped packs: no workspace is needed. */
function shipped(): LawDesk {
  const { resources } = systemEnvironment();
  const packs = resources.shippedPacks.map(({ pack }) => pack);
  return { resources, citing: citingOfResources(resources, packs) };
}

const ACTIONS: Record<string, (context: Context) => number> = {
  list(context) {
    const day = dayOf(context);
    const text = context.arguments.text('text')?.toLowerCase() ?? '';
    const entries = lawEntries(shipped(), day).filter(({ id, citation, summary }) =>
      [id, citation.zh, citation.en, summary.zh, summary.en].some((one) => one.toLowerCase().includes(text)),
    );
    context.answer(entries, () => entries.map(line).join('\n'));
    return EXIT.done;
  },
  show(context) {
    const page = lawPage(shipped(), needed(context, 'article'), dayOf(context));
    const standing = page.versions.find(({ inForce }) => inForce) ?? null;
    context.answer({ ...page, standing }, () =>
      [
        ...page.versions.map(line),
        ...(standing ? ['', standing.summary.zh, standing.summary.en] : ['', 'No version held on that day.']),
        '',
        ...page.citing.map(({ set, id, reference }) => `${set} ${id}: ${reference}`),
      ].join('\n'),
    );
    return EXIT.done;
  },
  check(context) {
    const report = lawReport(shipped(), dayOf(context));
    const dead = report.problems.filter((one) => one.dead).length;
    context.answer(report, () =>
      [
        ...report.problems.map(
          (one) => `${one.dead ? 'dead ' : 'stale'} ${one.set} ${one.id}: ${one.reference} (${one.problem})`,
        ),
        `${report.day}: ${report.checked} citations, ${dead} dead, ${report.problems.length - dead} stale`,
      ].join('\n'),
    );
    return dead > 0 ? EXIT.findings : EXIT.done;
  },
};

export const lawCommand: Command = {
  name: 'law',
  usage: 'law list|show|check [--article ID] [--on YYYY-MM-DD] [--text WORDS]',
  summary: 'articles with their versions, the one that held on a day, and citations that do not stand',
  options: { article: { type: 'string' }, on: { type: 'string' }, text: { type: 'string' } },
  async run(context) {
    const [name = 'list'] = context.arguments.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw new UsageError(`law list, show or check, not ${name}`);
    return action(context);
  },
};
