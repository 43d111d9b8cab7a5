import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { duty, ME, SECOND } from './case-builders.ts';
import { OPEN, renderApp, sha, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

type Entry = Output<'law.list'>[number];
const entry = (change: Partial<Entry> = {}): Entry => ({
  id: 'csl-2016-47',
  law: { zh: '网络安全法', en: 'Cybersecurity Law' },
  article: '47',
  citation: { zh: '《网络安全法》第47条', en: 'Cybersecurity Law art. 47' },
  summary: { zh: '概括', en: 'Stop, remove, save, report.' },
  effectiveFrom: '2017-06-01',
  ended: { on: '2026-01-01', how: 'renumbered', successor: 'csl-2025-49' },
  inForce: false,
  marks: { content: 'V', number: 'V', dates: 'M' },
  note: null,
  source: { zh: '正文已读。', en: 'Text read.' },
  cited: 4,
  ...change,
});
const NEXT = entry({
  id: 'csl-2025-49',
  citation: { zh: '《网络安全法（2025年修正）》第49条', en: 'Cybersecurity Law (2025 amendment) art. 49' },
  effectiveFrom: '2026-01-01',
  ended: null,
  inForce: true,
  marks: { content: 'V', number: 'inferred', dates: 'V' },
});
const LAW = {
  'law.list': () => [
    entry(),
    NEXT,
    entry({ id: 'crim-303', cited: 0, citation: { zh: '刑', en: 'Criminal Law art. 303' } }),
  ],
  'law.get': () => ({
    entry: NEXT,
    versions: [entry(), NEXT],
    citing: [
      {
        kind: 'duty' as const,
        set: 'duty-routes/platform 1.0.0',
        id: 'illegal-information',
        title: { zh: '路由', en: 'Forbidden information' },
        reference: 'law:csl-2016-47',
      },
    ],
  }),
  'law.check': () => ({
    day: '2026-06-01',
    checked: 700,
    problems: [
      {
        kind: 'rule' as const,
        set: 'rule-packs/own 1',
        id: 'own.rule',
        title: { zh: '规则', en: 'Own rule' },
        reference: 'law:gone',
        problem: 'unknown-article' as const,
        dead: true,
        standing: null,
      },
    ],
  }),
};

describe('the law library', () => {
  it('shows how each article is known, and on which day it is looked at', async () => {
    const { bridge } = await renderApp({ at: '/law', answers: LAW });
    const grid = await screen.findByRole('grid', { name: 'Law' });
    expect(within(grid).getByText('Cybersecurity Law art. 47')).toBeTruthy();
    expect(within(grid).getAllByText('number inferred')).toHaveLength(1);
    fireEvent.change(screen.getByLabelText('Day'), { target: { value: '2025-06-01' } });
    await waitFor(() => expect(bridge.of('law.list')).toContainEqual({ day: '2025-06-01' }));
  });

  it('keeps to what is cited', async () => {
    await renderApp({ at: '/law', answers: LAW });
    const grid = await screen.findByRole('grid', { name: 'Law' });
    fireEvent.click(screen.getByRole('radio', { name: 'Cited' }));
    await waitFor(() => expect(within(grid).queryByText('Criminal Law art. 303')).toBeNull());
  });

  it('an article names its versions, what was read, and what rests on it', async () => {
    await renderApp({ at: '/law?article=csl-2025-49', answers: LAW });
    expect(await screen.findByText('2 versions')).toBeTruthy();
    expect(screen.getByText('Text read.')).toBeTruthy();
    expect(screen.getByText('Forbidden information')).toBeTruthy();
    expect(screen.getByText(/Not everything here was read/)).toBeTruthy();
    expect(screen.getByText('Summary in our own words, not the text of the law.')).toBeTruthy();
  });

  it('a dead citation is told as one', async () => {
    await renderApp({ at: '/law?check=true', answers: LAW });
    expect(await screen.findByText('One dead citation')).toBeTruthy();
    expect(screen.getByText('no such article')).toBeTruthy();
  });
});

describe('duties beside the list', () => {
  const officers = { 'officers.list': () => [ME, SECOND], 'workspace.status': () => OPEN };

  it('the board has every lane with its number, and the hours can be changed', async () => {
    const clock = {
      hours: 24,
      shipped: 24,
      statutory: { zh: '立即', en: 'immediately' },
      statutoryHours: null,
      note: { zh: '注', en: 'The law gives no hours.' },
    };
    const { bridge } = await renderApp({
      at: '/duties?view=board',
      answers: {
        ...officers,
        'duties.board': () => [
          { lane: 'overdue', total: 40, duties: [duty()] },
          { lane: 'today', total: 0, duties: [] },
          { lane: 'later', total: 0, duties: [] },
          { lane: 'waiting', total: 0, duties: [] },
        ],
        'duties.clock': () => clock,
        'duties.setClock': () => ({ ...clock, hours: 4 }),
      },
    });
    const lane = await screen.findByRole('region', { name: 'Overdue' });
    expect(within(lane).getByText('40')).toBeTruthy();
    expect(within(lane).getByText('39 more')).toBeTruthy();
    fireEvent.change(await screen.findByLabelText('Hours until due'), { target: { value: '4' } });
    fireEvent.click(screen.getByRole('button', { name: 'Set hours' }));
    await waitFor(() => expect(bridge.of('duties.setClock')).toEqual([{ hours: 4 }]));
  });

  it('a request from an authority is entered with who asks for what', async () => {
    const { bridge } = await renderApp({
      at: '/duties?view=register',
      answers: { ...officers, 'inspections.list': () => [] },
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Enter a request' }));
    const form = await screen.findByRole('form', { name: 'Enter a request' });
    fireEvent.submit(form);
    expect(bridge.of('inspections.record')).toHaveLength(0);
    fireEvent.change(within(form).getByLabelText('Authority'), { target: { value: 'Police' } });
    fireEvent.change(within(form).getByLabelText('What is asked'), { target: { value: 'Records' } });
    fireEvent.submit(form);
    await waitFor(() =>
      expect(bridge.of('inspections.record')[0]).toMatchObject({
        kind: 'assistance',
        authority: 'Police',
        request: 'Records',
      }),
    );
  });

  it('quarantined content opens for a purpose before a second officer, and only then', async () => {
    const { bridge } = await renderApp({
      at: '/duties?view=quarantine',
      answers: {
        ...officers,
        'quarantine.list': () => [
          {
            id: uid(900),
            messageId: uid(901),
            reason: 'state-secret',
            note: '',
            officer: '周敏',
            at: 1_740_000_000_000,
            sentAt: null,
            digest: sha('e'),
            sourceId: uid(902),
            file: 'chat.jsonl',
            locator: { start: 0, end: 10, line: 7 },
            released: null,
          },
        ],
        'quarantine.open': () => ({ text: 'the secret', parts: [], attachments: [] }),
      },
    });
    expect(await screen.findByText(sha('e'))).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Open once' }));
    const form = await screen.findByRole('form', { name: 'Open once' });
    fireEvent.submit(form);
    expect(bridge.of('quarantine.open')).toHaveLength(0);
    fireEvent.change(within(form).getByLabelText('Purpose'), { target: { value: 'check its level' } });
    fireEvent.click(within(form).getByLabelText('Second officer'));
    fireEvent.click(await screen.findByRole('option', { name: new RegExp(SECOND.name) }));
    fireEvent.change(form.querySelector('input[type="password"]') as HTMLInputElement, {
      target: { value: 'their own passphrase' },
    });
    fireEvent.submit(form);
    expect(await screen.findByText('the secret')).toBeTruthy();
    expect(bridge.of('quarantine.open')).toEqual([
      {
        quarantineId: uid(900),
        approverId: SECOND.id,
        passphrase: 'their own passphrase',
        purpose: 'check its level',
      },
    ]);
  });
});

describe('a report', () => {
  const detail = (gaps: string[]) => ({
    duty: duty(),
    actions: ['remove', 'save-records'],
    clock: {
      hours: 24,
      statutory: { zh: '立即', en: 'immediately' },
      statutoryHours: null,
      note: { zh: '注', en: 'Note.' },
    },
    steps: [],
    exhibits: [],
    form: {
      caseNumber: 'C-A7-0001',
      test: false,
      preparedAt: 1_740_000_000_000,
      preparedBy: '周敏',
      receiver: { zh: '网信部门', en: 'Cyberspace administration' },
      alternatives: [],
      organisation: '',
      contact: '',
      person: { name: '丛辉', accounts: [] },
      categories: ['gambling'],
      basis: [],
      facts: 'Posted adverts',
      measures: [],
      actions: ['remove'],
      notice: [],
      items: [],
      attachments: [],
      gaps,
    },
    held: false,
  });

  it('says what is missing, keeps what is written, and asks for a reason when filed early', async () => {
    const { bridge } = await renderApp({
      at: `/duties?state=unclosed&duty=${uid(70)}`,
      answers: {
        'duties.list': () => ({ rows: [duty()], next: null, total: 1 }),
        'duties.get': () => detail(['organisation', 'contact']),
        'duties.draft': () => detail([]),
      } as never,
    });
    expect(await screen.findByText('The organisation is not named')).toBeTruthy();
    const form = screen.getByRole('form', { name: 'Report form' });
    fireEvent.change(within(form).getByLabelText('Organisation'), { target: { value: 'A platform' } });
    fireEvent.submit(form);
    await waitFor(() =>
      expect(bridge.of('duties.draft')).toEqual([
        { dutyId: uid(70), organisation: 'A platform', contact: '', facts: 'Posted adverts', notice: {} },
      ]),
    );
  });
});
