/** Two workstations hand a case to each other at the command line, with a conflict, and destroy a source. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RESOURCES } from '../builders/bench.ts';
import { type Terminal, terminal } from './support.ts';

const KEY = 'told by telephone';
let a: Terminal;
let b: Terminal;

beforeAll(() => {
  process.env.DOCKET_TRANSFER_KEY = KEY;
  a = terminal();
  b = terminal();
});
afterAll(() => {
  delete process.env.DOCKET_TRANSFER_KEY;
  a.remove();
  b.remove();
});

interface Hit {
  hitId: string;
}
interface Transfer {
  counts: { conflicts: number; added: number };
  peer: { fingerprint: string };
}

/** Decides about the publisher with one of the measures that need nobody else. */
async function decide(one: Terminal, caseId: string, pick: number): Promise<void> {
  interface Party {
    id: string;
    role: string;
  }
  interface Proposal {
    proposed: string;
    options: { id: string; needsSecondApproval: boolean }[];
  }
  const { parties } = await one.json<{ parties: Party[] }>('case', 'show', '--case', caseId);
  const party = parties.find(({ role }) => role === 'publisher')?.id ?? '';
  const at = ['--case', caseId, '--party', party];
  const { options } = await one.json<Proposal>('case', 'propose', ...at);
  const own = options.filter(({ id, needsSecondApproval }) => id !== 'no-measure' && !needsSecondApproval);
  const measure = own[pick]?.id ?? '';
  await one.json('case', 'decide', ...at, '--measure', measure, '--facts', 'F', '--reason', 'minor');
}

test('a case goes out, both change it, it comes back with a conflict, and both logs check clean', async () => {
  await b.json('init', '--profile', 'platform');
  await a.json('init', '--profile', 'platform');
  await a.json('import', `${RESOURCES}/sample/wechat-workgroup_utf8.csv`, '--zone', 'Asia/Shanghai');
  await a.json('detect');
  const [hit] = await a.json<Hit[]>('hits', '--status', 'hit', '--limit', '1');
  await a.json('dispose', '--hit', hit?.hitId ?? '', '--verdict', 'confirmed');
  const opened = await a.json<{ summary: { id: string } }>('case', 'open', '--hit', hit?.hitId ?? '');
  const caseId = opened.summary.id;
  const carry = async (from: Terminal, to: Terminal, name: string) => {
    const file = a.at(name);
    await from.json('transfer', 'send', '--case', caseId, '--out', file, '--to', 'B', '--purpose', 'P');
    const { peer } = await to.json<Transfer>('transfer', 'look', file);
    const untrusted = await to.run('transfer', 'receive', file, '--json');
    const { code, stdout } =
      untrusted.code === 3
        ? await to.run('transfer', 'receive', file, '--trust', peer.fingerprint, '--json')
        : untrusted;
    return { code, transfer: JSON.parse(stdout) as Transfer };
  };
  expect(await carry(a, b, 'out.docket')).toMatchObject({ code: 0, transfer: { counts: { conflicts: 0 } } });
  await decide(a, caseId, 0);
  await decide(b, caseId, 1);
  expect(await carry(b, a, 'back.docket')).toMatchObject({ code: 1, transfer: { counts: { conflicts: 1 } } });
  const conflicts = await a.run('transfer', 'conflicts', '--json');
  expect(conflicts.code).toBe(1);
  const [conflict] = JSON.parse(conflicts.stdout) as { id: string; kind: string; fields: object[] }[];
  expect(conflict).toMatchObject({ kind: 'decision' });
  await a.json('transfer', 'resolve', conflict?.id ?? '', '--choice', 'theirs', '--reason', 'R');
  for (const one of [a, b]) expect((await one.run('check')).code).toBe(0);
  const wrong = await b.run('transfer', 'look', a.at('missing.docket'));
  expect(wrong.code).toBe(3);
}, 180_000);
