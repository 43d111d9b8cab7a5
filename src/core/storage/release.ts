/** Giving memory back without waiting for V8. */
import { MessageChannel } from 'node:worker_threads';

const { port1: nowhere, port2 } = new MessageChannel();
port2.close();

/**
 * Gives back the memory of bytes or numbers that nothing needs any more, by handing it to a port whose other end is
 * closed; they are empty then. V8 lets 64 MB and more of them lie before it looks, and what is allocated among them
 * keeps the process from shrinking again. A part of a larger buffer is left alone.
 */
export function release(view: Uint8Array | Uint32Array | Int32Array | Float64Array): void {
  const { buffer, byteLength } = view;
  if (byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) nowhere.postMessage(null, [buffer]);
}
