// Prepares the runtime, the build and a display once for all tests of the real window.
import type { TestProject } from 'vitest/node';
import { prepareWindow, type WindowRuntime } from '../../scripts/runtime/window.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What launches the window; or why nothing can, which every window test then fails with. */
    windowRuntime: WindowRuntime | { unavailable: string };
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  try {
    const { runtime, stop } = await prepareWindow();
    project.provide('windowRuntime', runtime);
    return stop;
  } catch (error) {
    project.provide('windowRuntime', { unavailable: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}
