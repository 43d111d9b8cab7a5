// `npm test`: all tests, the real window's included, and one plain line with the sums at the end.
// Arguments narrow it: names of projects (core, renderer, window), the rest are vitest's (paths, -t …).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passThrough } from './runtime/command.ts';
import { packageFolder, ROOT } from './runtime/paths.ts';
import { runScript } from './runtime/report.ts';

/** Runs of vitest, one after the other: a window test that shares two cores with all others is late. */
const RUNS = [['core', 'renderer'], ['window']];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that is counted. */
interface Report {
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

await runScript(async () => {
  const args = process.argv.slice(2);
  const projects = RUNS.flat();
  const named = args.filter((arg) => projects.includes(arg));
  const rest = args.filter((arg) => !projects.includes(arg));
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const run of RUNS) {
    const chosen = run.filter((project) => named.length === 0 || named.includes(project));
    if (chosen.length === 0) continue;
    const counts = await runVitest(chosen, rest);
    for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});

async function runVitest(projects: string[], args: string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-test-report-'));
  const report = join(folder, 'report.json');
  try {
    const code = await passThrough(
      process.execPath,
      [
        join(packageFolder('vitest'), 'vitest.mjs'),
        'run',
        ...projects.map((project) => `--project=${project}`),
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      { cwd: ROOT },
    );
    return count(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * In a file that failed, everything that did not pass counts as failed: a broken setup skips the tests
 * behind it. A file that could not be loaded counts as one failure, and so does a run that failed with
 * nothing to blame (an unhandled error): green must mean that all of it ran.
 */
function count(path: string, exitCode: number): Counts {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  }
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of report.testResults) {
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    const rest = assertionResults.length - passed;
    counts.passed += passed;
    if (status === 'failed') counts.failed += Math.max(rest, 1);
    else counts.skipped += rest;
  }
  if (counts.failed === 0 && exitCode !== 0) counts.failed = 1;
  return counts;
}
