#!/usr/bin/env node
// The command line of a checkout. Nothing is loaded before a capable Node runs: under an older one the
// SQLite addon would crash the process.
import { fileURLToPath } from 'node:url';
import { capableNode, isCapable } from './capable-node.js';
import { runUnder } from './run-under.js';

const args = process.argv.slice(2);
if (isCapable()) {
  const { runCli } = await import('../src/cli/main.ts');
  process.exitCode = await runCli(args, process);
} else {
  // An import of a million messages took 311 MB with both and 353 to 401 without, in no more time: the C
  // library keeps an arena for each thread, and V8's young spaces grow to 16 MB three times over.
  const lean = ['--max-semi-space-size=8'];
  runUnder(capableNode(), [...lean, fileURLToPath(import.meta.url), ...args], { MALLOC_ARENA_MAX: '2' });
}
