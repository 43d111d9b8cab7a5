import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  deviceSlot,
  type KeyFile,
  passphraseSlot,
  recoverySlot,
  unlockSlot,
} from '../../src/core/storage/key-slots.ts';

const ID = '01a00000-0000-7000-8000-000000000001';
const OTHER = '01a00000-0000-7000-8000-000000000002';
const dataKey = randomBytes(32);
const officer = { id: ID, name: 'One', key: randomBytes(32) };
const second = { id: OTHER, name: 'Two', key: randomBytes(32) };
const device = deviceSlot({ dataKey, officer });
const recovery = recoverySlot({ dataKey, officer: null });
const file: KeyFile = {
  format: 1,
  workspaceId: ID,
  sample: false,
  slots: [
    passphraseSlot('first passphrase', { dataKey, officer }),
    passphraseSlot('second passphrase', { dataKey, officer: second }),
    device.slot,
    recovery.slot,
  ],
};

test('each slot gives the data key, and an officer their own key', () => {
  const first = unlockSlot(file, { kind: 'passphrase', officerId: ID, passphrase: 'first passphrase' });
  expect(first).toEqual({ dataKey, officerId: ID, officerKey: officer.key });
  const other = unlockSlot(file, { kind: 'passphrase', officerId: OTHER, passphrase: 'second passphrase' });
  expect(other).toEqual({ dataKey, officerId: OTHER, officerKey: second.key });
  expect(unlockSlot(file, { kind: 'device', secret: device.secret }).officerId).toBe(ID);
  expect(unlockSlot(file, { kind: 'recovery', key: recovery.key })).toEqual({
    dataKey,
    officerId: null,
    officerKey: null,
  });
});

test.each([
  ['lower case', (key: string) => key.toLowerCase()],
  ['without dashes', (key: string) => key.replaceAll('-', '')],
  ['with spaces', (key: string) => key.replaceAll('-', ' ')],
  ['O for 0 and l for 1', (key: string) => key.replaceAll('0', 'O').replaceAll('1', 'l')],
])('the recovery key is read as people copy it: %s', (_, copied) => {
  expect(unlockSlot(file, { kind: 'recovery', key: copied(recovery.key) }).dataKey).toEqual(dataKey);
});

test.each([
  ['another passphrase', { kind: 'passphrase', officerId: ID, passphrase: 'second passphrase' }],
  ['an empty passphrase', { kind: 'passphrase', officerId: ID, passphrase: '' }],
  [
    'an unknown officer',
    { kind: 'passphrase', officerId: ID.replace('1', '3'), passphrase: 'first passphrase' },
  ],
  ['another device', { kind: 'device', secret: Buffer.alloc(32) }],
  ['another recovery key', { kind: 'recovery', key: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA' }],
  ['letters that no key has', { kind: 'recovery', key: 'U'.repeat(32) }],
] as const)('%s opens nothing', (_, credential) => {
  expect(() => unlockSlot(file, credential)).toThrow(expect.objectContaining({ code: 'wrong-key' }));
});

test('a changed slot opens nothing', () => {
  const [slot] = file.slots;
  const wrapped = `${slot?.wrapped.startsWith('0') ? '1' : '0'}${slot?.wrapped.slice(1)}`;
  const changed = { ...file, slots: [{ ...slot, wrapped } as KeyFile['slots'][number]] };
  expect(() =>
    unlockSlot(changed, { kind: 'passphrase', officerId: ID, passphrase: 'first passphrase' }),
  ).toThrow(expect.objectContaining({ code: 'wrong-key' }));
});

test('slots whose officers were swapped in the clear file open nothing', () => {
  const [first, other, ...rest] = file.slots;
  if (!first || !other) throw new Error('two slots are needed');
  const swapped = {
    ...file,
    slots: [{ ...first, officerId: OTHER }, { ...other, officerId: ID }, ...rest],
  };
  for (const [officerId, passphrase] of [
    [OTHER, 'first passphrase'],
    [ID, 'second passphrase'],
  ] as const) {
    expect(() => unlockSlot(swapped, { kind: 'passphrase', officerId, passphrase })).toThrow(
      expect.objectContaining({ code: 'wrong-key' }),
    );
  }
});

test('no slot shows a key', () => {
  const text = JSON.stringify(file);
  for (const secret of [dataKey, officer.key, second.key]) expect(text).not.toContain(secret.toString('hex'));
});
