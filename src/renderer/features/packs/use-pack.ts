import { useState } from 'react';
import type { CaseDetail, PackFormat, PackProfile } from '../../../core/domain/case.ts';
import type { PackMedia, PackOriginals } from '../../../core/domain/pack.ts';

/** What an officer put together so far. */
export interface Draft {
  profile: PackProfile;
  recipient: string;
  purpose: string;
  /** Exhibits left out. */
  without: readonly string[];
  /** What each exhibit is to prove. */
  proves: Readonly<Record<string, string>>;
  /** Null for all that the exhibits keep. */
  context: number | null;
  aliases: boolean;
  unmask: readonly string[];
  attachments: PackMedia;
  originals: PackOriginals;
  /** Sources for which something else was chosen, by id. */
  originalsOf: Readonly<Record<string, PackOriginals>>;
  /** Null for what the host proposes for a pack of this length. */
  formats: readonly PackFormat[] | null;
  watermark: boolean;
}

const EMPTY: Draft = {
  profile: 'internal',
  recipient: '',
  purpose: '',
  without: [],
  proves: {},
  context: null,
  aliases: true,
  unmask: [],
  attachments: 'all',
  originals: 'none',
  originalsOf: {},
  formats: null,
  watermark: true,
};

export function usePack(detail: CaseDetail) {
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const exhibitIds = detail.exhibits.map(({ id }) => id).filter((id) => !draft.without.includes(id));
  const choice = {
    caseId: detail.summary.id,
    profile: draft.profile,
    exhibitIds,
    ...(draft.context === null ? {} : { context: draft.context }),
    aliases: draft.aliases,
    ...(draft.aliases && draft.unmask.length > 0 ? { unmask: [...draft.unmask] } : {}),
    attachments: draft.attachments,
    originals: draft.originals,
    originalsOf: Object.entries(draft.originalsOf).map(([sourceId, originals]) => ({ sourceId, originals })),
    ...(draft.formats === null ? {} : { formats: [...draft.formats] }),
  };
  return { draft, change, exhibitIds, choice };
}

export type Pack = ReturnType<typeof usePack>;
