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
  runUnder(capableNode(), [fileURLToPath(import.meta.url), ...args]);
}
