import type { Handlers } from '../../../contract/dispatch.ts';
import { IMPORTERS } from '../../importers/registry.ts';
import { decodeCursor, encodeCursor } from '../../storage/cursor.ts';
import { listHits } from '../../storage/detection/hit-listing.ts';
import { dispositionHistory, hitByRowId, hitRowId } from '../../storage/detection/hits.ts';
import { summarisePacks } from '../../storage/detection/rule-packs.ts';
import { listRuns } from '../../storage/detection/runs.ts';
import { countEvents, listEvents } from '../../storage/events.ts';
import { messageContext, messageRowId, searchMessages } from '../../storage/messages/messages.ts';
import { listOfficers } from '../../storage/officers.ts';
import { listAccounts, listConversations, revealedAccount } from '../../storage/people/accounts.ts';
import { detect } from '../detection/detect.ts';
import { installPack, listRules, setEnabled, testRules } from '../detection/rules.ts';
import { dashboard } from '../duties/statistics.ts';
import { inspectPaths } from '../imports/inspect.ts';
import { retrySkips } from '../imports/retry-skip.ts';
import {
  excludeSource,
  importFiles,
  listRanges,
  listSkips,
  listSources,
  resumeImport,
  setSourceZone,
} from '../imports/sources.ts';
import { breathe } from '../jobs.ts';
import { readPack } from '../resources.ts';
import { disposeHits, undoDisposition } from '../review/review.ts';
import { coverHits, coverMessages } from '../review/triage.ts';
import { logMessageViews } from '../review/view-log.ts';
import { lookOut } from '../review/watch-list.ts';
import { change, record } from '../session.ts';
import type { Workbench } from '../workbench.ts';
import { classifierHandlers } from './classifier.ts';
import { detectionHandlers } from './detection.ts';

/** Areas that an import touches. */
const IMPORTED = ['sources', 'conversations', 'messages', 'accounts', 'audit'];

type Names =
  | 'classifier'
  | 'sources'
  | 'conversations'
  | 'messages'
  | 'accounts'
  | 'rules'
  | 'detection'
  | 'hits'
  | 'clusters'
  | 'samples'
  | 'audit'
  | 'statistics';
type DataHandlers = { [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M] };

/** Handlers of everything between a file and a verdict. */
export function dataHandlers(bench: Workbench): DataHandlers {
  const db = () => bench.session.workspace.store.db;
  return {
    'sources.inspect': (input) => inspectPaths(bench.session, input),
    'sources.import': ({ jobId, files, authorityId, minimumKept }) =>
      bench.jobs.run(jobId, async (job) => {
        try {
          const imported = await importFiles(bench.session, job, files, {
            authorityId: authorityId ?? null,
            minimumKept,
          });
          lookOut(bench.session);
          return imported;
        } finally {
          bench.changed(...IMPORTED, 'measures');
        }
      }),
    'sources.resume': ({ jobId, sourceId }) =>
      bench.jobs.run(jobId, async (job) => {
        try {
          const resumed = await resumeImport(bench.session, job, sourceId);
          lookOut(bench.session);
          return resumed;
        } finally {
          bench.changed(...IMPORTED);
        }
      }),
    'sources.formats': () =>
      IMPORTERS.map(({ id, title, platform, holds }) => ({ id, title, platform, holds })),
    'sources.list': () => listSources(bench.session),
    'sources.skips': (input) => listSkips(bench.session, input),
    'sources.retry': (input) =>
      bench.jobs.run(input.jobId, async (job) => {
        try {
          return await retrySkips(bench.session, job, input);
        } finally {
          if (input.keep) bench.changed(...IMPORTED);
        }
      }),
    'sources.ranges': (input) => listRanges(bench.session, input),
    'sources.exclude': ({ sourceId, reason }) => {
      const source = excludeSource(bench.session, sourceId, reason);
      bench.changed(...IMPORTED, 'hits');
      return source;
    },
    'sources.setZone': ({ sourceId, zone }) => {
      const source = setSourceZone(bench.session, sourceId, zone);
      bench.changed(...IMPORTED, 'hits');
      return source;
    },

    'conversations.list': ({ text, sort, cursor, limit }) =>
      listConversations(
        db(),
        text ?? null,
        sort ?? { by: 'lastAt', descending: true },
        cursor ?? null,
        limit,
      ),
    'messages.search': async ({ filter, sort, cursor, limit }) => {
      const descending = sort?.descending ?? true;
      const page = await searchMessages(db(), filter, descending, cursor ?? null, limit, breathe);
      logMessageViews(bench.session, page.rows);
      return page;
    },
    'messages.context': ({ messageId, before, after, inReview }) => {
      const context = messageContext(db(), messageRowId(db(), messageId), before, after);
      logMessageViews(bench.session, context.messages);
      return inReview ? { ...context, messages: coverMessages(bench.session, context.messages) } : context;
    },

    'accounts.list': ({ text, unnamed, sort, cursor, limit }) =>
      listAccounts(
        db(),
        { text: text ?? null, unnamed: unnamed ?? null },
        sort ?? { by: 'messages', descending: true },
        cursor ?? null,
        limit,
      ),
    'accounts.reveal': ({ accountId, reason }) => {
      const account = revealedAccount(db(), accountId);
      change(bench.session, () =>
        record(bench.session, {
          type: 'account.revealed',
          subject: { type: 'account', id: accountId },
          after: { reason, fields: Object.keys(account.fields) },
        }),
      );
      bench.changed('audit');
      return account;
    },

    'rules.packs': () => summarisePacks(db()),
    'rules.list': () => listRules(bench.session),
    'rules.install': ({ file }) => {
      const pack = installPack(bench.session, file);
      bench.changed('rules', 'audit');
      return pack;
    },
    'rules.setEnabled': ({ pack, enabled }) => {
      const summary = setEnabled(bench.session, pack, enabled);
      bench.changed('rules', 'audit');
      return summary;
    },
    'rules.test': ({ text }) => testRules(bench.session, text),

    'detection.start': ({ jobId, packFiles }) =>
      bench.jobs.run(jobId, async (job) => {
        try {
          return await detect(bench.session, job, {
            packs: packFiles ? packFiles.map((file) => readPack(file, 'organisation')) : null,
            workers: bench.options.workers,
          });
        } finally {
          bench.changed('hits', 'runs', 'rules', 'accounts', 'messages', 'audit');
        }
      }),
    'detection.runs': () => listRuns(db()),

    'hits.list': async ({ filter, sort, cursor, limit }) => {
      const page = await listHits(
        bench.desk.reading,
        filter,
        sort ?? { by: 'priority', descending: true },
        cursor ?? null,
        limit,
        breathe,
      );
      logMessageViews(bench.session, page.rows);
      return { ...page, rows: coverHits(bench.session, page.rows) };
    },
    'hits.get': ({ hitId }) => {
      const hit = hitByRowId(bench.desk.reading, hitRowId(db(), hitId));
      logMessageViews(bench.session, [hit]);
      return coverHits(bench.session, [hit])[0] ?? hit;
    },
    'hits.history': ({ hitId }) => dispositionHistory(db(), hitRowId(db(), hitId)),
    'hits.dispose': (input) => {
      const outcome = disposeHits(bench.session, bench.desk.reading, input);
      bench.changed('hits', 'rules', 'audit', 'work');
      return { ...outcome, hits: coverHits(bench.session, outcome.hits) };
    },
    'hits.undo': ({ batchId }) => {
      const outcome = undoDisposition(bench.session, bench.desk.reading, batchId);
      bench.changed('hits', 'rules', 'audit');
      return { ...outcome, hits: coverHits(bench.session, outcome.hits) };
    },

    'audit.list': ({ type, officerId, subjectId, cursor, limit }) => {
      const filter = { type: type ?? null, officerId: officerId ?? null, subjectId: subjectId ?? null };
      const [before] = decodeCursor(cursor, 'number') ?? [Number.MAX_SAFE_INTEGER];
      const names = new Map(listOfficers(db()).map(({ id, name }) => [id, name]));
      const events = listEvents(db(), filter, Number(before), limit + 1);
      const last = events.length > limit ? events[limit - 1] : undefined;
      return {
        rows: events.slice(0, limit).map(({ link, event }) => ({
          sequence: link.sequence,
          hash: link.hash,
          event: { ...event, officer: names.get(event.officer) ?? event.officer },
        })),
        next: last ? encodeCursor([last.link.sequence]) : null,
        total: cursor ? null : countEvents(db(), filter),
      };
    },

    ...classifierHandlers(bench),
    ...detectionHandlers(bench),

    'statistics.dashboard': (input) => dashboard(bench.session, input),
  };
}
