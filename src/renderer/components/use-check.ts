import { useState } from 'react';
import type { CheckResult } from '../../core/domain/workspace.ts';
import { useIsRunning, useRunJob } from '../api/use-job.ts';
import { useNotify } from './notify.tsx';

/** Checks every row, batch, digest and the audit chain of the workspace. */
export function useCheck() {
  const run = useRunJob();
  const notify = useNotify();
  const [result, setResult] = useState<CheckResult | null>(null);
  return {
    result,
    running: useIsRunning('check'),
    start: () => {
      setResult(null);
      run('workspace.check', {}, { kind: 'check', subject: '' }).then(setResult, notify.failed);
    },
    close: () => setResult(null),
  };
}
