/** Dialogs and facts of the operating system, answered by the main process beside the contract. */
import { useMemo } from 'react';
import { CallFailed } from '../../contract/client.ts';
import type { Envelope } from '../../contract/dispatch.ts';
import type { Bridge } from './bridge.ts';
import { useHost } from './context.tsx';

export interface FileFilter {
  name: string;
  extensions: string[];
}

interface NativeMethods {
  'native.openFiles': [input: { filters?: FileFilter[]; folder?: boolean }, output: string[] | null];
  'native.saveFile': [input: { defaultName: string; filters?: FileFilter[] }, output: string | null];
  'native.saveText': [input: { defaultName: string; text: string }, output: string | null];
  'native.revealFile': [input: { path: string }, output: unknown];
  'native.environment': [
    input: Record<string, never>,
    output: { locale: string; platform: string; version: string; electron: string; documents: string },
  ];
}

async function ask<M extends keyof NativeMethods>(
  bridge: Bridge,
  method: M,
  input: NativeMethods[M][0],
): Promise<NativeMethods[M][1]> {
  const answer = (await bridge.invoke(method, input)) as Envelope<NativeMethods[M][1]>;
  if (answer.ok) return answer.value;
  throw new CallFailed(answer.error);
}

export function createNative(bridge: Bridge) {
  return {
    /** Paths chosen, or null where the officer closed the dialog. */
    openFiles: (input: NativeMethods['native.openFiles'][0] = {}) => ask(bridge, 'native.openFiles', input),
    saveFile: (input: NativeMethods['native.saveFile'][0]) => ask(bridge, 'native.saveFile', input),
    /** Asks where and writes a small text there; the path, or null. */
    saveText: (input: NativeMethods['native.saveText'][0]) => ask(bridge, 'native.saveText', input),
    revealFile: (path: string) => ask(bridge, 'native.revealFile', { path }),
    environment: () => ask(bridge, 'native.environment', {}),
    pathOf: (file: File) => bridge.pathOf(file),
  };
}

export function useNative() {
  const { bridge } = useHost();
  return useMemo(() => createNative(bridge), [bridge]);
}
