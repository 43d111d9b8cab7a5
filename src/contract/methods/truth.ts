/** Methods on what the material is worth: two sides, gaps, people, media, links. */
import { z } from 'zod';
import { Density, GapReport } from '../../core/domain/gap.ts';
import { Link, LinkDomain, LinkPlace } from '../../core/domain/link.ts';
import { MediaCounts, MediaOutcome, MediaState, Medium } from '../../core/domain/media.ts';
import { Count, PageInput, pageOf, Uid } from '../../core/domain/page.ts';
import { AccountIdentity, Person } from '../../core/domain/person.ts';
import {
  Difference,
  ReconciliationInput,
  ReconciliationRow,
  ReconciliationSummary,
  RowKind,
  SourceConversation,
} from '../../core/domain/reconciliation.ts';
import { JobId, method, sorted } from './method.ts';

export const truthMethods = {
  /** The conversations that a source holds, with its own messages counted. */
  'reconciliation.sides': method(z.object({ sourceId: Uid }), z.array(SourceConversation)),
  /** Compares two exports of one chat; the comparison is logged. */
  'reconciliation.compare': method(ReconciliationInput.extend({ jobId: JobId }), ReconciliationSummary),
  /** Rows of a comparison in the order of time. Logged as a view of content. */
  'reconciliation.rows': method(
    PageInput.extend({
      between: ReconciliationInput,
      kind: RowKind.nullish(),
      difference: Difference.nullish(),
      /** True leaves out what matches. */
      differing: z.boolean().nullish(),
      /** False leaves out what the other side's export does not reach. */
      outside: z.boolean().nullish(),
    }),
    pageOf(ReconciliationRow),
  ),
  /** Writes a comparison as CSV that a spreadsheet cannot run. */
  'reconciliation.export': method(
    ReconciliationInput.extend({ jobId: JobId, file: z.string().min(1) }),
    z.object({ file: z.string(), rows: Count, sha256: z.string() }),
  ),

  /** What is missing in a source, a conversation, or a conversation within a source. */
  'gaps.find': method(
    z.object({ sourceId: Uid.nullish(), conversationId: Uid.nullish(), zone: z.string() }),
    GapReport,
  ),
  'gaps.density': method(z.object({ messageId: Uid, zone: z.string() }), Density),

  'people.list': method(PageInput.extend({ text: z.string().nullish() }), pageOf(Person)),
  /** Names that an account was seen under, and the person it is linked to. */
  'people.ofAccount': method(z.object({ accountId: Uid }), AccountIdentity),
  /** Says that an account is a person's: of one that is there, or of a new one by name. */
  'people.link': method(
    z
      .object({
        accountId: Uid,
        personId: Uid.nullish(),
        name: z.string().trim().min(1).nullish(),
        reason: z.string().trim().min(1),
      })
      .refine((input) => (input.personId == null) !== (input.name == null), {
        message: 'either a person or the name of a new one',
        path: ['personId'],
      }),
    Person,
  ),
  /** Takes a link back by an event; both stay visible. */
  'people.unlink': method(z.object({ linkId: Uid, reason: z.string().trim().min(1) }), Person),

  'media.counts': method(z.object({ sourceId: Uid.nullish(), conversationId: Uid.nullish() }), MediaCounts),
  'media.list': method(
    PageInput.extend({ sourceId: Uid.nullish(), conversationId: Uid.nullish(), state: MediaState.nullish() }),
    pageOf(Medium),
  ),
  /** Looks for the media that a source names among the files of a folder, and keeps what it finds. */
  'media.match': method(z.object({ jobId: JobId, sourceId: Uid, folder: z.string().min(1) }), MediaOutcome),

  /** Brings the register up to date with messages that came since. */
  'links.update': method(
    z.object({ jobId: JobId }),
    z.object({ messages: Count, added: Count, places: Count, cancelled: z.boolean() }),
  ),
  'links.list': method(
    PageInput.extend({
      text: z.string().nullish(),
      domain: z.string().nullish(),
      short: z.boolean().nullish(),
      sort: sorted('places', 'firstAt', 'lastAt').nullish(),
    }),
    pageOf(Link),
  ),
  /** Domains by how often they were seen, at most 200; and how many messages no update has looked at. */
  'links.domains': method(z.object({}), z.object({ domains: z.array(LinkDomain), behind: Count })),
  /** Messages that show a link. Logged as a view of content. */
  'links.places': method(PageInput.extend({ linkId: Uid }), pageOf(LinkPlace)),
} as const;
