import { expect, test } from 'vitest';
import { metaMessagesHtml } from '../../src/core/importers/chat/meta/meta-messages-html.ts';
import { readHead } from '../../src/core/importers/sniff.ts';
import { memorySource } from '../../src/core/importers/source.ts';
import { fixture, importBytes, runImporter, sniffed, tally } from './helpers.ts';

const FILE = 'message_1.html';

test('newest first in the file; links, pictures, reactions', async () => {
  expect(sniffed(FILE, fixture(FILE))).toBe(metaMessagesHtml);
  const run = await importBytes(FILE, fixture(FILE));
  expect(run.facts.assumptions).toEqual({ order: 'newest-first' });
  expect(
    run.messages.map(({ senderKey, kind, text, wallTime }) => [senderKey, kind, text, wallTime]),
  ).toEqual([
    ['name:Alice', 'text', 'hello', Date.UTC(2026, 0, 5, 10)],
    ['name:Bo', 'text', 'second\nline @Alice <b>', Date.UTC(2026, 0, 5, 10, 1)],
    ['name:Alice', 'image', '', Date.UTC(2026, 0, 5, 10, 2)],
    ['name:Bo', 'text', 'Attachment\nhttps://example.com/x', Date.UTC(2026, 0, 5, 22, 3)],
  ]);
  expect(run.messages[1]?.extra).toEqual({ reactions: ['❤Alice'] });
  expect(run.messages[2]?.attachments).toMatchObject([{ kind: 'image', name: 'a.jpg' }]);
  expect(run.conversations.get('name:Alice & Bo')?.name).toBe('Alice & Bo');
  expect(tally(run.ranges).skipped).toBe(0);
});

test('older classes, with the box of who takes part', async () => {
  const old = fixture(FILE)
    .toString('utf8')
    .replaceAll('_2ph- _a6-g', '_2pi0 _2lej')
    .replaceAll('<h2 class="_3-95 _2pim _a6-h _a6-i">', '<div class="_3-96 _2pio _2lek _2lel">')
    .replaceAll('</h2>', '</div>')
    .replaceAll('_3-95 _a6-p', '_3-96 _2let')
    .replaceAll('_3-94 _a6-o', '_3-94 _2lem')
    .replaceAll('_a6-q', '_tqp')
    .replace(
      'role="main">',
      'role="main"><div class="pam _3-95 _2pi0 _2lej uiBoxWhite noborder"><div class="_3-96 _2pio _2lek">Participants: Alice, Bo</div></div>',
    );
  const run = await runImporter(metaMessagesHtml, FILE, Buffer.from(old));
  expect(run.messages).toHaveLength(4);
  expect(run.messages[1]).toMatchObject({ senderKey: 'name:Bo', extra: { reactions: ['❤Alice'] } });
  expect(tally(run.ranges).skipped).toBe(0);
});

test('the platform is Instagram where the page mentions it', () => {
  const of = (text: string) => metaMessagesHtml.platformOf?.(readHead(memorySource(FILE, Buffer.from(text))));
  const page = fixture(FILE).toString('utf8');
  expect(of(page)).toBe('messenger');
  expect(of(page.replaceAll('your_facebook_activity', 'your_instagram_activity'))).toBe('instagram');
});

test('a page of posts, which has the same boxes, is offered with less confidence', () => {
  const head = readHead(memorySource('posts_1.html', fixture(FILE)));
  expect(metaMessagesHtml.sniff(head)).toBeLessThan(0.7);
});
