import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const State = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  maximized: z.boolean(),
});

interface WindowState {
  bounds: Partial<Rectangle>;
  maximized: boolean;
}

const FIRST: WindowState = { bounds: { width: 1360, height: 860 }, maximized: false };

/** Where the window was, in screen pixels; the default where that is unknown or on no screen any more. */
export function loadWindowState(file: string): WindowState {
  let state: WindowState & { bounds: Rectangle };
  try {
    state = State.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return FIRST;
  }
  const { x, y, width, height } = state.bounds;
  const { workArea } = screen.getDisplayMatching(state.bounds);
  const isVisible =
    x < workArea.x + workArea.width &&
    x + width > workArea.x &&
    y >= workArea.y &&
    y < workArea.y + workArea.height;
  return isVisible
    ? state
    : { ...FIRST, maximized: state.maximized, bounds: { ...FIRST.bounds, width, height } };
}

/** Remembers where the window is. A folder that cannot be written costs the memory, not the quitting. */
export function saveWindowState(file: string, window: BrowserWindow): void {
  const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch (error) {
    process.stderr.write(`window state not saved: ${error instanceof Error ? error.message : error}\n`);
  }
}
