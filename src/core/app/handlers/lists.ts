import type { Handlers } from '../../../contract/dispatch.ts';
import { listPublicAccounts } from '../duties/public-accounts.ts';
import { changesOf, listEntries, listKinds, listLists, listTemplate } from '../imports/lists.ts';
import { listMappings, removeMapping, saveMapping } from '../imports/table-mappings.ts';
import { inspectTable } from '../imports/table-view.ts';
import type { Workbench } from '../workbench.ts';

type ListHandlers = {
  [M in keyof Handlers as M extends `${'tables' | 'mappings' | 'lists' | 'publicAccounts'}.${string}`
    ? M
    : never]: Handlers[M];
};

/** Handlers of tables, their mappings, and lists. */
export function listHandlers(bench: Workbench): ListHandlers {
  return {
    'tables.inspect': ({ path, mapping }) => inspectTable(path, mapping ?? null),
    'mappings.list': () => listMappings(bench.session),
    'mappings.save': ({ mapping }) => {
      const saved = saveMapping(bench.session, mapping);
      bench.changed('mappings', 'audit');
      return saved;
    },
    'mappings.remove': ({ mappingId }) => {
      removeMapping(bench.session, mappingId);
      bench.changed('mappings', 'audit');
      return {};
    },
    'lists.kinds': () => listKinds(),
    'lists.template': ({ kind, language }) => listTemplate(kind, language),
    'lists.list': () => listLists(bench.session),
    'lists.entries': (input) => listEntries(bench.session, input),
    'publicAccounts.list': (input) => listPublicAccounts(bench.session, input),
    'lists.changes': ({ listId, sourceId }) => changesOf(bench.session, listId, sourceId),
  };
}
