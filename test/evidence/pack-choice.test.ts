/** What an officer chooses for a pack: exhibits, context, media, forms, who is named; and the log of packs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getCase, openCase } from '../../src/core/app/cases/cases.ts';
import { setQuarantine } from '../../src/core/app/cases/quarantine.ts';
import { exportPack } from '../../src/core/app/evidence/evidence.ts';
import { addExhibit, addPeriod } from '../../src/core/app/evidence/exhibits.ts';
import { planPack, previewPack } from '../../src/core/app/evidence/pack-plan.ts';
import { redact } from '../../src/core/app/evidence/redactions.ts';
import { matchMedia } from '../../src/core/app/imports/media.ts';
import { sha256 } from '../../src/core/audit/digest.ts';
import { all } from '../../src/core/storage/database.ts';
import { type CaseWorkspace, caseWorkspace, SECOND_PASSPHRASE } from '../builders/case-workspace.ts';
import { TEST_PICTURE } from '../builders/evidence-pack.ts';
import { unpack } from '../builders/evidence-tamper.ts';
import { everyVerdict, stopVerifiers } from '../builders/evidence-verifiers.ts';

let w: CaseWorkspace;
let out: string;
let pack: string;
beforeEach(() => {
  w = caseWorkspace({ profile: 'platform' });
  out = mkdtempSync(join(tmpdir(), 'docket-choice-'));
  pack = join(out, 'pack.zip');
});
afterEach(() => {
  w.close();
  rmSync(out, { recursive: true, force: true });
});
afterAll(() => stopVerifiers());

const SECRET = Buffer.concat([TEST_PICTURE, Buffer.from('secret')]);
const OTHERS = Buffer.concat([TEST_PICTURE, Buffer.from('others')]);

/**
 * 张伟 sells at the 30th of 60 messages; pictures: his (found), 李娜's (found), one that nobody has, and one that
 * is the same file as that of a message in quarantine.
 */
async function sellerCase() {
  const pictures = new Map([
    [28, 'others.png'],
    [30, 'own.png'],
    [31, 'lost.png'],
    [32, 'secret-again.png'],
    [58, 'secret.png'],
  ]);
  const messages = w.tell(
    Array.from({ length: 60 }, (_, i) => ({
      by: i === 30 || i === 32 ? '张伟' : i % 2 ? '李娜' : '王小明',
      text: `第${i}句`,
      ...(pictures.has(i) ? { pictures: [pictures.get(i) as string] } : {}),
    })),
  );
  const folder = join(out, 'media');
  mkdirSync(folder);
  writeFileSync(join(folder, 'own.png'), TEST_PICTURE);
  writeFileSync(join(folder, 'others.png'), OTHERS);
  writeFileSync(join(folder, 'secret.png'), SECRET);
  writeFileSync(join(folder, 'secret-again.png'), SECRET);
  const [{ uid } = { uid: '' }] = all<{ uid: string }>(
    w.session.workspace.store.db,
    'SELECT uid FROM sources',
  );
  const job = { id: 'j', signal: new AbortController().signal, report: () => {}, check: () => {} };
  await matchMedia(w.session, job, { jobId: 'j', sourceId: uid, folder });
  setQuarantine(w.session, { messageIds: [messages[58] ?? ''], reason: 'state-secret', note: '' });
  const hitIds = w.find([{ on: 30, category: 'drugs' }]);
  w.confirm(hitIds);
  return { caseId: openCase(w.desk, { hitIds }).summary.id, messages };
}

const request = (caseId: string) => ({
  jobId: 'job',
  caseId,
  profile: 'court' as const,
  file: pack,
  recipient: '某某人民法院',
  purpose: '举证',
  aliases: false,
});

async function json(path: string): Promise<Record<string, unknown>> {
  return JSON.parse((await unpack(pack)).files.get(path)?.toString('utf8') ?? '') as Record<string, unknown>;
}

async function accepted(): Promise<void> {
  for (const [name, { failures }] of Object.entries(await everyVerdict(pack, w.session.officer.fingerprint)))
    expect(failures, name).toEqual([]);
}

const states = async () =>
  ((await json('data/attachments.json')).attachments as { state: string; sha256: string | null }[]).map(
    ({ state, sha256: digest }) => [state, digest] as const,
  );

describe('media', () => {
  it('are in the pack by content, and those that nobody has or that are in quarantine are listed without', async () => {
    const { caseId } = await sellerCase();
    await exportPack(w.desk, request(caseId));
    await accepted();
    expect(await states()).toEqual([
      ['included', sha256(OTHERS)],
      ['included', sha256(TEST_PICTURE)],
      ['missing', null],
      ['quarantined', sha256(SECRET)],
    ]);
    const { files } = await unpack(pack);
    expect(files.get(`data/attachments/${sha256(TEST_PICTURE)}.png`)).toEqual(TEST_PICTURE);
    for (const bytes of files.values()) expect(bytes.includes('secret-tail')).toBe(false);
    expect([...files.keys()].filter((path) => path.includes(sha256(SECRET)))).toEqual([]);
    expect((await json('data/completeness.json')).attachments).toEqual({
      named: 4,
      included: 2,
      missing: 1,
      withheld: 0,
      quarantined: 1,
      notChosen: 0,
    });
  });

  it("under aliases a bystander's pictures stay out, and nothing is told of them", async () => {
    const { caseId } = await sellerCase();
    await exportPack(w.desk, { ...request(caseId), aliases: true });
    await accepted();
    expect(await states()).toEqual([
      ['withheld', null],
      ['included', sha256(TEST_PICTURE)],
      ['withheld', null],
      ['quarantined', sha256(SECRET)],
    ]);
    const { files } = await unpack(pack);
    for (const [path, bytes] of files) expect(bytes.includes(sha256(OTHERS)), path).toBe(false);
  });

  it.each([
    ['subjects', ['not-chosen', 'included', 'missing', 'quarantined']],
    ['none', ['not-chosen', 'not-chosen', 'missing', 'quarantined']],
  ] as const)('%s', async (attachments, expected) => {
    const { caseId } = await sellerCase();
    await exportPack(w.desk, { ...request(caseId), attachments });
    await accepted();
    expect((await states()).map(([state]) => state)).toEqual(expected);
  });

  it('withheld by hand are named by nothing', async () => {
    const { caseId, messages } = await sellerCase();
    redact(w.desk, { caseId, messageId: messages[30] ?? '', part: 'attachments', reason: '人像' });
    await exportPack(w.desk, request(caseId));
    await accepted();
    expect((await states()).map(([state]) => state)).toEqual(['included', 'missing', 'quarantined']);
    const { files } = await unpack(pack);
    for (const [path, bytes] of files) expect(bytes.includes(sha256(TEST_PICTURE)), path).toBe(false);
  });
});

describe('the selection', () => {
  it('holds the exhibits and the context that were chosen, and the certificate says so', async () => {
    const { caseId, messages } = await sellerCase();
    addExhibit(w.desk, { caseId, messageId: messages[5] ?? '', context: 2 });
    const [first] = getCase(w.desk, { caseId }).exhibits;
    const choice = { ...request(caseId), exhibitIds: [first?.id ?? ''], context: 3 };
    expect(await planPack(w.desk, choice)).toMatchObject({
      rows: 7,
      messages: 7,
      exhibits: [{ messages: 7, trimmed: true, isPeriod: false }],
    });
    await exportPack(w.desk, choice);
    await accepted();
    const certificate = await json('data/completeness.json');
    expect(certificate.conversations).toMatchObject([{ total: 60, selected: 1, context: 6, before: 27 }]);
    // The event that made the exhibit holds a digest over messages that are not shown.
    const audit = (await unpack(pack)).files.get('data/audit.json')?.toString('utf8') ?? '';
    expect(audit).not.toContain('exhibit.added');
  });

  it('says what each exhibit is to prove', async () => {
    const { caseId } = await sellerCase();
    const [first] = getCase(w.desk, { caseId }).exhibits;
    await exportPack(w.desk, {
      ...request(caseId),
      proves: [{ exhibitId: first?.id ?? '', text: '张伟在群内出售违禁物品' }],
    });
    await accepted();
    expect(JSON.stringify(await json('data/case.json'))).toContain('张伟在群内出售违禁物品');
    const pages = (await unpack(pack)).files.get('data/pages.ndjson')?.toString('utf8') ?? '';
    expect(pages).toContain('张伟在群内');
  });

  it('refuses an exhibit of another case', async () => {
    const { caseId } = await sellerCase();
    const choice = { ...request(caseId), exhibitIds: [caseId] };
    await expect(exportPack(w.desk, choice)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('makes the forms that were asked for, and refuses PDF where nothing draws it', async () => {
    const { caseId } = await sellerCase();
    await exportPack(w.desk, { ...request(caseId), formats: ['csv'] });
    await accepted();
    const { files } = await unpack(pack);
    expect(files.has('data/messages.csv')).toBe(true);
    for (const path of ['data/messages.xlsx', 'data/messages.docx', 'data/pages.ndjson'])
      expect(files.has(path), path).toBe(false);
    await expect(exportPack(w.desk, { ...request(caseId), formats: ['pdf'] })).rejects.toMatchObject({
      code: 'no-page-printer',
    });
  });

  it('shows beforehand what a pack would show', async () => {
    const { caseId, messages } = await sellerCase();
    redact(w.desk, {
      caseId,
      messageId: messages[30] ?? '',
      part: 'text',
      spans: [{ start: 0, end: 2 }],
      reason: '隐私',
    });
    const [first] = getCase(w.desk, { caseId }).exhibits;
    const preview = await previewPack(w.desk, {
      ...request(caseId),
      aliases: true,
      exhibitId: first?.id ?? '',
      offset: 20,
      limit: 2,
    });
    expect(preview.total).toBe(41);
    expect(preview.rows).toMatchObject([
      { text: '第30句', shown: '██0句', sender: '张伟', withheld: ['text'], isSubject: true },
      { text: '第31句', shown: '第31句', withheld: expect.arrayContaining(['sender']) },
    ]);
    expect(preview.rows[1]?.sender).toMatch(/^旁人\d/);
  });
});

describe('a whole period', () => {
  it('shows everything but quarantine, under aliases; naming somebody needs a second officer and is counted', async () => {
    const { caseId, messages } = await sellerCase();
    const period = addPeriod(w.desk, { caseId, messageId: messages[0] ?? '' });
    expect(period.messages).toBe(59);
    const choice = { ...request(caseId), exhibitIds: [period.id], aliases: true };
    expect(await planPack(w.desk, choice)).toMatchObject({
      rows: 59,
      needsApproval: false,
      bystanders: [{ messages: 30 }, { messages: 27 }].sort((a, b) => b.messages - a.messages),
    });
    await exportPack(w.desk, choice);
    await accepted();
    let certificate = await json('data/completeness.json');
    expect(certificate.conversations).toMatchObject([
      {
        total: 60,
        inPeriod: 60,
        leftOut: [
          { reason: 'not-selected', count: 0 },
          { reason: 'quarantined', count: 1 },
        ],
      },
    ]);
    expect(certificate.disclosed).toEqual({ people: 0, messages: 0 });

    const named = { ...choice, unmask: [w.accountId('李娜')] };
    await expect(exportPack(w.desk, named)).rejects.toMatchObject({ code: 'second-officer-required' });
    await expect(exportPack(w.desk, { ...choice, aliases: false })).rejects.toMatchObject({
      code: 'second-officer-required',
    });
    const approval = { officerId: w.session.officer.id, passphrase: SECOND_PASSPHRASE };
    await expect(exportPack(w.desk, { ...named, approval })).rejects.toMatchObject({
      code: 'second-officer-required',
    });
    await exportPack(w.desk, { ...named, approval: { ...approval, officerId: w.second.id } });
    await accepted();
    certificate = await json('data/completeness.json');
    expect(certificate.disclosed).toEqual({ people: 1, messages: 30 });
    const events = getCase(w.desk, { caseId }).timeline.map(({ type }) => type);
    expect(events.slice(-3)).toContain('pack.unmasking-approved');
  });
});

describe('the log of packs', () => {
  it('tells each with its digest, its recipient and its size', async () => {
    const { caseId } = await sellerCase();
    const { sha256: digest, bytes, messages } = await exportPack(w.desk, request(caseId));
    expect(getCase(w.desk, { caseId }).packs).toMatchObject([
      { sha256: digest, recipient: '某某人民法院', purpose: '举证', bytes, messages, exhibits: 1 },
    ]);
    expect(w.brokenSeals()).toEqual([]);
  });
});
