import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, devNull } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Outcome {
  /** Exit code; 128 + n after signal n; 127 where the program could not be started. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the process is killed (SIGKILL, so code 137). Default: none. */
  timeout?: number;
}

/** Runs a program without a shell and collects its output. Never throws. */
export function capture(program: string, args: string[], options: CommandOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const output = { stdout: '', stderr: '' };
    const child = spawn(program, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
    } as SpawnOptions);
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    child.on('error', (error) =>
      resolve({ ...output, code: 127, stderr: `${output.stderr}${error.message}` }),
    );
    child.on('close', (code, signal) => resolve({ ...output, code: exitCode(code, signal) }));
  });
}

/**
 * Runs a program on this terminal and resolves to its exit code. SIGTERM is passed on; SIGINT is only
 * waited out, because Ctrl-C reaches the program itself, and a second one would cut its closing short.
 */
export function passThrough(program: string, args: string[], options: CommandOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'inherit' });
    const terminate = () => child.kill('SIGTERM');
    const wait = () => {};
    process.on('SIGTERM', terminate).on('SIGINT', wait);
    const stop = () => process.off('SIGTERM', terminate).off('SIGINT', wait);
    child.on('error', (error) => {
      stop();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stop();
      resolve(exitCode(code, signal));
    });
  });
}

/** The absolute path of a program on PATH, or undefined. */
export function which(program: string): string | undefined {
  const folders = (process.env.PATH ?? devNull).split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}
