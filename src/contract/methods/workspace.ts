/** Methods on the workspace itself: its state, its officers, the records of authority. */
import { z } from 'zod';
import { Count, Sha256, Uid } from '../../core/domain/page.ts';
import {
  Authority,
  AuthorityInput,
  CheckResult,
  Officer,
  Passphrase,
  Profile,
  Role,
  WorkspaceStatus,
} from '../../core/domain/workspace.ts';
import { JobId, method, Nothing } from './method.ts';

export const workspaceMethods = {
  'workspace.status': method(Nothing, WorkspaceStatus),
  'workspace.create': method(
    z.object({ profile: Profile, officerName: z.string().min(1), passphrase: Passphrase }),
    z.object({ status: WorkspaceStatus, recoveryKey: z.string() }),
  ),
  /** A second workspace beside the user's own, filled with the bundled sample; two officers. */
  'workspace.openSample': method(
    z.object({ jobId: JobId }),
    z.object({ status: WorkspaceStatus, passphrases: z.record(z.string(), z.string()) }),
  ),
  /** Back from the sample to the user's own workspace. */
  'workspace.leaveSample': method(Nothing, WorkspaceStatus),
  'workspace.unlock': method(z.object({ officerId: Uid, passphrase: z.string() }), WorkspaceStatus),
  'workspace.lock': method(Nothing, WorkspaceStatus),
  'workspace.recover': method(
    z.object({ recoveryKey: z.string(), officerId: Uid, newPassphrase: Passphrase }),
    WorkspaceStatus,
  ),
  'workspace.setProfile': method(z.object({ profile: Profile }), WorkspaceStatus),
  'workspace.newRecoveryKey': method(
    z.object({ passphrase: z.string() }),
    z.object({ recoveryKey: z.string() }),
  ),
  'workspace.backup': method(
    z.object({ file: z.string(), jobId: JobId }),
    z.object({ file: z.string(), sha256: Sha256, bytes: Count }),
  ),
  'workspace.restore': method(z.object({ file: z.string(), jobId: JobId }), WorkspaceStatus),
  'workspace.check': method(z.object({ jobId: JobId }), CheckResult),
  'officers.list': method(Nothing, z.array(Officer)),
  'officers.create': method(
    z.object({ name: z.string().min(1), role: Role, passphrase: Passphrase }),
    Officer,
  ),
  'officers.changePassphrase': method(z.object({ current: z.string(), next: Passphrase }), Nothing),
  'officers.deactivate': method(z.object({ officerId: Uid, reason: z.string().min(1) }), Officer),
  'authorities.list': method(Nothing, z.array(Authority)),
  'authorities.create': method(AuthorityInput, Authority),
} as const;
