// Debian packages: installed where this process may, else named in one exact command.
import { capture, which } from './command.ts';
import { say, Unavailable } from './report.ts';

let updated = false;

/** Installs packages as root on a machine with apt; elsewhere throws `Unavailable` with the command. */
export async function ensurePackages(packages: string[], purpose: string): Promise<void> {
  if (!which('apt-get')) {
    throw new Unavailable(`this machine lacks ${purpose}. On Debian that is: ${packages.join(' ')}.`);
  }
  if (process.getuid?.() !== 0) {
    throw new Unavailable(
      `this machine lacks ${purpose}. Install it and run this again:\n  sudo apt-get install -y ${packages.join(' ')}`,
    );
  }
  say(`installing ${purpose}: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!updated) await apt(['update', '-q'], env);
  updated = true;
  await apt(['install', '-y', '-q', '--no-install-recommends', ...(await installable(packages))], env);
}

async function apt(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { code, stdout, stderr } = await capture('apt-get', args, { env });
  if (code !== 0) throw new Unavailable(`"apt-get ${args.join(' ')}" failed:\n${(stderr || stdout).trim()}`);
}

/** Newer Debian and Ubuntu renamed some libraries with a suffix for 64-bit time. */
async function installable(packages: string[]): Promise<string[]> {
  const names: string[] = [];
  for (const name of packages) {
    const { stdout } = await capture('apt-cache', ['show', `${name}t64`]);
    names.push(stdout.includes('Package:') ? `${name}t64` : name);
  }
  return names;
}
