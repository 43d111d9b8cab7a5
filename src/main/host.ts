// The host: the worker thread that owns the workspace. Main forwards calls to it and never waits for
// SQLite. If it dies, its calls end with a failure and it is started again, once.
import { Worker } from 'node:worker_threads';
import type { Envelope } from '../contract/dispatch.ts';
import {
  CLOSE_METHOD,
  type HostData,
  type HostMessage,
  type HostRequest,
  type Printed,
} from './host-protocol.ts';

const MAX_RESTARTS = 1;

const nothingPrints = () => Promise.reject(new Error('nothing prints here'));

export class Host {
  #worker: Worker | undefined;
  #nextId = 1;
  #restarts = 0;
  #closing = false;
  readonly #pending = new Map<number, (result: Envelope) => void>();
  readonly #listeners = new Set<(event: unknown) => void>();
  readonly #entry: string;
  readonly #data: HostData;
  readonly #printPage: (html: string) => Promise<Uint8Array>;

  /** `printPage` turns a page into PDF; the worker has no window to do it in. */
  constructor(
    entry: string,
    data: HostData,
    printPage: (html: string) => Promise<Uint8Array> = nothingPrints,
  ) {
    this.#entry = entry;
    this.#printPage = printPage;
    this.#data = data;
    this.#start();
  }

  /** Calls a method. Always resolves; a host that is gone answers `host-stopped`. */
  call(method: string, input: unknown): Promise<Envelope> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve(stopped('the host has stopped'));
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#pending.set(id, resolve);
      const request: HostRequest = { id, method, input };
      worker.postMessage(request);
    });
  }

  /** Hears every event; returns the function that ends the subscription. */
  subscribe(listener: (event: unknown) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lets the host close the workspace, then ends it; after `timeout` milliseconds in any case. */
  async close(timeout: number): Promise<void> {
    this.#closing = true;
    const worker = this.#worker;
    if (!worker) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, timeout);
    });
    await Promise.race([this.call(CLOSE_METHOD, {}), late]);
    clearTimeout(timer);
    await worker.terminate();
  }

  #start(): void {
    // With V8's own choice an import of a million messages takes 50 MB more, and no less time.
    const resourceLimits = { maxYoungGenerationSizeMb: 24 };
    const worker = new Worker(this.#entry, { workerData: this.#data, resourceLimits });
    let reason = '';
    worker.on('message', (message: HostMessage) => this.#receive(message));
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`host: ${error instanceof Error ? error.stack : error}\n`);
    });
    worker.on('exit', (code) => this.#ended(reason || `the host ended with code ${code}`));
    this.#worker = worker;
  }

  #receive(message: HostMessage): void {
    if ('event' in message) {
      for (const listener of this.#listeners) listener(message.event);
      return;
    }
    if ('print' in message) {
      void this.#print(message.print);
      return;
    }
    const resolve = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    resolve?.(message.result);
  }

  async #print({ id, html }: { id: number; html: string }): Promise<void> {
    let printed: Printed['printed'];
    try {
      printed = { id, pdf: await this.#printPage(html), error: '' };
    } catch (error) {
      printed = { id, pdf: null, error: error instanceof Error ? error.message : String(error) };
    }
    this.#worker?.postMessage({ printed } satisfies Printed);
  }

  #ended(reason: string): void {
    this.#worker = undefined;
    for (const resolve of this.#pending.values()) resolve(stopped(reason));
    this.#pending.clear();
    if (this.#closing || this.#restarts === MAX_RESTARTS) return;
    this.#restarts += 1;
    this.#start();
  }
}

function stopped(detail: string): Envelope {
  return { ok: false, error: { code: 'host-stopped', detail, subject: null } };
}
