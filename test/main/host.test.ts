import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { Host } from '../../src/main/host.ts';

const ENTRY = fileURLToPath(new URL('fixtures/echo-worker.js', import.meta.url));
const DATA = {
  userData: '/data',
  resources: '/resources',
  detectionWorker: '/detection.js',
  importWorker: '/import.js',
  upkeepWorker: '/upkeep.js',
  software: 'Docket test',
};

let host: Host;
afterEach(() => host.close(50));

test('a call comes back with its own answer, also among others', async () => {
  host = new Host(ENTRY, DATA);
  const answers = await Promise.all([1, 2, 3].map((n) => host.call('echo', { n })));
  expect(answers).toEqual([1, 2, 3].map((n) => ({ ok: true, value: { input: { n }, workerData: DATA } })));
});

test('events reach every listener until it unsubscribes', async () => {
  host = new Host(ENTRY, DATA);
  const heard: unknown[] = [];
  const unsubscribe = host.subscribe((event) => heard.push(event));
  await host.call('emit', 'first');
  unsubscribe();
  await host.call('emit', 'second');
  expect(heard).toEqual(['first']);
});

test('a crash ends every pending call with host-stopped, and the host is started again', async () => {
  host = new Host(ENTRY, DATA);
  const [waiting, crashed] = await Promise.all([host.call('silent', {}), host.call('crash', {})]);
  const stopped = { ok: false, error: { code: 'host-stopped', detail: 'crashed on purpose', subject: null } };
  expect([waiting, crashed]).toEqual([stopped, stopped]);
  expect(await host.call('echo', 'again')).toMatchObject({ ok: true, value: { input: 'again' } });
});

test('a second crash is final', async () => {
  host = new Host(ENTRY, DATA);
  await host.call('crash', {});
  await host.call('crash', {});
  expect(await host.call('echo', {})).toMatchObject({ ok: false, error: { code: 'host-stopped' } });
});

test('a host that cannot start answers host-stopped', async () => {
  host = new Host('/nowhere/host-worker.js', DATA);
  expect(await host.call('echo', {})).toMatchObject({ ok: false, error: { code: 'host-stopped' } });
});

test('closing ends a host that does not answer', async () => {
  host = new Host(ENTRY, { ...DATA, userData: 'never closes' });
  const pending = host.call('silent', {});
  await host.close(50);
  expect(await pending).toMatchObject({ ok: false, error: { code: 'host-stopped' } });
});
