import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScreens } from '../../src/renderer/app/router.ts';
import { account, dashboard, message, pageOf } from './builders.ts';
import { type Answers, OPEN, Refusal, renderApp, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const MESSAGES = Array.from({ length: 450 }, (_, n) =>
  message(n, n === 3 ? { text: '有人收四件套吗', hits: 1 } : {}),
);

const ANSWERS = {
  'sources.list': () => [],
  'conversations.list': () => pageOf([], {}),
  'accounts.list': () => pageOf([], {}),
  'hits.list': () => pageOf([], {}),
  'messages.search': (input: { cursor?: string | null; limit?: number }) => pageOf(MESSAGES, input),
  'messages.context': () => ({ messages: MESSAGES.slice(0, 8), moreBefore: false, moreAfter: true }),
} as never;

describe('filters in the address', () => {
  it('come back as they were written', async () => {
    const router = createScreens('/');
    const search = {
      text: '四件套',
      conversationId: uid(500),
      kind: 'text' as const,
      from: 1_740_000_000_000,
      withHits: true,
      sort: { by: 'sentAt' as const, descending: true },
    };
    await router.navigate({ to: '/messages', search });
    expect(createScreens(router.state.location.href).state.location.search).toEqual(search);
    expect(router.state.matches.at(-1)?.search).toEqual(search);
  });

  it.each(['123', 'true', '"quoted"', '{"a":1}'])(
    'a text that looks like data stays text: %s',
    async (text) => {
      const router = createScreens('/');
      await router.navigate({ to: '/messages', search: { text } });
      const again = createScreens(router.state.location.href);
      await again.load();
      expect(again.state.matches.at(-1)?.search).toEqual({ text });
    },
  );

  it('a value that does not fit is dropped, the rest stands', async () => {
    const router = createScreens('/messages?kind=nonsense&text=ab&conversationId=1&sort=x');
    await router.load();
    const search = router.state.matches.at(-1)?.search as Record<string, unknown>;
    expect(Object.entries(search).filter(([, value]) => value !== undefined)).toEqual([['text', 'ab']]);
  });

  it('are what the host is asked for', async () => {
    const { bridge } = await renderApp({
      at: `/messages?text=四件套&withHits=true&senderId=${uid(600)}`,
      answers: ANSWERS,
    });
    await screen.findByRole('grid', { name: 'Messages' });
    expect(bridge.of('messages.search')[0]).toEqual({
      filter: { text: '四件套', withHits: true, senderId: uid(600) },
      cursor: null,
      limit: 200,
    });
  });

  it('leave one by one by their chips', async () => {
    const { bridge } = await renderApp({ at: '/messages?text=四件套&withHits=true', answers: ANSWERS });
    await screen.findByRole('grid', { name: 'Messages' });
    fireEvent.click(screen.getByRole('button', { name: /Remove Text/ }));
    await waitFor(() =>
      expect(bridge.of('messages.search').at(-1)).toMatchObject({ filter: { withHits: true } }),
    );
    expect(bridge.of('messages.search').at(-1)).not.toHaveProperty('filter.text');
  });
});

describe('messages', () => {
  it('marks what was searched, and opens a message in its context once', async () => {
    const { bridge } = await renderApp({ at: '/messages?text=四件套', answers: ANSWERS });
    const grid = await screen.findByRole('grid', { name: 'Messages' });
    const mark = await within(grid).findByText('四件套');
    expect(mark.tagName).toBe('MARK');
    fireEvent.click(mark);
    const panel = await screen.findByRole('complementary');
    expect(await within(panel).findAllByText(/第 \d 条消息/)).toHaveLength(7);
    fireEvent.click(within(panel).getByRole('button', { name: 'Later messages' }));
    await waitFor(() => expect(bridge.of('messages.context')).toHaveLength(2));
    expect(bridge.of('messages.context')[1]).toMatchObject({ before: 20, after: 60 });
    // An event must not read the content again: each reading is logged.
    bridge.emit({ type: 'changed', areas: ['messages', 'hits'] });
    await waitFor(() => expect(bridge.of('messages.search').length).toBeGreaterThan(1));
    expect(bridge.of('messages.context')).toHaveLength(2);
  });

  it('waits for the input method before it searches', async () => {
    const { bridge } = await renderApp({ at: '/messages', answers: ANSWERS });
    const box = await screen.findByRole('searchbox');
    fireEvent.compositionStart(box);
    fireEvent.change(box, { target: { value: 'si jian' } });
    fireEvent.change(box, { target: { value: '四件' } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(bridge.of('messages.search')).toHaveLength(1);
    fireEvent.compositionEnd(box);
    await waitFor(() =>
      expect(bridge.of('messages.search').at(-1)).toMatchObject({ filter: { text: '四件' } }),
    );
  });

  it('`/` goes to the search box', async () => {
    await renderApp({ at: '/messages', answers: ANSWERS });
    const box = await screen.findByRole('searchbox');
    fireEvent.keyDown(document.documentElement, { key: '/' });
    expect(document.activeElement).toBe(box);
  });
});

describe('what changes on the host', () => {
  it('is asked for again where it is shown, and nowhere else', async () => {
    const { bridge } = await renderApp({ answers: { 'statistics.dashboard': () => dashboard() } });
    await screen.findByText('Hits to review');
    bridge.emit({ type: 'changed', areas: ['rules'] });
    bridge.emit({ type: 'changed', areas: ['hits'] });
    bridge.emit({ type: 'changed', areas: ['hits', 'messages'] });
    await waitFor(() => expect(bridge.of('statistics.dashboard')).toHaveLength(2));
    expect(bridge.of('audit.list')).toEqual([]);
  });
});

describe('finding by name', () => {
  const answers = {
    'statistics.dashboard': () => dashboard(),
    'cases.list': () => pageOf([], {}),
    'accounts.list': () => pageOf([account(1)], {}),
    'conversations.list': () => pageOf([], {}),
  };
  const typeInto = async (text: string) => {
    await screen.findByRole('heading', { level: 1, name: 'Dashboard' });
    fireEvent.keyDown(document.documentElement, { key: 'k', code: 'KeyK', ctrlKey: true });
    const field = await screen.findByRole('combobox', { name: /^Find a screen/ });
    fireEvent.change(field, { target: { value: text } });
    return field;
  };

  it('leads to a screen by some letters of its name and Enter', async () => {
    await renderApp({ answers });
    const field = await typeInto('two si');
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toBe('Two sides'));
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(await screen.findByRole('heading', { level: 1, name: 'Two sides' })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('combobox', { name: /^Find a screen/ })).toBeNull());
  });

  it('leaves Enter to an input method that is composing', async () => {
    await renderApp({ answers });
    const field = await typeInto('two si');
    await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toBe('Two sides'));
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(screen.getByRole('combobox', { name: /^Find a screen/ })).toBeTruthy();
  });

  it('asks the host for records, and offers to search what was said', async () => {
    const { bridge } = await renderApp({ answers });
    const field = await typeInto('li');
    const found = await screen.findByRole('option', { name: new RegExp(account(1).name ?? '') });
    expect(bridge.of('cases.list')).toContainEqual(expect.objectContaining({ text: 'li' }));
    fireEvent.keyDown(field, { key: 'ArrowUp' });
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('Search hits for “li”');
    fireEvent.click(found);
    await waitFor(() =>
      expect(bridge.of('accounts.list')).toContainEqual(
        expect.objectContaining({ text: 'li', cursor: null }),
      ),
    );
  });
});

describe('a screen without rows', () => {
  it.each(['/', '/review', '/detection'])('%s of an empty workspace leads to the import', async (at) => {
    const answers = { ...(ANSWERS as Answers), 'statistics.dashboard': () => dashboard({ sources: 0 }) };
    await renderApp({ at, answers: { ...answers, 'detection.runs': () => [] } });
    const link = await screen.findByRole('link', { name: 'Import chats' });
    expect(link.getAttribute('href')).toBe('/imports');
  });

  it('takes the next key where what had the focus is gone: Tab enters it, an arrow is for its rows', async () => {
    await renderApp({ at: '/messages', answers: ANSWERS });
    const grid = await screen.findByRole('grid', { name: 'Messages' });
    await screen.findByText('有人收四件套吗');
    const press = (key: string) => {
      (document.activeElement as HTMLElement).blur();
      fireEvent.keyDown(document.body, { key });
    };
    press('ArrowDown');
    expect(document.activeElement).toBe(grid);
    press('Tab');
    expect(document.activeElement).toBe(grid.closest('section'));
    press('j');
    expect(document.activeElement).toBe(document.body);
  });

  it('leads from the backtests to the drafts that have them', async () => {
    await renderApp({ at: '/rules?tab=backtests', answers: { 'rules.backtests': () => [] } });
    const link = await screen.findByRole('link', { name: 'To the drafts' });
    expect(link.getAttribute('href')).toBe('/rules?tab=drafts');
  });

  it('has the focus, so that the next Tab enters it and the arrows scroll it', async () => {
    await renderApp({ answers: { 'statistics.dashboard': () => dashboard() } });
    const heading = await screen.findByRole('heading', { level: 1, name: 'Dashboard' });
    await waitFor(() => expect(document.activeElement).toBe(heading.closest('section')));
  });
});

describe('back and forward', () => {
  it('by the keys and by the buttons of the mouse that browsers have for them', async () => {
    await renderApp({ answers: { 'statistics.dashboard': () => dashboard() } });
    const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
    fireEvent.click(await screen.findByRole('link', { name: 'Two sides' }));
    await heading('Two sides');
    fireEvent.keyDown(document.documentElement, { key: 'ArrowLeft', code: 'ArrowLeft', altKey: true });
    await heading('Dashboard');
    fireEvent.keyDown(document.documentElement, { key: 'ArrowRight', code: 'ArrowRight', altKey: true });
    await heading('Two sides');
    fireEvent.mouseUp(document.body, { button: 3 });
    await heading('Dashboard');
  });
});

describe('dashboard', () => {
  it('every total opens its rows', async () => {
    await renderApp({
      answers: { 'statistics.dashboard': () => dashboard({ undetected: 30, unnamedAccounts: 4 }) },
    });
    const link = async (name: string) => (await screen.findByRole('link', { name })).getAttribute('href');
    expect(await link('2,000')).toBe('/messages');
    expect(await link('57')).toBe('/review?status=hit&disposition=open');
    expect(await link('9')).toBe('/review?status=proposal&disposition=open');
    expect(await link('7')).toBe('/review?status=hit&category=fraud');
    expect(await link('4')).toBe('/review?status=hit&category=fraud&disposition=open');
    expect(await link('4 conversations')).toBe('/messages/conversations');
    expect(await link('12 media files not examined')).toBe('/messages/media?state=unexamined');
    expect(screen.getByRole('link', { name: 'Show them' }).getAttribute('href')).toBe(
      '/accounts?unnamed=true',
    );
    expect(await link('4 unnamed')).toBe('/accounts?unnamed=true');
  });

  it('tells of an import that was cut off, and leads to where it goes on', async () => {
    await renderApp({ answers: { 'statistics.dashboard': () => dashboard({ partialSources: 1 }) } });
    const link = await screen.findByRole('link', { name: 'See and resume' });
    expect(link.getAttribute('href')).toBe('/imports?state=partial');
    expect(screen.getByText(/^The import of 1 source was cut off/)).toBeTruthy();
  });

  it('runs detection over what has not been judged, shows how far it is, and cancels it', async () => {
    let fail: (refusal: Refusal) => void = () => undefined;
    const { bridge } = await renderApp({
      answers: {
        'statistics.dashboard': () => dashboard({ undetected: 1200 }),
        'detection.start': () =>
          new Promise((_, reject) => {
            fail = reject;
          }),
        'jobs.cancel': () => ({ found: true }),
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Run detection' }));
    const { jobId } = bridge.of('detection.start')[0] as { jobId: string };
    bridge.emit({
      type: 'job.progress',
      jobId,
      step: 'judging',
      item: null,
      done: 600,
      total: 1200,
      unit: 'messages',
      records: null,
      startedAt: 0,
      at: 2000,
    });
    let tray = await screen.findByRole('region', { name: 'Jobs' });
    expect(within(tray).getByText(/judging · 50% · 300 messages\/s · about 2 sec left/)).toBeTruthy();
    // It stands over the head of the screen: another screen closes it, and so does Escape.
    const toggle = (name: string) => screen.findByRole('button', { name });
    fireEvent.click(screen.getByRole('link', { name: 'Messages' }));
    fireEvent.click(await toggle('Show jobs'));
    await toggle('Hide jobs');
    fireEvent.keyDown(document.documentElement, { key: 'Escape', code: 'Escape' });
    fireEvent.click(await toggle('Show jobs'));
    await toggle('Hide jobs');
    tray = await screen.findByRole('region', { name: 'Jobs', hidden: true });
    // Without a layout the tray's place is unknown, and Mantine hides it.
    fireEvent.click(within(tray).getByRole('button', { name: 'Cancel job', hidden: true }));
    await waitFor(() => expect(bridge.of('jobs.cancel')).toEqual([{ jobId }]));
    fail(new Refusal('cancelled'));
    expect(await screen.findByText('Finished batches are kept; the source is marked partial.')).toBeTruthy();
  });
});

describe('accounts', () => {
  it('unmasks with a reason only, and masks again when the panel closes', async () => {
    const masked = account(1, { fields: { phone: '138****0001' } });
    const { bridge } = await renderApp({
      at: '/accounts',
      answers: {
        'accounts.list': () => pageOf([masked], {}),
        'accounts.reveal': () => ({ ...masked, fields: { phone: '13800000001' } }),
      },
    });
    fireEvent.click(await screen.findByText('员工1'));
    fireEvent.click(await screen.findByRole('button', { name: 'Show in full' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Show in full' }));
    expect(await within(dialog).findByText('A reason is needed')).toBeTruthy();
    expect(bridge.of('accounts.reveal')).toEqual([]);
    fireEvent.change(within(dialog).getByLabelText('Reason'), { target: { value: 'case A7-3' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Show in full' }));
    expect(await screen.findByText('13800000001')).toBeTruthy();
    expect(bridge.of('accounts.reveal')).toEqual([{ accountId: masked.id, reason: 'case A7-3' }]);
    fireEvent.click(within(screen.getByRole('complementary')).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByText('13800000001')).toBeNull());
  });
});

describe('a dialog that asks', () => {
  it('has the first field that lacks something under the keys', async () => {
    await renderApp({ at: '/leads', answers: { 'leads.list': () => pageOf([], {}) } as never });
    fireEvent.click(await screen.findByRole('button', { name: 'Record a lead' }));
    const dialog = await screen.findByRole('dialog', { name: 'Record a lead' });
    fireEvent.submit(
      within(dialog)
        .getByRole('textbox', { name: /What it says/ })
        .closest('form') as HTMLFormElement,
    );
    await waitFor(() =>
      expect(document.activeElement).toBe(within(dialog).getByRole('textbox', { name: /What it says/ })),
    );
  });
});

describe('languages', () => {
  it('change at once and are kept on this workstation', async () => {
    await renderApp({
      at: '/settings',
      answers: {
        'officers.list': () => [OPEN.officer as NonNullable<typeof OPEN.officer>],
        'native.environment': () => ({ version: '0.1.0', electron: '45', platform: 'linux', locale: 'en' }),
      },
    });
    fireEvent.click(await screen.findByRole('radio', { name: '中文' }));
    expect(await screen.findByRole('heading', { name: '设置' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(localStorage.getItem('docket.language')).toBe('zh-CN');
    fireEvent.click(screen.getByRole('radio', { name: 'English' }));
    expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
  });
});
