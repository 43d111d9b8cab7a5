// A workspace of its own for each test of a file, into which texts are imported as files.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { type TestBench, testBench } from './bench.ts';

/** A message row of a WeChatMsg CSV; `at` in seconds. */
export const weChatRow = (id: number, at: number, text: string, sender = 'wxid_alpha0000001') =>
  `${id},48123456789@chatroom,1,0,0,${at},3,${text},2026-01-05 10:00:00,,${sender.slice(5, 10)},${sender}`;
export const WECHAT_HEADER =
  'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';

/** To be called at the top of a test file; `made()` is the workspace of the running test. */
export function importDesk() {
  let current: TestBench;
  let jobs = 0;
  const made = () => current;
  const job = () => `job-${++jobs}`;

  beforeEach(async () => {
    current = testBench();
    const [{ name, passphrase }] = SAMPLE_OFFICERS;
    await current.call('workspace.create', { profile: 'employer', officerName: name, passphrase });
  });
  afterEach(() => {
    const { reported } = current;
    current.remove();
    expect(reported).toEqual([]);
  });

  async function importText(
    file: string,
    text: string | Uint8Array,
    more: { zone?: string; format?: string; minimumKept?: number } = {},
  ): Promise<Output<'sources.list'>[number]> {
    const folder = mkdtempSync(join(current.root, 'in-'));
    const path = join(folder, file);
    writeFileSync(path, text);
    const { minimumKept = 0.1, ...choice } = more;
    const outcome = await current.call('sources.import', {
      jobId: job(),
      files: [{ path, zone: 'Asia/Shanghai', conversations: 'all', ...choice }],
      minimumKept,
    });
    expect(outcome.refused).toEqual([]);
    return outcome.sources[0] as Output<'sources.list'>[number];
  }

  async function checked(): Promise<void> {
    const result = await current.call('workspace.check', { jobId: job() });
    expect(result.failures).toEqual([]);
  }

  return { made, job, importText, checked };
}
