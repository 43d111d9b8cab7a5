import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: 'check',
  summary: 'check that every row of the workspace is as Docket wrote it',
  options: {},
  async run(context) {
    const opened = openForCommand(context);
    try {
      const result = await opened.job('workspace.check', {});
      context.answer(result, () =>
        [
          ...result.checks.map((check) => `${check.ok ? 'ok    ' : 'FAILED'} ${check.name}: ${check.detail}`),
          ...result.failures.map((failure) => `  ${failure.table} ${failure.row}: ${failure.reason}`),
        ].join('\n'),
      );
      return result.ok ? EXIT.done : EXIT.findings;
    } finally {
      opened.close();
    }
  },
};
