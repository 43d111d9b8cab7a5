/** How commands come to an open workspace. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { HostEvent, Input, MethodName, Output } from '../contract/api.ts';
import { call, type Transport } from '../contract/client.ts';
import { DocketError } from '../contract/errors.ts';
import { deviceKeyFolder, loadDeviceKey, storeDeviceKey } from '../core/app/evidence/device-keys.ts';
import { openResources } from '../core/app/resources.ts';
import type { Environment } from '../core/app/session.ts';
import { foldersBelow, Workbench } from '../core/app/workbench.ts';
import { createWorkspace, openWorkspace } from '../core/app/workspace.ts';
import { UidSource } from '../core/domain/uid.ts';
import type { Profile } from '../core/domain/workspace.ts';
import { hasKeyFile, readKeyFile } from '../core/storage/key-slots.ts';
import type { Context } from './command.ts';
import {
  detectionWorkerEntry,
  importWorkerEntry,
  resourcesFolder,
  upkeepWorkerEntry,
  userDataFolder,
} from './places.ts';
import { showProgress } from './progress.ts';

export function systemEnvironment(): Environment {
  const now = Date.now;
  return {
    now,
    random: randomBytes,
    uids: new UidSource(now, randomBytes),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    resources: openResources(resourcesFolder()),
    importWorker: importWorkerEntry(),
    upkeepWorker: upkeepWorkerEntry(),
  };
}

/** `Docket` and its version, from the package that ships with the resources. */
export function softwareName(): string {
  try {
    const text = readFileSync(join(resourcesFolder(), '..', 'package.json'), 'utf8');
    return `Docket ${(JSON.parse(text) as { version: string }).version}`;
  } catch {
    return 'Docket';
  }
}

/** A workbench for one command. */
export interface Opened {
  readonly bench: Workbench;
  call<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Runs a method that takes long, with progress on stderr; Ctrl+C cancels it. */
  job<M extends MethodName>(method: M, input: Omit<Input<M>, 'jobId'>): Promise<Output<M>>;
  close(): void;
}

export function workspaceFolder(context: Context): string {
  const named = context.arguments.text('workspace');
  return named ? resolve(named) : foldersBelow(userDataFolder()).folder;
}

/** Opens the workspace that the command names. Throws as `openWorkspace`. */
export function openForCommand(context: Context, options: { create?: boolean } = {}): Opened {
  const folder = workspaceFolder(context);
  const environment = systemEnvironment();
  if (options.create && !hasKeyFile(folder)) {
    makeWorkspace(context, environment, folder, { profile: 'employer', officerName: null });
  }
  const opened = workbenchAt(context, environment, folder);
  try {
    unlock(context, opened.bench, environment);
    return opened;
  } catch (error) {
    opened.close();
    throw error;
  }
}

export function workbenchAt(context: Context, environment: Environment, folder: string): Opened {
  const progress = showProgress(context);
  const bench = new Workbench({
    folder,
    sampleFolder: foldersBelow(userDataFolder()).sampleFolder,
    environment,
    workers: { entry: detectionWorkerEntry(), threads: Math.min(4, availableParallelism()) },
    keyFolder: deviceKeyFolder(),
    software: softwareName(),
    emit: (event: HostEvent) => progress.take(event),
    report: (error) => context.say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const transport: Transport = { invoke: bench.call, subscribe: () => () => undefined };
  return {
    bench,
    call: (method, input) => call(transport, method, input),
    async job(method, input) {
      const cancel = () => bench.jobs.cancel('command');
      context.signal.addEventListener('abort', cancel);
      try {
        return await call(transport, method, { ...input, jobId: 'command' } as Input<typeof method>);
      } finally {
        context.signal.removeEventListener('abort', cancel);
        progress.end();
      }
    },
    close: () => bench.close(),
  };
}

/**
 * Makes a workspace whose first officer unlocks with DOCKET_KEY. Without it a device key is made and
 * kept in the user's own key folder; the recovery key is shown either way.
 */
export function makeWorkspace(
  context: Context,
  environment: Environment,
  folder: string,
  input: { profile: Profile; officerName: string | null },
): { workspaceId: string; recoveryKey: string } {
  const passphrase = process.env.DOCKET_KEY || null;
  const { session, recoveryKey, deviceSecret } = createWorkspace(folder, environment, {
    profile: input.profile,
    officerName: input.officerName ?? userInfo().username,
    passphrase,
  });
  const { workspaceId } = session.workspace.keyFile;
  session.workspace.close();
  context.say(`New workspace ${folder}`);
  context.say(`Recovery key, shown only now, to be kept on paper: ${recoveryKey}`);
  if (deviceSecret) {
    const file = storeDeviceKey(deviceKeyFolder(), workspaceId, deviceSecret);
    context.say(`DOCKET_KEY is not set: this machine opens the workspace by the key in ${file}`);
  } else if (passphrase && passphrase.length < 8) {
    context.say('DOCKET_KEY has fewer than 8 characters: whoever gets the folder can guess it.');
  }
  return { workspaceId, recoveryKey };
}

function unlock(context: Context, bench: Workbench, environment: Environment): void {
  const { folder } = bench;
  const file = readKeyFile(folder);
  const passphrase = process.env.DOCKET_KEY;
  const named = context.arguments.text('officer');
  const slots = file.slots.filter(({ kind, officerId }) => kind === 'passphrase' && officerId !== null);
  const officerId = named ?? slots[0]?.officerId;
  if (passphrase && officerId) {
    bench.adopt(openWorkspace(folder, environment, { kind: 'passphrase', officerId, passphrase }));
    return;
  }
  const secret = loadDeviceKey(deviceKeyFolder(), file.workspaceId);
  if (!secret) throw new DocketError('workspace-locked', 'DOCKET_KEY is not set', folder);
  bench.adopt(openWorkspace(folder, environment, { kind: 'device', secret }));
}
