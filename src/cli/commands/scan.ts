import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import { compile } from '../../core/app/detection/rules.ts';
import { openResources, readPack } from '../../core/app/resources.ts';
import { DetectionPool } from '../../core/detection/detection-pool.ts';
import { type ScanReport, scanStream } from '../../core/detection/scan-stream.ts';
import { type Command, EXIT } from '../command.ts';
import { detectionWorkerEntry, resourcesFolder } from '../places.ts';

export const scanCommand: Command = {
  name: 'scan',
  usage: 'scan [--pack FILE…] < messages.ndjson > hits.ndjson',
  summary: 'stateless filter: NDJSON {id, text} in, NDJSON {id, hits} out, in order',
  options: { pack: { type: 'string', multiple: true } },
  async run(context) {
    const files = context.arguments.list('pack');
    const packs =
      files.length > 0
        ? files.map((file) => readPack(file, 'organisation'))
        : openResources(resourcesFolder()).shippedPacks;
    const classifier = files.length > 0 ? undefined : openResources(resourcesFolder()).classifier;
    const compiled = compile(packs, files.join(', '), classifier);
    const report: ScanReport = { unapplied: [], apart: 0 };
    const { stdin, stdout } = context.streams;
    let pool: DetectionPool | null = null;
    const startPool = async () => {
      const workers = Math.min(8, availableParallelism());
      const started = await DetectionPool.start({
        entry: detectionWorkerEntry(),
        workers,
        packs,
        model: classifier?.model,
      });
      if (started.ok) pool = started.pool;
      return started.ok ? started.pool : null;
    };
    // A reader that goes away (`| head`) ends the scan quietly, as other filters do.
    let gone = false;
    stdout.on('error', () => {
      gone = true;
    });
    const stop = () => (stdin as Readable).destroy();
    context.signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const block of scanStream(compiled, stdin as AsyncIterable<Uint8Array>, startPool, report)) {
        if (gone) break;
        if (!stdout.write(block)) await roomIn(stdout);
      }
      if (report.unapplied.length > 0 && files.length > 0) {
        context.say(
          `Not applied, for no line names conversation, sender and sentAt: ${report.unapplied.join(', ')}`,
        );
      }
      if (report.apart > 0)
        context.say(`${report.apart} lines without conversation, sender or sentAt stood apart`);
      return context.signal.aborted ? EXIT.cancelled : EXIT.done;
    } catch (error) {
      if (context.signal.aborted) return EXIT.cancelled;
      throw error;
    } finally {
      context.signal.removeEventListener('abort', stop);
      await (pool as DetectionPool | null)?.close();
    }
  },
};

/** Resolves when a stream takes more, or when its reader has gone. */
function roomIn(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      stream.off('error', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
    stream.on('error', done);
  });
}
