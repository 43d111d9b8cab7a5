import type { Command } from '../command.ts';
import { accountsCommand } from './accounts.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { caseCommand } from './case.ts';
import { checkCommand } from './check.ts';
import { custodyCommand } from './custody.ts';
import { demoCommand } from './demo.ts';
import { detectCommand } from './detect.ts';
import { disposeCommand } from './dispose.ts';
import { dutiesCommand } from './duties.ts';
import { clustersCommand, explainCommand, meterCommand, sampleCommand } from './findings.ts';
import { gapsCommand } from './gaps.ts';
import { hitsCommand } from './hits.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { lawCommand } from './law.ts';
import { linksCommand } from './links.ts';
import { mediaCommand } from './media.ts';
import { officersCommand } from './officers.ts';
import { packCommand } from './pack.ts';
import { peopleCommand } from './people.ts';
import { reExtractCommand } from './re-extract.ts';
import { reconcileCommand } from './reconcile.ts';
import { retentionCommand } from './retention.ts';
import { rulesCommand } from './rules.ts';
import { scanCommand } from './scan.ts';
import { sourcesCommand } from './sources.ts';
import { stampCommand } from './stamp.ts';
import { statsCommand } from './stats.ts';
import { trainCommand } from './train.ts';
import { transferCommand } from './transfer.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order of a case's way. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  officersCommand,
  importCommand,
  sourcesCommand,
  reconcileCommand,
  gapsCommand,
  mediaCommand,
  linksCommand,
  accountsCommand,
  peopleCommand,
  detectCommand,
  hitsCommand,
  explainCommand,
  clustersCommand,
  meterCommand,
  disposeCommand,
  sampleCommand,
  rulesCommand,
  lawCommand,
  trainCommand,
  scanCommand,
  caseCommand,
  dutiesCommand,
  packCommand,
  stampCommand,
  reExtractCommand,
  custodyCommand,
  transferCommand,
  retentionCommand,
  verifyCommand,
  statsCommand,
  backupCommand,
  restoreCommand,
  checkCommand,
  demoCommand,
];
