import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decideAppeal, listAppeals, lodgeAppeal } from '../../src/core/app/cases/appeals.ts';
import { closeCase, getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { approveDecision, proposeDecision, recordDecision } from '../../src/core/app/cases/decisions.ts';
import { putPartyHearing } from '../../src/core/app/cases/hearings.ts';
import { recordService, writeLetter } from '../../src/core/app/cases/letters.ts';
import { executeMeasures, listMeasures } from '../../src/core/app/cases/measures.ts';
import { writeAccessReport } from '../../src/core/app/duties/access-report.ts';
import { createOfficer } from '../../src/core/app/workspace.ts';
import { maskName, maskOthers } from '../../src/core/cases/mask-names.ts';
import type { Officer } from '../../src/core/domain/workspace.ts';
import { openZip } from '../../src/core/evidence/zip-reader.ts';
import { reviewedHits } from '../../src/core/storage/detection/trainings.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';

const failing = (code: string) => expect.objectContaining({ code });
const DAY = 86_400_000;
const THIRD = 'third officer passphrase';

let w: CaseWorkspace;
let third: Officer;
let folder: string;
beforeEach(() => {
  w = caseWorkspace();
  third = createOfficer(w.session, { name: '何平', role: 'legal', passphrase: THIRD });
  folder = mkdtempSync(join(tmpdir(), 'docket-letters-'));
});
afterEach(() => {
  w.close();
  rmSync(folder, { recursive: true, force: true });
});

const now = () => w.session.environment.now();

function start(daysAgo = 5) {
  w.tell([
    { by: '张伟', text: '出货，找李娜，13812345678', daysAgo },
    { by: '李娜', text: '收到', daysAgo },
  ]);
  const hitIds = w.find([{ on: 0, category: 'contraband-goods' }]);
  w.confirm(hitIds);
  const { summary, parties } = openCase(w.desk, { hitIds });
  return { caseId: summary.id, partyId: parties[0]?.id ?? '' };
}

/** Closes the account out, approved by the second officer. */
function closeOut(of = start()) {
  const decision = recordDecision(w.desk, {
    ...of,
    measure: 'account-closed',
    deviationReason: '情节严重',
    facts: '在群内出售违禁烟草',
  });
  approveDecision(w.desk, {
    decisionId: decision.id,
    officerId: w.second.id,
    passphrase: SECOND_PASSPHRASE,
    approved: true,
    note: '',
  });
  return { ...of, decisionId: decision.id };
}

const lodge = (decisionId: string) =>
  lodgeAppeal(w.desk, { decisionId, lodgedAt: now(), lodgedBy: '张伟', grounds: '账号被盗' });

const judge = (appealId: string, change: Partial<Parameters<typeof decideAppeal>[1]> = {}) =>
  decideAppeal(w.desk, {
    appealId,
    officerId: third.id,
    passphrase: THIRD,
    outcome: 'upheld',
    reason: '证据充分',
    ...change,
  });

describe('a hearing', () => {
  it('is invited, answered and noted, with what it was before', () => {
    const of = start();
    const due = now() + 7 * DAY;
    putPartyHearing(w.desk, { ...of, invitation: { at: now(), how: '站内信', due } });
    expect(
      putPartyHearing(w.desk, { ...of, authorship: { says: 'contested', note: '称账号被盗' } })[0],
    ).toMatchObject({ authorship: 'contested', answerDue: due, missing: ['answer'] });
    const [hearing] = putPartyHearing(w.desk, { ...of, answer: { at: now(), text: '不是我发的' } });
    expect(hearing).toMatchObject({ answer: '不是我发的', missing: [] });
    const changes = getCase(w.desk, { caseId: of.caseId }).timeline.filter(
      ({ type }) => type === 'hearing.changed',
    );
    expect(changes).toHaveLength(3);
    expect(changes[1]).toMatchObject({
      before: { authorship: 'not-asked' },
      after: { authorship: 'contested' },
    });
    expect(w.brokenSeals()).toEqual([]);
  });

  it('may be left out with a reason', () => {
    const of = start();
    const [hearing] = putPartyHearing(w.desk, { ...of, notInvitedReason: '账号已注销，无法联系' });
    expect(hearing?.missing).toEqual(['authorship']);
  });

  it.each([
    ['nothing said', {}],
    ['an answer before the invitation', { answer: { at: 1, text: '是' } }],
    ['a deadline in the past', { invitation: { at: 100, how: '信', due: 100 } }],
  ])('refuses %s', (_, change) => {
    const of = start();
    expect(() => putPartyHearing(w.desk, { ...of, ...change })).toThrow(failing('invalid-input'));
  });
});

async function textOf(file: string): Promise<string> {
  const zip = openZip(file);
  const entry = zip.entries.find(({ name }) => name === 'word/document.xml');
  if (!entry) throw new Error('no document');
  const chunks: Buffer[] = [];
  for await (const chunk of zip.read(entry)) chunks.push(chunk);
  zip.close();
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/<[^>]+>/g, '');
}

describe('a letter', () => {
  const letter = (
    of: { caseId: string; partyId: string },
    kind: 'invitation' | 'decision' | 'appeal-outcome',
    language: 'zh-CN' | 'en' = 'zh-CN',
  ) =>
    writeLetter(w.desk, {
      caseId: of.caseId,
      partyId: of.partyId,
      kind,
      language,
      format: 'docx',
      file: join(folder, `${kind}.docx`),
      contact: 'appeal@example.test',
      organisation: '某公司合规部',
      until: '2026-03-20',
      facts: '涉嫌出售违禁烟草',
    });

  it.each(['zh-CN', 'en'] as const)(
    'of a decision says facts, basis, remedy and deadline (%s)',
    async (language) => {
      const [written] = await letter(closeOut(), 'decision', language);
      expect(written).toMatchObject({ kind: 'decision', language, servedAt: null, party: '张伟' });
      const text = await textOf(written?.file ?? '');
      for (const part of ['在群内出售违禁烟草', '2026-03-20', 'appeal@example.test', '某公司合规部', '出货'])
        expect(text).toContain(part);
      expect(text).toContain(language === 'en' ? 'Account closed for good' : '永久封禁账号');
      expect(text).toContain(language === 'en' ? 'Cybersecurity Law' : '网络安全法');
    },
  );

  it('of an invitation tells what may follow, before anything is decided', async () => {
    const [written] = await letter(start(), 'invitation');
    const text = await textOf(written?.file ?? '');
    expect(text).toContain('尚未作出处置决定');
    expect(text).toContain('涉嫌出售违禁烟草');
  });

  it('has its service proved once', async () => {
    const [written] = await letter(closeOut(), 'decision');
    const served = { letterId: written?.id ?? '', at: now(), how: '邮寄', proof: 'EMS 123' };
    expect(recordService(w.desk, served)[0]).toMatchObject({ servedHow: '邮寄', serviceProof: 'EMS 123' });
    expect(() => recordService(w.desk, served)).toThrow(failing('conflict'));
    expect(w.brokenSeals()).toEqual([]);
  });

  it('is not written about what was not decided, nor as PDF where nothing draws pages', async () => {
    const of = start();
    await expect(letter(of, 'decision')).rejects.toThrow(failing('invalid-input'));
    await expect(letter(closeOut(of), 'appeal-outcome')).rejects.toThrow(failing('invalid-input'));
    await expect(
      writeLetter(w.desk, {
        ...of,
        kind: 'decision',
        language: 'zh-CN',
        format: 'pdf',
        file: join(folder, 'x.pdf'),
        contact: 'c',
        organisation: 'o',
      }),
    ).rejects.toThrow(failing('no-page-printer'));
  });
});

describe('an appeal', () => {
  it('is decided by somebody who had no part in the decision', () => {
    const { decisionId } = closeOut();
    const [appeal] = lodge(decisionId);
    const id = appeal?.id ?? '';
    const officers = [
      [w.session.officer.id, 'first officer passphrase'],
      [w.second.id, SECOND_PASSPHRASE],
    ] as const;
    for (const [officerId, passphrase] of officers)
      expect(() => judge(id, { officerId, passphrase })).toThrow(failing('second-officer-required'));
    expect(() => judge(id, { passphrase: 'wrong' })).toThrow(failing('wrong-key'));
    expect(judge(id)[0]).toMatchObject({
      outcome: 'upheld',
      decidedBy: '何平',
      fingerprint: third.fingerprint,
    });
    expect(() => judge(id)).toThrow(failing('conflict'));
    expect(w.brokenSeals()).toEqual([]);
  });

  it('one at a time, against a final decision', () => {
    const of = start();
    const waiting = recordDecision(w.desk, {
      ...of,
      measure: 'account-closed',
      deviationReason: '重',
      facts: 'f',
    });
    expect(() => lodge(waiting.id)).toThrow(failing('conflict'));
    const { decisionId } = closeOut(start(4));
    lodge(decisionId);
    expect(() => lodge(decisionId)).toThrow(failing('conflict'));
    expect(listAppeals(w.desk, {})).toHaveLength(1);
  });

  it('that reduces ends what was done beyond it and recommends the lower measure', () => {
    const { caseId, decisionId } = closeOut();
    const rows = () => listMeasures(w.desk, { caseId, limit: 100 }).rows;
    executeMeasures(w.desk, { measureIds: rows().map(({ id }) => id), at: now(), by: '王工', proof: '单' });
    const [appeal] = lodge(decisionId);
    const id = appeal?.id ?? '';
    expect(() => judge(id, { outcome: 'reduced', measure: 'account-closed' })).toThrow(
      failing('invalid-input'),
    );
    judge(id, { outcome: 'reduced', measure: 'functions-limited', reason: '初犯' });
    expect(rows().map(({ measure, state, owed }) => [measure, state, owed])).toEqual([
      ['functions-limited', 'recommended', 'instruct'],
      ['content-removed', 'executed', 'verify'],
      ['account-closed', 'expired', 'restore'],
    ]);
    const { decisions, summary } = getCase(w.desk, { caseId });
    expect(decisions[0]?.appeal).toMatchObject({ outcome: 'reduced', measure: 'functions-limited' });
    expect(summary.state).toBe('decided');
  });

  it('that overturns lifts everything, and the finding counts for nothing any more', () => {
    const { caseId, decisionId } = closeOut();
    const used = () => reviewedHits(w.session.workspace.store.db, 10).length;
    expect(used()).toBe(1);
    const [appeal] = lodge(decisionId);
    judge(appeal?.id ?? '', { outcome: 'overturned', reason: '账号确系被盗' });
    expect(listMeasures(w.desk, { caseId, limit: 100 }).rows.map(({ state }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
    ]);
    expect(used()).toBe(0);
    const { reasons } = proposeDecision(w.desk, start(-30));
    expect(reasons.find(({ code }) => code === 'priors-left-out')?.params).toMatchObject({ overturned: 1 });
    expect(() => lodge(decisionId)).toThrow(failing('conflict'));
  });

  it('a reduced decision counts as what it was reduced to', () => {
    const { decisionId } = closeOut();
    const [appeal] = lodge(decisionId);
    judge(appeal?.id ?? '', { outcome: 'reduced', measure: 'warning', reason: '初犯' });
    const { reasons } = proposeDecision(w.desk, start(-30));
    expect(reasons.find(({ code }) => code === 'priors-counted')?.params).toMatchObject({ highestLevel: 2 });
  });

  it('takes a closed case up again', () => {
    w.close();
    w = caseWorkspace({ profile: 'employer' });
    w.tell([{ by: '张伟', text: '滚开' }]);
    const hitIds = w.find([{ on: 0, category: 'abuse' }]);
    w.confirm(hitIds);
    const { summary, parties } = openCase(w.desk, { hitIds });
    const of = { caseId: summary.id, partyId: parties[0]?.id ?? '' };
    const { proposed } = proposeDecision(w.desk, of);
    const { id } = recordDecision(w.desk, { ...of, measure: proposed, deviationReason: '', facts: '辱骂' });
    closeCase(w.desk, { caseId: of.caseId, reason: '办结' });
    lodge(id);
    expect(getCase(w.desk, { caseId: of.caseId }).summary.state).toBe('decided');
  });
});

describe('an access report', () => {
  it('shows one person what is kept about them, with others masked', async () => {
    closeOut();
    const file = join(folder, 'report.docx');
    w.desk.session.workspace.store.db
      .prepare('UPDATE accounts SET fields = ? WHERE uid = ?')
      .run(JSON.stringify({ phone: '13900001111', external: 'true' }), w.accountId('张伟'));
    const written = await writeAccessReport(w.desk, {
      accountId: w.accountId('张伟'),
      language: 'zh-CN',
      format: 'docx',
      file,
      reason: '本人持身份证申请',
    });
    expect(written.bytes).toBe(readFileSync(file).length);
    const text = await textOf(file);
    for (const part of ['张伟', '出货', '永久封禁账号', '第四十五条', '工作群管理办法'])
      expect(text).toContain(part);
    expect(text).not.toContain('李娜');
    expect(text).not.toContain('13812345678');
    for (const part of ['电话', '13900001111', '外部人员', '是']) expect(text).toContain(part);
    for (const raw of ['phone', 'external', 'true']) expect(text).not.toContain(raw);
    expect(text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d \(UTC[+\d:-]*\)/);
  });
});

describe('masking', () => {
  it.each([
    ['张伟', '张＊'],
    ['欧阳锋', '欧＊＊'],
    ['A', 'A＊'],
    ['😀名', '😀＊'],
  ])('%s becomes %s', (name, masked) => expect(maskName(name)).toBe(masked));

  it('hides names, numbers and mail of others, and no more', () => {
    expect(maskOthers('李娜和李娜娜 13812345678 a@b.test 共300元', ['李娜娜', '李娜'])).toBe(
      '李＊和李＊＊ 138****678 ***@*** 共300元',
    );
  });
});
