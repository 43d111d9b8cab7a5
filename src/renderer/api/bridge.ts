/** The one door to the rest of the program: what the preload puts on `window`. */
import type { HostEvent } from '../../contract/api.ts';
import type { Transport } from '../../contract/client.ts';

export interface Bridge extends Transport {
  invoke(method: string, input: unknown): Promise<unknown>;
  subscribe(listener: (event: HostEvent) => void): () => void;
  /** Path on disk of a file that was dropped on the window. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    docket: Bridge;
  }
}
