// Opens Docket's real window for a test, in the runtime that global-setup.ts prepared.
import { inject } from 'vitest';
import { type Launched, type LaunchOptions, openWindow } from '../../scripts/runtime/window.ts';

export type { Launched } from '../../scripts/runtime/window.ts';

/** Starts the program and waits for its window's first page. Fails where there is no runtime, saying why. */
export function launchDocket(options: LaunchOptions = {}): Promise<Launched> {
  const runtime = inject('windowRuntime');
  if ('unavailable' in runtime) throw new Error(`no window can be opened: ${runtime.unavailable}`);
  return openWindow(runtime, options);
}
