// The shell: either a command (no window) or the window. Everything else is in the host worker.
import { app } from 'electron';
import { commandArguments, runCommand } from './command-line.ts';
import { startWindow } from './start-window.ts';

const command = commandArguments(process.argv, app.isPackaged ? undefined : app.getAppPath());
if (command === undefined) {
  startWindow();
} else {
  // Awaited at the top level, so that Electron waits with "ready", and with asking for a display.
  process.exit(await runCommand(command));
}
