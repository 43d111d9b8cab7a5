import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stage } from '../../src/renderer/features/imports/stage.ts';
import { inspection, pageOf, source } from './builders.ts';
import { type Answers, Refusal, renderApp, uid } from './support.tsx';

const CONVERSATIONS = [
  {
    key: 'g1',
    name: '项目群',
    type: 'group' as const,
    messages: 90,
    firstAtText: null,
    lastAtText: null,
    selected: true,
  },
  {
    key: 'd1',
    name: '王某',
    type: 'direct' as const,
    messages: 10,
    firstAtText: null,
    lastAtText: null,
    selected: false,
  },
];

const answersFor = (change: Answers): Answers => ({
  'sources.list': () => [],
  'authorities.list': () => [],
  ...change,
});

const drag = (type: string, types: string[], files: File[] = []) => {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, { dataTransfer: { types, files } });
  window.dispatchEvent(event);
  return event;
};
const drop = (...names: string[]) =>
  drag(
    'drop',
    ['Files'],
    names.map((name) => new File(['x'], name)),
  );

beforeEach(() => {
  localStorage.clear();
  stage.clear();
});
afterEach(cleanup);

describe('import', () => {
  it('takes files from the first sign of them, and nothing else that is dragged', async () => {
    await renderApp({ at: '/imports', answers: answersFor({}) });
    await screen.findByRole('heading', { name: 'Imports' });
    for (const type of ['dragenter', 'dragover']) {
      expect(drag(type, ['Files']).defaultPrevented, type).toBe(true);
      expect(drag(type, ['text/plain']).defaultPrevented, type).toBe(false);
    }
  });

  it('shows what is in a dropped file, leaves direct chats out, asks for the zone, then imports', async () => {
    const { bridge } = await renderApp({
      at: '/imports',
      answers: answersFor({
        'sources.inspect': () => [inspection({ conversations: CONVERSATIONS, needsZone: true })],
        'sources.import': () => ({
          sources: [source()],
          already: [],
          refused: [],
          ignored: [],
          lists: [],
          cancelled: false,
        }),
      }),
    });
    await screen.findByRole('heading', { name: 'Imports' });
    drop('result.json');
    const group = await screen.findByRole('checkbox', { name: '项目群' });
    expect(group).toHaveProperty('checked', true);
    expect(screen.getByRole('checkbox', { name: '王某' })).toHaveProperty('checked', false);
    expect(screen.getByText('90 messages will be kept')).toBeTruthy();
    expect(screen.getByText('早')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Import 1 file' }));
    await waitFor(() => expect(bridge.of('sources.import')).toHaveLength(1));
    expect(bridge.of('sources.import')[0]).toMatchObject({
      files: [
        {
          path: '/dropped/result.json',
          format: 'telegram-json',
          zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          conversations: ['g1'],
        },
      ],
      authorityId: null,
    });
    expect(await screen.findByText('1 source imported')).toBeTruthy();
    expect(screen.getByText('20 messages, 2 skipped')).toBeTruthy();
  });

  it('cannot import a file of which nothing is ticked', async () => {
    await renderApp({
      at: '/imports',
      answers: answersFor({ 'sources.inspect': () => [inspection({ conversations: CONVERSATIONS })] }),
    });
    await screen.findByRole('heading', { name: 'Imports' });
    drop('result.json');
    fireEvent.click(await screen.findByRole('checkbox', { name: '项目群' }));
    expect(screen.getByRole('button', { name: /Import 0/ })).toHaveProperty('disabled', true);
  });

  it('one unreadable file stops no other', async () => {
    await renderApp({
      at: '/imports',
      answers: answersFor({
        'sources.inspect': ({ paths }) => {
          if (paths[0]?.endsWith('bad.bin')) throw new Refusal('file-unreadable', 'EACCES');
          return [inspection()];
        },
      }),
    });
    await screen.findByRole('heading', { name: 'Imports' });
    drop('bad.bin', 'result.json');
    expect(await screen.findByText('The file cannot be read')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Import 1 file' })).toHaveProperty('disabled', false);
  });

  it('names each refused file with why, and can keep what was read all the same', async () => {
    const { bridge } = await renderApp({
      at: '/imports',
      answers: answersFor({
        'sources.inspect': () => [inspection()],
        'sources.import': () => ({
          sources: [],
          already: [],
          refused: [{ path: '/dropped/result.json', code: 'nothing-kept', detail: '0 of 3 records' }],
          ignored: [],
          lists: [],
          cancelled: false,
        }),
      }),
    });
    await screen.findByRole('heading', { name: 'Imports' });
    drop('result.json');
    fireEvent.click(await screen.findByRole('button', { name: 'Import 1 file' }));
    expect(await screen.findByText('1 file was not imported')).toBeTruthy();
    expect(screen.getByText('The file held no record that could be kept')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /all the same/ }));
    await waitFor(() => expect(bridge.of('sources.import')).toHaveLength(2));
    expect(bridge.of('sources.import')[0]).not.toHaveProperty('minimumKept');
    expect(bridge.of('sources.import')[1]).toMatchObject({ minimumKept: 0 });
  });

  it('says that the same bytes are there already', async () => {
    await renderApp({
      at: '/imports',
      answers: answersFor({ 'sources.inspect': () => [inspection({ alreadyImported: uid(700) })] }),
    });
    await screen.findByRole('heading', { name: 'Imports' });
    drop('result.json');
    expect(await screen.findByText('This file is in the workspace already')).toBeTruthy();
  });
});

describe('a source', () => {
  const open = (change: Answers = {}, record = source()) =>
    renderApp({
      at: `/imports?source=${record.id}`,
      answers: answersFor({
        'sources.list': () => [record],
        'sources.ranges': (input) =>
          pageOf([{ kind: 'parsed', code: 'message', start: 0, end: 1000, line: 1, count: 20 }], input),
        ...change,
      }),
    });

  it('accounts for every byte, and says when it does not', async () => {
    await open();
    expect(await screen.findByText('equals file size')).toBeTruthy();
    cleanup();
    await open({}, source({ ledger: { parsedBytes: 900, skippedBytes: 60, ignoredBytes: 30 } }));
    expect(await screen.findByText('10 bytes open')).toBeTruthy();
  });

  it('shows each skipped record with its line, its reason in words and its bytes', async () => {
    await open({
      'sources.skips': (input) =>
        pageOf(
          [
            {
              code: 'bad-row',
              start: 640,
              end: 700,
              line: 7,
              count: 1,
              text: '1,"broken',
              hex: '312c',
              cut: false,
            },
          ],
          input,
        ),
    });
    fireEvent.click(await screen.findByRole('tab', { name: 'Skipped (2)' }));
    expect(await screen.findByText('Line 7')).toBeTruthy();
    expect(screen.getAllByText(/Columns or quotes of the row do not fit/).length).toBeGreaterThan(0);
    expect(screen.getByText('1,"broken')).toBeTruthy();
  });

  it('is excluded with a reason, and resumed where it was cut off', async () => {
    const record = source({ state: 'partial' });
    const { bridge } = await open(
      {
        'sources.exclude': () => ({ ...record, state: 'excluded' }),
        'sources.resume': () => ({
          sources: [record],
          already: [],
          refused: [],
          ignored: [],
          lists: [],
          cancelled: false,
        }),
      },
      record,
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Resume import' }));
    await waitFor(() => expect(bridge.of('sources.resume')[0]).toMatchObject({ sourceId: record.id }));
    fireEvent.click(screen.getByRole('button', { name: 'Exclude this source' }));
    const dialog = await screen.findByRole('dialog');
    fireEvent.change(within(dialog).getByLabelText('Reason'), { target: { value: 'wrong phone' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Exclude this source' }));
    await waitFor(() =>
      expect(bridge.of('sources.exclude')).toEqual([{ sourceId: record.id, reason: 'wrong phone' }]),
    );
  });
});
