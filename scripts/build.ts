// Builds main, preload and renderer into out/.
import { buildNow } from './runtime/build.ts';
import { runScript } from './runtime/report.ts';

await runScript(async () => {
  await buildNow();
  return 0;
});
