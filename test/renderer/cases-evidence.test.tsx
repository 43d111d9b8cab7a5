import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { message } from './builders.ts';
import { caseDetail, exhibit } from './case-builders.ts';
import { CASE, openCase, type } from './open-case.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe('evidence', () => {
  it('shows custody, and takes an exhibit out with a reason', async () => {
    const { bridge } = await openCase(caseDetail(), 'evidence', {
      'evidence.removeExhibit': () => exhibit(),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Custody (1)' }));
    expect(screen.getByText(/Added as exhibit/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Take the exhibit out' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take exhibit E-A7-0001-01 out' });
    type(within(dialog).getByLabelText('Reason'), '与本案无关');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Confirm' }));
    await waitFor(() =>
      expect(bridge.of('evidence.removeExhibit')).toEqual([
        { exhibitId: exhibit().id, reason: '与本案无关' },
      ]),
    );
  });

  it('keeps a message as an exhibit; one that is kept is not offered again', async () => {
    const { bridge } = await openCase(caseDetail(), 'evidence', { 'evidence.addExhibit': () => exhibit() });
    fireEvent.click(await screen.findByRole('button', { name: 'Add a message' }));
    const found = await screen.findByRole('list', { name: 'Messages found' });
    expect(await within(found).findByRole('button', { name: 'Kept' })).toHaveProperty('disabled', true);
    fireEvent.click(within(found).getByRole('button', { name: 'Keep' }));
    await waitFor(() =>
      expect(bridge.of('evidence.addExhibit')).toEqual([
        { caseId: CASE, messageId: message(2).id, description: null, context: 20 },
      ]),
    );
  });

  it('names what a check of a pack finds', async () => {
    await openCase(caseDetail(), 'evidence', {
      'native.openFiles': () => ['/home/zhou/pack.zip'],
      'evidence.verify': () => ({
        ok: false,
        checks: [{ name: 'manifest', ok: false, detail: '12 files' }],
        failures: [{ file: 'data/messages.csv', reason: 'changed' }],
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Verify a pack file' }));
    const dialog = await screen.findByRole('dialog', { name: 'Check of an evidence pack' });
    expect(within(dialog).getByText('The pack is not as it was signed: 1 finding.')).toBeTruthy();
    expect(within(dialog).getByText('data/messages.csv')).toBeTruthy();
    expect(within(dialog).getByText('was changed')).toBeTruthy();
  });
});
