/**
 * Checks every rule pack in resources/rule-packs (or the files named): shape, meaning, examples.
 * Prints each error with its place, then one line per pack. Exit 1 when a pack is refused.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openResources } from '../src/core/app/resources.ts';
import { failingExamples, loadRules } from '../src/core/rules/load-rules.ts';
import { type LoadedPack, parsePackText } from '../src/core/rules/rule-pack.ts';

const folder = fileURLToPath(new URL('../resources/rule-packs', import.meta.url));
const { classifier } = openResources(fileURLToPath(new URL('../resources', import.meta.url)));
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(folder, name));

let refused = 0;
const accepted: LoadedPack[] = [];
for (const file of files) {
  const parsed = parsePackText(readFileSync(file, 'utf8'), 'shipped');
  const result = parsed.ok ? loadRules([parsed.loaded], classifier) : parsed;
  const errors = result.ok ? failingExamples(result.compiled) : result.errors;
  if (!parsed.ok || !result.ok || errors.length > 0) {
    refused += 1;
    for (const error of errors) console.log(`${file}: ${error.path}: ${error.detail}`);
    continue;
  }
  accepted.push(parsed.loaded);
  const { pack, sha256 } = parsed.loaded;
  const words = result.compiled.views.reduce((sum, view) => sum + view.words.length, 0);
  console.log(
    `${file}: ${pack.id} ${pack.version}, ${pack.rules.length} rules, ${words} words, sha256 ${sha256.slice(0, 12)}`,
  );
}
const together = loadRules(accepted, classifier);
if (!together.ok) {
  refused += 1;
  for (const error of together.errors)
    console.log(`all together: ${error.pack}: ${error.path}: ${error.detail}`);
}
const rules = accepted.reduce((sum, { pack }) => sum + pack.rules.length, 0);
console.log(`${files.length} packs, ${rules} rules, ${refused} refused`);
process.exitCode = refused > 0 ? 1 : 0;
