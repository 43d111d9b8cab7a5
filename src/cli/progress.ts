import type { HostEvent } from '../contract/api.ts';
import type { Context } from './command.ts';

type Progress = Extract<HostEvent, { type: 'job.progress' }>;

function describe(event: Progress): string {
  const seconds = Math.max(0.001, (event.at - event.startedAt) / 1000);
  const percent = event.total ? ` ${Math.floor((event.done / event.total) * 100)} %` : '';
  const rate = event.records
    ? `, ${Math.round(event.records / seconds)}/s`
    : event.unit === 'messages'
      ? `, ${Math.round(event.done / seconds)}/s`
      : '';
  const left =
    event.total && event.done > 0 && seconds > 1
      ? `, ${Math.ceil((seconds / event.done) * (event.total - event.done))} s left`
      : '';
  return `${event.step}${event.item ? ` ${event.item}` : ''}${percent}${rate}${left}`;
}

/** Progress on a terminal's stderr, in one line; nothing where stderr is no terminal. */
export function showProgress(context: Context): { take(event: HostEvent): void; end(): void } {
  const { stderr } = context.streams;
  const live = 'isTTY' in stderr && stderr.isTTY === true;
  let shown = false;
  return {
    take(event) {
      if (!live || event.type !== 'job.progress') return;
      stderr.write(`\r\u001b[2K${describe(event)}`);
      shown = true;
    },
    end() {
      if (shown) stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}
