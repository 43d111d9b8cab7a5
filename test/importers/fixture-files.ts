/** The export files under test/fixtures/exports, by path. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../fixtures/exports/', import.meta.url));

/** What stands beside them: a description, expected results, and a companion that is read with its chat. */
const NO_EXPORTS = /README\.md$|\.golden\.json$|group_info\.json$/;

/** Every file that an importer reads, sorted. */
export function fixtureFiles(): string[] {
  return readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').slice(ROOT.length).replace(/^\//, ''),
    )
    .filter((path) => !NO_EXPORTS.test(path))
    .sort();
}
