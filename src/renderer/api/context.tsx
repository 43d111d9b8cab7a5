import { createContext, type ReactNode, useContext } from 'react';
import type { Bridge } from './bridge.ts';
import type { JobStore } from './jobs.ts';

interface Host {
  bridge: Bridge;
  jobs: JobStore;
}

const HostContext = createContext<Host | null>(null);

export function HostProvider({ bridge, jobs, children }: Host & { children: ReactNode }) {
  return <HostContext value={{ bridge, jobs }}>{children}</HostContext>;
}

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error('useHost needs a HostProvider above it');
  return host;
}
