// The command line beside the window: the same workspace, the same packs.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/runtime/paths.ts';

export interface Answer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `docket` from the sources as a person does in a checkout. */
export function docket(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'bin', 'docket.js'), ...args],
      { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
