/** Acquisition, papers of custody, extraction records, and stamps of the audit log's head. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../src/contract/api.ts';
import { sampleBench, type TestBench } from '../builders/bench.ts';
import { timeStampAuthority } from '../builders/tsa.ts';

let made: TestBench & { second: Output<'officers.create'> };
let caseId: string;
let detail: Output<'cases.get'>;

beforeAll(async () => {
  made = await sampleBench();
  const { rows } = await made.call('hits.list', { filter: { status: 'hit', tier: 'illegal' }, limit: 2 });
  const hitIds = rows.map(({ id }) => id);
  await made.call('hits.dispose', { hitIds, verdict: 'confirmed' });
  detail = await made.call('cases.open', { hitIds });
  caseId = detail.summary.id;
}, 120_000);
afterAll(() => made.remove());

/** The text of a DOCX without its markup. */
const textOf = (file: string) =>
  execFileSync('unzip', ['-p', file, 'word/document.xml'])
    .toString('utf8')
    .replace(/<[^>]+>/g, '|');

const ACQUISITION = {
  custodian: '李雷',
  consent: '书面同意，2024-03-01 签署',
  medium: '手机 序列号 F17XX',
  method: '应用自带导出',
  place: '会议室 3',
  note: '',
};

test('acquisition is entered for a source, and the log keeps what it said before', async () => {
  const [before] = await made.call('custody.sources', { caseId });
  expect(before?.acquisition).toBeNull();
  const sourceId = before?.source.id ?? '';
  await made.call('custody.setAcquisition', { sourceId, acquisition: ACQUISITION });
  await made.call('custody.setAcquisition', {
    sourceId,
    acquisition: { ...ACQUISITION, place: '会议室 4' },
  });
  const [after] = await made.call('custody.sources', { caseId });
  expect(after?.acquisition).toMatchObject({
    ...ACQUISITION,
    place: '会议室 4',
    officer: expect.any(String),
  });
  const { rows } = await made.call('audit.list', { type: 'source.acquisition-entered', limit: 5 });
  expect(rows[0]?.event).toMatchObject({ before: { place: '会议室 3' }, after: { place: '会议室 4' } });
});

test('a pack says how its source came, and the list of evidence in words', async () => {
  const file = join(made.root, 'acquired.zip');
  await made.call('evidence.export', { jobId: 'acquired', caseId, profile: 'court', file });
  const entry = (name: string) => execFileSync('unzip', ['-p', file, `*/data/${name}`]);
  const { sources } = JSON.parse(entry('sources.json').toString('utf8')) as { sources: object[] };
  expect(sources[0]).toMatchObject({ acquisition: { ...ACQUISITION, place: '会议室 4' } });
  const list = join(made.root, 'list.docx');
  writeFileSync(list, entry('evidence-list.docx'));
  const text = textOf(list);
  for (const said of ['原持有人 Original custodian', '李雷', '会议室 4', '发布者 publisher'])
    expect(text).toContain(said);
  expect(text).not.toMatch(/law:|house:/);
});

test('extracting anew is kept with the source', async () => {
  const [source] = await made.call('custody.sources', { caseId });
  await made.call('evidence.reExtract', { jobId: 'anew', sourceId: source?.source.id ?? '' });
  const [again] = await made.call('custody.sources', { caseId });
  expect(again?.extraction?.outcome).toMatchObject({ same: true, different: 0 });
});

test('the custody form has every exhibit, its digest, where it came from and each hand', async () => {
  const exhibitIds = detail.exhibits.map(({ id }) => id);
  await made.call('evidence.recordCustody', {
    exhibitIds,
    action: 'handed-over',
    person: '王芳',
    purpose: '法务审阅',
  });
  const file = join(made.root, 'custody.docx');
  await made.call('custody.writeForm', { caseId, file, format: 'docx', language: 'zh-CN' });
  const text = textOf(file);
  for (const { number, sha256 } of detail.exhibits) {
    expect(text).toContain(number);
    expect(text).toContain(sha256);
  }
  for (const part of ['王芳', '法务审阅', '移交', '李雷', '书面同意']) expect(text).toContain(part);
  const one = join(made.root, 'one.docx');
  await made.call('custody.writeForm', {
    caseId,
    exhibitIds: exhibitIds.slice(0, 1),
    file: one,
    format: 'docx',
    language: 'en',
  });
  expect(textOf(one)).toContain(detail.exhibits[0]?.number ?? '');
  if (detail.exhibits[1]) expect(textOf(one)).not.toContain(detail.exhibits[1].sha256);
});

describe('the extraction record', () => {
  const body = {
    cause: '群内发布违法信息',
    place: '会议室 3',
    startedAt: Date.UTC(2024, 2, 1, 1),
    endedAt: Date.UTC(2024, 2, 1, 2),
    method: '从封存文件解析',
    process: '核对校验值，解析，比对',
    operators: ['甲某', '乙某'] as [string, string],
    witness: '丙某',
  };

  test('has the fields of the rules, two operators and a witness, and the list with check values', async () => {
    const file = join(made.root, 'extraction.docx');
    const record = await made.call('custody.writeExtraction', {
      caseId,
      body,
      file,
      format: 'docx',
      language: 'zh-CN',
    });
    expect(record.body).toMatchObject(body);
    const text = textOf(file);
    const sources = await made.call('custody.sources', { caseId });
    for (const { source } of sources) expect(text).toContain(source.sha256);
    for (const part of ['内部记录', '甲某', '乙某', '丙某', '见证人', '完整性校验值', '一致', '文件格式']) {
      expect(text).toContain(part);
    }
    expect(await made.call('custody.extractions', { caseId })).toHaveLength(1);
  });

  test.each([
    ['one person twice', { operators: ['甲某', '甲某'] as [string, string] }],
    ['an operator as witness', { witness: '乙某' }],
    ['an end before the beginning', { endedAt: body.startedAt - 1 }],
  ])('is refused with %s', async (_, change) => {
    const file = join(made.root, 'refused.docx');
    await expect(
      made.call('custody.writeExtraction', {
        caseId,
        body: { ...body, ...change },
        file,
        format: 'docx',
        language: 'en',
      }),
    ).rejects.toMatchObject({ failure: { code: 'invalid-input' } });
  });
});

test('the device sheet asks for what only the device shows, and names the messages to find there', async () => {
  const file = join(made.root, 'sheet.docx');
  await made.call('custody.writeDeviceSheet', { caseId, file, format: 'docx', language: 'zh-CN' });
  const text = textOf(file);
  for (const part of ['序列号', '飞行模式', '资料页', detail.exhibits[0]?.number ?? '?']) {
    expect(text).toContain(part);
  }
});

describe('stamps of the head', () => {
  const authority = timeStampAuthority();
  afterAll(() => authority.remove());

  test('are due by the interval, requested, stamped, and refused where they stamp another head', async () => {
    expect(await made.call('stamps.schedule', {})).toMatchObject({ everyDays: null, due: false });
    expect(await made.call('stamps.setSchedule', { everyDays: 7 })).toMatchObject({
      everyDays: 7,
      due: true,
    });
    const stamps = async () =>
      (await made.call('reminders.list', {}))
        .filter(({ kind }) => kind.startsWith('stamp-'))
        .map(({ kind, id }) => [kind, id]);
    expect(await stamps()).toEqual([['stamp-due', 'head']]);
    const file = join(made.root, 'head.tsq');
    const first = await made.call('stamps.request', { file });
    const { due, dueAt, waiting } = await made.call('stamps.schedule', {});
    expect({ due, waiting }).toEqual({ due: false, waiting: 1 });
    expect(dueAt).toBe(first.at + 7 * 86_400_000);
    const second = await made.call('stamps.request', { file: join(made.root, 'second.tsq') });
    expect(second.sequence).toBeGreaterThan(first.sequence);
    expect(await stamps()).toEqual([
      ['stamp-unanswered', first.id],
      ['stamp-unanswered', second.id],
    ]);
    const answer = join(made.root, 'head.tsr');
    writeFileSync(answer, authority.answer(['rsa:2048'], readFileSync(file)));
    await expect(made.call('stamps.import', { stampId: second.id, file: answer })).rejects.toMatchObject({
      failure: { code: 'stamp-invalid' },
    });
    const stamped = await made.call('stamps.import', { stampId: first.id, file: answer });
    expect(stamped.stamped?.authority).toContain('Local time stamps');
    expect(await stamps()).toEqual([['stamp-unanswered', second.id]]);
    expect((await made.call('stamps.list', {})).map((one) => one.stamped !== null)).toEqual([false, true]);
    await expect(made.call('stamps.import', { stampId: first.id, file: answer })).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });
    const { failures } = await made.call('workspace.check', { jobId: 'check' });
    expect(failures).toEqual([]);
    expect(made.reported).toEqual([]);
  });
});
