import type { CaseDesk } from './cases/case-desk.ts';
import type { Workbench } from './workbench.ts';

/**
 * Handlers that change something at the desk: each does its work, then tells the windows which areas to
 * read anew. What throws has changed nothing, and nobody is told.
 */
export const changingAt =
  (bench: Workbench, ...areas: string[]) =>
  <I, O>(work: (desk: CaseDesk, input: I) => O) =>
  (input: I): O => {
    const output = work(bench.desk, input);
    bench.changed(...areas);
    return output;
  };
