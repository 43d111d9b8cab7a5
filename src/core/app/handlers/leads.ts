import type { Handlers } from '../../../contract/dispatch.ts';
import { writeBrief } from '../cases/brief.ts';
import { changingAt } from '../changing.ts';
import {
  closeLead,
  closeLeads,
  convertLead,
  getLead,
  getLeadFigures,
  getSimilar,
  listLeads,
  receiveLead,
  receiveReports,
  reopenLeads,
  replyToReporter,
  takeLead,
  takeLeads,
} from '../review/leads.ts';
import type { Workbench } from '../workbench.ts';

type LeadHandlers = {
  [M in keyof Handlers as M extends `leads.${string}` | `briefs.${string}` ? M : never]: Handlers[M];
};

/** Handlers of leads and briefs. */
export function leadHandlers(bench: Workbench): LeadHandlers {
  const changing = changingAt(bench, 'leads', 'cases', 'hits', 'duties', 'exhibits', 'audit');
  return {
    'leads.list': (input) => listLeads(bench.desk, input),
    'leads.get': (input) => getLead(bench.desk, input),
    'leads.similar': (input) => getSimilar(bench.desk, input),
    'leads.figures': (input) => getLeadFigures(bench.desk, input),
    'leads.receive': changing(receiveLead),
    'leads.receiveReports': changing(receiveReports),
    'leads.take': changing(takeLead),
    'leads.convert': changing(convertLead),
    'leads.close': changing(closeLead),
    'leads.takeAll': changing(takeLeads),
    'leads.closeAll': changing(closeLeads),
    'leads.reopen': changing(reopenLeads),
    'leads.reply': changing(replyToReporter),
    'briefs.write': async (input) => {
      const written = await writeBrief(bench.desk, input);
      bench.changed('audit');
      return written;
    },
  };
}
