/** Every importer has a fixture that is its own, its count, and a row in docs/formats.md. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { IMPORTERS } from '../../src/core/importers/registry.ts';
import { fixtureFiles } from './fixture-files.ts';
import { entriesOf, fixture, runImporter, sniffed } from './helpers.ts';

/** Read where the officer says so: a table looks like them to nobody, or like a list that more exporters write. */
const BY_CHOICE = new Set(['other-mapped-table', 'list-members', 'list-accounts']);

const files = fixtureFiles();
const owners = files.map((file) => sniffed(file, fixture(file)).id);

test.each(IMPORTERS.filter(({ id }) => !BY_CHOICE.has(id)).map(({ id }) => id))('%s has a fixture', (id) => {
  expect(owners).toContain(id);
});

test('docs/formats.md has a row for every importer, and for no other', () => {
  const text = readFileSync(fileURLToPath(new URL('../../docs/formats.md', import.meta.url)), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| `/.test(line) && / real|constructed/.test(line));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, id]) => id),
  );
  expect([...named].sort()).toEqual(IMPORTERS.map(({ id }) => id).sort());
});

describe('lists', () => {
  test.each([
    ['public_accounts.csv', 'list-public-accounts', 3],
    ['licences.csv', 'list-licences', 2],
    ['agreements.csv', 'list-agreements', 2],
    ['roster.csv', 'list-roster', 2],
    ['published_items.csv', 'list-published-items', 2],
    ['user_reports.csv', 'list-user-reports', 2],
    ['links.csv', 'list-links', 2],
    ['groups.csv', 'list-groups', 2],
    ['members.csv', 'list-members', 2],
    ['accounts.csv', 'list-accounts', 2],
    ['knugihk_contacts.vcf', 'other-vcard', 6],
  ])('%s gives %s its %i entries', async (file, id, entries) => {
    const importer = IMPORTERS.find((one) => one.id === id);
    if (!importer) throw new Error(id);
    const run = await runImporter(importer, file, fixture(`lists/${file}`));
    expect(entriesOf(run)).toHaveLength(entries);
  });

  test('chatlog lists give accounts and groups', async () => {
    const of = (file: string) => runImporter(sniffed(file, fixture(file)), file, fixture(file));
    expect((await of('lists/chatlog_contacts.csv')).accounts.size).toBe(3);
    expect((await of('lists/chatlog_chatrooms.csv')).conversations.size).toBe(2);
  });
});
