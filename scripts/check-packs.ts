/**
 * Checks every rule pack in resources/rule-packs (or the files named): shape, meaning, examples.
 * Prints each error with its place, then one line per pack. Exit 1 when a pack is refused.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePackText } from '../src/core/rules/rule-pack.ts';

const folder = fileURLToPath(new URL('../resources/rule-packs', import.meta.url));
const named = process.argv.slice(2);
const files =
  named.length > 0
    ? named
    : (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => join(folder, name));

let refused = 0;
let rules = 0;
for (const file of files) {
  const parsed = parsePackText(readFileSync(file, 'utf8'), 'shipped');
  if (!parsed.ok) {
    refused += 1;
    for (const error of parsed.errors) console.log(`${file}: ${error.path}: ${error.detail}`);
    continue;
  }
  const { pack, sha256 } = parsed.loaded;
  rules += pack.rules.length;
  console.log(
    `${file}: ${pack.id} ${pack.version}, ${pack.rules.length} rules, sha256 ${sha256.slice(0, 12)}`,
  );
}
console.log(`${files.length} packs, ${rules} rules, ${refused} refused`);
process.exitCode = refused > 0 ? 1 : 0;
