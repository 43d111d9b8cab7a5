import { CategoryId } from '../../core/domain/category.ts';
import { type Hit, type HitFilter, HitStatus } from '../../core/domain/hit.ts';
import { formatInstant } from '../../core/domain/zone.ts';
import { everyRow } from '../acting-command.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const hitsCommand: Command = {
  name: 'hits',
  usage: 'hits [--category C] [--status hit|proposal] [--limit N]',
  summary: 'list hits, the most pressing first',
  options: { category: { type: 'string' }, status: { type: 'string' }, limit: { type: 'string' } },
  async run(context) {
    const category = context.arguments.text('category');
    const status = context.arguments.text('status');
    if (category !== undefined && !CategoryId.safeParse(category).success) {
      throw new UsageError(`no category ${category}`);
    }
    if (status !== undefined && !HitStatus.safeParse(status).success) {
      throw new UsageError('--status is hit or proposal');
    }
    const filter: HitFilter = {
      ...(category ? { category: category as CategoryId } : {}),
      ...(status ? { status: status as HitStatus } : {}),
    };
    const opened = openForCommand(context);
    try {
      const { zone } = opened.bench.options.environment;
      const hits = (
        await everyRow<Hit>(
          (at) => opened.call('hits.list', { filter, ...at }),
          context.arguments.count('limit'),
        )
      ).map((hit) => shown(hit, zone));
      context.answer(hits, () =>
        hits.length === 0
          ? 'No hits.'
          : hits
              .map(
                (hit) =>
                  `${hit.sentAt ?? ''} ${hit.category} ${hit.rule} ${hit.sender ?? ''}: ${hit.spans.map((span) => span.text).join(' … ')}`,
              )
              .join('\n'),
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};

/** A hit as the command line's contract shows it. Times are RFC 3339 with the workstation's offset. */
export function shown(hit: Hit, zone: string) {
  return {
    hitId: hit.id,
    subject: hit.subject,
    part: hit.part,
    act: hit.act,
    pack: hit.pack,
    rule: hit.rule,
    ruleVersion: hit.ruleVersion,
    category: hit.category,
    tier: hit.tier,
    severity: hit.severity,
    status: hit.status,
    score: hit.score,
    spans: hit.spans,
    transforms: hit.transforms,
    disposition: hit.disposition,
    sentAt: hit.sentAt === null ? null : formatInstant(hit.sentAt, zone),
    sender: hit.sender,
    senderId: hit.senderId,
    conversation: hit.conversation,
    caseId: hit.caseId,
    source: { sourceId: hit.source.sourceId, file: hit.source.file, locator: hit.source.locator },
  };
}
