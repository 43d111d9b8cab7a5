/** Leads: taken in, looked at, turned into a case, referred or closed with a reply (S1-6, S4-8, S4-9). */
import type { Parsed } from '../../../contract/api.ts';
import { DocketError } from '../../../contract/errors.ts';
import type { Lead, LeadFigures } from '../../domain/lead.ts';
import type { Page } from '../../domain/page.ts';
import { caseRow, participantRowId } from '../../storage/cases/cases.ts';
import {
  accountCalled,
  freshReports,
  insertLead,
  type LeadRow,
  leadById,
  leadFigures,
  leadRow,
  listLeadRows,
  nextLeadNumber,
  similarLeads,
  updateLead,
} from '../../storage/cases/leads.ts';
import { type CaseDesk, dbOf } from '../cases/case-desk.ts';
import { addHits, openCase } from '../cases/cases.ts';
import { inSlices } from '../pace.ts';
import { change, newUid, record } from '../session.ts';

const now = (desk: CaseDesk) => desk.session.environment.now();
const shown = (desk: CaseDesk, id: string) => leadById(dbOf(desk), desk.reading.prefix, id);

export function listLeads(desk: CaseDesk, input: Parsed<'leads.list'>): Page<Lead> {
  return listLeadRows(
    dbOf(desk),
    desk.reading.prefix,
    {
      state: input.state ?? null,
      source: input.source ?? null,
      category: input.category ?? null,
      text: input.text?.trim() || null,
    },
    input.sort ?? { by: 'number', descending: true },
    input.cursor ?? null,
    input.limit,
  );
}

export const getLead = (desk: CaseDesk, input: Parsed<'leads.get'>): Lead => shown(desk, input.leadId);

export function getSimilar(desk: CaseDesk, input: Parsed<'leads.similar'>): Lead[] {
  return similarLeads(dbOf(desk), desk.reading.prefix, leadRow(dbOf(desk), input.leadId).id);
}

export const getLeadFigures = (desk: CaseDesk, input: Parsed<'leads.figures'>): Promise<LeadFigures[]> =>
  inSlices(leadFigures(dbOf(desk), input.from, input.to));

type NewLead = Pick<
  LeadRow,
  | 'source'
  | 'received_at'
  | 'reporter'
  | 'contact'
  | 'target'
  | 'account_id'
  | 'conversation_id'
  | 'text'
  | 'category'
  | 'hits'
  | 'list_row'
>;

function add(desk: CaseDesk, lead: NewLead): string {
  const { session } = desk;
  const id = newUid(session);
  insertLead(session.workspace.store, {
    id,
    number: nextLeadNumber(dbOf(desk)),
    ...lead,
    state: 'received',
    first_action_at: null,
    closed_at: null,
    outcome: null,
    case_id: null,
    duplicate_of: null,
    referred_to: '',
    reason: '',
    reply: '',
    replied_at: null,
    officer_id: session.officer.id,
  });
  record(session, {
    type: 'lead.received',
    subject: { type: 'lead', id },
    after: { source: lead.source, target: lead.target, receivedAt: lead.received_at },
  });
  return id;
}

/** Takes a lead in. Throws `invalid-input` for one received in the future. */
export function receiveLead(desk: CaseDesk, input: Parsed<'leads.receive'>): Lead {
  const db = dbOf(desk);
  if (input.receivedAt > now(desk))
    throw new DocketError('invalid-input', 'not a time that has passed', 'receivedAt');
  const id = change(desk.session, () =>
    add(desk, {
      source: input.source,
      received_at: input.receivedAt,
      reporter: input.reporter,
      contact: input.contact,
      target: input.target,
      account_id: input.accountId ? participantRowId(db, 'accounts', input.accountId) : null,
      conversation_id: input.conversationId
        ? participantRowId(db, 'conversations', input.conversationId)
        : null,
      text: input.text,
      category: input.category ?? null,
      hits: JSON.stringify(input.hitIds),
      list_row: null,
    }),
  );
  return shown(desk, id);
}

/** Makes leads of the rows of imported lists of user reports, each once; answers how many. */
export function receiveReports(desk: CaseDesk): { added: number } {
  const fresh = freshReports(dbOf(desk));
  if (fresh.length === 0) return { added: 0 };
  change(desk.session, () => {
    for (const { uid, fields } of fresh) {
      const reported = Date.parse(fields.reportedAt ?? '');
      add(desk, {
        source: 'user-report',
        received_at: Number.isNaN(reported) || reported > now(desk) ? now(desk) : reported,
        reporter: fields.reporter ?? '',
        contact: '',
        target: fields.target ?? fields.targetId ?? fields.url ?? '',
        account_id: accountCalled(dbOf(desk), fields.targetId, fields.target),
        conversation_id: null,
        text: [fields.type, fields.content, fields.url].filter(Boolean).join('\n'),
        category: null,
        hits: '[]',
        list_row: uid,
      });
    }
  });
  return { added: fresh.length };
}

/** One change of a lead with its event; the first stops the clock of the first action. */
function act(desk: CaseDesk, row: LeadRow, type: string, changes: Partial<LeadRow>): Lead {
  const first = row.first_action_at === null ? { first_action_at: now(desk) } : {};
  change(desk.session, () => {
    updateLead(desk.session.workspace.store, row.id, { ...first, ...changes });
    record(desk.session, {
      type,
      subject: { type: 'lead', id: row.id },
      ...(changes.case_id ? { caseId: changes.case_id } : {}),
      before: { state: row.state, outcome: row.outcome },
      after: changes,
    });
  });
  return shown(desk, row.id);
}

function openLead(desk: CaseDesk, id: string): LeadRow {
  const row = leadRow(dbOf(desk), id);
  if (row.state === 'closed') throw new DocketError('conflict', 'the lead is closed', row.id);
  return row;
}

export function takeLead(desk: CaseDesk, input: Parsed<'leads.take'>): Lead {
  const row = openLead(desk, input.leadId);
  return act(desk, row, 'lead.taken', { state: 'in-progress', officer_id: desk.session.officer.id });
}

/**
 * Turns a lead into a case: a new one from its confirmed hits or its account, or one that is open already.
 * Throws as opening a case does.
 */
export function convertLead(desk: CaseDesk, input: Parsed<'leads.convert'>): Lead {
  const row = openLead(desk, input.leadId);
  const hitIds = JSON.parse(row.hits) as string[];
  return change(desk.session, () => {
    let caseId = input.caseId ?? null;
    if (caseId === null) {
      const account = shown(desk, row.id).accountId;
      caseId = openCase(desk, { title: input.title ?? null, hitIds, accountId: account }).summary.id;
    } else {
      caseRow(dbOf(desk), caseId);
      if (hitIds.length > 0) addHits(desk, { caseId, hitIds });
    }
    return act(desk, row, 'lead.converted', {
      state: 'closed',
      outcome: 'case',
      case_id: caseId,
      closed_at: now(desk),
      reason: '',
    });
  });
}

/** Closes a lead without a case: referred to somebody, no action, or the same as another. */
export function closeLead(desk: CaseDesk, input: Parsed<'leads.close'>): Lead {
  const row = openLead(desk, input.leadId);
  if (input.outcome === 'referred' && input.referredTo === '')
    throw new DocketError('invalid-input', 'to whom is it referred', 'referredTo');
  if (input.outcome === 'duplicate') {
    const original = leadRow(dbOf(desk), input.duplicateOf ?? '');
    if (original.id === row.id)
      throw new DocketError('invalid-input', 'a lead is no duplicate of itself', 'duplicateOf');
  }
  return act(desk, row, 'lead.closed', {
    state: 'closed',
    outcome: input.outcome,
    closed_at: now(desk),
    referred_to: input.outcome === 'referred' ? input.referredTo : '',
    duplicate_of: input.outcome === 'duplicate' ? (input.duplicateOf ?? null) : null,
    reason: input.reason,
  });
}

/** Does something to each chosen lead that it applies to, as one change; answers how many there were. */
function toEach(
  desk: CaseDesk,
  ids: readonly string[],
  applies: (row: LeadRow) => boolean,
  run: (row: LeadRow) => void,
): { done: number } {
  const rows = [...new Set(ids)].map((id) => leadRow(dbOf(desk), id)).filter(applies);
  if (rows.length > 0) change(desk.session, () => rows.forEach(run));
  return { done: rows.length };
}

/** Takes up those that nobody took up yet. */
export const takeLeads = (desk: CaseDesk, input: Parsed<'leads.takeAll'>): { done: number } =>
  toEach(
    desk,
    input.leadIds,
    ({ state }) => state === 'received',
    ({ id }) => takeLead(desk, { leadId: id }),
  );

/** Closes those that are open. Throws `invalid-input` for a referral to nobody. */
export const closeLeads = (desk: CaseDesk, { leadIds, ...how }: Parsed<'leads.closeAll'>): { done: number } =>
  toEach(
    desk,
    leadIds,
    ({ state }) => state !== 'closed',
    ({ id }) => closeLead(desk, { leadId: id, ...how }),
  );

/** Takes back closings; what became a case stays one. The reporter may have been told already: that stays too. */
export const reopenLeads = (desk: CaseDesk, input: Parsed<'leads.reopen'>): { done: number } =>
  toEach(
    desk,
    input.leadIds,
    ({ state, outcome }) => state === 'closed' && outcome !== 'case',
    (row) =>
      act(desk, row, 'lead.reopened', {
        state: 'in-progress',
        outcome: null,
        closed_at: null,
        referred_to: '',
        duplicate_of: null,
        reason: input.reason,
      }),
  );

/** Records what the reporter was told. Throws `conflict` where nobody reported it or while it is open. */
export function replyToReporter(desk: CaseDesk, input: Parsed<'leads.reply'>): Lead {
  const row = leadRow(dbOf(desk), input.leadId);
  if (row.state !== 'closed' || row.reporter === '')
    throw new DocketError('conflict', 'there is nobody to reply to, or nothing to tell yet', row.id);
  return act(desk, row, 'lead.replied', { reply: input.reply, replied_at: now(desk) });
}
