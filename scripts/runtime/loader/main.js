// What Electron's own distribution does with `electron <folder>`, for a distribution without its
// default app: opens the app in the first argument that is no switch. Awaited at the top level,
// because Electron holds back "ready" only for a main module that is still loading.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('usage: electron FOLDER\n');
  process.exit(2);
}
const path = resolve(folder);
const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(path);
await import(pathToFileURL(join(path, manifest.main)).href);
