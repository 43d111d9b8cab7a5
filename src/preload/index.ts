import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** What the window's page may do: call a method, hear events, learn a dropped file's path. */
const bridge = {
  invoke: (method: string, input: unknown): Promise<unknown> =>
    ipcRenderer.invoke('docket:call', { method, input }),

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: unknown) => void): () => void {
    const relay = (_: unknown, event: unknown) => listener(event);
    ipcRenderer.on('docket:event', relay);
    return () => {
      ipcRenderer.off('docket:event', relay);
    };
  },

  pathOf: (file: Parameters<typeof webUtils.getPathForFile>[0]): string => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('docket', bridge);
