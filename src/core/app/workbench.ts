/**
 * The workbench: every method of the contract over one workspace folder. It knows no transport; the
 * window's host worker, the command line and the tests call it alike.
 */
import { join } from 'node:path';
import type { HostEvent } from '../../contract/api.ts';
import { createDispatch, type Envelope, type Handlers } from '../../contract/dispatch.ts';
import { DocketError } from '../../contract/errors.ts';
import { isPutOff } from '../storage/database.ts';
import { hasKeyFile, readKeyFile } from '../storage/key-slots.ts';
import type { CaseDesk } from './cases/case-desk.ts';
import type { Workers } from './detection/judge.ts';
import { installShippedPacks, ruleFactsOf } from './detection/rules.ts';
import { loadDeviceKey } from './evidence/device-keys.ts';
import { fixBeside } from './fixing.ts';
import { bulletinHandlers } from './handlers/bulletins.ts';
import { caseHandlers } from './handlers/cases.ts';
import { custodyHandlers } from './handlers/custody.ts';
import { dataHandlers } from './handlers/data.ts';
import { dutyHandlers } from './handlers/duties.ts';
import { hearingHandlers } from './handlers/hearings.ts';
import { lawHandlers } from './handlers/law.ts';
import { leadHandlers } from './handlers/leads.ts';
import { listHandlers } from './handlers/lists.ts';
import { penaltyHandlers } from './handlers/penalties.ts';
import { retentionHandlers } from './handlers/retention.ts';
import { secondReviewHandlers } from './handlers/second-reviews.ts';
import { transferHandlers } from './handlers/transfers.ts';
import { triageHandlers } from './handlers/triage.ts';
import { truthHandlers } from './handlers/truth.ts';
import { workspaceHandlers } from './handlers/workspace.ts';
import { Jobs } from './jobs.ts';
import { patiently } from './putting-off.ts';
import { flushViews } from './review/view-log.ts';
import { type Environment, prefixOf, type Session } from './session.ts';
import { cancelUpkeep, startUpkeep, stopUpkeep, UPKEEP_JOB } from './upkeep.ts';
import { openWorkspace, workspaceStatus } from './workspace.ts';

/** Milliseconds for which views of content are counted together before they are written; upkeep is looked for as often. */
const VIEW_INTERVAL = 5000;

/** Turns a page into PDF. Rejects where that fails. */
export type PrintPage = (html: string) => Promise<Buffer>;

export interface WorkbenchOptions {
  /** Folder of the user's workspace. */
  readonly folder: string;
  /** Folder of the sample workspace. */
  readonly sampleFolder: string;
  readonly environment: Environment;
  readonly workers: Workers;
  /** Folder of the device keys (device-keys.ts). */
  readonly keyFolder: string;
  /** Name and version of the program, for example `Docket 0.1.0`. */
  readonly software: string;
  /** Turns a page (HTML) into PDF; null or absent where nothing can, as on the command line. */
  readonly printPage?: PrintPage | null;
  /** Fixes the commitments of imported sources beside the work (fixing.ts); else whoever needs them does. */
  readonly fixesBeside?: boolean;
  emit(event: HostEvent): void;
  /** Unexpected errors, with their stack. */
  report(error: unknown): void;
}

export class Workbench {
  readonly options: WorkbenchOptions;
  readonly jobs: Jobs;
  #folder: string;
  #session: Session | null = null;
  #desk: CaseDesk | null = null;
  readonly #timer: NodeJS.Timeout;
  readonly call: (method: string, input: unknown) => Promise<Envelope>;

  constructor(options: WorkbenchOptions) {
    this.options = options;
    this.#folder = options.folder;
    this.jobs = new Jobs(options.environment.now, options.emit);
    const handlers: Handlers = {
      ...workspaceHandlers(this),
      ...dataHandlers(this),
      ...listHandlers(this),
      ...caseHandlers(this),
      ...dutyHandlers(this),
      ...penaltyHandlers(this),
      ...hearingHandlers(this),
      ...leadHandlers(this),
      ...bulletinHandlers(this),
      ...secondReviewHandlers(this),
      ...custodyHandlers(this),
      ...transferHandlers(this),
      ...retentionHandlers(this),
      ...triageHandlers(this),
      ...truthHandlers(this),
      ...lawHandlers(this),
    };
    this.call = createDispatch(this.#patient(handlers), options.report);
    this.#timer = setInterval(() => {
      this.#flush();
      this.#upkeep();
      this.fixWaiting().catch(options.report);
    }, VIEW_INTERVAL);
    this.#timer.unref();
  }

  get folder(): string {
    return this.#folder;
  }

  get status() {
    return workspaceStatus(this.#folder, this.#session);
  }

  /** The open workspace and who acts in it. Throws `workspace-missing` or `workspace-locked`. */
  get session(): Session {
    if (this.#session) return this.#session;
    if (!hasKeyFile(this.#folder)) {
      throw new DocketError('workspace-missing', 'there is no workspace yet', this.#folder);
    }
    throw new DocketError('workspace-locked', 'the workspace is locked', this.#folder);
  }

  /** What use-cases on hits and cases need beside the session. */
  get desk(): CaseDesk {
    const { session } = this;
    this.#desk ??= {
      session,
      reading: {
        db: session.workspace.store.db,
        ruleFacts: ruleFactsOf(session),
        prefix: prefixOf(session),
      },
      policies: this.options.environment.resources,
      printPage: this.options.printPage ?? null,
      software: this.options.software,
    };
    return this.#desk;
  }

  /** Takes an opened workspace over; the one before it is closed. */
  adopt(session: Session, folder = this.#folder): void {
    this.release();
    this.#folder = folder;
    this.#session = session;
    installShippedPacks(session);
    this.#announce();
    this.#upkeep();
  }

  /** Closes the workspace; `folder` names the one to stand before next. */
  release(folder = this.#folder): void {
    this.jobs.cancelAll();
    if (this.#session) {
      this.#flush();
      void stopUpkeep(this.#session.workspace);
      this.#session.workspace.close();
    }
    this.#session = null;
    this.#desk = null;
    this.#folder = folder;
    this.#announce();
  }

  /** Ends a job at its next safe point, or the work between imports; false where there is none. */
  cancel(jobId: string): boolean {
    if (this.jobs.cancel(jobId)) return true;
    return jobId === UPKEEP_JOB && this.#session !== null && cancelUpkeep(this.#session.workspace);
  }

  /** Tells listeners which areas changed. */
  changed(...areas: string[]): void {
    this.options.emit({ type: 'changed', areas });
  }

  close(): void {
    clearInterval(this.#timer);
    this.release();
  }

  #announce(): void {
    this.options.emit({ type: 'workspace.status', status: this.status });
  }

  #flush(): void {
    if (this.#session && !isPutOff(this.#session.workspace.store.db)) flushViews(this.#session);
  }

  /** Handlers that wait where work is under way beside which nothing is written. */
  #patient(handlers: Handlers): Handlers {
    const db = () => this.#session?.workspace.store.db ?? null;
    const patient = Object.entries(handlers).map(([name, handler]) => [
      name,
      (input: never) => patiently(db, () => (handler as (input: never) => unknown)(input)),
    ]);
    return Object.fromEntries(patient) as Handlers;
  }

  #upkeep(): void {
    if (this.#session) startUpkeep(this.#session, this.options);
  }

  /** Fixes the commitments of sources that wait, until another job begins; nothing where one runs. */
  async fixWaiting(): Promise<void> {
    if (!this.#session || this.options.fixesBeside !== true) return;
    if (await fixBeside(this.#session, this.jobs, this.options.emit)) this.changed('sources', 'audit');
  }

  /** Opens the workspace without a passphrase on a machine that holds its device key; else it stays locked. */
  openWithDeviceKey(): void {
    const { keyFolder, environment, report } = this.options;
    if (!hasKeyFile(this.#folder)) return;
    try {
      const secret = loadDeviceKey(keyFolder, readKeyFile(this.#folder).workspaceId);
      if (secret) this.adopt(openWorkspace(this.#folder, environment, { kind: 'device', secret }));
    } catch (error) {
      // Stays locked: the officer's passphrase tells why, or opens it.
      if (!(error instanceof DocketError)) report(error);
    }
  }
}

/** Where the program keeps things when nobody names a place: a workspace and the sample, side by side. */
export function foldersBelow(userData: string): { folder: string; sampleFolder: string } {
  return { folder: join(userData, 'workspace'), sampleFolder: join(userData, 'sample') };
}
