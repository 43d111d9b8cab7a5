import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme } from 'electron';
import { APP_PAGE } from './app-protocol.ts';
import { fieldMenu, menuTemplate } from './menu.ts';
import { outFolder } from './out-folder.ts';
import { loadWindowState, saveWindowState } from './window-state.ts';

/** Behind the page until its first paint: the page's own colours, so that opening does not flash. */
const BACKGROUND = { light: '#ffffff', dark: '#242424' };

/** Opens the window where it was last, and shows it when its page is painted. */
export function openWindow(devServer: string | undefined): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const { bounds, maximized } = loadWindowState(stateFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 960,
    minHeight: 640,
    show: false,
    title: 'Docket 案卷',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(outFolder(), 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
      navigateOnDragDrop: false,
    },
  });
  if (maximized) window.maximize();
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(app.getLocale(), !app.isPackaged)));
  window.webContents.on('context-menu', (_, { isEditable, selectionText, editFlags }) => {
    const items = fieldMenu(app.getLocale(), { isEditable, hasText: selectionText.trim() !== '', editFlags });
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', () => saveWindowState(stateFile, window));
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') window.reload();
  });
  window.loadURL(devServer ?? APP_PAGE);
  return window;
}
