/** Methods on campaigns, bulletins, reminders and the self-assessment. */
import { z } from 'zod';
import {
  Bulletin,
  BulletinFigures,
  BulletinQuery,
  Campaign,
  Control,
  ControlState,
  Reminder,
} from '../../core/domain/bulletin.ts';
import { CategoryId } from '../../core/domain/category.ts';
import { Count, Instant, Sha256, Uid } from '../../core/domain/page.ts';
import { method, Nothing } from './method.ts';

const Text = z.string().trim();
const Written = z.object({ file: z.string(), bytes: Count, sha256: Sha256 });
const Format = z.enum(['docx', 'pdf', 'xlsx']);
const Language = z.enum(['zh-CN', 'en']);

export const bulletinsMethods = {
  'bulletins.figures': method(BulletinQuery, BulletinFigures),
  'bulletins.list': method(Nothing, z.array(Bulletin)),
  /** Whether the query of a bulletin gives the same figures now. */
  'bulletins.check': method(
    z.object({ bulletinId: Uid }),
    z.object({ unchanged: z.boolean(), figuresSha256: Sha256 }),
  ),
  /** Names are covered. PDF only where something draws pages. */
  'bulletins.write': method(
    z.object({
      query: BulletinQuery,
      campaignId: Uid.nullish(),
      title: Text.min(1).max(200),
      introduction: Text.default(''),
      /** Measures named one by one at the end, the latest first. */
      examples: Count.max(200).default(20),
      format: Format,
      language: Language,
      file: z.string().min(1),
    }),
    Bulletin,
  ),
  'campaigns.list': method(Nothing, z.array(Campaign)),
  'campaigns.open': method(
    z.object({
      title: Text.min(1).max(200),
      basis: Text.min(1),
      categories: z.array(CategoryId).min(1),
      announcement: Text.default(''),
      startedAt: Instant,
    }),
    Campaign,
  ),
  'campaigns.update': method(
    z.object({
      campaignId: Uid,
      title: Text.min(1).nullish(),
      basis: Text.nullish(),
      announcement: Text.nullish(),
    }),
    Campaign,
  ),
  'campaigns.end': method(z.object({ campaignId: Uid, endedAt: Instant }), Campaign),
  /** What falls due within so many days, and what is overdue, the first due first; at most 500. */
  'reminders.list': method(z.object({ days: Count.max(90).default(7) }), z.array(Reminder)),
  'controls.list': method(Nothing, z.array(Control)),
  'controls.set': method(
    z.object({
      control: z.string(),
      state: ControlState,
      owner: Text.default(''),
      evidence: Text.default(''),
      note: Text.default(''),
      nextReview: z.iso.date().nullish(),
    }),
    z.array(Control),
  ),
  /** The self-assessment of a year with the figures of its cases. */
  'controls.write': method(
    z.object({
      year: z.number().int().min(2000).max(2100),
      format: z.enum(['docx', 'pdf']),
      language: Language,
      file: z.string().min(1),
    }),
    Written,
  ),
} as const;
