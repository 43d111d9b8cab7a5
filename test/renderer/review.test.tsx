import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../src/contract/api.ts';
import type { Hit } from '../../src/core/domain/hit.ts';
import { createScreens } from '../../src/renderer/app/router.ts';
import { hitSnippet } from '../../src/renderer/features/review/hit-snippet.ts';
import { nextOpen } from '../../src/renderer/features/review/use-queue.ts';
import { message, pageOf } from './builders.ts';
import { caseDetail, disposition, hit } from './case-builders.ts';
import { type Answers, renderApp, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

/** A small host: verdicts are kept, batches can be taken back, the queue leaves out what is decided. */
function host(start: Hit[], change: Answers = {}): Answers {
  let hits = start;
  let batches = 0;
  const before = new Map<string, Hit[]>();
  const put = (changed: Hit[]) => {
    hits = hits.map((known) => changed.find(({ id }) => id === known.id) ?? known);
    return changed;
  };
  return {
    'hits.list': (input: Input<'hits.list'>) => {
      const { status, disposition: wanted } = input.filter;
      const rows = hits.filter(
        (row) =>
          (!status || row.status === status) &&
          (!wanted ||
            (wanted === 'open'
              ? row.disposition === null || row.disposition.verdict === 'unsure'
              : row.disposition?.verdict === wanted)),
      );
      return pageOf(rows, { cursor: input.cursor ?? null, limit: input.limit ?? 100 });
    },
    'hits.get': ({ hitId }) => hits.find(({ id }) => id === hitId) as Hit,
    'hits.history': () => [],
    'hits.dispose': ({ hitIds, verdict, reason, note }) => {
      batches += 1;
      const batchId = uid(9000 + batches);
      const changed = hits.filter(({ id }) => hitIds.includes(id));
      before.set(batchId, changed);
      return {
        batchId,
        hits: put(
          changed.map((row) => ({
            ...row,
            disposition: disposition(verdict, { reason: reason ?? null, note: note ?? '' }),
          })),
        ),
      };
    },
    'hits.undo': ({ batchId }) => ({ hits: put(before.get(batchId) ?? []) }),
    'messages.context': () => ({ messages: [message(1)], moreBefore: false, moreAfter: false }),
    'rules.list': () => [],
    'detection.runs': () => [],
    'conversations.list': () => pageOf([], {}),
    'accounts.list': () => pageOf([], {}),
    'sources.list': () => [],
    ...change,
  };
}

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const queue = () => screen.findByRole('grid', { name: 'Review' });
const shown = () => screen.getByRole('region', { name: 'Context' });
const THREE = [hit(1), hit(2), hit(3)];

describe('verdicts by key', () => {
  it('c confirms the hit shown and goes on to the next', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('c');
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    expect(bridge.of('hits.dispose')[0]).toEqual({
      hitIds: [THREE[0]?.id],
      verdict: 'confirmed',
      reason: null,
      note: '',
    });
    await waitFor(() =>
      expect(bridge.of('messages.context').at(-1)).toMatchObject({ messageId: THREE[1]?.subject.id }),
    );
  });

  it('d and a number dismiss for a reason', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('d');
    expect(await screen.findByRole('group', { name: 'Dismissed because' })).toBeTruthy();
    expect(bridge.of('hits.dispose')).toHaveLength(0);
    press('2');
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    expect(bridge.of('hits.dispose')[0]).toMatchObject({ verdict: 'dismissed', reason: 'quotation' });
  });

  it.each([
    ['x', undefined, { verdict: 'duplicate', reason: 'same-incident' }],
    ['u', '2', { verdict: 'unsure', reason: 'needs-second-opinion' }],
  ])('%s %s gives its verdict', async (key, second, expected) => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press(key);
    if (second) {
      await screen.findByRole('group', { name: 'Unsure because' });
      press(second);
    }
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    expect(bridge.of('hits.dispose')[0]).toMatchObject(expected);
  });

  it('Esc leaves the reasons and keeps the hit open', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('d');
    await screen.findByRole('group', { name: 'Dismissed because' });
    press('Escape');
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Dismissed because' })).toBeNull());
    expect(shown()).toBeTruthy();
    expect(bridge.of('hits.dispose')).toHaveLength(0);
  });

  it('a letter typed into the note is no verdict, and the note goes with the verdict', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    const note = await screen.findByRole('textbox', { name: 'Note' });
    note.focus();
    press('c');
    fireEvent.change(note, { target: { value: '已与主管核对' } });
    note.blur();
    expect(bridge.of('hits.dispose')).toHaveLength(0);
    press('c');
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    expect(bridge.of('hits.dispose')[0]).toMatchObject({ note: '已与主管核对' });
  });

  it('keys rest under a dialog', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('o');
    await screen.findByRole('dialog', { name: 'Hits into a case' });
    fireEvent.keyDown(document.body, { key: 'c' });
    expect(bridge.of('hits.dispose')).toHaveLength(0);
  });

  it('does not take back the confirmation of a hit that a case rests on', async () => {
    const bound = hit(1, {
      disposition: disposition('confirmed'),
      caseId: uid(40),
      caseNumber: 'C-A7-0001',
    });
    const { bridge } = await renderApp({
      at: `/review?hit=${bound.id}&disposition=any`,
      answers: host([bound]),
    });
    await queue();
    await screen.findByText('1 of 1');
    press('x');
    expect(await screen.findByText('This hit is part of case C-A7-0001')).toBeTruthy();
    expect(bridge.of('hits.dispose')).toHaveLength(0);
  });

  it('stays where it is when going on is switched off', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    fireEvent.click(await screen.findByRole('switch', { name: 'Go on' }));
    press('c');
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    bridge.emit({ type: 'changed', areas: ['hits'] });
    await waitFor(() =>
      expect(within(shown().parentElement as HTMLElement).getByText('Confirmed')).toBeTruthy(),
    );
    expect(bridge.of('messages.context').at(-1)).toMatchObject({ messageId: THREE[0]?.subject.id });
  });
});

describe('undo', () => {
  it('takes the last batch back and shows its hit again', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('c');
    await waitFor(() =>
      expect(bridge.of('messages.context').at(-1)).toMatchObject({ messageId: THREE[1]?.subject.id }),
    );
    press('z', { ctrlKey: true });
    await waitFor(() => expect(bridge.of('hits.undo')).toEqual([{ batchId: uid(9001) }]));
    await screen.findByText('1 of 3');
    expect(screen.getByRole('button', { name: 'Undo last verdict' })).toHaveProperty('disabled', true);
  });

  it('is offered by the notice as well', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('c');
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(bridge.of('hits.undo')).toHaveLength(1));
  });
});

describe('several at once', () => {
  it('gives one verdict to all selected hits', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    (await queue()).focus();
    press('a', { ctrlKey: true });
    expect(await screen.findByText('The verdict goes to 3 selected hits')).toBeTruthy();
    press('c');
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    expect(bridge.of('hits.dispose')[0]).toMatchObject({ hitIds: THREE.map(({ id }) => id) });
  });

  it('m selects every hit of the message shown', async () => {
    const same = { type: 'message' as const, id: uid(1001) };
    const rows = [hit(1, { subject: same }), hit(2), hit(3, { subject: same })];
    const { bridge } = await renderApp({ at: '/review', answers: host(rows) });
    await queue();
    press('j');
    expect(await screen.findByText('1 more hit in this message.')).toBeTruthy();
    press('m');
    await screen.findByText('The verdict goes to 2 selected hits');
    press('c');
    await waitFor(() => expect(bridge.of('hits.dispose')).toHaveLength(1));
    expect(bridge.of('hits.dispose')[0]).toMatchObject({ hitIds: [rows[0]?.id, rows[2]?.id] });
  });
});

describe('into a case', () => {
  it('takes confirmed hits along, says which stay out, and opens the case', async () => {
    const rows = [hit(1, { disposition: disposition('confirmed') }), hit(2)];
    const { bridge } = await renderApp({
      at: '/review?disposition=any',
      answers: host(rows, { 'cases.open': () => caseDetail() }),
    });
    (await queue()).focus();
    press('a', { ctrlKey: true });
    await screen.findByText('The verdict goes to 2 selected hits');
    press('o');
    const dialog = await screen.findByRole('dialog', { name: 'Hits into a case' });
    expect(within(dialog).getByText(/1 hit is not confirmed and stays out/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Open the case' }));
    await waitFor(() => expect(bridge.of('cases.open')).toEqual([{ hitIds: [rows[0]?.id], title: null }]));
    expect(await screen.findByText('Case C-A7-0001 opened')).toBeTruthy();
  });

  it('offers nothing to do with hits that nobody confirmed', async () => {
    await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    press('j');
    await screen.findByText('1 of 3');
    press('o');
    const dialog = await screen.findByRole('dialog', { name: 'Hits into a case' });
    expect(within(dialog).queryByRole('button', { name: 'Open the case' })).toBeNull();
  });
});

describe('filters and the address', () => {
  it('an address without a filter is the queue of open hits, most urgent first', async () => {
    const { bridge } = await renderApp({ at: '/review', answers: host(THREE) });
    await queue();
    expect(bridge.of('hits.list')).toContainEqual({
      filter: { status: 'hit', disposition: 'open' },
      sort: { by: 'priority', descending: true },
      cursor: null,
      limit: 200,
    });
  });

  it('the address is what the host is asked for', async () => {
    const { bridge } = await renderApp({
      at: `/review?category=gambling&severity=4&rule=trade.gambling&senderId=${uid(600)}&text=盘口&disposition=any&from=1740000000000`,
      answers: host(THREE),
    });
    await queue();
    expect(bridge.of('hits.list')).toContainEqual(
      expect.objectContaining({
        filter: {
          category: 'gambling',
          severity: 4,
          rule: 'trade.gambling',
          senderId: uid(600),
          text: '盘口',
          from: 1_740_000_000_000,
        },
        limit: 200,
      }),
    );
  });

  it('what is chosen stands in the request; tabs keep the rest', async () => {
    const { bridge } = await renderApp({ at: '/review?category=gambling&status=hit', answers: host(THREE) });
    await queue();
    fireEvent.click(screen.getByRole('tab', { name: /^Proposals/ }));
    await waitFor(() =>
      expect(bridge.of('hits.list')).toContainEqual(
        expect.objectContaining({ filter: { category: 'gambling', status: 'proposal' }, limit: 200 }),
      ),
    );
  });

  it('survives the way into an address and back', async () => {
    const router = createScreens('/');
    const search = {
      status: 'proposal',
      tier: 'illegal',
      disposition: 'dismissed',
      conversationId: uid(500),
      to: 1_750_000_000_000,
      sort: { by: 'score', descending: true },
    } as const;
    await router.navigate({ to: '/review', search });
    const again = createScreens(router.state.location.href);
    await again.load();
    expect(again.state.matches.at(-1)?.search).toMatchObject(search);
  });
});

describe('nothing to review', () => {
  const RUN = {
    id: uid(30),
    state: 'complete' as const,
    packs: [],
    engineVersion: '1',
    startedAt: 0,
    finishedAt: 1,
    messages: 1,
    hits: 0,
    added: 0,
    byCategory: {},
    seconds: 1,
    messagesPerSecond: 1,
    officer: '周敏',
  };
  it.each([
    ['never detected', '/review', [], 'Run detection'],
    ['everything decided', '/review', [RUN], 'Show confirmed hits'],
    ['a filter too narrow', '/review?category=drugs&disposition=open', [RUN], 'Show open hits'],
  ])('%s: says what comes next', async (_, at, runs, action) => {
    await renderApp({ at, answers: host([], { 'detection.runs': () => runs }) });
    expect(await screen.findByText(action)).toBeTruthy();
  });
});

describe('snippet', () => {
  it('moves the marks with the text, whatever stands before', () => {
    const text = `${'早上好\n'.repeat(20)}有盘口`;
    const start = text.indexOf('盘口');
    const snippet = hitSnippet({ text, spans: [{ start, end: start + 2, text: '盘口' }] });
    const [mark] = snippet.marks;
    expect(snippet.text.slice(mark?.start, mark?.end)).toBe('盘口');
    expect(snippet.text).not.toContain('\n');
  });
});

describe('the next hit', () => {
  const unsure = (n: number) => hit(n, { disposition: disposition('unsure') });
  const done = (n: number) => hit(n, { disposition: disposition('confirmed') });
  it.each<[string, Hit[], number, number[], number | null]>([
    ['the one below', [hit(1), hit(2), hit(3)], 0, [1], 2],
    ['leaves out decided ones', [hit(1), done(2), hit(3)], 0, [1], 3],
    ['takes an unsure one below', [hit(1), unsure(2)], 0, [1], 2],
    ['comes back to undecided ones above', [hit(1), hit(2), hit(3)], 2, [3], 1],
    ['does not come back to unsure ones', [unsure(1), hit(2)], 1, [2], null],
    ['nothing left', [hit(1)], 0, [1], null],
  ])('%s', (_, rows, at, decided, expected) => {
    const ids = new Set(decided.map((n) => hit(n).id));
    expect(nextOpen(rows, at, ids)?.id ?? null).toBe(expected === null ? null : hit(expected).id);
  });
});
