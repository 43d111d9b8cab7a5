import type { Handlers } from '../../../contract/dispatch.ts';
import {
  agreementByCategory,
  drawReviews,
  judgeReview,
  listJudged,
  reviewQueue,
} from '../review/second-reviews.ts';
import { logView } from '../review/view-log.ts';
import type { Workbench } from '../workbench.ts';

type ReviewHandlers = {
  [M in keyof Handlers as M extends `secondReviews.${string}` ? M : never]: Handlers[M];
};

/** Handlers of the blind second review. */
export function secondReviewHandlers(bench: Workbench): ReviewHandlers {
  const seen = (hits: number) => logView(bench.session, { type: 'second-review', id: '' }, hits);
  return {
    'secondReviews.draw': (input) => {
      const drawn = drawReviews(bench.desk, input);
      bench.changed('second-reviews', 'audit');
      return drawn;
    },
    'secondReviews.queue': (input) => {
      const queue = reviewQueue(bench.desk, input);
      seen(queue.length);
      return queue;
    },
    'secondReviews.judge': (input) => {
      const judged = judgeReview(bench.desk, input);
      bench.changed('second-reviews', 'audit');
      return judged;
    },
    'secondReviews.judged': (input) => {
      const judged = listJudged(bench.desk, input);
      seen(judged.length);
      return judged;
    },
    'secondReviews.agreement': () => agreementByCategory(bench.desk),
  };
}
