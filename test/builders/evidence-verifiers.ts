/** The three full verifiers of a pack: Docket's own, the Python script of the bag, the viewer's script. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { openResources } from '../../src/core/app/resources.ts';
import { VerifyResult } from '../../src/core/domain/case.ts';
import { verifyPack } from '../../src/core/evidence/verify-pack.ts';

const RESOURCES = fileURLToPath(new URL('../../resources', import.meta.url));
const SCRIPT = join(RESOURCES, 'evidence', 'verify.py');

interface Readable {
  readonly size: number;
  read(from: number, to: number): Promise<Uint8Array>;
}
type Viewer = (
  file: Readable,
  name: string,
  wanted: string | null,
  given: readonly (Readable & { readonly name: string })[],
) => Promise<unknown>;

/** The viewer's own functions, from the script that is embedded in the page, without the page's part. */
export function viewerFunctions<T>(names: readonly string[]): T {
  const { viewerScript } = openResources(RESOURCES).packTools;
  const logic = viewerScript.slice(0, viewerScript.indexOf('/* The page: reads what is embedded'));
  return runInThisContext(`(() => {${logic}\nreturn {${names.join(', ')}};})()`) as T;
}

let viewer: Viewer | null = null;

/** A file as a browser gives it. */
async function opened(path: string) {
  const handle = await open(path);
  const { size } = await handle.stat();
  const read = async (from: number, to: number) => {
    const bytes = new Uint8Array(Math.max(0, to - from));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  };
  return { name: basename(path), size, read, close: () => handle.close() };
}

async function byViewer(pack: string, fingerprint: string | null, given: readonly string[]) {
  viewer ??= viewerFunctions<{ verifyPack: Viewer }>(['verifyPack']).verifyPack;
  const [file, ...originals] = await Promise.all([pack, ...given].map(opened));
  if (!file) throw new Error('no pack');
  try {
    return VerifyResult.parse(await viewer(file, file.name, fingerprint, originals));
  } finally {
    for (const one of [file, ...originals]) await one.close();
  }
}

/** Runs the script as a stranger would; Python without any packages, and none of the caller's settings. */
export function pythonScript(args: readonly string[]): { status: number | null; stdout: string } {
  return spawnSync('python3', ['-I', SCRIPT, ...args], { encoding: 'utf8', maxBuffer: 64 << 20 });
}

/** One process for all packs of a test file: starting Python costs more than verifying a small pack. */
const SERVER = `import importlib.util,json,sys
spec=importlib.util.spec_from_file_location('verify',sys.argv[1]);v=importlib.util.module_from_spec(spec);spec.loader.exec_module(v)
for line in sys.stdin: print(json.dumps(v.verify(*json.loads(line))),flush=True)`;
let python: ChildProcessWithoutNullStreams | null = null;
const waiting: { resolve(result: VerifyResult): void; reject(error: Error): void }[] = [];

function startPython(): ChildProcessWithoutNullStreams {
  const started = spawn('python3', ['-I', '-B', '-c', SERVER, SCRIPT]);
  let stderr = '';
  started.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  createInterface(started.stdout).on('line', (line) => {
    waiting.shift()?.resolve(VerifyResult.parse(JSON.parse(line)));
  });
  started.on('close', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`python3 ended: ${stderr}`));
    python = null;
  });
  return started;
}

function byPython(pack: string, fingerprint: string | null, given: readonly string[]): Promise<VerifyResult> {
  python ??= startPython();
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    python?.stdin.write(`${JSON.stringify([pack, fingerprint, given])}\n`);
  });
}

/** Ends the Python process; call after the last test of a file. */
export function stopVerifiers(): void {
  python?.stdin.end();
}

export const VERIFIERS = {
  docket: (pack: string, fingerprint: string | null, given: readonly string[]) =>
    verifyPack(pack, { ...(fingerprint === null ? {} : { fingerprint }), sources: given }),
  python: byPython,
  viewer: byViewer,
} as const;

/** What each verifier says of a pack; `given` are original files from outside it. */
export async function everyVerdict(
  pack: string,
  fingerprint: string | null,
  given: readonly string[] = [],
): Promise<Record<keyof typeof VERIFIERS, VerifyResult>> {
  const [docket, python, inViewer] = await Promise.all([
    VERIFIERS.docket(pack, fingerprint, given),
    VERIFIERS.python(pack, fingerprint, given),
    VERIFIERS.viewer(pack, fingerprint, given),
  ]);
  return { docket, python, viewer: inViewer };
}
