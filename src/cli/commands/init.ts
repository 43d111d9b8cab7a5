import { Profile } from '../../core/domain/workspace.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { makeWorkspace, systemEnvironment, workspaceFolder } from '../open.ts';

export const initCommand: Command = {
  name: 'init',
  usage: 'init [--profile employer|group-owner|account-operator|platform] [--name OFFICER]',
  summary: 'make a workspace',
  options: { profile: { type: 'string' }, name: { type: 'string' } },
  async run(context) {
    const profile = Profile.safeParse(context.arguments.text('profile') ?? 'employer');
    if (!profile.success) throw new UsageError(`--profile is one of ${Profile.options.join(', ')}`);
    const path = workspaceFolder(context);
    const { workspaceId, recoveryKey } = makeWorkspace(context, systemEnvironment(), path, {
      profile: profile.data,
      officerName: context.arguments.text('name') ?? null,
    });
    context.answer(
      { workspaceId, path, encrypted: true, profile: profile.data, recoveryKey },
      () => `Workspace ${workspaceId} in ${path}`,
    );
    return EXIT.done;
  },
};
