import { existsSync, rmSync } from 'node:fs';
import type { Handlers } from '../../../contract/dispatch.ts';
import { restoreBackup } from '../../storage/backup.ts';
import { listOfficers } from '../../storage/officers.ts';
import { insertAuthority, listAuthorities } from '../../storage/sources/authorities.ts';
import { backupWorkspace, checkWorkspace } from '../cases/safety.ts';
import { makeSample } from '../imports/sample.ts';
import { change, newUid, record } from '../session.ts';
import type { Workbench } from '../workbench.ts';
import {
  changePassphrase,
  createOfficer,
  createWorkspace,
  deactivateOfficer,
  newRecoveryKey,
  openWorkspace,
  recoverWorkspace,
  setProfile,
} from '../workspace.ts';

type Names = 'workspace' | 'officers' | 'authorities' | 'jobs';
type WorkspaceHandlers = {
  [M in keyof Handlers as M extends `${Names}.${string}` ? M : never]: Handlers[M];
};

/** Handlers of the workspace itself: making, opening, officers, safety. */
export function workspaceHandlers(bench: Workbench): WorkspaceHandlers {
  const { environment, sampleFolder } = bench.options;
  return {
    'workspace.status': () => bench.status,
    'workspace.create': ({ profile, officerName, passphrase }) => {
      const { session, recoveryKey } = createWorkspace(bench.folder, environment, {
        profile,
        officerName,
        passphrase,
      });
      bench.adopt(session);
      return { status: bench.status, recoveryKey };
    },
    'workspace.openSample': ({ jobId }) =>
      bench.jobs.run(jobId, async (job) => {
        if (existsSync(sampleFolder)) rmSync(sampleFolder, { recursive: true, force: true });
        const { session, passphrases } = await makeSample(
          sampleFolder,
          environment,
          job,
          bench.options.workers,
        );
        bench.adopt(session, sampleFolder);
        return { status: bench.status, passphrases };
      }),
    'workspace.leaveSample': () => {
      if (bench.folder === sampleFolder) bench.release(bench.options.folder);
      return bench.status;
    },
    'workspace.unlock': ({ officerId, passphrase }) => {
      bench.release();
      bench.adopt(openWorkspace(bench.folder, environment, { kind: 'passphrase', officerId, passphrase }));
      return bench.status;
    },
    'workspace.lock': () => {
      bench.release();
      return bench.status;
    },
    'workspace.recover': (input) => {
      bench.release();
      bench.adopt(recoverWorkspace(bench.folder, environment, input));
      return bench.status;
    },
    'workspace.setProfile': ({ profile }) => {
      setProfile(bench.session, profile);
      bench.changed('workspace', 'audit');
      return bench.status;
    },
    'workspace.newRecoveryKey': ({ passphrase }) => {
      const recoveryKey = newRecoveryKey(bench.session, passphrase);
      bench.changed('audit');
      return { recoveryKey };
    },
    'workspace.backup': ({ file, jobId }) =>
      bench.jobs.run(jobId, (job) => backupWorkspace(bench.session, job, file)),
    'workspace.restore': ({ file, jobId }) =>
      bench.jobs.run(jobId, async (job) => {
        await restoreBackup(file, bench.folder, (done, total) => {
          job.check();
          job.report({ step: 'copying', item: file, done, total, unit: 'bytes' });
        });
        bench.changed('workspace');
        return bench.status;
      }),
    'workspace.check': ({ jobId }) => bench.jobs.run(jobId, (job) => checkWorkspace(bench.session, job)),

    'officers.list': () => listOfficers(bench.session.workspace.store.db),
    'officers.create': (input) => {
      const officer = createOfficer(bench.session, input);
      bench.changed('officers', 'audit', 'workspace');
      return officer;
    },
    'officers.changePassphrase': ({ current, next }) => {
      changePassphrase(bench.session, current, next);
      bench.changed('audit');
      return {};
    },
    'officers.deactivate': ({ officerId, reason }) => {
      const officer = deactivateOfficer(bench.session, officerId, reason);
      bench.changed('officers', 'audit', 'workspace');
      return officer;
    },

    'authorities.list': () => listAuthorities(bench.session.workspace.store.db),
    'authorities.create': (input) => {
      const { session } = bench;
      const id = newUid(session);
      const authority = change(session, () => {
        record(session, { type: 'authority.recorded', subject: { type: 'authority', id }, after: input });
        return insertAuthority(session.workspace.store, {
          ...input,
          id,
          createdAt: environment.now(),
          officerId: session.officer.id,
        });
      });
      bench.changed('authorities', 'audit');
      return authority;
    },

    'jobs.cancel': ({ jobId }) => ({ found: bench.cancel(jobId) }),
  };
}
