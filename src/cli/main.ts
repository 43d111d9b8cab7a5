/** The command line. `runCli` never throws and never ends the process. */
import {
  type Arguments,
  type Command,
  type Context,
  EXIT,
  endingOf,
  parseCommand,
  type Streams,
  UsageError,
} from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { softwareName } from './open.ts';

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  const lines = COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'Usage: docket <command> [options]',
    '',
    ...lines,
    '',
    'Every command takes --json, --workspace DIR, --officer ID and --help; docket --version tells the version.',
    'DOCKET_KEY holds the passphrase that unlocks the workspace.',
    '',
  ].join('\n');
}

/**
 * Runs one command. `args` is argv without program and script. Resolves to the exit code:
 * 0 done, 1 done with findings, 2 wrong usage, 3 refused, 4 locked, damaged or wrong key, 70 a defect,
 * 130 cancelled.
 */
export async function runCli(args: readonly string[], streams: Streams): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h') {
    streams.stdout.write(overview());
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  if (name === '--version') {
    streams.stdout.write(`${softwareName()}\n`);
    return EXIT.done;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    streams.stderr.write(`docket: no command ${name}${likeliest(name)}; docket --help lists them\n`);
    return EXIT.usage;
  }
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const parsed = parseCommand(command, rest);
    if (parsed.help) {
      streams.stdout.write(`${usageOf(command)}\n`);
      return EXIT.done;
    }
    return await command.run(contextFor(parsed, streams, abort.signal));
  } catch (error) {
    if (error instanceof UsageError) {
      streams.stderr.write(`docket ${command.name}: ${error.message}\n${usageOf(command)}\n`);
      return EXIT.usage;
    }
    const { code, message } = endingOf(error);
    streams.stderr.write(`docket ${command.name}: ${message}\n`);
    return code;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** The command with most pairs of letters in common, where that is half of them or more. */
function likeliest(name: string): string {
  const pairs = (word: string) => new Set(Array.from(word.slice(1), (letter, i) => `${word[i]}${letter}`));
  const typed = pairs(name);
  const likeness = (command: Command) => {
    const own = pairs(command.name);
    return (2 * [...own].filter((pair) => typed.has(pair)).length) / (own.size + typed.size);
  };
  const [best] = COMMANDS.map((command) => ({ command, likeness: likeness(command) })).sort(
    (a, b) => b.likeness - a.likeness,
  );
  return best && best.likeness >= 0.5 ? `, perhaps ${best.command.name}` : '';
}

const usageOf = (command: Command) => `Usage: docket ${command.usage}\n${command.summary}`;

function contextFor(parsed: Arguments, streams: Streams, signal: AbortSignal): Context {
  return {
    arguments: parsed,
    streams,
    signal,
    say: (text) => streams.stderr.write(`${text}\n`),
    answer: (value, words) =>
      streams.stdout.write(parsed.json ? `${JSON.stringify(value)}\n` : `${words().trimEnd()}\n`),
  };
}
