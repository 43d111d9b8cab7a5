/** Source files in a pack of an imported export: what goes along, what stays out, who has to agree. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { SAMPLE_OFFICERS } from '../../src/core/app/imports/sample.ts';
import { sha256 } from '../../src/core/audit/digest.ts';
import { unpack } from '../builders/evidence-tamper.ts';
import { everyVerdict, pythonScript, stopVerifiers } from '../builders/evidence-verifiers.ts';
import { importDesk, WECHAT_HEADER, weChatRow } from '../builders/import-desk.ts';

const { made, job, importText } = importDesk();
afterAll(() => stopVerifiers());

const SELLER = 'wxid_seller0000001';
const OTHER = 'wxid_other00000002';
const AT = 1_767_578_400;
/** The seller's advert is the fifth of 31 lines; the seventh tells the other's account in a field that is not shown. */
const LINES = [
  ...['早', '早上好', '今天开会', '收到'].map((text, i) => weChatRow(i, AT + i * 60, text, OTHER)),
  weChatRow(4, AT + 240, '加V:abc12345 高薪日结刷单，日入五百', SELLER),
  weChatRow(5, AT + 300, '别在群里发广告', OTHER),
  weChatRow(6, AT + 360, `${OTHER} 你看看`, SELLER),
  weChatRow(7, AT + 420, '下午发文件', OTHER),
  weChatRow(8, AT + 480, '好的', SELLER),
  ...Array.from({ length: 22 }, (_, i) => weChatRow(9 + i, AT + 540 + i * 60, `第${i}件事`, OTHER)),
];
const TEXT = `${WECHAT_HEADER}\n${LINES.join('\n')}\n`;

let source: Output<'sources.list'>[number];
let caseId: string;
let second: string;
let pack: string;
let messages: string[];

beforeEach(async () => {
  const { call, root } = made();
  source = await importText('chat.csv', TEXT);
  second = (await call('officers.create', SAMPLE_OFFICERS[1])).id;
  await call('detection.start', { jobId: job() });
  const { rows } = await call('hits.list', { filter: {}, limit: 50 });
  const hitIds = rows.filter(({ text }) => text.includes('刷单')).map(({ id }) => id);
  await call('hits.dispose', { hitIds, verdict: 'confirmed', note: '' });
  const detail = await call('cases.open', { hitIds });
  caseId = detail.summary.id;
  const { rows: found } = await call('messages.search', { filter: {}, limit: 50 });
  messages = LINES.map((_, i) => found.find(({ locator }) => locator.line === i + 2)?.id ?? '');
  pack = join(root, 'pack.zip');
});

const approval = () => ({ officerId: second, passphrase: SAMPLE_OFFICERS[1].passphrase });
const build = (choice: { originals: 'none' | 'excerpts' | 'whole'; [key: string]: unknown }) =>
  made().call('evidence.export', {
    jobId: job(),
    caseId,
    profile: 'court',
    file: pack,
    formats: ['csv'],
    ...choice,
  });

async function accepted() {
  const { files } = await unpack(pack);
  for (const [verifier, { failures }] of Object.entries(await everyVerdict(pack, null)))
    expect(failures, verifier).toEqual([]);
  return files;
}
const stated = (files: Map<string, Buffer>) =>
  (JSON.parse(files.get('data/originals.json')?.toString('utf8') ?? '') as { sources: never[] }).sources;
const lineAt = (i: number) => {
  const start = Buffer.byteLength(`${[WECHAT_HEADER, ...LINES.slice(0, i)].join('\n')}\n`);
  return { start, end: start + Buffer.byteLength(LINES[i] ?? '') };
};

describe('another choice for single sources', () => {
  const OWN = `${WECHAT_HEADER}\n${weChatRow(0, AT + 90_000, '另一份文件里也有：加V:abc12345 日结刷单', SELLER)}\n`;

  it('one file goes whole, one as excerpts, and none where nothing else is said', async () => {
    const other = await importText('other.csv', OWN);
    const { call } = made();
    const { rows } = await call('messages.search', { filter: { text: '另一份' }, limit: 5 });
    await call('evidence.addExhibit', { caseId, messageId: rows[0]?.id ?? '', context: 0 });
    const of = (sourceId: string, originals: 'none' | 'excerpts' | 'whole') => ({ sourceId, originals });
    const choice = { context: 1, originalsOf: [of(other.id, 'whole')] };
    const { originals } = await call('evidence.plan', { caseId, profile: 'court', ...choice });
    expect(originals).toMatchObject({ files: 1, bytes: Buffer.byteLength(OWN), reasons: [], refused: [] });
    expect(originals.sources.map((one) => [one.file, one.originals])).toEqual([
      ['chat.csv', 'none'],
      ['other.csv', 'whole'],
    ]);
    await build({ originals: 'none', ...choice });
    const alone = await accepted();
    expect(stated(alone)).toMatchObject([
      { source: source.id, form: 'none', file: null, ranges: [], closed: [] },
      { source: other.id, form: 'whole' },
    ]);
    expect(alone.get(`data/originals/${other.id}.bin`)?.toString('utf8')).toBe(OWN);
    await build({ ...choice, originals: 'excerpts' });
    const both = await accepted();
    expect(stated(both)).toMatchObject([{ form: 'excerpts' }, { form: 'whole' }]);
    const readme = both.get('data/README.txt')?.toString('utf8') ?? '';
    expect(readme).toContain('--source FILE');
    expect(readme).toContain('sha256sum data/originals/*.bin');
    const nobody = call('evidence.plan', {
      caseId,
      profile: 'court',
      originalsOf: [of('01a20000-0000-7000-8000-000000000000', 'whole')],
    });
    await expect(nobody).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
  });
});

describe('the whole file', () => {
  it('is the file that was imported, by its SHA-256; what it shows beyond the pack is approved', async () => {
    const { call } = made();
    const choice = { caseId, profile: 'court' as const, originals: 'whole' as const, context: 1 };
    expect((await call('evidence.plan', choice)).originals).toMatchObject({
      files: 1,
      bytes: Buffer.byteLength(TEXT),
      refused: [],
      reasons: [
        { reason: 'bystanders', count: 28 },
        { reason: 'not-shown', count: 28 },
      ],
    });
    await expect(build({ originals: 'whole', context: 1 })).rejects.toMatchObject({
      failure: { code: 'second-officer-required' },
    });
    await build({ originals: 'whole', context: 1, approval: approval() });
    const files = await accepted();
    const file = files.get(`data/originals/${source.id}.bin`);
    expect(file?.toString('utf8')).toBe(TEXT);
    expect(stated(files)).toMatchObject([{ source: source.id, sha256: sha256(TEXT), form: 'whole' }]);
    const { timeline, packs } = await call('cases.get', { caseId });
    expect(timeline.map(({ type }) => type)).toContain('pack.originals-approved');
    expect(packs).toHaveLength(1);
  });

  it.each([
    ['a part is withheld by hand', false],
    ['bystanders stand under aliases', true],
  ])('is refused where %s', async (_why, aliases) => {
    if (!aliases)
      await made().call('evidence.redact', {
        caseId,
        messageId: messages[3] ?? '',
        part: 'text',
        reason: '隐私',
      });
    await expect(build({ originals: 'whole', aliases, approval: approval() })).rejects.toMatchObject({
      failure: { code: 'conflict', subject: 'chat.csv' },
    });
  });

  it('is refused where it holds a message in quarantine', async () => {
    await made().call('quarantine.set', {
      messageIds: [messages[30] ?? ''],
      reason: 'state-secret',
      note: '',
    });
    await expect(build({ originals: 'whole', context: 1, approval: approval() })).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
  });
});

describe('excerpts', () => {
  it('are the bytes of the messages shown, and lie in the original', async () => {
    await build({ originals: 'excerpts', context: 1 });
    const files = await accepted();
    const shown = [3, 4, 5];
    const text = shown.map((i) => LINES[i]);
    expect(files.get(`data/originals/${source.id}.excerpts.bin`)?.toString('utf8')).toBe(text.join(''));
    expect(stated(files)).toMatchObject([
      {
        form: 'excerpts',
        ranges: shown.map((i) => ({ ...lineAt(i), sha256: sha256(LINES[i] ?? '') })),
        closed: [],
      },
    ]);
    const original = join(made().root, 'from-outside.csv');
    writeFileSync(original, TEXT);
    const { status, stdout } = pythonScript([pack, '--source', original]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('3 excerpts compared')]);
  });

  it('hold nothing of what is withheld, nor a name under an alias; a second officer agrees', async () => {
    const choice = { originals: 'excerpts' as const, aliases: true };
    const { originals } = await made().call('evidence.plan', { caseId, profile: 'court', ...choice });
    expect(originals).toMatchObject({ reasons: [{ reason: 'withheld', count: 23 }], closed: 23 });
    await expect(build(choice)).rejects.toMatchObject({ failure: { code: 'second-officer-required' } });
    await build({ ...choice, approval: approval() });
    const files = await accepted();
    const excerpts = files.get(`data/originals/${source.id}.excerpts.bin`)?.toString('utf8') ?? '';
    expect(excerpts).toBe(`${LINES[4]}${LINES[8]}`);
    for (const [path, bytes] of files) expect(bytes.includes(OTHER), path).toBe(false);
  });

  it('are refused by the verifiers where the pack holds bytes of a message that is withheld', async () => {
    await made().call('evidence.redact', {
      caseId,
      messageId: messages[4] ?? '',
      part: 'text',
      spans: [{ start: 0, end: 4 }],
      reason: '账号',
    });
    await build({ originals: 'excerpts', approval: approval() });
    const files = await accepted();
    expect(stated(files)).toMatchObject([{ closed: [{ ...lineAt(4), reason: 'withheld' }] }]);
    for (const [path, bytes] of files) {
      if (path.startsWith('data/originals/')) expect(bytes.includes('abc12345')).toBe(false);
    }
  });
});
