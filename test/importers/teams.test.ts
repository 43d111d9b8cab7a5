import { expect, test } from 'vitest';
import { teamsBody } from '../../src/core/importers/chat/teams/teams-body.ts';
import { teamsJson } from '../../src/core/importers/chat/teams/teams-json.ts';
import { fixture, importBytes, previews, sniffed, tally } from './helpers.ts';

test('a dump with capitals, newest first: mentions, emoji, quotes, files, events, deletions', async () => {
  expect(sniffed('teams_graph.json', fixture('teams_graph.json'))).toBe(teamsJson);
  const run = await importBytes('teams_graph.json', fixture('teams_graph.json'));
  expect(
    run.messages.map(({ senderKey, kind, text, refersTo }) => [senderKey, kind, text, refersTo]),
  ).toEqual([
    ['u-1', 'text', '通知\n现货充足 @韩梅梅 😄\n加 这里', null],
    [null, 'system', 'members added: 韩梅梅 (by 李雷)', null],
    ['u-1', 'image', '表格', null],
    ['u-2', 'text', '好 & 收到', null],
    ['u-2', 'text', '同意', '1'],
    ['u-2', 'recall', '', null],
  ]);
  expect(run.messages[0]?.extra).toMatchObject({ links: [{ text: '这里', href: 'https://example.com/x' }] });
  expect(run.messages[2]).toMatchObject({
    editedAtText: '2024-03-01T01:02:30Z',
    attachments: [{ kind: 'image' }, { kind: 'file', name: '报价.xlsx' }],
  });
  expect(run.messages[3]?.carried).toEqual([
    { act: 'quote', sender: '李雷', text: '现货充足', sentAtText: null },
  ]);
  expect(run.messages[4]?.carried).toMatchObject([{ act: 'quote', sender: '李雷', text: '现货 充足' }]);
  expect(run.facts.assumptions).toEqual({ order: 'newest-first' });
  expect(run.memberships.at(-1)).toMatchObject({ accountKey: 'u-2', from: '2024-03-01T01:01:00.000Z' });
  expect([...run.conversations.values()]).toMatchObject([{ type: 'direct' }]);
  expect(tally(run.ranges).skipped).toBe(0);
});

test('a page of Graph: cards, forwards, text bodies, dates of PowerShell', async () => {
  const run = await importBytes('teams_page.json', fixture('teams_page.json'));
  expect(run.messages.map(({ senderKey, kind, text, instant }) => [senderKey, kind, text, instant])).toEqual([
    ['app', 'text', 'a < b', Date.UTC(2024, 2, 2)],
    ['u-1', 'forward', '', 1709337661000],
  ]);
  expect(run.messages[0]?.carried).toMatchObject([{ act: 'quote', text: '卡片' }]);
  expect(run.messages[1]?.carried).toEqual([
    { act: 'forward', sender: '远人', text: '转来的话', sentAtText: '2024-01-01T00:00:00Z' },
  ]);
  expect(await previews(teamsJson, 'teams_page.json', fixture('teams_page.json'))).toMatchObject([
    { key: '19:c@thread.tacv2', type: 'group', messages: 2 },
  ]);
});

test.each([
  ['<p>a</p><p>b</p>', 'a\nb'],
  ['a<br>b&nbsp;c', 'a\nb\u00a0c'],
  ['<at id="0">Ann</at> ok', '@Ann ok'],
  ['<emoji alt="🙂"></emoji>', '🙂'],
  ['<script>x</script>y', 'y'],
  ['no markup', 'no markup'],
  ['<p>cut <b>bold', 'cut bold'],
])('%s reads %s', (html, text) => {
  expect(teamsBody(html, true).text.replaceAll('\u00a0', ' ')).toBe(text.replaceAll('\u00a0', ' '));
});
