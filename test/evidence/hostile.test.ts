/**
 * Texts that attack their reader, in the forms that programs open: the workbook is well-formed and runs
 * nothing, the viewer and the certificate hold nothing but their own script, all verifiers read them.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../../src/core/evidence/zip-reader.ts';
import { HOSTILE, hostilePack, names } from '../builders/evidence-hostile.ts';
import { testKey } from '../builders/evidence-messages.ts';
import { type TestPack, testPack } from '../builders/evidence-tamper.ts';
import { everyVerdict, stopVerifiers } from '../builders/evidence-verifiers.ts';

let made: TestPack;
beforeAll(async () => {
  made = await testPack(hostilePack().input, testKey('officer'));
});
afterAll(async () => {
  stopVerifiers();
  await made.remove();
});

const read = (path: string) => (made.bag.files.get(path) as Buffer).toString('utf8');

it('all three verifiers find the pack intact', async () => {
  for (const [verifier, { failures }] of Object.entries(await everyVerdict(made.pack, null))) {
    expect(failures, verifier).toEqual([]);
  }
});

describe('the workbook', () => {
  /** Cells of the sheet as a strict XML parser reads them: [type, text] by row. */
  async function cells(): Promise<[string | null, string][][]> {
    const file = join(made.folder, 'messages.xlsx');
    writeFileSync(file, made.bag.files.get('data/messages.xlsx') as Buffer);
    const script = `import sys,json,zipfile,xml.etree.ElementTree as e
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
for n in z.namelist(): e.fromstring(z.read(n))
m='{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
t=e.fromstring(z.read('xl/worksheets/sheet1.xml'))
assert t.find('.//'+m+'f') is None
print(json.dumps([[[c.get('t'),''.join(c.itertext())] for c in r.iter(m+'c')] for r in t.iter(m+'row')]))`;
    return JSON.parse(
      execFileSync('python3', ['-c', script, file], { encoding: 'utf8', maxBuffer: 1 << 28 }),
    );
  }

  it('is well-formed, has no formula, and no cell longer than a cell can be', async () => {
    const rows = await cells();
    expect(rows).toHaveLength(names.length + 1);
    for (const [type, text] of rows.flat()) {
      expect(text.length).toBeLessThanOrEqual(32_767);
      if (type !== 'inlineStr') expect(text).toMatch(/^\d+$/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/);
    }
  });

  it('shows plain texts as they are, ids and numbers as text', async () => {
    const texts = (await cells()).map((row) => row.map(([, text]) => text));
    for (const name of ['script', 'formula', 'number', 'date', 'entities']) {
      expect(texts[names.indexOf(name) + 1], name).toContain(HOSTILE[name]);
    }
  });

  it('is a zip that Docket itself would accept', () => {
    const file = join(made.folder, 'messages.xlsx');
    writeFileSync(file, made.bag.files.get('data/messages.xlsx') as Buffer);
    const zip = openZip(file);
    // Its parts have names of their own (brackets, no folder), which only packs do not allow.
    expect(zip.findings.map(({ reason }) => reason).filter((reason) => !/name/.test(reason))).toEqual([]);
    zip.close();
  });
});

describe.each(['data/viewer.html', 'data/completeness.html'])('%s', (path) => {
  it('runs its own script alone, by hash, and loads nothing', () => {
    const page = read(path);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    // Pictures of the pack are drawn from memory; nothing else is loaded.
    expect(policy.replace('img-src blob:;', '')).not.toMatch(/unsafe|https?:|data:|blob:|\*/);
    const running = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script as string);
    expect(running).toHaveLength(path.includes('viewer') ? 1 : 0);
    for (const script of running) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
    const others = [...page.matchAll(/<script ([^>]*)>/g)].map(([, attributes]) => attributes as string);
    for (const attributes of others) expect(attributes).toMatch(/^type="(text\/plain|application\/json)"/);
    const outside = page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
    for (const [tag] of outside.matchAll(/<[^>]*>/g)) {
      expect(tag).not.toMatch(
        /^<(?:img|svg|iframe|object|embed|base|link|form|a)\b|\son\w+=|\bsrc=|\bhref=/i,
      );
    }
  });
});
