// What main and the host worker say to each other.
import type { Envelope } from '../contract/dispatch.ts';

/** What the host worker finds as `workerData`. Absolute paths. */
export interface HostData {
  userData: string;
  resources: string;
  detectionWorker: string;
  importWorker: string;
  upkeepWorker: string;
  /** Name and version of the program, for example `Docket 0.1.0`. */
  software: string;
}

/** Main to worker. */
export interface HostRequest {
  id: number;
  method: string;
  input: unknown;
}

/** Worker to main. */
export type HostMessage =
  | { id: number; result: Envelope }
  | { event: unknown }
  /** Asks main to turn a page into PDF. */
  | { print: { id: number; html: string } };

/** Main's answer: the PDF, or why there is none. */
export interface Printed {
  printed: { id: number; pdf: Uint8Array | null; error: string };
}

/** Asks the host to close the workspace; sent once, when the program ends. */
export const CLOSE_METHOD = 'host.close';
