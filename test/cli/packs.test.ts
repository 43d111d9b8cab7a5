/** Evidence packs at the command line: a whole period, bystanders by name, source files, with a second officer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import type { PackPlan } from '../../src/core/domain/pack.ts';
import { unpack } from '../builders/evidence-tamper.ts';
import { type Terminal, terminal } from './support.ts';

/** A chat of which each line names its own sender alone. */
const TRADE_HUB = '二手交易 Trade Hub';

interface ListedHit {
  hitId: string;
  subject: { id: string };
  conversation: string;
  caseId: string | null;
}

let shell: Terminal;
beforeAll(() => {
  shell = terminal();
});
afterAll(() => {
  delete process.env.DOCKET_APPROVER_KEY;
  shell.remove();
});

test('a period becomes an exhibit; naming a bystander and giving the file need the second officer', async () => {
  await shell.run('demo', '--out', shell.at('demo'), '--json');
  shell.key(SAMPLE_OFFICERS[0].passphrase);
  const here = ['--workspace', shell.at('demo/workspace')];
  const json = <T>(...args: string[]) => shell.json<T>(...args, ...here);
  const [{ id: caseId = '' } = {}] = await json<{ id: string }[]>('case', 'list');
  const shown = await json<{ exhibits: { subject: { id: string } }[] }>('case', 'show', '--case', caseId);
  const about = ['--case', caseId, '--message', shown.exhibits[0]?.subject.id ?? ''];
  const period = await json<{ id: string; messages: number }>('case', 'period', ...about);
  expect(period.messages).toBeGreaterThan(41);
  expect((await shell.run('case', 'period', ...about, '--from', 'soon', ...here)).code).toBe(2);

  const pack = ['pack', '--case', caseId, '--exhibits', period.id, '--formats', 'csv', '--aliases'];
  const plan = await json<PackPlan>(...pack, '--plan');
  expect(plan).toMatchObject({ messages: period.messages, needsApproval: false });
  const [bystander] = plan.bystanders;
  const named = [...pack, '--name', bystander?.accountId ?? '', '--out', shell.at('named.zip')];
  const refused = await shell.run(...named, ...here);
  expect(refused.code).toBe(3);
  process.env.DOCKET_APPROVER_KEY = SAMPLE_OFFICERS[1].passphrase;
  const officers = await json<{ id: string; name: string }[]>('officers');
  const second = officers.find(({ name }) => name === SAMPLE_OFFICERS[1].name)?.id ?? '';
  await json(...named, '--approver', second);
  const certificate = (await unpack(shell.at('named.zip'))).files.get('data/completeness.json');
  expect(JSON.parse(certificate?.toString('utf8') ?? '').disclosed).toEqual({
    people: 1,
    messages: bystander?.messages,
  });

  // Rows of this archive list all members: under aliases none of its bytes can be given.
  const closed = [...pack, '--originals', 'excerpts'];
  expect((await json<PackPlan>(...closed, '--plan')).originals?.bytes).toBe(0);

  const hits = await json<ListedHit[]>('hits', '--status', 'hit', '--limit', '500');
  const hit = hits.find(({ conversation, caseId: taken }) => conversation === TRADE_HUB && taken === null);
  await json('dispose', '--hit', hit?.hitId ?? '', '--verdict', 'confirmed');
  const opened = await json<{ summary: { id: string } }>('case', 'open', '--hit', hit?.hitId ?? '');
  const other = ['--case', opened.summary.id];
  const chat = await json<{ id: string }>('case', 'period', ...other, '--message', hit?.subject.id ?? '');
  const lines = ['pack', ...other, '--exhibits', chat.id, '--formats', 'csv', '--aliases'];
  const excerpts = [...lines, '--originals', 'excerpts', '--out', shell.at('excerpts.zip')];
  expect((await shell.run(...excerpts, ...here)).code).toBe(3);
  await json(...excerpts, '--approver', second);
  expect((await shell.run('verify', shell.at('excerpts.zip'))).code).toBe(0);
  const whole = [...pack, '--originals', 'whole', '--out', shell.at('whole.zip'), '--approver', second];
  expect((await shell.run(...whole, ...here)).stderr).toContain('withholds');
}, 240_000);
