import { resolve } from 'node:path';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand, systemEnvironment, workbenchAt, workspaceFolder } from '../open.ts';

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup FILE',
  summary: 'write the workspace, encrypted as it is, into one file',
  options: {},
  async run(context) {
    const [file] = context.arguments.positionals;
    if (!file) throw new UsageError('name the file to write');
    const opened = openForCommand(context);
    try {
      const result = await opened.job('workspace.backup', { file: resolve(file) });
      context.answer(result, () => `${result.file}: ${result.bytes} bytes, SHA-256 ${result.sha256}`);
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore FILE --workspace DIR',
  summary: 'restore a backup into a folder without a workspace',
  options: {},
  async run(context) {
    const [file] = context.arguments.positionals;
    if (!file) throw new UsageError('name the backup');
    const opened = workbenchAt(context, systemEnvironment(), workspaceFolder(context));
    try {
      const status = await opened.job('workspace.restore', { file: resolve(file) });
      const { workspaceId, path } = status;
      context.answer({ workspaceId, path, encrypted: true }, () => `Workspace ${workspaceId} in ${path}`);
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
