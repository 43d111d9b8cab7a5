// `npm run check`: format, lint and layers; types; dead code; citations. All run, all are reported.
import { join } from 'node:path';
import { passThrough } from './runtime/command.ts';
import { packageFolder, ROOT } from './runtime/paths.ts';
import { runScript } from './runtime/report.ts';

const STEPS = [
  { name: 'format, lint, layers', command: ['@biomejs/biome', 'bin/biome', 'check', '.'] },
  { name: 'types of main, core, tests', command: ['typescript', 'bin/tsc', '-p', 'tsconfig.node.json'] },
  { name: 'types of the renderer', command: ['typescript', 'bin/tsc', '-p', 'tsconfig.web.json'] },
  { name: 'dead code', command: ['knip', 'bin/knip.js'] },
];

await runScript(async () => {
  const results: string[] = [];
  let failed = 0;
  for (const { name, command } of STEPS) {
    const [pkg = '', bin = '', ...args] = command;
    process.stdout.write(`\n== ${name}\n`);
    const code = await passThrough(process.execPath, [join(packageFolder(pkg), bin), ...args], { cwd: ROOT });
    if (code !== 0) failed += 1;
    results.push(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
  }
  process.stdout.write('\n== citations of the law library\n');
  const citations = await passThrough(process.execPath, [join(ROOT, 'scripts/check-law.ts')], { cwd: ROOT });
  if (citations !== 0) failed += 1;
  results.push(`${citations === 0 ? 'ok    ' : 'FAILED'}  citations of the law library`);
  process.stdout.write(`\n${results.join('\n')}\n`);
  return failed === 0 ? 0 : 1;
});
