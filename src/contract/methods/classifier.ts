/** Methods on the classifier and its training on the workspace's own reviews. */
import { z } from 'zod';
import { Uid } from '../../core/domain/page.ts';
import { ClassifierStatus, Training } from '../../core/domain/training.ts';
import { JobId, method, Nothing } from './method.ts';

export const classifierMethods = {
  'classifier.status': method(Nothing, ClassifierStatus),
  /** Trains on reviewed texts, for a stated purpose; judges nothing until it is approved. */
  'classifier.train': method(z.object({ jobId: JobId, purpose: z.string().max(500) }), Training),
  /** By another officer than the one who trained, with their own passphrase. */
  'classifier.approve': method(
    z.object({
      trainingId: Uid,
      officerId: Uid,
      passphrase: z.string(),
      approved: z.boolean(),
      note: z.string().max(2000).default(''),
    }),
    Training,
  ),
  /** Back to the shipped classifier. */
  'classifier.restore': method(Nothing, ClassifierStatus),
} as const;
