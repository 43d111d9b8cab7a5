import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceStatus } from '../../src/core/domain/workspace.ts';
import { dashboard } from './builders.ts';
import { OPEN, Refusal, renderApp, uid } from './support.tsx';

const MISSING: WorkspaceStatus = {
  ...OPEN,
  state: 'missing',
  workspaceId: null,
  prefix: null,
  profile: null,
  officers: [],
  officer: null,
  auditHead: null,
};
const LOCKED: WorkspaceStatus = {
  ...OPEN,
  state: 'locked',
  officer: null,
  auditHead: null,
  officers: [
    { id: uid(2), name: '周敏' },
    { id: uid(3), name: '林岚' },
  ],
};
const DASHBOARD = { 'statistics.dashboard': () => dashboard() };

const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label, { selector: 'input' }), { target: { value } });

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('first start', () => {
  const create = () => ({ status: OPEN, recoveryKey: 'ABCD-EFGH-JKLM' });

  it('makes a workspace, shows the recovery key once, and goes on only when it is kept', async () => {
    const { bridge } = await renderApp({
      answers: {
        'workspace.status': () => MISSING,
        'workspace.create': () => {
          // The host tells everybody at once; the key must still be shown.
          bridge.emit({ type: 'workspace.status', status: OPEN });
          return create();
        },
        ...DASHBOARD,
      },
    });
    fireEvent.click(await screen.findByRole('radio', { name: /Employer/ }));
    type(/Officer's name/, '周敏');
    type(/^Passphrase$/, 'three old lamps');
    type(/Passphrase again/, 'three old lamps');
    fireEvent.click(screen.getByRole('button', { name: 'Create workspace' }));
    expect((await screen.findByTestId('recovery-key')).textContent).toBe('ABCD-EFGH-JKLM');
    expect(bridge.of('workspace.create')).toEqual([
      { profile: 'employer', officerName: '周敏', passphrase: 'three old lamps' },
    ]);
    const enter = screen.getByRole('button', { name: 'Enter the workspace' });
    expect(enter).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('checkbox', { name: /safe place/ }));
    fireEvent.click(enter);
    expect(await screen.findByRole('heading', { name: 'Dashboard' })).toBeTruthy();
    expect(screen.queryByText('ABCD-EFGH-JKLM')).toBeNull();
  });

  it('names the eyes of both passphrases in the language of the window', async () => {
    await renderApp({ answers: { 'workspace.status': () => MISSING } });
    await screen.findByText('Create your workspace');
    expect(screen.getAllByRole('button', { name: 'Show or hide what is typed' })).toHaveLength(2);
  });

  it('refuses what is missing, short or mistyped before anything is sent', async () => {
    const { bridge } = await renderApp({ answers: { 'workspace.status': () => MISSING } });
    await screen.findByText('Create your workspace');
    type(/^Passphrase$/, 'short');
    type(/Passphrase again/, 'other');
    fireEvent.click(screen.getByRole('button', { name: 'Create workspace' }));
    expect(await screen.findByText('At least 8 characters')).toBeTruthy();
    expect(screen.getByText('This is needed')).toBeTruthy();
    expect(screen.getByText(/Choose one/)).toBeTruthy();
    type(/^Passphrase$/, 'long enough now');
    type(/Passphrase again/, 'long enough not');
    fireEvent.click(screen.getByRole('radio', { name: /Platform/ }));
    type(/Officer's name/, '周敏');
    fireEvent.click(screen.getByRole('button', { name: 'Create workspace' }));
    expect(await screen.findByText('The two are not the same')).toBeTruthy();
    expect(bridge.of('workspace.create')).toEqual([]);
  });

  it('opens the sample and names both passphrases before entering', async () => {
    const { bridge } = await renderApp({
      answers: {
        'workspace.status': () => MISSING,
        'workspace.openSample': () => {
          const status = { ...OPEN, sample: true };
          bridge.emit({ type: 'workspace.status', status });
          return { status, passphrases: { 周敏: 'sample one', 林岚: 'sample two' } };
        },
        'workspace.leaveSample': () => MISSING,
        ...DASHBOARD,
      },
    });
    fireEvent.click(await screen.findByRole('button', { name: /sample workspace/ }));
    expect(await screen.findByText('sample two')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /Enter the sample/ }));
    expect(await screen.findByText(/people, firms and chats are made up/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Leave sample' }));
    expect(await screen.findByText('Create your workspace')).toBeTruthy();
    expect(bridge.of('workspace.leaveSample')).toHaveLength(1);
  });
});

describe('a locked workspace', () => {
  it('opens for the chosen officer; a wrong passphrase says what was kept and what to do', async () => {
    let tries = 0;
    const { bridge } = await renderApp({
      answers: {
        'workspace.status': () => LOCKED,
        'workspace.unlock': () => {
          tries += 1;
          if (tries === 1) throw new Refusal('wrong-key');
          return OPEN;
        },
        ...DASHBOARD,
      },
    });
    await screen.findByText('Unlock the workspace');
    type(/^Passphrase$/, 'not it');
    fireEvent.click(screen.getByRole('button', { name: 'Unlock' }));
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText(/data is intact/)).toBeTruthy();
    expect(within(alert).getByText(/use the recovery key/)).toBeTruthy();
    type(/^Passphrase$/, 'three old lamps');
    fireEvent.click(screen.getByRole('button', { name: 'Unlock' }));
    expect(await screen.findByRole('heading', { name: 'Dashboard' })).toBeTruthy();
    expect(bridge.of('workspace.unlock')).toEqual([
      { officerId: uid(2), passphrase: 'not it' },
      { officerId: uid(2), passphrase: 'three old lamps' },
    ]);
  });

  it('resets a passphrase with the recovery key', async () => {
    const { bridge } = await renderApp({
      answers: { 'workspace.status': () => LOCKED, 'workspace.recover': () => OPEN, ...DASHBOARD },
    });
    fireEvent.click(await screen.findByRole('button', { name: /recovery key/ }));
    type(/Recovery key/, ' ABCD-EFGH ');
    type(/^Passphrase$/, 'a new long one');
    type(/Passphrase again/, 'a new long one');
    fireEvent.click(screen.getByRole('button', { name: 'Reset and unlock' }));
    await screen.findByRole('heading', { name: 'Dashboard' });
    expect(bridge.of('workspace.recover')).toEqual([
      { recoveryKey: 'ABCD-EFGH', officerId: uid(2), newPassphrase: 'a new long one' },
    ]);
  });

  it('a lock from anywhere takes the screens away', async () => {
    const { bridge } = await renderApp({ answers: DASHBOARD });
    await screen.findByText('Hits to review');
    bridge.emit({ type: 'workspace.status', status: LOCKED });
    expect(await screen.findByText('Unlock the workspace')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText('Hits to review')).toBeNull());
  });

  it.each(['workspace-newer', 'workspace-in-use', 'workspace-damaged'] as const)(
    '%s has its own words and can be tried again',
    async (code) => {
      const { bridge } = await renderApp({
        answers: {
          'workspace.status': () => {
            throw new Refusal(code);
          },
        },
      });
      expect((await screen.findByRole('alert')).textContent).not.toContain('The program made an error');
      fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
      await waitFor(() => expect(bridge.of('workspace.status')).toHaveLength(2));
    },
  );
});
