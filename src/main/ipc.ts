// One channel for calls, one for events.
import { type BrowserWindow, ipcMain, type WebFrameMain } from 'electron';
import type { Envelope } from '../contract/dispatch.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import type { Host } from './host.ts';
import { native } from './native.ts';

/** Answers the window's calls, from the host or, for `native.*`, from main; passes the host's events on. */
export function serveCalls(window: BrowserWindow, host: Host, devServer: string | undefined): void {
  const origin = devServer ? new URL(devServer).origin : APP_ORIGIN;

  ipcMain.handle('docket:call', async (event, call: unknown): Promise<Envelope> => {
    if (!isPage(event.senderFrame, window, origin)) {
      return {
        ok: false,
        error: { code: 'not-allowed', detail: 'not the page of the window', subject: null },
      };
    }
    const { method, input } = call as { method: unknown; input: unknown };
    if (typeof method !== 'string') {
      return { ok: false, error: { code: 'invalid-input', detail: 'no method', subject: 'method' } };
    }
    const handler = Object.hasOwn(native, method) ? native[method] : undefined;
    return handler ? handler(input, window) : host.call(method, input);
  });

  const unsubscribe = host.subscribe((event) => {
    if (!window.isDestroyed()) window.webContents.send('docket:event', event);
  });
  window.once('closed', unsubscribe);
}

/** Only the page itself may call: no frame in it, no page of another origin. */
function isPage(frame: WebFrameMain | null, window: BrowserWindow, origin: string): boolean {
  return frame !== null && frame === window.webContents.mainFrame && frame.origin === origin;
}
