import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { outFolder } from './out-folder.ts';

/** What src/cli/main.ts exports. */
interface CommandLine {
  runCli(
    args: string[],
    io: { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream },
  ): Promise<number>;
}

/** Switches that Chromium or a test driver puts on the command line; never a command's. */
const CHROMIUM =
  /^--(no-sandbox|disable-gpu|inspect|remote-debugging|ozone|enable-features|disable-features)/;

/**
 * The command's arguments if this start asks for a command (`docket import chats.csv`), or undefined
 * if it asks for the window. A command has at least one word that is no switch, or asks for the
 * version or for help. `folder` is the app's, which a checkout's argv names before them.
 */
export function commandArguments(argv: string[], folder: string | undefined): string[] | undefined {
  const before =
    folder === undefined ? 0 : argv.findIndex((arg, index) => index > 0 && resolve(arg) === folder);
  const args = argv.slice(before + 1).filter((arg) => !CHROMIUM.test(arg));
  const isCommand = args.some((arg) => !arg.startsWith('-') || arg === '--version' || arg === '--help');
  return isCommand ? args : undefined;
}

/** Runs a command in this process and resolves to its exit code. */
export async function runCommand(args: string[]): Promise<number> {
  if (args[0] === '--version') {
    process.stdout.write(`${app.getVersion()}\n`);
    return 0;
  }
  const entry = pathToFileURL(join(outFolder(), 'main', 'cli.js')).href;
  const { runCli }: CommandLine = await import(/* @vite-ignore */ entry);
  return runCli(args, process);
}
