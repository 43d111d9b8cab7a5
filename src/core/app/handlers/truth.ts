import type { Handlers } from '../../../contract/dispatch.ts';
import { DocketError } from '../../../contract/errors.ts';
import { linkDomains, listLinkPlaces, listLinks, messagesBehind } from '../../storage/messages/links.ts';
import { listMedia } from '../../storage/messages/media.ts';
import { mediaOfConversation, mediaOfSource, mediaOfWorkspace } from '../../storage/messages/media-totals.ts';
import { conversationRow, conversationsOfSource } from '../../storage/messages/told-messages.ts';
import { identityOf, listPersons } from '../../storage/people/people.ts';
import { densityAround, findGaps } from '../imports/gaps.ts';
import { updateLinks } from '../imports/links.ts';
import { matchMedia } from '../imports/media.ts';
import { linkAccount, unlinkAccount } from '../imports/people.ts';
import { compareSources, reconciledRows } from '../imports/reconciliation.ts';
import { exportReconciliation } from '../imports/reconciliation-export.ts';
import { requireSource } from '../imports/sources.ts';
import { logMessageViews } from '../review/view-log.ts';
import type { Workbench } from '../workbench.ts';

type Names = 'reconciliation' | 'gaps' | 'people' | 'media' | 'links';
type TruthHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Domains that the register lists. */
const DOMAINS = 200;

/** Handlers of what the material is worth: two sides, gaps, people, media, links. */
export function truthHandlers(bench: Workbench): TruthHandlers {
  const db = () => bench.session.workspace.store.db;
  const sourceOf = (uid: string | null | undefined) => (uid ? requireSource(bench.session, uid).id : null);
  const conversationOf = (uid: string | null | undefined) => {
    if (!uid) return null;
    const row = conversationRow(db(), uid);
    if (!row) throw new DocketError('not-found', 'no such conversation', uid);
    return row.id;
  };
  return {
    'reconciliation.sides': ({ sourceId }) =>
      conversationsOfSource(db(), requireSource(bench.session, sourceId).id),
    'reconciliation.compare': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        const summary = await compareSources(bench.session, job, input);
        bench.changed('audit');
        return summary;
      }),
    'reconciliation.rows': (input) => reconciledRows(bench.session, input),
    'reconciliation.export': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        const written = await exportReconciliation(bench.session, job, input);
        bench.changed('audit');
        return written;
      }),

    'gaps.find': (input) => findGaps(bench.session, input),
    'gaps.density': (input) => densityAround(bench.session, input),

    'people.list': ({ text, cursor, limit }) => listPersons(db(), text ?? null, cursor ?? null, limit),
    'people.ofAccount': ({ accountId }) => identityOf(db(), accountId),
    'people.link': (input) => {
      const person = linkAccount(bench.session, input);
      bench.changed('accounts', 'audit');
      return person;
    },
    'people.unlink': (input) => {
      const person = unlinkAccount(bench.session, input);
      bench.changed('accounts', 'audit');
      return person;
    },

    'media.counts': ({ sourceId, conversationId }) => {
      const source = sourceOf(sourceId);
      if (source !== null) return mediaOfSource(db(), source);
      const conversation = conversationOf(conversationId);
      return conversation === null ? mediaOfWorkspace(db()) : mediaOfConversation(db(), conversation);
    },
    'media.list': ({ sourceId, conversationId, state, cursor, limit }) =>
      listMedia(
        db(),
        {
          sourceId: sourceOf(sourceId),
          conversationId: conversationOf(conversationId),
          state: state ?? null,
        },
        cursor ?? null,
        limit,
      ),
    'media.match': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        try {
          return await matchMedia(bench.session, job, input);
        } finally {
          bench.changed('sources', 'messages', 'links', 'audit');
        }
      }),

    'links.update': ({ jobId }) =>
      bench.jobs.run(jobId, async (job) => {
        const outcome = await updateLinks(bench.session, job);
        bench.changed('links');
        return outcome;
      }),
    'links.list': ({ text, domain, short, sort, cursor, limit }) =>
      listLinks(
        db(),
        { text: text ?? null, domain: domain ?? null, short: short ?? null },
        sort ?? { by: 'places', descending: true },
        cursor ?? null,
        limit,
      ),
    'links.domains': () => ({ domains: linkDomains(db(), DOMAINS), behind: messagesBehind(db()) }),
    'links.places': ({ linkId, cursor, limit }) => {
      const page = listLinkPlaces(db(), linkId, cursor ?? null, limit);
      logMessageViews(bench.session, page.rows);
      return page;
    },
  };
}
