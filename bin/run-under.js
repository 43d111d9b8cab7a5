import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/**
 * Runs a script under another Node as if it were this process: same terminal and pipes, signals passed
 * on, same exit code (128 + n after signal n). `env` is added to the environment; what stands there goes first.
 */
export function runUnder(node, args, env = {}) {
  const child = spawn(node, args, { stdio: 'inherit', env: { ...env, ...process.env } });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {
    if (!inForeground()) child.kill('SIGINT');
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

/** Whether Ctrl-C goes to this process's whole group. The child has had it then, and twice would be once too many. */
function inForeground() {
  try {
    const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1).split(' ');
    return group === foreground;
  } catch {
    return process.stdin.isTTY === true;
  }
}
