// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DetectionRun } from '../../src/core/domain/hit.ts';
import { dashboard } from './builders.ts';
import { renderApp, uid } from './support.tsx';

afterEach(cleanup);

const RUN: DetectionRun = {
  id: uid(30),
  state: 'running',
  packs: [],
  engineVersion: '7',
  startedAt: 1_740_000_000_000,
  finishedAt: null,
  messages: 4000,
  hits: 3,
  added: 3,
  byCategory: {},
  seconds: 1,
  messagesPerSecond: 4000,
  officer: '周敏',
};

describe('a detection run', () => {
  it('has its row while it goes on, though the host tells of it only at its end', async () => {
    let started = false;
    await renderApp({
      at: '/detection',
      answers: {
        'statistics.dashboard': () => dashboard(),
        'rules.packs': () => [],
        'detection.runs': () => (started ? [RUN] : []),
        'detection.start': () => {
          started = true;
          return new Promise(() => {});
        },
      },
    });
    fireEvent.click((await screen.findAllByRole('button', { name: 'Run detection' }))[0] as HTMLElement);
    const grid = await screen.findByRole('grid', { name: 'Detection' });
    expect(await within(grid).findByText('Running')).toBeTruthy();
    expect(within(grid).getByText('4,000')).toBeTruthy();
  });
});
