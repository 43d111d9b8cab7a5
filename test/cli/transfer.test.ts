/** Two workstations hand a case to each other at the command line, with a conflict that is settled there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCES } from '../builders/bench.ts';
import { type Terminal, terminal } from './support.ts';

let a: Terminal;
let b: Terminal;

beforeAll(() => {
  process.env.DOCKET_TRANSFER_KEY = 'told by telephone';
  a = terminal();
  b = terminal();
});
afterAll(() => {
  delete process.env.DOCKET_TRANSFER_KEY;
  a.remove();
  b.remove();
});

interface Opened {
  summary: { id: string };
  parties: { id: string; role: string }[];
}
interface Proposal {
  options: { id: string; needsSecondApproval: boolean }[];
}
interface Transfer {
  counts: { conflicts: number };
  peer: { fingerprint: string };
}

test('a case goes out, both decide, it comes back with a conflict, and both logs check clean', async () => {
  await b.json('init');
  await a.json('import', `${RESOURCES}/sample/wechat-workgroup_utf8.csv`, '--zone', 'Asia/Shanghai');
  await a.json('detect');
  const [hit] = await a.json<{ hitId: string }[]>('hits', '--status', 'hit', '--limit', '1');
  const hitId = hit?.hitId ?? '';
  await a.json('dispose', '--hit', hitId, '--verdict', 'confirmed');
  const { summary, parties } = await a.json<Opened>('case', 'open', '--hit', hitId);
  const party = parties.find(({ role }) => role === 'publisher')?.id ?? '';
  const about = ['--case', summary.id, '--party', party];
  const carry = async (from: Terminal, to: Terminal, name: string) => {
    const file = a.at(name);
    const what = ['--case', summary.id, '--out', file, '--to', 'B', '--purpose', 'P'];
    const { peer } = await from.json<Transfer>('transfer', 'send', ...what);
    const taken = await to.run('transfer', 'receive', file, '--trust', peer.fingerprint, '--json');
    return { code: taken.code, conflicts: (JSON.parse(taken.stdout) as Transfer).counts.conflicts };
  };
  expect(await carry(a, b, 'out.docket')).toEqual({ code: 0, conflicts: 0 });
  const { options } = await a.json<Proposal>('case', 'propose', ...about);
  const own = options.filter(({ needsSecondApproval }) => !needsSecondApproval);
  const decide = (one: Terminal, pick: number) =>
    one.json('case', 'decide', ...about, '--measure', own[pick]?.id ?? '', '--facts', 'F', '--reason', 'R');
  await decide(a, 0);
  await decide(b, 1);
  expect(await carry(b, a, 'back.docket')).toEqual({ code: 1, conflicts: 1 });
  const conflicts = await a.run('transfer', 'conflicts', '--json');
  expect(conflicts.code).toBe(1);
  const [conflict] = JSON.parse(conflicts.stdout) as { id: string; kind: string }[];
  expect(conflict).toMatchObject({ kind: 'decision' });
  const choice = ['--choice', 'theirs', '--reason', 'R'];
  await a.json('transfer', 'resolve', conflict?.id ?? '', ...choice);
  for (const one of [a, b]) expect((await one.run('check')).code).toBe(0);
  expect((await b.run('transfer', 'look', a.at('missing.docket'))).code).toBe(3);
}, 300_000);
