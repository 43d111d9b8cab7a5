/** SIGKILL at random moments of an import, over and over; used by the tests and by scripts/kill-imports.ts. */
import { setTimeout as wait } from 'node:timers/promises';
import { collect, type Terminal } from './support.ts';

/** Park and Miller's generator: the same moments in every run. */
export function moments(seed: number): () => number {
  let state = seed % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Starts a command and kills it after so many milliseconds; null where it had not ended by itself. */
export async function killAt(
  shell: Terminal,
  milliseconds: number,
  ...args: string[]
): Promise<number | null> {
  const child = shell.start(...args);
  const ended = collect(child);
  await Promise.race([wait(milliseconds), ended]);
  child.kill('SIGKILL');
  return (await ended).code;
}

/** Runs a command to its end; answers its milliseconds. Throws where it fails. */
export async function undisturbed(shell: Terminal, ...args: string[]): Promise<number> {
  const before = performance.now();
  const { code, stderr } = await shell.run(...args);
  if (code !== 0) throw new Error(`docket ${args.join(' ')} ended with ${code}: ${stderr}`);
  return performance.now() - before;
}

interface SourceState {
  readonly state: string;
  readonly messages: number;
  readonly digest: string | null;
}

export interface KillPlan {
  readonly file: string;
  /** Messages of the file. */
  readonly messages: number;
  /** Kills that must meet a running import; others are not counted. */
  readonly kills: number;
  /** Kills of one workspace before it is left to end, if it has not by then; the next begins anew. */
  readonly perWorkspace: number;
  readonly seed: number;
  /** `check` runs after every so many kills of a workspace, and at its end: it takes longer than a large import. */
  readonly checkEvery: number;
  /** Told after each kill. */
  say?(line: string): void;
}

export interface KillResult {
  /** Kills that came after the import had ended. */
  readonly late: number;
  /** Kills after which some but not all messages were stored. */
  readonly inTheMiddle: number;
  readonly workspaces: number;
  /** Milliseconds of an import that nobody disturbed. */
  readonly whole: number;
}

/**
 * Kills imports of one file and goes on with them. After every kill the workspace must open, check clean
 * and call its source partial or complete, with at least as many messages as after the kill before; at its
 * end it must hold every message and the digest of an undisturbed import. Throws where one of these fails.
 */
export async function killImports(shell: Terminal, plan: KillPlan): Promise<KillResult> {
  const { file, messages, kills, perWorkspace, seed, checkEvery } = plan;
  const importInto = (name: string) => [
    'import',
    file,
    '--workspace',
    shell.at(name),
    '--zone',
    'Asia/Shanghai',
  ];
  const whole = await undisturbed(shell, ...importInto('whole'));
  const outcome = async (name: string) =>
    (await shell.json<{ sources: SourceState[] }>(...importInto(name))).sources[0];
  const expected = (await outcome('whole'))?.digest;
  const random = moments(seed);
  let span = whole;
  let late = 0;
  let inTheMiddle = 0;
  let workspaces = 0;
  for (let kill = 0; kill < kills; workspaces++) {
    const name = `killed-${workspaces}`;
    await shell.json('init', '--workspace', shell.at(name));
    let kept = 0;
    for (let i = 0, ended = false; i < perWorkspace && kill < kills && !ended; i++) {
      const moment = random() * span;
      ended = (await killAt(shell, moment, ...importInto(name))) !== null;
      // The undisturbed import may have had a slow machine.
      if (ended) span *= 0.85;
      if (ended) late++;
      else kill++;
      if (late > kills) throw new Error('most imports end before they are killed');
      if ((i + 1) % checkEvery === 0) {
        const { failures } = await shell.json<{ failures: unknown[] }>(
          'check',
          '--workspace',
          shell.at(name),
        );
        if (failures.length > 0) throw new Error(`kill ${kill}: ${JSON.stringify(failures)}`);
      }
      const listed = await shell.json<SourceState[]>('sources', 'list', '--workspace', shell.at(name));
      for (const { state, messages: stored } of listed) {
        if (state !== 'partial' && state !== 'complete')
          throw new Error(`kill ${kill}: a source is ${state}`);
        if (state === 'complete' && stored !== messages)
          throw new Error(`kill ${kill}: complete with ${stored}`);
        if (stored < kept) throw new Error(`kill ${kill}: ${stored} messages where ${kept} were kept`);
        kept = stored;
        if (state === 'partial' && stored > 0 && stored < messages) inTheMiddle++;
        ended ||= state === 'complete';
      }
      plan.say?.(
        `kill ${kill} of ${kills} after ${(moment / 1000).toFixed(2)} s: ${listed.map((one) => `${one.state} ${one.messages}`).join() || 'nothing stored'}`,
      );
    }
    const before = performance.now();
    const source = await outcome(name);
    const taken = ((performance.now() - before) / 1000).toFixed(1);
    plan.say?.(`workspace ${workspaces} went on from message ${kept} to the end in ${taken} s`);
    if (source?.state !== 'complete' || source.messages !== messages || source.digest !== expected) {
      throw new Error(`workspace ${workspaces} ended as ${JSON.stringify(source)}`);
    }
    const { failures } = await shell.json<{ failures: unknown[] }>('check', '--workspace', shell.at(name));
    if (failures.length > 0) throw new Error(`workspace ${workspaces}: ${JSON.stringify(failures)}`);
  }
  return { late, inTheMiddle, workspaces, whole };
}
