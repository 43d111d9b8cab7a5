// @vitest-environment happy-dom
/** Handing over, and what was destroyed, as the window shows them. */
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { renderApp } from './support.tsx';

afterEach(cleanup);

const ID = '01a1ffa9-b592-7000-a371-0ba659ba622c';

const conflict: Output<'transfers.conflicts'>[number] = {
  id: ID,
  transferId: ID,
  caseId: null,
  caseNumber: null,
  kind: 'row',
  table: 'cases',
  about: '',
  fields: [{ name: 'title', ours: '本机的标题', theirs: '对方的标题' }],
  ours: { officer: '陈静', at: Date.UTC(2024, 2, 1), measureTitle: null },
  theirs: { officer: '赵敏', at: Date.UTC(2024, 2, 2), prefix: 'B3', measureTitle: null },
  at: Date.UTC(2024, 2, 3),
  resolved: null,
};

test('a conflict shows both versions with who and when, and is settled with a reason', async () => {
  const { bridge } = await renderApp({
    at: '/transfers',
    answers: {
      'transfers.list': () => [],
      'transfers.conflicts': () => [conflict],
      'transfers.resolve': () => conflict,
    },
  });
  await screen.findByText('本机的标题');
  expect(screen.getByText('对方的标题')).toBeTruthy();
  expect(screen.getByText(/赵敏/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Take theirs' }));
  fireEvent.change(await screen.findByLabelText(/Reason/), { target: { value: '对方的更准确' } });
  fireEvent.click(screen.getByRole('button', { name: 'Confirm' }));
  await waitFor(() =>
    expect(bridge.of('transfers.resolve')).toEqual([
      { conflictId: ID, choice: 'theirs', reason: '对方的更准确' },
    ]),
  );
});

test('what a hold protects cannot be destroyed from the list', async () => {
  await renderApp({
    at: '/retention',
    answers: {
      'retention.rules': () => [{ kind: 'source', days: 30, basis: '制度', officer: null, at: null }],
      'retention.certificates': () => [],
      'retention.list': () => [
        {
          kind: 'source',
          id: ID,
          name: 'held.csv',
          since: 1,
          dueAt: 2,
          due: true,
          holds: [{ on: 'case', name: 'C-A7-0001', reason: '诉讼保全', byFiling: false }],
          begun: null,
          cases: ['C-A7-0001'],
        },
      ],
    },
  });
  await screen.findByText('held.csv');
  expect(screen.getByRole('button', { name: 'Destroy…' })).toHaveProperty('disabled', true);
  expect(screen.getByText('legal hold on case C-A7-0001')).toBeTruthy();
  expect(screen.getByText(/诉讼保全/)).toBeTruthy();
});
