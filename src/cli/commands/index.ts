import type { Command } from '../command.ts';
import { accountsCommand } from './accounts.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { caseCommand } from './case.ts';
import { checkCommand } from './check.ts';
import { demoCommand } from './demo.ts';
import { detectCommand } from './detect.ts';
import { disposeCommand } from './dispose.ts';
import { dutiesCommand } from './duties.ts';
import { hitsCommand } from './hits.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { packCommand } from './pack.ts';
import { scanCommand } from './scan.ts';
import { statsCommand } from './stats.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order of a case's way. */
export const COMMANDS: readonly Command[] = [
  initCommand,
  importCommand,
  accountsCommand,
  detectCommand,
  hitsCommand,
  disposeCommand,
  scanCommand,
  caseCommand,
  dutiesCommand,
  packCommand,
  verifyCommand,
  statsCommand,
  backupCommand,
  restoreCommand,
  checkCommand,
  demoCommand,
];
