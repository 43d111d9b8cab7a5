/** Which areas of a `changed` event make the answer of a method old. */
import type { MethodName } from '../../contract/api.ts';

export type Area =
  | 'sources'
  | 'mappings'
  | 'conversations'
  | 'messages'
  | 'accounts'
  | 'rules'
  | 'samples'
  | 'runs'
  | 'hits'
  | 'cases'
  | 'duties'
  | 'quarantine'
  | 'meters'
  | 'house-rules'
  | 'measures'
  | 'hearings'
  | 'leads'
  | 'second-reviews'
  | 'exhibits'
  | 'links'
  | 'transfers'
  | 'custody'
  | 'stamps'
  | 'retention'
  | 'work'
  | 'filters'
  | 'campaigns'
  | 'controls'
  | 'audit'
  | 'officers'
  | 'workspace';

/** Methods that only read. `messages.context` is logged as a view of content, so it never asks again by itself. */
export const READS = {
  'workspace.status': ['workspace', 'officers', 'audit'],
  'officers.list': ['officers', 'workspace'],
  'authorities.list': ['sources'],
  'sources.inspect': [],
  'sources.list': ['sources'],
  'sources.formats': [],
  'sources.skips': ['sources'],
  'sources.ranges': ['sources'],
  'tables.inspect': ['mappings'],
  'mappings.list': ['mappings'],
  'lists.kinds': [],
  'lists.list': ['sources'],
  'lists.entries': ['sources'],
  'lists.changes': ['sources'],
  'publicAccounts.list': ['sources'],
  'reconciliation.sides': ['sources', 'messages'],
  'reconciliation.rows': [],
  'gaps.find': ['sources', 'messages'],
  'gaps.density': ['sources', 'messages'],
  'people.list': ['accounts'],
  'people.ofAccount': ['accounts', 'sources'],
  'media.counts': ['sources', 'messages'],
  'media.list': ['sources', 'messages'],
  'retention.rules': ['retention'],
  'retention.list': ['retention', 'sources', 'cases'],
  'retention.preview': ['retention', 'sources', 'cases'],
  'retention.certificates': ['retention'],
  'custody.sources': ['custody', 'sources', 'exhibits', 'cases'],
  'custody.extractions': ['custody'],
  'custody.holds': ['custody'],
  'stamps.schedule': ['stamps'],
  'stamps.list': ['stamps'],
  'transfers.look': [],
  'transfers.list': ['transfers', 'cases'],
  'transfers.conflicts': ['transfers'],
  'links.list': ['links', 'sources'],
  'links.domains': ['links', 'sources', 'messages'],
  'links.places': ['links', 'sources'],
  'conversations.list': ['conversations', 'sources'],
  'messages.search': ['messages', 'sources', 'hits'],
  'messages.context': [],
  'accounts.list': ['accounts', 'sources', 'hits'],
  'rules.packs': ['rules', 'hits'],
  'rules.list': ['rules', 'hits'],
  'rules.test': ['rules'],
  'rules.versions': ['rules', 'hits'],
  'rules.check': [],
  'rules.drafts': ['rules'],
  'rules.backtests': ['rules', 'runs'],
  'rules.normalize': [],
  'rules.exclusions': ['rules', 'hits'],
  'hits.explain': ['hits'],
  'clusters.list': ['hits', 'runs', 'sources'],
  'classifier.status': ['rules', 'hits', 'audit'],
  'samples.list': ['samples', 'hits'],
  'samples.items': ['samples'],
  'detection.runs': ['runs'],
  'hits.list': ['hits', 'runs', 'sources', 'cases'],
  'hits.get': ['hits', 'runs', 'sources', 'cases'],
  'hits.history': ['hits'],
  'cases.list': ['cases', 'duties', 'exhibits'],
  'cases.get': ['cases', 'hits', 'duties', 'exhibits'],
  'evidence.plan': ['exhibits', 'cases', 'sources', 'quarantine'],
  'evidence.preview': ['exhibits'],
  'evidence.open': [],
  'cases.context': ['cases', 'sources', 'messages', 'hearings'],
  'cases.dossier': ['cases', 'hits', 'measures', 'hearings', 'accounts'],
  'cases.tasks': ['cases', 'hits'],
  'priority.get': ['hits'],
  'priority.explain': ['hits'],
  'work.list': ['work'],
  'triage.mode': ['hits', 'workspace'],
  'filters.list': ['filters'],
  'bulletins.figures': ['cases', 'hits', 'measures', 'hearings', 'leads', 'campaigns'],
  'bulletins.list': ['campaigns'],
  'campaigns.list': ['campaigns'],
  'reminders.list': ['cases', 'measures', 'hearings', 'duties', 'controls', 'stamps', 'retention'],
  'controls.list': ['controls'],
  'decisions.propose': ['cases', 'hits', 'house-rules'],
  'secondReviews.queue': ['second-reviews'],
  'secondReviews.judged': ['second-reviews'],
  'secondReviews.agreement': ['second-reviews'],
  'leads.list': ['leads', 'cases'],
  'leads.get': ['leads', 'cases'],
  'leads.similar': ['leads'],
  'leads.figures': ['leads'],
  'hearings.list': ['hearings', 'cases'],
  'letters.list': ['hearings', 'cases'],
  'appeals.list': ['hearings', 'cases'],
  'measures.list': ['measures', 'cases'],
  'batches.list': ['measures', 'cases'],
  'batches.candidates': ['cases', 'hits'],
  'batches.propose': ['cases', 'hits'],
  'watch.list': ['measures'],
  'watch.matches': ['measures'],
  'houseRules.list': ['house-rules'],
  'houseRules.receipts': ['house-rules'],
  'duties.board': ['duties', 'cases'],
  'duties.get': ['duties', 'cases', 'exhibits'],
  'duties.marks': ['duties', 'hits'],
  'duties.clock': ['duties'],
  'holds.list': ['duties'],
  'inspections.list': ['duties'],
  'quarantine.list': ['quarantine'],
  'meter.read': ['hits', 'cases', 'accounts', 'meters', 'sources'],
  'law.list': ['rules'],
  'law.get': ['rules'],
  'law.check': ['rules'],
  'duties.list': ['duties', 'cases'],
  'audit.list': ['audit'],
  'statistics.dashboard': ['sources', 'messages', 'accounts', 'runs', 'hits', 'cases', 'duties', 'workspace'],
} as const satisfies Partial<Record<MethodName, readonly Area[]>>;

export type ReadMethod = keyof typeof READS;

/** Whether a cached answer of `method` is old after these areas changed. */
export function isTouched(method: string, areas: readonly string[]): boolean {
  const watched: readonly string[] = Object.hasOwn(READS, method) ? READS[method as ReadMethod] : [];
  return watched.some((area) => areas.includes(area));
}
