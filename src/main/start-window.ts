import { join } from 'node:path';
import { app, session } from 'electron';
import { Host } from './host.ts';
import { serveCalls } from './ipc.ts';
import { outFolder } from './out-folder.ts';
import { printPage } from './print-page.ts';
import { hardenProcess, hardenSession } from './security.ts';
import { openWindow } from './window.ts';

/** How long quitting waits for the host to close the workspace. A killed host loses nothing: SQLite's log holds it. */
const CLOSE_MS = 3000;

/** Makes this process Docket's window. Must run before Electron is ready. */
export function startWindow(): void {
  if (process.env.DOCKET_USER_DATA) app.setPath('userData', process.env.DOCKET_USER_DATA);
  const devServer = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  hardenProcess(devServer);

  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(() => {
    hardenSession(session.defaultSession, devServer);
    const host = startHost();
    const window = openWindow(devServer);
    serveCalls(window, host, devServer);
    closeBeforeQuit(host);
  });
}

function startHost(): Host {
  return new Host(
    join(outFolder(), 'main', 'host-worker.js'),
    {
      userData: app.getPath('userData'),
      resources: app.isPackaged
        ? join(process.resourcesPath, 'resources')
        : join(app.getAppPath(), 'resources'),
      detectionWorker: join(outFolder(), 'main', 'detection-worker.js'),
      importWorker: join(outFolder(), 'main', 'import-worker.js'),
      upkeepWorker: join(outFolder(), 'main', 'upkeep-worker.js'),
      software: `Docket ${app.getVersion()}`,
    },
    printPage,
  );
}

function closeBeforeQuit(host: Host): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    // Quitting again from inside its own event would be ignored.
    host.close(CLOSE_MS).finally(() => app.exit());
  });
}
