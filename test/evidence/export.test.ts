import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeCase, getCase, openCase, updateCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { setQuarantine } from '../../src/core/app/cases/quarantine.ts';
import { addDutyStep, fileDuty } from '../../src/core/app/duties/duty-filing.ts';
import { recordCustody } from '../../src/core/app/evidence/custody.ts';
import { exportPack, verifyEvidence } from '../../src/core/app/evidence/evidence.ts';
import { addExhibit, removeExhibit } from '../../src/core/app/evidence/exhibits.ts';
import { PackResult, VerifyResult } from '../../src/core/domain/case.ts';
import { all } from '../../src/core/storage/database.ts';
import { replaceKeyPair } from '../../src/core/storage/officers.ts';
import {
  type CaseWorkspace,
  caseWorkspace,
  SECOND_PASSPHRASE,
  START,
  tamper,
} from '../builders/case-workspace.ts';
import { unpack } from '../builders/evidence-tamper.ts';

let w: CaseWorkspace;
let out: string;
beforeEach(() => {
  w = caseWorkspace({ profile: 'platform' });
  out = mkdtempSync(join(tmpdir(), 'docket-pack-'));
});
afterEach(() => {
  w.close();
  rmSync(out, { recursive: true, force: true });
});

const target = () => join(out, 'pack.zip');

/** 300 messages of two people; 张伟 sells at the 100th and the 130th. */
function sellerCase() {
  const messages = w.tell(
    Array.from({ length: 300 }, (_, i) => ({ by: i % 3 ? '李娜' : '张伟', text: `第${i}条：出货吗` })),
  );
  const hitIds = w.find([
    { on: 99, category: 'drugs', transforms: ['width'] },
    { on: 129, category: 'gambling' },
    // Somebody else's finding in the context belongs to no case and must not show.
    { on: 100, category: 'abuse' },
  ]);
  const own = hitIds.slice(0, 2);
  w.confirm(own);
  const { summary, parties, duties } = openCase(w.desk, { hitIds: own });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '', duties, messages };
}

const request = (caseId: string) => ({
  jobId: 'job',
  caseId,
  profile: 'police' as const,
  file: target(),
  recipient: '市公安局网安支队',
  purpose: '案件移送',
  aliases: false,
});

async function json(path: string): Promise<Record<string, unknown>> {
  const { files } = await unpack(target());
  return JSON.parse(files.get(path)?.toString('utf8') ?? '') as Record<string, unknown>;
}

async function verified(fingerprint?: string): Promise<VerifyResult> {
  return VerifyResult.parse(
    await verifyEvidence({ file: target(), ...(fingerprint ? { fingerprint } : {}) }),
  );
}

describe('a message in quarantine', () => {
  it('is no exhibit, and no context of one', () => {
    const of = sellerCase();
    const [hidden, near] = [of.messages[250] ?? '', of.messages[252] ?? ''];
    setQuarantine(w.session, { messageIds: [hidden], reason: 'state-secret', note: '' });
    const input = { caseId: of.caseId, description: null };
    expect(() => addExhibit(w.desk, { ...input, messageId: hidden, context: 5 })).toThrow(
      'no complete source',
    );
    // Five on either side of the subject, without the one that is hidden: the next further one comes in.
    expect(addExhibit(w.desk, { ...input, messageId: near, context: 5 }).messages).toBe(11);
    const shown = all<{ uid: string }>(
      w.session.workspace.store.db,
      `SELECT m.ordinal AS uid FROM exhibit_messages e JOIN messages m ON m.id = e.message_id
       JOIN exhibits x ON x.id = e.exhibit_id WHERE x.position = 3`,
    );
    expect(shown.map(({ uid }) => uid)).not.toContain(250);
  });
});

describe('custody', () => {
  it('holds who had an exhibit in hand, and every later pack shows it', async () => {
    const of = sellerCase();
    const { exhibits } = getCase(w.desk, { caseId: of.caseId });
    const exhibitIds = exhibits.map(({ id }) => id);
    const shown = recordCustody(w.desk, {
      exhibitIds,
      action: 'handed-over',
      person: '网安支队 李警官',
      purpose: '送检',
    });
    recordCustody(w.desk, { exhibitIds, action: 'returned', person: '', purpose: '检毕' });
    expect(shown[0]?.custody.at(-1)).toMatchObject({
      action: 'handed-over',
      purpose: '网安支队 李警官 · 送检',
    });
    await exportPack(w.desk, request(of.caseId));
    const { custody } = (await json('data/custody.json')) as { custody: { action: string }[] };
    expect(custody.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['imported', 'added', 'handed-over', 'returned']),
    );
    expect((await verified()).failures).toEqual([]);
    expect(w.brokenSeals()).toEqual([]);
  });
});

describe('the list of evidence', () => {
  it('is in the pack as DOCX, and as PDF where something draws pages', async () => {
    const of = sellerCase();
    const drawn: string[] = [];
    const printPage = async (html: string) => {
      drawn.push(html);
      return Buffer.from('%PDF');
    };
    const result = await exportPack({ ...w.desk, printPage }, request(of.caseId));
    expect(result.leftOut).toEqual([{ part: 'proceedings', reason: 'not-for-profile' }]);
    const { files } = await unpack(target());
    expect(files.get('data/filing-01.pdf')?.toString()).toBe('%PDF');
    for (const name of ['evidence-list', 'messages'])
      expect(files.get(`data/${name}.docx`)?.subarray(0, 2).toString()).toBe('PK');
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toContain('移送材料清单');
    expect(drawn[0]).toContain(w.session.officer.fingerprint);
    expect((await verified()).failures).toEqual([]);
  });
});

describe('an exported pack', () => {
  it('is accepted by a stranger who has the fingerprint, and rejected with one byte changed', async () => {
    const of = sellerCase();
    const progress: [number, number][] = [];
    const result = await exportPack(w.desk, request(of.caseId), { progress: (...at) => progress.push(at) });
    expect(PackResult.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      file: target(),
      exhibits: 2,
      messages: 71,
      leftOut: [
        { part: 'pdf', reason: 'no-renderer' },
        { part: 'proceedings', reason: 'not-for-profile' },
      ],
    });
    expect(progress.at(-1)).toEqual([9 * 82, 9 * 82]);
    const good = await verified(w.session.officer.fingerprint);
    expect(good.failures).toEqual([]);
    expect(good.ok).toBe(true);
    const bytes = readFileSync(target());
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(target(), bytes);
    expect((await verified(w.session.officer.fingerprint)).ok).toBe(false);
  });

  it('says how the selection stands to the whole, and shows no other finding', async () => {
    const of = sellerCase();
    await exportPack(w.desk, request(of.caseId));
    // Messages 80 to 150 of 300 lie between the first and the last shown.
    expect((await json('data/completeness.json')).conversations).toMatchObject([
      {
        name: '项目群',
        total: 300,
        inPeriod: 71,
        selected: 2,
        context: 69,
        leftOut: [{ reason: 'not-selected', count: 0 }],
      },
    ]);
    const { files } = await unpack(target());
    const rows = (files.get('data/messages.ndjson')?.toString('utf8') ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { role: string; hits: { category: string }[]; exhibit: string });
    expect(rows).toHaveLength(82);
    expect(rows.filter(({ role }) => role === 'subject')).toHaveLength(2);
    expect(rows.flatMap(({ hits }) => hits.map(({ category }) => category)).sort()).toEqual([
      'drugs',
      'gambling',
    ]);
  });

  it('counts what lies between two far exhibits as not selected', async () => {
    const of = sellerCase();
    await addExhibit(w.desk, { caseId: of.caseId, messageId: of.messages[250] ?? '', context: 0 });
    await exportPack(w.desk, request(of.caseId));
    expect((await json('data/completeness.json')).conversations).toMatchObject([
      { selected: 3, context: 69, inPeriod: 172, leftOut: [{ reason: 'not-selected', count: 100 }] },
    ]);
    expect((await verified()).failures).toEqual([]);
  });

  it('carries both signatures of a decision, also after an officer began a new key', async () => {
    const of = sellerCase();
    const decision = recordDecision(w.desk, {
      caseId: of.caseId,
      partyId: of.partyId,
      measure: 'account-closed',
      deviationReason: '多次',
      facts: '出售毒品',
    });
    approveDecision(w.desk, {
      decisionId: decision.id,
      officerId: w.second.id,
      passphrase: SECOND_PASSPHRASE,
      approved: true,
      note: '同意',
    });
    replaceKeyPair(w.session.workspace.store, w.second.id, Buffer.alloc(32, 7));
    for (const { id: dutyId, kind } of of.duties) {
      const done = { dutyId, note: '', test: false };
      if (kind === 'report')
        fileDuty(w.desk, { ...done, filedAt: START, receiptNumber: '1', incompleteReason: '紧急' });
      if (kind === 'disposal') addDutyStep(w.desk, { ...done, kind: 'proof', at: START, number: '1' });
    }
    closeCase(w.desk, { caseId: of.caseId, reason: '完' });
    await exportPack(w.desk, request(of.caseId));
    const { keys, decisions } = (await json('data/decisions.json')) as {
      keys: { fingerprint: string }[];
      decisions: { measure: string; signatures: unknown[] }[];
    };
    expect(keys.map(({ fingerprint }) => fingerprint).sort()).toEqual(
      [w.session.officer.fingerprint, w.second.fingerprint].sort(),
    );
    expect(decisions).toMatchObject([{ measure: 'account-closed', signatures: [{}, {}] }]);
    expect((await verified(w.session.officer.fingerprint)).failures).toEqual([]);
  });

  it('opens the events of its case and keeps the others closed', async () => {
    const of = sellerCase();
    w.tell([{ by: '王芳', text: '与本案无关' }], { conversation: '别的群' });
    updateCase(w.desk, { caseId: of.caseId, note: '补充' });
    await exportPack(w.desk, request(of.caseId));
    const { entries } = (await json('data/audit.json')) as { entries: { event?: { type: string } }[] };
    expect(entries[0]?.event?.type).toBe('case.opened');
    expect(entries.at(-3)?.event?.type).toBe('case.updated');
    expect(entries.at(-1)?.event?.type).toBe('case.roots-stated');
    expect(entries.filter(({ event }) => event === undefined)).toHaveLength(2);
  });

  it('is entered: a pack of the case, an event, custody of every exhibit', async () => {
    const of = sellerCase();
    const result = await exportPack(w.desk, request(of.caseId));
    const { packs, exhibits, timeline } = getCase(w.desk, { caseId: of.caseId });
    expect(packs).toMatchObject([
      { profile: 'police', file: target(), sha256: result.sha256, root: result.root, officer: '陈静' },
    ]);
    for (const { custody } of exhibits) {
      expect(custody.at(-1)).toMatchObject({ action: 'exported', purpose: '市公安局网安支队 · 案件移送' });
    }
    expect(timeline.at(-1)).toMatchObject({ type: 'pack.exported', after: { sha256: result.sha256 } });
    expect(w.brokenSeals()).toEqual([]);
  });

  it('leaves out what was taken out of the case', async () => {
    const of = sellerCase();
    const [first] = getCase(w.desk, { caseId: of.caseId }).exhibits;
    removeExhibit(w.desk, { exhibitId: first?.id ?? '', reason: '无关' });
    const result = await exportPack(w.desk, request(of.caseId));
    expect(result).toMatchObject({ exhibits: 1, messages: 41 });
    expect((await verified()).failures).toEqual([]);
  });
});

describe('a message that two sources hold', () => {
  it('is proved by the other one after its first was taken back', async () => {
    const said = Array.from({ length: 5 }, (_, i) => ({ by: '张伟', text: `第${i}条` }));
    w.tell(said);
    const hitIds = w.find([{ on: 2, category: 'gambling' }]);
    w.confirm(hitIds);
    const { summary } = openCase(w.desk, { hitIds });
    w.setSourceState('excluded');
    await expect(exportPack(w.desk, request(summary.id))).rejects.toMatchObject({ code: 'conflict' });
    expect(readdirSync(out)).toEqual([]);
    w.tell(said);
    await exportPack(w.desk, request(summary.id));
    expect((await verified()).failures).toEqual([]);
    expect((await json('data/sources.json')).sources).toHaveLength(1);
    expect((await json('data/completeness.json')).conversations).toMatchObject([{ total: 5, inPeriod: 5 }]);
  });
});

describe('no pack', () => {
  it('is left when the officer cancels, and none is entered', async () => {
    const of = sellerCase();
    const abort = new AbortController();
    const options = { signal: abort.signal, progress: () => abort.abort() };
    await expect(exportPack(w.desk, request(of.caseId), options)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(readdirSync(out)).toEqual([]);
    expect(getCase(w.desk, { caseId: of.caseId }).packs).toEqual([]);
  });

  it('is made of messages that do not agree with their digests', async () => {
    const of = sellerCase();
    tamper(w, "UPDATE messages SET text = '改过' WHERE text LIKE '第99条%'");
    await expect(exportPack(w.desk, request(of.caseId))).rejects.toMatchObject({ code: 'workspace-damaged' });
    expect(existsSync(target())).toBe(false);
  });

  it('is made of a case without exhibits', async () => {
    w.tell([{ by: '张伟', text: '你好' }]);
    const { summary } = openCase(w.desk, { hitIds: [], accountId: w.accountId('张伟') });
    await expect(exportPack(w.desk, request(summary.id))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('goes out where it could not be entered', async () => {
    const of = sellerCase();
    tamper(w, 'DROP TABLE packs');
    await expect(exportPack(w.desk, request(of.caseId))).rejects.toThrow();
    expect(readdirSync(out)).toEqual([]);
  });
});
