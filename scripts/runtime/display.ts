// What a window needs on Linux: shared libraries, fonts with Chinese glyphs, and a display.
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ensurePackages } from './apt.ts';
import { capture, which } from './command.ts';
import { say, Unavailable } from './report.ts';

const LIBRARIES = [
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'],
  ...['libdrm2', 'libxkbcommon0', 'libsecret-1-0', 'libnotify4'],
];
const FONTS = ['fonts-noto-cjk', 'fontconfig'];

export interface Display {
  /** Environment variables for the process that opens a window. */
  env: Record<string, string>;
  /** Switches for the executable: a virtual display has no graphics card behind it. */
  switches: string[];
  stop(): Promise<void>;
}

/** Whether this machine shows windows to a person. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Installs (or names) the libraries that the executable misses, and fonts for Chinese. Linux only. */
export async function ensureLibraries(executable: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const linked = await capture('ldd', [executable], {
    env: { ...process.env, LD_LIBRARY_PATH: dirname(executable) },
  });
  const missing = [...linked.stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
  if (missing.length > 0) await ensurePackages(LIBRARIES, `libraries of Electron (${missing.join(', ')})`);

  const fonts = await capture('fc-list', [':lang=zh', 'family']);
  if (fonts.stdout.trim() !== '') return;
  try {
    await ensurePackages(FONTS, 'a font with Chinese characters');
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    say(error.message);
  }
}

/**
 * Starts a display without a screen on a free number. Xvfb itself rather than `xvfb-run`: it finds the
 * number by -displayfd, so that two runs never meet, and no xauth is needed.
 */
export async function startVirtualDisplay(): Promise<Display> {
  if (!which('Xvfb')) await ensurePackages(['xvfb'], 'a display, and Xvfb to stand in for one');
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => server.kill());
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const lines = createInterface({ input: server.stdio[3] as Readable });
  const number = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    closed.then(() => undefined),
  ]);
  if (number === undefined) throw new Unavailable('Xvfb ended before it opened a display.');
  return {
    env: { DISPLAY: `:${number}` },
    switches: ['--disable-gpu'],
    async stop() {
      server.kill();
      await closed;
    },
  };
}
