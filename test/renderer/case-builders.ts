/** Hits, cases, decisions and duties of the contract for tests of the window. */
import type {
  CaseDetail,
  Decision,
  Duty,
  Exhibit,
  MeasureProposal,
  Party,
} from '../../src/core/domain/case.ts';
import type { Disposition, Hit, Verdict } from '../../src/core/domain/hit.ts';
import type { Officer } from '../../src/core/domain/workspace.ts';
import { OPEN, sha, uid } from './support.tsx';

const START = 1_740_000_000_000;

export const hit = (n: number, change: Partial<Hit> = {}): Hit => ({
  id: uid(3000 + n),
  subject: { type: 'message', id: uid(1000 + n) },
  part: 0,
  act: 'own-post',
  pack: 'contraband-trade',
  rule: 'trade.gambling',
  ruleTitle: { zh: '外围赌球', en: 'Betting on matches' },
  ruleVersion: '1.0.0',
  category: 'gambling',
  tier: 'illegal',
  severity: 4,
  status: 'hit',
  score: 0.96,
  spans: [{ start: 2, end: 4, text: '盘口' }],
  transforms: [],
  basis: ['law:crim-303'],
  disposition: null,
  caseId: null,
  caseNumber: null,
  sentAt: START + n * 60_000,
  sentAtText: '2025-02-20 05:20',
  senderId: uid(600),
  sender: '任鹏',
  conversationId: uid(500),
  conversation: '行政工作群',
  text: `外围盘口第 ${n} 场`,
  source: { sourceId: uid(700), file: '群聊.csv', locator: { start: 100, end: 199, line: 7 } },
  ...change,
});

export const disposition = (verdict: Verdict, change: Partial<Disposition> = {}): Disposition => ({
  id: uid(4000),
  verdict,
  reason: null,
  note: '',
  officer: '周敏',
  at: START,
  ruleVersion: '1.0.0',
  ...change,
});

export const confirmed = (n: number, change: Partial<Hit> = {}): Hit =>
  hit(n, { disposition: disposition('confirmed'), ...change });

export const ME = OPEN.officer as Officer;
export const SECOND: Officer = { ...ME, id: uid(3), name: '陆怀瑾', role: 'manager', fingerprint: sha('e') };

export const party = (change: Partial<Party> = {}): Party => ({
  id: uid(50),
  role: 'publisher',
  subjectType: 'staff-member',
  accountId: uid(600),
  conversationId: null,
  name: '任鹏',
  platformId: null,
  hits: 1,
  ...change,
});

const OPTIONS: MeasureProposal['options'] = [
  ['no-measure', 'No measure', false],
  ['reminder', 'Reminder', false],
  ['written-warning', 'Written warning', false],
  ['account-closed', 'Account closed for good', true],
].map(([id, title, permanent], level) => ({
  id: String(id),
  level,
  title: { zh: String(title), en: String(title) },
  permanent: Boolean(permanent),
  needsSecondApproval: Boolean(permanent),
}));

export const proposal = (change: Partial<MeasureProposal> = {}): MeasureProposal => ({
  schedule: { id: 'employer', version: '1.0.0' },
  subjectType: 'staff-member',
  options: OPTIONS,
  proposed: 'written-warning',
  range: { min: 'reminder', max: 'written-warning' },
  reasons: [{ code: 'base', params: { tier: 'illegal', severity: 4, level: 2 } }],
  needsSecondApproval: false,
  ...change,
});

export const decision = (change: Partial<Decision> = {}): Decision => ({
  id: uid(60),
  partyId: uid(50),
  party: '任鹏',
  proposal: proposal(),
  measure: 'written-warning',
  measureTitle: { zh: '书面警告', en: 'Written warning' },
  deviates: false,
  deviationReason: '',
  facts: '在工作群发布赌球信息。',
  basis: ['law:crim-303'],
  state: 'final',
  officer: ME.name,
  officerId: ME.id,
  at: START,
  approval: null,
  signatures: [{ officer: ME.name, fingerprint: ME.fingerprint, signature: 'c2lnbmF0dXJl' }],
  ...change,
});

export const duty = (change: Partial<Duty> = {}): Duty => ({
  id: uid(70),
  caseId: uid(40),
  caseNumber: 'C-A7-0001',
  kind: 'report',
  state: 'open',
  route: 'content',
  receiver: { zh: '网信部门', en: 'Cyberspace administration' },
  person: null,
  items: 1,
  basis: ['law:csl-2025-49'],
  categories: ['gambling'],
  openedAt: START,
  dueAt: START + 86_400_000,
  overdue: true,
  filedAt: null,
  receiptNumber: null,
  assessment: null,
  missing: ['disposal', 'filed-at', 'receipt-number'],
  ...change,
});

export const exhibit = (change: Partial<Exhibit> = {}): Exhibit => ({
  id: uid(80),
  number: 'E-A7-0001-01',
  description: '行政工作群 · 任鹏',
  subject: { type: 'message', id: uid(1001) },
  messages: 41,
  sha256: sha('d'),
  sourceId: uid(700),
  sourceFile: '群聊.csv',
  addedAt: START,
  officer: ME.name,
  custody: [{ id: uid(81), at: START, officer: ME.name, action: 'added', purpose: '' }],
  ...change,
});

export const caseDetail = (
  change: Partial<CaseDetail> = {},
  summary: Partial<CaseDetail['summary']> = {},
): CaseDetail => ({
  summary: {
    id: uid(40),
    number: 'C-A7-0001',
    title: '赌博 · 任鹏',
    state: 'open',
    categories: ['gambling'],
    tier: 'illegal',
    severity: 4,
    parties: ['任鹏'],
    hits: 1,
    exhibits: 1,
    openDuties: 0,
    openedAt: START,
    closedAt: null,
    officer: ME.name,
    ...summary,
  },
  profile: 'employer',
  note: '',
  parties: [party()],
  hits: [confirmed(1, { caseId: uid(40), caseNumber: 'C-A7-0001' })],
  exhibits: [exhibit()],
  decisions: [],
  duties: [],
  timeline: [],
  packs: [],
  ...change,
});
