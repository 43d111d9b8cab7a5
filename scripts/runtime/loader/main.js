// What Electron's own distribution does with `electron [-r MODULE] FOLDER`, for a distribution without
// its default app: loads the module, then opens the app in the folder. Awaited at the top level,
// because Electron holds back "ready" only for a main module that is still loading.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const args = process.argv.slice(1);
const required = args.indexOf('-r');
if (required >= 0) createRequire(import.meta.url)(resolve(args.splice(required, 2)[1]));

const folder = args.find((argument) => !argument.startsWith('-'));
if (folder === undefined) {
  process.stderr.write('usage: electron [-r MODULE] FOLDER\n');
  process.exit(2);
}
const path = resolve(folder);
const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(path);
await import(pathToFileURL(join(path, manifest.main)).href);
