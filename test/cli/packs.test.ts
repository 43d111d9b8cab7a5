/** Evidence packs at the command line: a whole period, bystanders by name, source files, with a second officer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import type { PackPlan } from '../../src/core/domain/pack.ts';
import { unpack } from '../builders/evidence-tamper.ts';
import { type Terminal, terminal } from './support.ts';

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

  const excerpts = [...pack, '--originals', 'excerpts', '--out', shell.at('excerpts.zip')];
  expect((await shell.run(...excerpts, ...here)).code).toBe(3);
  await json(...excerpts, '--approver', second);
  expect((await shell.run('verify', shell.at('excerpts.zip'))).code).toBe(0);
  const whole = [...pack, '--originals', 'whole', '--out', shell.at('whole.zip'), '--approver', second];
  expect((await shell.run(...whole, ...here)).stderr).toContain('withholds');
}, 120_000);
