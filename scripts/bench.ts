// `npm run bench`: runs every driver test/bench/*.bench.ts by itself and prints one table. A driver
// writes one JSON object a line to stdout (the fields of Figure); what it writes to stderr passes
// through. Arguments narrow it to drivers whose names contain one of them. Without arguments drivers get
// DOCKET_BENCH_SHORT=1: those that first build a large workspace then build a smaller one and say so.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './runtime/paths.ts';
import { runScript, say } from './runtime/report.ts';

interface Figure {
  what: string;
  figure: number;
  unit: string;
  /** Against the peer that the budget names, measured in the same run. */
  ratio?: number;
  /** In words: `>= 4.5x`. */
  budget?: string;
  /** Whether the budget is kept; absent where there is none. */
  ok?: boolean;
}

const FOLDER = join(ROOT, 'test', 'bench');

await runScript(async () => {
  const began = performance.now();
  const wanted = process.argv.slice(2);
  const drivers = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.bench.ts'))
    .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
    .sort();
  const rows: Figure[] = [];
  let failed = drivers.length === 0 ? 1 : 0;
  for (const driver of drivers) {
    say(`measuring ${driver}`);
    const before = performance.now();
    const { code, figures } = await measure(join(FOLDER, driver), wanted.length === 0);
    say(`${driver} took ${secondsSince(before)} s`);
    rows.push(...figures);
    if (code === 0 && figures.length > 0) continue;
    say(`${driver} failed (exit code ${code}, ${figures.length} figures)`);
    failed += 1;
  }
  say(`all took ${secondsSince(began)} s`);
  process.stdout.write(`${table(rows)}\n`);
  return failed === 0 && rows.every((row) => row.ok !== false) ? 0 : 1;
});

function secondsSince(before: number): number {
  return Math.round((performance.now() - before) / 1000);
}

async function measure(driver: string, short: boolean): Promise<{ code: number | null; figures: Figure[] }> {
  const child = spawn(process.execPath, ['--expose-gc', driver], {
    cwd: ROOT,
    env: { ...process.env, ...(short ? { DOCKET_BENCH_SHORT: '1' } : {}) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const figures: Figure[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.trim() !== '') figures.push(JSON.parse(line) as Figure);
  }
  return { code: await ended, figures };
}

function table(rows: Figure[]): string {
  const lines = [
    ['what', 'figure', 'ratio', 'budget', ''],
    ...rows.map(({ what, figure, unit, ratio, budget, ok }) => [
      what,
      `${new Intl.NumberFormat('en', { maximumSignificantDigits: 4 }).format(figure)} ${unit}`,
      ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
      budget ?? '',
      ok === undefined ? '' : ok ? 'ok' : 'MISSED',
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
