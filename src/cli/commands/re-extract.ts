import { type Command, EXIT, UsageError } from '../command.ts';
import { openForCommand } from '../open.ts';

export const reExtractCommand: Command = {
  name: 're-extract',
  usage: 're-extract --source ID',
  summary: 'parse a sealed source anew and compare it with what was kept',
  options: { source: { type: 'string' } },
  async run(context) {
    const sourceId = context.arguments.text('source');
    if (!sourceId) throw new UsageError('--source is needed');
    const opened = openForCommand(context);
    try {
      const outcome = await opened.job('evidence.reExtract', { sourceId });
      context.answer(outcome, () =>
        [
          `${outcome.file}: ${outcome.messages} messages, ${outcome.different} differ`,
          ...outcome.differences.map(({ ordinal, reason }) => `  message ${ordinal}: ${reason}`),
        ].join('\n'),
      );
      return outcome.same ? EXIT.done : EXIT.findings;
    } finally {
      opened.close();
    }
  },
};
