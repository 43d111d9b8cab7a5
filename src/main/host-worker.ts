// The host: one worker thread in the main process that owns the workspace. It serves the workbench
// to the window, call by call, and sends its events.

import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { deviceKeyFolder } from '../core/app/evidence/device-keys.ts';
import { openResources } from '../core/app/resources.ts';
import { foldersBelow, Workbench } from '../core/app/workbench.ts';
import { UidSource } from '../core/domain/uid.ts';
import {
  CLOSE_METHOD,
  type HostData,
  type HostMessage,
  type HostRequest,
  type Printed,
} from './host-protocol.ts';

const port = parentPort;
if (!port) throw new Error('the host runs as a worker thread');
const data = workerData as HostData;
const send = (message: HostMessage) => port.postMessage(message);

const prints = new Map<number, { resolve(pdf: Buffer): void; reject(error: Error): void }>();
let nextPrint = 1;
const printPage = (html: string) =>
  new Promise<Buffer>((resolve, reject) => {
    const id = nextPrint++;
    prints.set(id, { resolve, reject });
    send({ print: { id, html } });
  });

const bench = new Workbench({
  ...foldersBelow(data.userData),
  environment: {
    now: Date.now,
    random: randomBytes,
    uids: new UidSource(Date.now, randomBytes),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    resources: openResources(data.resources),
    importWorker: data.importWorker,
    upkeepWorker: data.upkeepWorker,
  },
  // One core stays free for the window: a reviewer works on while detection runs.
  workers: {
    entry: data.detectionWorker,
    threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
  },
  keyFolder: deviceKeyFolder(),
  software: data.software,
  printPage,
  fixesBeside: true,
  emit: (event) => send({ event }),
  report: (error) => console.error(error),
});
bench.openWithDeviceKey();

port.on('message', async (message: HostRequest | Printed) => {
  if ('printed' in message) {
    const { id, pdf, error } = message.printed;
    const waiting = prints.get(id);
    prints.delete(id);
    if (pdf) waiting?.resolve(Buffer.from(pdf));
    else waiting?.reject(new Error(error));
    return;
  }
  const { id, method, input } = message;
  if (method === CLOSE_METHOD) {
    bench.close();
    send({ id, result: { ok: true, value: {} } });
    return;
  }
  send({ id, result: await bench.call(method, input) });
});
