// Prepares the runtime, the build and a display once for all tests of the real window.
import type { TestProject } from 'vitest/node';
import { buildIfNeeded } from '../../scripts/runtime/build.ts';
import { type Display, hasDisplay, startVirtualDisplay } from '../../scripts/runtime/display.ts';
import { prepareRuntime } from '../../scripts/runtime/index.ts';

export interface WindowRuntime {
  executable: string;
  switches: string[];
  env: Record<string, string>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** What launches the window; or why nothing can, which every window test then fails with. */
    windowRuntime: WindowRuntime | { unavailable: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let display: Display = { env: {}, switches: [], stop: async () => {} };
  try {
    const runtime = await prepareRuntime();
    await buildIfNeeded();
    if (!hasDisplay()) display = await startVirtualDisplay();
    project.provide('windowRuntime', {
      executable: runtime.electron.executable,
      switches: [...runtime.switches, ...display.switches],
      env: { ...runtime.env, ...display.env },
    });
  } catch (error) {
    project.provide('windowRuntime', { unavailable: error instanceof Error ? error.message : String(error) });
  }
  return () => display.stop();
}
