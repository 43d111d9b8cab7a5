import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const statsCommand: Command = {
  name: 'stats',
  usage: 'stats',
  summary: 'the numbers of the dashboard',
  options: {},
  async run(context) {
    const opened = openForCommand(context);
    try {
      const { zone } = opened.bench.options.environment;
      const numbers = await opened.call('statistics.dashboard', { zone });
      context.answer(numbers, () =>
        [
          ...Object.entries(numbers.totals).map(([name, value]) => `${name}: ${value}`),
          ...numbers.hitsByCategory.map(
            ({ category, hits, open }) => `  ${category}: ${hits} hits, ${open} open`,
          ),
        ].join('\n'),
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
