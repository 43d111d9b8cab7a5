/** What the runtime scripts tell the person at the terminal. Always stderr: stdout belongs to the command. */
export function say(text: string): void {
  process.stderr.write(`docket: ${text}\n`);
}

/** A condition the person can do something about: shown as its message alone, without a stack. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** Runs a script's body; ends the process with 1 and one message where something is unavailable. */
export async function runScript(body: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
