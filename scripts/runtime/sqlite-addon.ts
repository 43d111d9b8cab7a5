// SQLite's addon for an older Electron. The addon's prebuilt files need Node-API 10; under Node-API 9
// they crash the process. Built against "experimental" Node-API the same sources run there too.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensurePackages } from './apt.ts';
import { cached } from './cache.ts';
import { capture, which } from './command.ts';
import { packageFolder, packageVersion, ROOT } from './paths.ts';
import { say, Unavailable } from './report.ts';

/** The Node-API version that the prebuilt files need. */
export const PREBUILT_NODE_API = 10;

const ADDON = 'better_sqlite3.node';
const BUILD_MS = 15 * 60_000;
const TOOLS = { programs: ['g++', 'make', 'python3'], packages: ['g++', 'make', 'python3'] };

/**
 * The absolute path of an addon that runs under Node-API 9, built on first use (about a minute on two
 * cores). To be handed to better-sqlite3's `nativeBinding` option.
 */
export async function rebuiltAddon(): Promise<string> {
  const name = `sqlite-${packageVersion('better-sqlite3')}-${process.platform}-${process.arch}`;
  const folder = await cached(name, async (draft) => {
    if (!TOOLS.programs.every(which)) {
      await ensurePackages(TOOLS.packages, "a C++ compiler, to build SQLite's addon for this Electron");
    }
    say("building SQLite's addon for this Electron (about a minute, once)");
    const sources = join(draft, 'build');
    await build(sources);
    await copyFile(join(sources, 'build', 'Release', ADDON), join(draft, ADDON));
    await rm(sources, { recursive: true });
  });
  return join(folder, ADDON);
}

/** Builds in a copy of the package, because files in node_modules belong to npm. */
async function build(folder: string): Promise<void> {
  const original = packageFolder('better-sqlite3');
  mkdirSync(folder);
  for (const part of ['binding.gyp', 'package.json', 'deps', 'lib', 'src']) {
    cpSync(join(original, part), join(folder, part), { recursive: true });
  }
  const headers = nodeHeaders();
  const nodeGyp = join(packageFolder('node-gyp'), 'bin', 'node-gyp.js');
  const args = [nodeGyp, 'rebuild', '--release', '--force_build=1', '-j', 'max'];
  const outcome = await capture(process.execPath, headers ? [...args, `--nodedir=${headers}`] : args, {
    cwd: folder,
    timeout: BUILD_MS,
    env: {
      ...process.env,
      // binding.gyp asks Node for node-addon-api, which lies beside the original.
      NODE_PATH: join(ROOT, 'node_modules'),
      CXXFLAGS: '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT -fno-lto',
      LDFLAGS: '-fno-lto',
    },
  });
  if (outcome.code === 0) return;
  const tail = `${outcome.stdout}\n${outcome.stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new Unavailable(`SQLite's addon could not be built for this Electron:\n${tail}`);
}

/**
 * The folder above `include/node` of an installed Node, or undefined (node-gyp then downloads
 * headers). The Node in node_modules is a bare binary, so the machine's own are asked first. Headers
 * of any current Node serve, since the addon uses only Node-API.
 */
function nodeHeaders(): string | undefined {
  const nodes = [process.env.npm_node_execpath, which('node'), process.execPath];
  const prefixes = nodes.flatMap((node) => (node ? [dirname(dirname(node))] : []));
  return [...prefixes, '/usr', '/usr/local'].find((prefix) =>
    existsSync(join(prefix, 'include/node/node_api.h')),
  );
}
