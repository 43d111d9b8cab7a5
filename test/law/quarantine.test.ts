import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { getCase, openCase } from '../../src/core/app/cases/cases.ts';
import {
  listQuarantine,
  openQuarantined,
  releaseQuarantined,
  setQuarantine,
} from '../../src/core/app/cases/quarantine.ts';
import { dutyDetail } from '../../src/core/app/duties/duty-form.ts';
import { markHit } from '../../src/core/app/duties/duty-marks.ts';
import { enterFigure, readMeters, withdrawFigure } from '../../src/core/app/duties/meter.ts';
import { exportPack } from '../../src/core/app/evidence/evidence.ts';
import { MeterView } from '../../src/core/domain/meter.ts';
import { QuarantineEntry } from '../../src/core/domain/quarantine.ts';
import { listHits } from '../../src/core/storage/detection/hit-listing.ts';
import { exhibitRows } from '../../src/core/storage/evidence/exhibits.ts';
import { messageLabel } from '../../src/core/storage/messages/message-labels.ts';
import { messageContext, messageRowId, searchMessages } from '../../src/core/storage/messages/messages.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const SECRET = '绝密材料正文';
let w: CaseWorkspace;
afterEach(() => w.close());

function start() {
  w = caseWorkspace({ profile: 'platform' });
  const messages = w.tell([
    { by: '张伟', text: '早' },
    { by: '张伟', text: SECRET },
    { by: '李娜', text: '收到' },
    // Far enough apart for another exhibit not to show it as context.
    ...Array.from({ length: 60 }, (_, i) => ({ by: '李娜', text: `闲谈${i}` })),
  ]);
  const hitIds = w.find([
    { on: 1, category: 'state-secrets' },
    { on: 62, category: 'gambling' },
  ]);
  w.confirm(hitIds);
  const { summary } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, hitIds, messageId: messages[1] ?? '', messages };
}
const db = () => w.session.workspace.store.db;
const set = (messageId: string) =>
  setQuarantine(w.session, { messageIds: [messageId], reason: 'state-secret', note: '' });
const entry = () => listQuarantine(w.session)[0] as QuarantineEntry;
const second = () => ({ approverId: w.second.id, passphrase: SECOND_PASSPHRASE });

describe('quarantined content', () => {
  it('leaves every view: lists, context, hits, the case page and the report form', async () => {
    const { caseId, messageId, messages } = start();
    expect(set(messageId)).toEqual({ added: 1 });
    expect(set(messageId)).toEqual({ added: 0 });
    const found = await searchMessages(db(), { text: '绝密' }, true, null, 10, async () => {});
    expect(found).toMatchObject({ rows: [], total: 0 });
    const around = messageContext(db(), messageRowId(db(), messages[0] ?? ''), 5, 5);
    expect(around.messages.map(({ text }) => text)).not.toContain(SECRET);
    expect(messageLabel(db(), messageRowId(db(), messageId))?.text).toBe('');
    const itself = messageContext(db(), messageRowId(db(), messageId), 0, 0).messages[0];
    expect(itself).toMatchObject({ text: '', attachments: [], flags: ['quarantined'] });
    const hits = await listHits(
      w.desk.reading,
      {},
      { by: 'sentAt', descending: false },
      null,
      10,
      async () => undefined,
    );
    expect(hits.rows.map(({ category }) => category)).toEqual(['gambling']);
    const detail = getCase(w.desk, { caseId });
    expect(JSON.stringify(detail)).not.toContain(SECRET.slice(0, 2));
    const report = detail.duties.find(({ kind, route }) => kind === 'report' && route === 'state-secrets');
    expect(dutyDetail(w.desk, report?.id ?? '').form?.items).toMatchObject([{ text: null }]);
  });

  it('keeps digest and place, and says who put it there and why', () => {
    const { messageId } = start();
    set(messageId);
    expect(QuarantineEntry.parse(entry())).toMatchObject({
      messageId,
      reason: 'state-secret',
      officer: '陈静',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      locator: { line: 2 },
      released: null,
    });
    expect(JSON.stringify(listQuarantine(w.session))).not.toContain('绝密');
  });

  it('takes the exhibits that show it out of packs; records stay saved', async () => {
    const { caseId, messageId } = start();
    const count = () => exhibitRows(db(), caseId).length;
    const before = count();
    set(messageId);
    expect(count()).toBeLessThan(before);
    expect(getCase(w.desk, { caseId }).duties.find(({ kind }) => kind === 'records')?.state).toBe('closed');
    const pack = join(w.folder, 'pack.zip');
    const made = await exportPack(w.desk, {
      jobId: 'j',
      caseId,
      profile: 'internal',
      file: pack,
      recipient: '',
      purpose: '',
    } as Parameters<typeof exportPack>[1]);
    expect(made.exhibits).toBe(count());
    expect(w.brokenSeals()).toEqual([]);
  });

  it('is opened for a purpose before a second officer only, and every opening is an event', () => {
    const { messageId } = start();
    set(messageId);
    const open = (approverId: string, passphrase: string) =>
      openQuarantined(w.session, { quarantineId: entry().id, purpose: '核对密级', approverId, passphrase });
    expect(() => open(w.session.officer.id, SECOND_PASSPHRASE)).toThrow(failing('second-officer-required'));
    expect(() => open(w.second.id, 'a guess')).toThrow(failing('wrong-key'));
    expect(open(w.second.id, SECOND_PASSPHRASE)).toEqual({ text: SECRET, parts: [], attachments: [] });
    const events = db().prepare("SELECT after FROM events WHERE type = 'quarantine.opened'").all() as {
      after: string;
    }[];
    expect(events.map(({ after }) => JSON.parse(after))).toEqual([
      { purpose: '核对密级', approver: w.second.id },
    ]);
  });

  it('comes back whole when it is released', async () => {
    const { caseId, messageId } = start();
    const before = exhibitRows(db(), caseId).length;
    set(messageId);
    const released = releaseQuarantined(w.session, {
      quarantineId: entry().id,
      reason: '鉴定非密',
      ...second(),
    });
    expect(released.released).toMatchObject({ reason: '鉴定非密', approver: '林岚' });
    expect(exhibitRows(db(), caseId)).toHaveLength(before);
    const found = await searchMessages(db(), { text: '绝密' }, true, null, 10, async () => {});
    expect(found.total).toBe(1);
    expect(() =>
      openQuarantined(w.session, { quarantineId: released.id, purpose: '看', ...second() }),
    ).toThrow(failing('conflict'));
  });
});

describe('meters in a workspace', () => {
  it('count confirmed messages of a person, a group and a case', () => {
    const { caseId } = start();
    const person = { type: 'person' as const, id: w.accountId('李娜') };
    const [meter] = readMeters(w.session, { subject: person, all: false });
    expect(MeterView.parse(meter)).toMatchObject({ id: 'illegal-network-use', items: 1, undecided: 0 });
    expect(meter?.readings[0]?.counters.find(({ id }) => id === 'accounts-sent')).toMatchObject({
      value: 2,
      missing: ['members-unlisted'],
    });
    for (const subject of [
      { type: 'group' as const, id: w.conversationId() },
      { type: 'case' as const, id: caseId },
    ])
      expect(readMeters(w.session, { subject, all: false })[0]?.items, subject.type).toBe(1);
    expect(readMeters(w.session, { subject: person, all: true }).length).toBeGreaterThan(3);
    expect(() => readMeters(w.session, { subject: { type: 'case', id: w.second.id }, all: false })).toThrow(
      failing('not-found'),
    );
  });

  it('take figures with their source, and give them back', () => {
    start();
    const subject = { type: 'person' as const, id: w.accountId('李娜') };
    const enter = (counter: string, meter = 'illegal-network-use') =>
      enterFigure(w.session, {
        subject,
        meter,
        counter,
        variant: 'all',
        value: 10_000,
        day: '2026-02-20',
        source: '银行流水',
      });
    const view = enter('proceeds').find(({ id }) => id === 'illegal-network-use');
    expect(view?.readings[0]).toMatchObject({ state: 'reached' });
    expect(view?.figures).toMatchObject([{ counter: 'proceeds', source: '银行流水', officer: '陈静' }]);
    const after = withdrawFigure(w.session, { subject, figureId: view?.figures[0]?.id ?? '' });
    expect(after.find(({ id }) => id === 'illegal-network-use')?.readings[0]?.state).not.toBe('reached');
    expect(() => enter('nothing')).toThrow(failing('invalid-input'));
    expect(() => enter('proceeds', 'nothing')).toThrow(failing('not-found'));
    expect(w.brokenSeals()).toEqual([]);
  });

  it('count content with children under fourteen by its own reading once an officer says so', () => {
    w = caseWorkspace({ profile: 'platform' });
    w.tell([{ by: '张伟', text: '图' }]);
    const [hit = ''] = w.find([{ on: 0, category: 'pornography' }]);
    w.confirm([hit]);
    const subject = { type: 'person' as const, id: w.accountId('张伟') };
    const variants = () =>
      readMeters(w.session, { subject, all: false })
        .find(({ id }) => id === 'obscene-for-profit')
        ?.readings.map(({ variant }) => variant.id);
    expect(variants()).toEqual(['all']);
    markHit(w.desk, { hitId: hit, mark: 'under-14', on: true, reason: '户籍资料' });
    expect(variants()).toEqual(['all', 'under-14']);
  });
});
