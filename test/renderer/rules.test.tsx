// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { PackDraft } from '../../src/core/domain/backtest.ts';
import type { RuleSummary } from '../../src/core/domain/hit.ts';
import { type Answers, renderApp, sha } from './support.tsx';

afterEach(cleanup);

const TITLE = { zh: '广告', en: 'Adverts' };
const TEXT = JSON.stringify({
  id: 'own',
  version: '1.0.0',
  title: TITLE,
  rules: [{ id: 'r1', category: 'marketing-spam', title: TITLE, match: { terms: ['加微信'] } }],
});
const draft = (text: string): PackDraft => ({
  pack: 'own',
  version: '1.0.0',
  text,
  sha256: sha('c'),
  problems: [],
  shadow: false,
  updatedAt: 0,
  officer: '周敏',
  backtest: null,
  needsApproval: false,
});

const rule = (change: Partial<RuleSummary>): RuleSummary => ({
  pack: 'own',
  packVersion: '1.0.0',
  id: 'r1',
  title: TITLE,
  category: 'marketing-spam',
  tier: 'harmful',
  severity: 3,
  status: 'hit',
  basis: [],
  examples: { hit: [], clean: [] },
  match: { terms: ['加微信'] },
  hits: 0,
  confirmed: 0,
  dismissed: 0,
  ...change,
});

describe('a draft', () => {
  const editor = async () => {
    const answers: Answers = {
      'rules.drafts': () => [draft(TEXT)],
      'rules.packs': () => [],
      'officers.list': () => [],
      'rules.check': () => ({ problems: [] }) as never,
      'rules.saveDraft': ({ text }) => draft(text),
    };
    const { bridge } = await renderApp({ at: '/rules?tab=drafts', answers });
    fireEvent.click(await screen.findByRole('radio', { name: 'JSON' }));
    return { bridge, field: await screen.findByRole('textbox', { name: 'JSON' }) };
  };
  const press = (field: HTMLElement) => fireEvent.keyDown(field, { key: 's', code: 'KeyS', ctrlKey: true });

  it('is kept by Ctrl S while it is being typed, and not again unchanged', async () => {
    const { bridge, field } = await editor();
    press(field);
    expect(bridge.of('rules.saveDraft')).toEqual([]);
    fireEvent.change(field, { target: { value: `${TEXT}\n` } });
    press(field);
    await waitFor(() => expect(bridge.of('rules.saveDraft')).toEqual([{ text: `${TEXT}\n` }]));
  });

  it('says why it cannot be backtested yet', async () => {
    const { field } = await editor();
    const backtest = screen.getByRole('button', { name: 'Backtest' }) as HTMLButtonElement;
    expect(backtest.disabled).toBe(false);
    fireEvent.change(field, { target: { value: `${TEXT}\n` } });
    expect(backtest.disabled).toBe(true);
    expect(backtest.title).toBe('Save the draft first');
  });
});

describe('the conditions of a rule', () => {
  it('stand in words, one a line; what has none stands as it is written', async () => {
    const when = {
      act: ['own-post', 'forward'],
      conversationType: ['group'],
      sender: { role: ['owner'], fields: { department: ['sales'] } },
      conversation: { minMembers: 100, nameHas: ['拼车'] },
      time: { between: ['22:00', '06:00'], days: ['sat', 'sun'] },
      later: 1,
    };
    await renderApp({ at: '/rules?rule=own/r1', answers: { 'rules.list': () => [rule({ when })] } });
    const panel = await screen.findByRole('complementary');
    const list = (await within(panel).findByText('Only where')).nextElementSibling as HTMLElement;
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'What is done: Own words and Forwarded',
      'Conversation: Group',
      'The sender is there: Owner',
      'department: sales',
      'At least 100 members',
      'The name of the conversation has: 拼车',
      'Sent between 22:00–06:00',
      'Sent on Sat and Sun',
      'later: 1',
    ]);
  });
});
