// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PackPlan, PackPreviewRow } from '../../src/core/domain/pack.ts';
import { caseDetail, exhibit, ME, SECOND } from './case-builders.ts';
import { CASE, pick, type } from './open-case.tsx';
import { type Answers, renderApp, sha, uid } from './support.tsx';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const plan = (change: Partial<PackPlan> = {}): PackPlan => ({
  exhibits: [
    {
      id: exhibit().id,
      number: 'E-A7-0001-01',
      description: '',
      messages: 41,
      trimmed: false,
      isPeriod: false,
    },
  ],
  rows: 41,
  messages: 41,
  attachments: {
    named: 2,
    included: 1,
    missing: 1,
    withheld: 0,
    quarantined: 0,
    notChosen: 0,
    bytes: 1024,
  },
  redactions: 0,
  bystanders: [{ accountId: uid(9), name: '李娜', messages: 7 }],
  needsApproval: false,
  originals: { sources: [], files: 0, bytes: 0, reasons: [], refused: [], closed: 0 },
  formats: ['html', 'csv', 'xlsx', 'docx', 'pdf'],
  leftOut: [],
  bytes: 1_000_000,
  ...change,
});

const row = (change: Partial<PackPreviewRow> = {}): PackPreviewRow => ({
  messageId: uid(21),
  conversation: '销售群',
  isSubject: true,
  sender: '张伟',
  sentAt: Date.UTC(2026, 0, 5),
  sentAtText: '',
  kind: 'text',
  text: '我的号码是一三八，记住一三八',
  shown: '我的号码是一三八，记住一三八',
  withheld: [],
  attachments: [],
  redactions: [],
  ...change,
});

const WRITTEN = {
  file: '/home/zhou/C-A7-0001-court.zip',
  sha256: sha('1'),
  root: sha('2'),
  exhibits: 1,
  messages: 41,
  bytes: 90_000,
  leftOut: [{ part: 'pdf', reason: 'no-renderer' }],
};

function open(answers: Answers = {}) {
  return renderApp({
    at: `/cases/${CASE}/pack`,
    answers: {
      'officers.list': () => [ME, SECOND],
      'cases.get': () => caseDetail(),
      'evidence.plan': () => plan(),
      'evidence.preview': () => ({ rows: [row()], total: 1 }),
      ...answers,
    },
  });
}

describe('the pack builder', () => {
  it('builds what was chosen where the officer says, and shows digest, root and what was left out', async () => {
    const { bridge } = await open({
      'native.saveFile': () => WRITTEN.file,
      'evidence.export': () => WRITTEN,
    });
    await pick(await screen.findByRole('combobox', { name: 'For' }), 'Court');
    type(screen.getByLabelText('Recipient'), '某区人民法院');
    type(screen.getByLabelText('What E-A7-0001-01 is to prove'), '张伟售假');
    fireEvent.click(screen.getByRole('checkbox', { name: 'CSV' }));
    await waitFor(() => expect(screen.getByText(/^about /)).toBeTruthy());
    fireEvent.click(screen.getByRole('button', { name: 'Build and save' }));
    const dialog = await screen.findByRole('dialog', { name: 'Evidence pack of C-A7-0001' });
    await within(dialog).findByText('The evidence pack is written and signed');
    expect(bridge.of('evidence.export')[0]).toMatchObject({
      caseId: CASE,
      profile: 'court',
      file: WRITTEN.file,
      recipient: '某区人民法院',
      exhibitIds: [exhibit().id],
      aliases: true,
      attachments: 'all',
      formats: ['html', 'xlsx', 'docx', 'pdf'],
      proves: [{ exhibitId: exhibit().id, text: '张伟售假' }],
      watermark: true,
    });
    for (const text of [sha('1'), sha('2'), 'PDF pages: nothing here draws pages; the window does'])
      expect(within(dialog).getByText(text)).toBeTruthy();
  });

  it('asks for a second officer where bystanders are named', async () => {
    const { bridge } = await open({
      'evidence.plan': () => plan({ needsApproval: true }),
      'native.saveFile': () => WRITTEN.file,
      'evidence.export': () => WRITTEN,
    });
    const build = await screen.findByRole('button', { name: 'Build and save' });
    await screen.findByRole('combobox', { name: 'Second officer' });
    fireEvent.click(build);
    expect(bridge.of('native.saveFile')).toHaveLength(0);
    await pick(screen.getByRole('combobox', { name: 'Second officer' }), '陆怀瑾 · Manager');
    type(screen.getByLabelText('Their passphrase'), 'own words');
    fireEvent.click(build);
    await waitFor(() =>
      expect(bridge.of('evidence.export')[0]).toMatchObject({
        approval: { officerId: SECOND.id, passphrase: 'own words' },
      }),
    );
  });

  it('says what whole source files show beyond the pack, and asks a second officer', async () => {
    const { bridge } = await open({
      'evidence.plan': ({ originals }) =>
        plan(
          originals === 'whole'
            ? {
                originals: {
                  sources: [
                    {
                      id: '01a20000-0000-7000-8000-0000000000aa',
                      file: 'chat.csv',
                      bytes: 4096,
                      originals: 'whole',
                    },
                  ],
                  files: 1,
                  bytes: 4096,
                  reasons: [
                    { reason: 'bystanders', count: 12 },
                    { reason: 'not-shown', count: 1 },
                  ],
                  refused: [],
                  closed: 0,
                },
              }
            : {},
        ),
    });
    await pick(await screen.findByRole('combobox', { name: 'In the pack' }), 'The whole files, as imported');
    await screen.findByText('They hold 12 messages of bystanders, under their names.');
    await screen.findByText('They hold 1 message that the pack does not show.');
    await screen.findByText('Approves that source files go along.');
    expect(bridge.of('evidence.plan').at(-1)).toMatchObject({ originals: 'whole' });
  });

  it('builds nothing where a whole file would show what the pack withholds', async () => {
    await open({
      'evidence.plan': () =>
        plan({
          originals: {
            sources: [
              {
                id: '01a20000-0000-7000-8000-0000000000aa',
                file: 'chat.csv',
                bytes: 4096,
                originals: 'whole',
              },
            ],
            files: 1,
            bytes: 4096,
            reasons: [],
            refused: [{ reason: 'withheld', file: 'chat.csv' }],
            closed: 0,
          },
        }),
    });
    await pick(await screen.findByRole('combobox', { name: 'In the pack' }), 'The whole files, as imported');
    await screen.findByText(/^chat\.csv: the pack withholds something/);
    const build = screen.getByRole('button', { name: 'Build and save' });
    expect((build as HTMLButtonElement).disabled).toBe(true);
  });

  it('withholds every place of some words, with a reason, and shows the originals struck through', async () => {
    const { bridge } = await open({
      'evidence.preview': () => ({
        rows: [row({ shown: '我的号码是███，记住███', withheld: ['text'] })],
        total: 1,
      }),
      'evidence.redact': () => ({
        id: uid(31),
        messageId: uid(21),
        part: 'text' as const,
        spans: null,
        reason: '',
        officer: ME.name,
        at: 0,
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Withhold from packs' }));
    const dialog = await screen.findByRole('dialog', { name: 'Withhold from packs' });
    type(within(dialog).getByLabelText(/^Words/), '一三八');
    type(within(dialog).getByLabelText(/^Reason, shown/), '电话号码');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Withhold' }));
    await waitFor(() =>
      expect(bridge.of('evidence.redact')).toEqual([
        {
          caseId: CASE,
          messageId: uid(21),
          part: 'text',
          spans: [
            { start: 5, end: 8 },
            { start: 11, end: 14 },
          ],
          reason: '电话号码',
        },
      ]),
    );
  });
});
