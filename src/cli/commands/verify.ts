import { statSync } from 'node:fs';
import { DocketError } from '../../contract/errors.ts';
import { collectLean } from '../../core/app/imports/lean-collector.ts';
import { withTightHeap } from '../../core/app/tight-heap.ts';
import { verifyPack } from '../../core/evidence/verify-pack.ts';
import { type Command, EXIT, UsageError } from '../command.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'verify FILE [--key FINGERPRINT] [--source FILE…]',
  summary: 'check an evidence pack, with no workspace',
  options: { key: { type: 'string' }, source: { type: 'string', multiple: true } },
  async run(context) {
    const [file] = context.arguments.positionals;
    if (!file) throw new UsageError('name the pack');
    const key = context.arguments.text('key')?.toLowerCase().replace(/[\s:]/g, '');
    if (key !== undefined && !/^[0-9a-f]{64}$/.test(key)) {
      throw new UsageError('--key takes the 64 hex digits of a fingerprint');
    }
    const sources = context.arguments.list('source');
    for (const named of [file, ...sources]) {
      if (!statSync(named, { throwIfNoEntry: false })?.isFile()) {
        throw new DocketError('file-unreadable', 'no such file', named);
      }
    }
    const options = { ...(key === undefined ? {} : { fingerprint: key }), sources };
    collectLean();
    const result = await withTightHeap(() => verifyPack(file, options));
    context.answer(result, () =>
      [
        ...result.checks.map((check) => `${check.ok ? 'ok    ' : 'FAILED'} ${check.name}: ${check.detail}`),
        ...result.failures.map(
          (failure) =>
            `  ${failure.file ?? ''}${failure.entry ? ` ${failure.entry}` : ''}: ${failure.reason}`,
        ),
        result.ok ? 'The pack is intact.' : 'The pack is NOT intact.',
      ].join('\n'),
    );
    return result.ok ? EXIT.done : EXIT.findings;
  },
};
