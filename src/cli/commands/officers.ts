import { visibleLine } from '../../core/evidence/visible-text.ts';
import { type Command, EXIT } from '../command.ts';
import { openForCommand } from '../open.ts';

export const officersCommand: Command = {
  name: 'officers',
  usage: 'officers',
  summary: 'who works in the workspace, with ids and fingerprints of keys',
  options: {},
  async run(context) {
    const opened = openForCommand(context);
    try {
      const officers = await opened.call('officers.list', {});
      context.answer(officers, () =>
        officers
          .map(
            ({ id, name, role, active, fingerprint }) =>
              `${visibleLine(name)} (${role}${active ? '' : ', left'}), key ${fingerprint}, id ${id}`,
          )
          .join('\n'),
      );
      return EXIT.done;
    } finally {
      opened.close();
    }
  },
};
