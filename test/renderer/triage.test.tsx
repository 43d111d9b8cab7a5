/** The queue at work, checklists, campaigns, reminders: what is asked of the host and what is shown. */
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Campaign, Control } from '../../src/core/domain/bulletin.ts';
import type { CaseTask } from '../../src/core/domain/case-task.ts';
import type { WorkLock } from '../../src/core/domain/triage.ts';
import { dashboard, pageOf } from './builders.ts';
import { caseDetail } from './case-builders.ts';
import { CASE, openCase, type } from './open-case.tsx';
import { OPEN, renderApp, sha, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const task = (change: Partial<CaseTask> = {}): CaseTask => ({
  caseId: CASE,
  task: 'minors',
  title: { zh: '核实是否涉及未成年人', en: 'Find out whether minors are concerned' },
  help: { zh: '看名册', en: 'Look at the roster' },
  own: false,
  state: 'open',
  note: '',
  officer: null,
  at: null,
  ...change,
});

describe('the checklist of a case', () => {
  it('ticks a task off, and asks why one is not needed', async () => {
    const { bridge } = await openCase(caseDetail(), null, {
      'cases.tasks': () => [task()],
      'cases.setTask': () => [task({ state: 'done' })],
    });
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Find out whether minors are concerned' }));
    await waitFor(() =>
      expect(bridge.of('cases.setTask')[0]).toEqual({
        caseId: CASE,
        task: 'minors',
        state: 'done',
        note: '',
      }),
    );
    fireEvent.click(screen.getByRole('button', { name: 'Mark as not needed' }));
    const dialog = await screen.findByRole('dialog', { name: 'Why it is not needed' });
    type(within(dialog).getByRole('textbox'), 'all are adults');
    const buttons = within(dialog).getAllByRole('button');
    fireEvent.click(buttons.at(-1) as HTMLElement);
    await waitFor(() =>
      expect(bridge.of('cases.setTask')[1]).toMatchObject({ state: 'not-needed', note: 'all are adults' }),
    );
  });

  it('says who did what and when', async () => {
    await openCase(caseDetail(), null, {
      'cases.tasks': () => [
        task({ state: 'done', officer: '周敏', at: Date.UTC(2026, 2, 1) }),
        task({ task: 'b' }),
      ],
    });
    expect(await screen.findByText('1 of 2')).toBeTruthy();
    expect(screen.getByText(/done · 周敏/)).toBeTruthy();
  });
});

describe('work taken on', () => {
  const lock = (officerId: string, officer: string): WorkLock => ({
    subject: { type: 'case', id: CASE },
    officerId,
    officer,
    takenAt: 1,
    expiresAt: Date.UTC(2030, 0, 1),
  });

  it('is given back by who has it', async () => {
    const { bridge } = await openCase(caseDetail(), null, {
      'work.list': () => [lock(OPEN.officer?.id ?? '', '周敏')],
      'work.release': () => [],
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Give back' }));
    await waitFor(() => expect(bridge.of('work.release')).toEqual([{ subject: { type: 'case', id: CASE } }]));
  });

  it('names another officer, and is taken over with a reason', async () => {
    const { bridge } = await openCase(caseDetail(), null, {
      'work.list': () => [lock(uid(3), '陆怀瑾')],
      'work.take': () => [],
    });
    expect(await screen.findByText('陆怀瑾')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Take over' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take over' });
    type(within(dialog).getByRole('textbox'), 'on leave');
    fireEvent.click(within(dialog).getAllByRole('button').at(-1) as HTMLElement);
    await waitFor(() => expect(bridge.of('work.take')[0]).toMatchObject({ reason: 'on leave' }));
  });
});

const CAMPAIGN: Campaign = {
  id: uid(70),
  number: 'S-A7-0001',
  title: 'Spring clean-up',
  basis: 'Announcement 1',
  categories: ['gambling'],
  announcement: 'From today on',
  startedAt: Date.UTC(2026, 0, 1),
  endedAt: null,
  officer: '周敏',
};

describe('campaigns', () => {
  it('show what came of one, each confirmed count with its rows', async () => {
    const { bridge } = await renderApp({
      at: `/campaigns?campaign=${CAMPAIGN.id}`,
      answers: {
        'campaigns.list': () => [CAMPAIGN],
        'bulletins.figures': (query) => ({
          query: { from: query.from, to: query.to, categories: query.categories ?? [] },
          hits: [{ category: 'gambling', confirmed: 12 }],
          cases: { opened: 3, closed: 1 },
          measures: [],
          bySubject: [],
          byMonth: [],
          leads: [],
          rows: [],
        }),
      },
    });
    const link = await screen.findByRole('link', { name: '12' });
    expect(link.getAttribute('href')).toMatch(/\/review\?.*category=gambling/);
    expect(bridge.of('bulletins.figures')[0]).toMatchObject({
      from: CAMPAIGN.startedAt,
      categories: ['gambling'],
    });
  });

  it('say that there is none', async () => {
    await renderApp({ at: '/campaigns', answers: { 'campaigns.list': () => [] } });
    expect(await screen.findByText('No campaign')).toBeTruthy();
  });

  it('count a bulletin again on asking', async () => {
    const { bridge } = await renderApp({
      at: '/campaigns?view=bulletins',
      answers: {
        'bulletins.list': () => [
          {
            id: uid(71),
            number: 'B-A7-0001',
            campaignId: null,
            title: 'Bulletin',
            query: { from: 0, to: 1, categories: [] },
            figuresSha256: sha('c'),
            file: '/tmp/bulletin.docx',
            sha256: sha('d'),
            officer: '周敏',
            at: 1,
          },
        ],
        'bulletins.check': () => ({ unchanged: false, figuresSha256: sha('e') }),
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Count again' }));
    expect(await screen.findByText('changed since')).toBeTruthy();
    expect(bridge.of('bulletins.check')).toEqual([{ bulletinId: uid(71) }]);
  });
});

describe('the self-assessment', () => {
  it('lists every system with its state', async () => {
    const control = (id: string, state: Control['state']): Control => ({
      control: id,
      title: { zh: id, en: `System ${id}` },
      help: { zh: '说明', en: 'What it is' },
      state,
      owner: '',
      evidence: '',
      note: '',
      nextReview: null,
      officer: null,
      at: null,
    });
    await renderApp({
      at: '/campaigns?view=controls',
      answers: { 'controls.list': () => [control('a', 'in-place'), control('b', 'missing')] },
    });
    expect(await screen.findByText('System a')).toBeTruthy();
    expect(screen.getByText('in place')).toBeTruthy();
    expect(screen.getByText('missing')).toBeTruthy();
  });
});

describe('the figures of leads', () => {
  it('give rates, and times as people say them', async () => {
    await renderApp({
      at: '/leads',
      answers: {
        'leads.list': () => pageOf([], {}),
        'leads.figures': () => [
          {
            source: 'user-report',
            received: 4,
            open: 1,
            cases: 2,
            referred: 1,
            noAction: 0,
            duplicates: 0,
            toFirstAction: 3_600_000,
            toClosing: 90_000,
          },
        ],
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Figures' }));
    const dialog = await screen.findByRole('dialog', { name: 'Figures' });
    expect(await within(dialog).findByText('50%')).toBeTruthy();
    expect(within(dialog).getByText('1 hr')).toBeTruthy();
    expect(within(dialog).getByText('1 min 30 sec')).toBeTruthy();
  });
});

describe('reminders', () => {
  it('stand on the dashboard with a way to each, and as a number in the head', async () => {
    await renderApp({
      at: '/',
      answers: {
        'statistics.dashboard': () => dashboard(),
        'reminders.list': () => [
          {
            kind: 'duty-due',
            id: uid(80),
            caseId: CASE,
            caseNumber: 'C-A7-0001',
            about: { zh: '报告', en: 'Report to the authority' },
            dueAt: 1,
            overdue: true,
          },
        ],
      },
    });
    expect(await screen.findByText('Report to the authority')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'C-A7-0001' }).getAttribute('href')).toContain('tab=duties');
    expect(screen.getByRole('button', { name: '1 due within 7 days, 1 overdue' })).toBeTruthy();
  });
});
