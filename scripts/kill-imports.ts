// `node scripts/with-node.mjs scripts/kill-imports.ts [--messages 100000] [--kills 50] [--per-workspace 5]
// [--check-every 1] [--seed 20261121] [--file export.csv]`: kills imports at random moments and goes on with
// them, as test/cli/crash.test.ts does with few. --file, with --messages, names an export to use instead of made chats.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { killImports } from '../test/cli/kill-imports.ts';
import { terminal, wechatCsv } from '../test/cli/support.ts';
import { runScript, say } from './runtime/report.ts';

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '100000' },
      kills: { type: 'string', default: '50' },
      'per-workspace': { type: 'string', default: '5' },
      'check-every': { type: 'string', default: '1' },
      seed: { type: 'string', default: '20261121' },
      file: { type: 'string' },
    },
  });
  const messages = Number(values.messages);
  const shell = terminal();
  try {
    const file = values.file ?? shell.at('chats.csv');
    if (values.file === undefined) writeFileSync(file, wechatCsv(messages));
    const { late, inTheMiddle, workspaces, whole } = await killImports(shell, {
      file,
      messages,
      kills: Number(values.kills),
      perWorkspace: Number(values['per-workspace']),
      seed: Number(values.seed),
      checkEvery: Number(values['check-every']),
      say,
    });
    say(
      `${values.kills} kills of imports of ${messages} messages (${(whole / 1000).toFixed(1)} s undisturbed), seed ${values.seed}: ` +
        `${inTheMiddle} left some messages stored, ${late} more came after the end; ` +
        `all ${workspaces} workspaces checked clean (after every ${values['check-every']} kills and at the end) and ended with every message and the same digest`,
    );
    return 0;
  } finally {
    shell.remove();
  }
});
