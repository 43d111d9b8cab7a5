/**
 * What a pack holds for whom. A court or an arbitration board needs what each exhibit is to prove, the rule, its
 * receipt, the hearing and the letters; the police a referral with what the 2016 rules on electronic data ask of
 * a list (category, format, check value); a regulator what was done and reported. Nobody gets what is not for
 * them.
 */
import type { PackProfile } from '../domain/case.ts';

export type Section =
  | 'referral'
  | 'exhibits'
  | 'data-list'
  | 'completeness'
  | 'acquisition'
  | 'rules'
  | 'hearing'
  | 'letters'
  | 'decisions'
  | 'appeals'
  | 'reports'
  | 'receipt';

export interface ProfileContents {
  readonly name: { readonly zh: string; readonly en: string };
  /** Title of the list. */
  readonly title: { readonly zh: string; readonly en: string };
  /** Of the list of evidence, in order. */
  readonly sections: readonly Section[];
  /** Rules with receipts, hearings, letters, appeals: data/proceedings.json. */
  readonly proceedings: boolean;
  /** Duties and reports to authorities: data/duties.json. */
  readonly duties: boolean;
}

export const PROFILES: Readonly<Record<PackProfile, ProfileContents>> = {
  court: {
    name: { zh: '法院', en: 'Court' },
    title: { zh: '证据目录', en: 'List of evidence' },
    sections: [
      'exhibits',
      'completeness',
      'acquisition',
      'rules',
      'hearing',
      'letters',
      'decisions',
      'appeals',
      'reports',
    ],
    proceedings: true,
    duties: true,
  },
  arbitration: {
    name: { zh: '仲裁', en: 'Arbitration' },
    title: { zh: '仲裁证据清单', en: 'List of evidence for arbitration' },
    sections: [
      'exhibits',
      'acquisition',
      'rules',
      'hearing',
      'letters',
      'decisions',
      'appeals',
      'completeness',
    ],
    proceedings: true,
    duties: false,
  },
  police: {
    name: { zh: '公安机关', en: 'Police' },
    title: { zh: '涉嫌违法线索移送材料清单', en: 'Referral: list of materials' },
    sections: ['referral', 'data-list', 'exhibits', 'completeness', 'acquisition', 'decisions', 'receipt'],
    proceedings: false,
    duties: true,
  },
  regulator: {
    name: { zh: '主管部门', en: 'Regulator' },
    title: { zh: '处置情况报告材料清单', en: 'Report on handling: list of materials' },
    sections: ['decisions', 'reports', 'appeals', 'exhibits', 'completeness', 'acquisition'],
    proceedings: false,
    duties: true,
  },
  internal: {
    name: { zh: '内部', en: 'Internal' },
    title: { zh: '内部存档清单', en: 'Internal file: list' },
    sections: ['exhibits', 'completeness', 'decisions', 'hearing', 'letters', 'reports'],
    proceedings: true,
    duties: true,
  },
};

/** What was done towards the parties, as data/proceedings.json and the list tell it. Times are UTC milliseconds. */
export interface PackProceedings {
  readonly rules: readonly {
    readonly title: string;
    readonly version: string;
    readonly effectiveFrom: string;
    readonly endedOn: string | null;
    readonly adoption: { readonly way: string; readonly on: string; readonly proof: string } | null;
    /** Parties of the case that received it. */
    readonly receipts: readonly { readonly party: string; readonly on: string; readonly proof: string }[];
  }[];
  readonly hearings: readonly {
    readonly party: string;
    readonly authorship: string;
    readonly authorshipNote: string;
    readonly invitedAt: number | null;
    readonly invitedHow: string;
    readonly answerDue: number | null;
    readonly notInvitedReason: string;
    readonly answeredAt: number | null;
    readonly answer: string;
  }[];
  readonly letters: readonly {
    readonly party: string;
    readonly kind: string;
    readonly at: number;
    readonly officer: string;
    /** Of the letter as it was written. */
    readonly sha256: string;
    readonly servedAt: number | null;
    readonly servedHow: string;
    readonly serviceProof: string;
  }[];
  readonly appeals: readonly {
    readonly lodgedAt: number;
    readonly lodgedBy: string;
    readonly grounds: string;
    readonly outcome: string | null;
    readonly reason: string;
    readonly decidedBy: string | null;
    readonly decidedAt: number | null;
  }[];
}

export const NO_PROCEEDINGS: PackProceedings = { rules: [], hearings: [], letters: [], appeals: [] };
