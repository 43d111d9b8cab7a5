import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeBrief } from '../../src/core/app/cases/brief.ts';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { disposeHits } from '../../src/core/app/review/review.ts';
import { REASONS, TRANSFORM_WORDS, VERDICTS } from '../../src/core/cases/brief-words.ts';
import { readTable } from '../../src/core/documents/read-table.ts';
import { DispositionReason, Verdict } from '../../src/core/domain/hit.ts';
import { openZip } from '../../src/core/evidence/zip-reader.ts';
import { TRANSFORMS } from '../../src/core/normalization/transforms.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';

let w: CaseWorkspace;
let folder: string;
beforeEach(() => {
  w = caseWorkspace();
  folder = mkdtempSync(join(tmpdir(), 'docket-brief-'));
});
afterEach(() => {
  w.close();
  rmSync(folder, { recursive: true, force: true });
});

function hits(): string[] {
  w.tell([
    { by: '李娜', text: '有人要烟吗' },
    { by: '张伟', text: '出货，硬的二百六' },
    { by: '李娜', text: '怎么联系' },
    { by: '王强', text: '滚' },
  ]);
  const ids = w.find([
    { on: 1, category: 'contraband-goods', transforms: ['symbols'] },
    { on: 3, category: 'abuse' },
  ]);
  w.confirm(ids.slice(0, 1));
  disposeHits(w.session, w.desk.reading, {
    hitIds: ids.slice(1),
    verdict: 'dismissed',
    reason: 'joke-between-colleagues',
    note: '两人是好友',
  });
  openCase(w.desk, { hitIds: ids.slice(0, 1) });
  return ids;
}

const brief = (hitIds: string[], file: string, language: 'zh-CN' | 'en' = 'zh-CN') =>
  writeBrief(w.desk, {
    hitIds,
    file: join(folder, file),
    format: file.endsWith('xlsx') ? 'xlsx' : file.endsWith('pdf') ? 'pdf' : 'docx',
    language,
    title: '',
    context: 1,
  });

async function textOf(file: string): Promise<string> {
  const zip = openZip(file);
  const chunks: Buffer[] = [];
  for (const entry of zip.entries.filter(({ name }) => name === 'word/document.xml'))
    for await (const chunk of zip.read(entry)) chunks.push(chunk);
  zip.close();
  return Buffer.concat(chunks).toString('utf8');
}

describe('a session brief', () => {
  it('explains each hit: context, rule, basis, disguise, verdict, reason, case and duties', async () => {
    const written = await brief(hits(), 'brief.docx');
    expect(written.hits).toBe(2);
    const xml = await textOf(written.file);
    const text = xml.replace(/<[^>]+>/g, '');
    for (const part of [
      '有人要烟吗',
      '怎么联系',
      '夹杂符号或空格',
      '属实',
      '不成立',
      '同事间玩笑；两人是好友',
      '网络安全法',
      'C-',
      '报告',
    ])
      expect(text).toContain(part);
    // What the rule found is marked in the text itself.
    expect(xml).toMatch(/<w:shd [^>]*FFE9A8[^>]*\/><\/w:rPr><w:t xml:space="preserve">出货<\/w:t>/);
  });

  it('is a table as well, one hit a row, in the order given', async () => {
    const [first = '', second = ''] = hits();
    const written = await brief([second, first], 'brief.xlsx', 'en');
    const rows = await readTable(readFileSync(written.file));
    expect(rows).toHaveLength(3);
    expect(rows[0]?.slice(0, 5)).toEqual(['No.', 'Time', 'Conversation', 'Sender', 'Text']);
    expect(rows.slice(1).map((row) => row[3])).toEqual(['王强', '张伟']);
    expect(rows[1]).toContain('Dismissed');
  });

  it('is drawn as pages where something draws them, and refused where nothing does', async () => {
    const ids = hits();
    await expect(brief(ids, 'brief.pdf')).rejects.toThrow(
      expect.objectContaining({ code: 'no-page-printer' }),
    );
    const pages: string[] = [];
    const desk = {
      ...w.desk,
      printPage: async (html: string) => {
        pages.push(html);
        return Buffer.from('%PDF');
      },
    };
    const file = join(folder, 'x.pdf');
    await writeBrief(desk, {
      hitIds: ids,
      file,
      format: 'pdf',
      language: 'zh-CN',
      title: '晨会',
      context: 0,
    });
    expect(pages[0]).toContain('<mark>出货</mark>');
    expect(readFileSync(file, 'utf8')).toBe('%PDF');
  });

  it('of forty hits takes no longer than an officer waits', async () => {
    w.tell(Array.from({ length: 40 }, (_, n) => ({ by: '张伟', text: `出货第${n}批` })));
    const ids = w.find(
      Array.from({ length: 40 }, (_, on) => ({ on, category: 'contraband-goods' as const })),
    );
    w.confirm(ids);
    expect((await brief(ids, 'forty.docx')).hits).toBe(40);
  });
});

it('every code of a brief has words', () => {
  expect(Object.keys(VERDICTS).sort()).toEqual([...Verdict.options].sort());
  expect(Object.keys(REASONS).sort()).toEqual([...DispositionReason.options].sort());
  expect(Object.keys(TRANSFORM_WORDS).sort()).toEqual([...TRANSFORMS].sort());
});
