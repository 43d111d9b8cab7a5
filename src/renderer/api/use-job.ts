import { useCallback, useSyncExternalStore } from 'react';
import type { Input, MethodName, Output } from '../../contract/api.ts';
import { call } from '../../contract/client.ts';
import { useHost } from './context.tsx';
import { failureOf } from './failure.ts';
import type { Job, JobKind } from './jobs.ts';

type JobMethod = {
  [M in MethodName]: Input<M> extends { jobId: string } ? M : never;
}[MethodName];

/**
 * Runs a long method under a job id: the tray shows its progress and offers to cancel it. Settles as
 * the method does; a failure also stays in the tray until it is read.
 */
export function useRunJob() {
  const { bridge, jobs } = useHost();
  return useCallback(
    async <M extends JobMethod>(
      method: M,
      input: Omit<Input<M>, 'jobId'>,
      about: { kind: JobKind; subject: string },
    ): Promise<Output<M>> => {
      const jobId = jobs.start(about.kind, about.subject);
      try {
        const output = await call(bridge, method, { ...input, jobId } as unknown as Input<M>);
        jobs.end(jobId, null);
        return output;
      } catch (error) {
        jobs.end(jobId, failureOf(error));
        throw error;
      }
    },
    [bridge, jobs],
  );
}

export function useJobs(): readonly Job[] {
  const { jobs } = useHost();
  return useSyncExternalStore(jobs.subscribe, jobs.list);
}

/** Whether work of this kind is under way. */
export function useIsRunning(kind: JobKind): boolean {
  return useJobs().some(
    (job) => job.kind === kind && (job.state === 'running' || job.state === 'cancelling'),
  );
}

export function useCancelJob() {
  const { bridge, jobs } = useHost();
  return useCallback(
    async (jobId: string) => {
      jobs.cancelling(jobId);
      await call(bridge, 'jobs.cancel', { jobId });
    },
    [bridge, jobs],
  );
}
