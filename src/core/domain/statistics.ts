import { z } from 'zod';
import { CategoryId } from './category.ts';
import { Count, Instant } from './page.ts';

/** Numbers of the dashboard. Each one opens its rows: the filter that made it stands beside it. */
export const Dashboard = z.object({
  totals: z.object({
    messages: Count,
    conversations: Count,
    accounts: Count,
    sources: Count,
    partialSources: Count,
    openHits: Count,
    openProposals: Count,
    openCases: Count,
    openDuties: Count,
    overdueDuties: Count,
    /** Messages kept since the last detection run. */
    undetected: Count,
    unnamedAccounts: Count,
    skippedRecords: Count,
    /** Images, voice, video and files that messages name and no file was found for. */
    missingMedia: Count,
    /** Those that nothing has examined, missing ones included. */
    unexaminedMedia: Count,
  }),
  /** `week` is the Monday 00:00 of the workstation's zone. */
  hitsByWeek: z.array(z.object({ week: Instant, category: CategoryId, hits: Count })),
  hitsByCategory: z.array(
    z.object({ category: CategoryId, hits: Count, confirmed: Count, dismissed: Count, open: Count }),
  ),
  casesByState: z.array(z.object({ state: z.string(), cases: Count })),
});
export type Dashboard = z.infer<typeof Dashboard>;
