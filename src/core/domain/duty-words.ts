/** Words of duty routes that screens show too. */
import { z } from 'zod';

/**
 * What an officer can say about a confirmed item that its category does not: a route asks for these
 * where the law looks at the circumstances and not at the kind of content.
 */
export const DutyMark = z.enum([
  'state-secrets',
  'terrorism',
  'organised-crime',
  'minor-victim',
  'under-14',
  'harms-minors',
  'heroes-martyrs',
  'illegal-fundraising',
  'personal-data-leak',
]);
export type DutyMark = z.infer<typeof DutyMark>;

/** What has to be done about the content, beside telling somebody. */
export const DutyAction = z.enum([
  'stop-transmission',
  'stop-service',
  'remove',
  'delete-as-required',
  'remedy',
  'save-records',
]);
export type DutyAction = z.infer<typeof DutyAction>;
