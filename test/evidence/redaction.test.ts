/** Redacted copies and aliases: nothing withheld is told anywhere in the pack, and every place is still proved. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCase } from '../../src/core/app/cases/cases.ts';
import { exportPack } from '../../src/core/app/evidence/evidence.ts';
import { listRedactions, redact, takeBackRedaction } from '../../src/core/app/evidence/redactions.ts';
import { sha256 } from '../../src/core/audit/digest.ts';
import { NameMask, redactedCopy } from '../../src/core/evidence/redact.ts';
import { openZip } from '../../src/core/evidence/zip-reader.ts';
import { type CaseWorkspace, caseWorkspace } from '../builders/case-workspace.ts';
import { subjectMessage, testMessage } from '../builders/evidence-messages.ts';
import { unpack } from '../builders/evidence-tamper.ts';
import { everyVerdict, stopVerifiers } from '../builders/evidence-verifiers.ts';

let w: CaseWorkspace;
let out: string;
let pack: string;
beforeEach(() => {
  w = caseWorkspace({ profile: 'platform' });
  out = mkdtempSync(join(tmpdir(), 'docket-redact-'));
  pack = join(out, 'pack.zip');
});
afterEach(() => {
  stopVerifiers();
  w.close();
  rmSync(out, { recursive: true, force: true });
});

const SECRET = '我的号码是一三八，别告诉别人';

/** 张伟 offers something at the 5th message; 李娜 and 王小明 only talk, and speak of each other. */
function sellerCase() {
  const messages = w.tell(
    Array.from({ length: 12 }, (_, i) => {
      if (i === 5) return { by: '张伟', text: '出货，找李娜也行' };
      if (i === 6) return { by: '李娜', text: SECRET };
      return { by: i % 2 ? '李娜' : '王小明', text: `第${i}句，李娜你说呢` };
    }),
    { conversation: '李娜的群' },
  );
  const hitIds = w.find([{ on: 5, category: 'drugs' }]);
  w.confirm(hitIds);
  return { caseId: openCase(w.desk, { hitIds }).summary.id, messages };
}

const request = (caseId: string, aliases: boolean) => ({
  jobId: 'job',
  caseId,
  profile: 'court' as const,
  file: pack,
  recipient: '',
  purpose: '',
  aliases,
});

/** Every text of the pack: files as they are, and what the viewer holds deflated. */
async function everything(): Promise<string> {
  const { files } = await unpack(pack);
  const texts = [...files.values()].map((bytes) => bytes.toString('utf8'));
  const page = files.get('data/viewer.html')?.toString('utf8') ?? '';
  for (const [, block] of page.matchAll(/<script type="text\/plain"[^>]*>([^<]*)</g)) {
    texts.push(inflateRawSync(Buffer.from(block as string, 'base64')).toString('utf8'));
  }
  for (const name of ['messages.xlsx', 'messages.docx', 'evidence-list.docx']) {
    const file = join(out, name);
    writeFileSync(file, files.get(`data/${name}`) as Buffer);
    const office = openZip(file);
    for (const entry of office.entries) {
      const chunks: Buffer[] = [];
      for await (const chunk of office.read(entry)) chunks.push(chunk);
      texts.push(Buffer.concat(chunks).toString('utf8'));
    }
    office.close();
  }
  return texts.join('\n');
}

async function rows() {
  const { files } = await unpack(pack);
  const text = files.get('data/messages.ndjson')?.toString('utf8') ?? '';
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function expectIntact() {
  const verdicts = await everyVerdict(pack, w.session.officer.fingerprint);
  for (const [verifier, { failures }] of Object.entries(verdicts)) expect(failures, verifier).toEqual([]);
}

describe('a part withheld by an officer', () => {
  it('is in no file of the pack, nor a digest that it could be guessed by, and its place is proved', async () => {
    const { caseId, messages } = sellerCase();
    const made = redact(w.desk, { caseId, messageId: messages[6] ?? '', part: 'text', reason: '第三人电话' });
    await exportPack(w.desk, request(caseId, false));
    await expectIntact();
    const all = await everything();
    expect(all).not.toContain(SECRET);
    const row = (await rows()).find(({ id }) => id === messages[6]);
    expect(row).toMatchObject({
      digest: null,
      message: { text: '' },
      proof: { withheld: { text: { reason: '第三人电话' } } },
    });
    expect(row.proof.salts.text).toBeUndefined();
    const record = { ...row.message, text: SECRET };
    expect(all).not.toContain(sha256(JSON.stringify(record)));

    takeBackRedaction(w.desk, { redactionId: made.id, reason: '已获同意' });
    expect(listRedactions(w.desk, { caseId })).toEqual([]);
    await exportPack(w.desk, request(caseId, false));
    expect(await everything()).toContain(SECRET);
    await expectIntact();
    expect(w.brokenSeals()).toEqual([]);
  });

  it('can be a span of the text; the rest is shown', async () => {
    const { caseId, messages } = sellerCase();
    const messageId = messages[6] ?? '';
    redact(w.desk, { caseId, messageId, part: 'text', spans: [{ start: 5, end: 8 }], reason: '电话' });
    await exportPack(w.desk, request(caseId, false));
    expect((await rows()).find(({ id }) => id === messageId).message.text).toBe('我的号码是███，别告诉别人');
    await expectIntact();
  });

  it('is counted in the certificate, by reason', async () => {
    const { caseId, messages } = sellerCase();
    for (const i of [1, 2])
      redact(w.desk, { caseId, messageId: messages[i] ?? '', part: 'text', reason: '无关' });
    await exportPack(w.desk, request(caseId, false));
    const { files } = await unpack(pack);
    expect(JSON.parse(files.get('data/completeness.json')?.toString('utf8') ?? '')).toMatchObject({
      withheld: { messages: 2, reasons: [{ reason: '无关', messages: 2 }] },
    });
  });

  it.each([
    ['text', [{ start: 0, end: 99 }]],
    ['text', [{ start: 3, end: 3 }]],
    ['sender', [{ start: 0, end: 1 }]],
  ] as const)('of %s at %j is refused', (part, spans) => {
    const { caseId, messages } = sellerCase();
    const input = { caseId, messageId: messages[6] ?? '', part, spans: [...spans], reason: 'x' };
    expect(() => redact(w.desk, input)).toThrow('spans lie inside the text');
  });
});

describe('bystanders under aliases', () => {
  it('are named in no file of the pack; the party is, and every place is proved', async () => {
    const { caseId, messages } = sellerCase();
    await exportPack(w.desk, request(caseId, true));
    await expectIntact();
    const all = await everything();
    expect(all).not.toContain('李娜');
    expect(all).not.toContain('王小明');
    expect(all).toContain('张伟');
    const found = await rows();
    const of = (i: number) => found.find(({ id }) => id === messages[i]);
    expect(of(5)).toMatchObject({
      sender: { name: '张伟' },
      message: { text: '出货，找██也行' },
      hits: [{ spans: [{ text: '出货' }] }],
    });
    expect(of(7).sender.name).toBe(of(9).sender.name);
    expect(of(7).sender.name).not.toBe(of(8).sender.name);
    expect(of(8).sender).toMatchObject({ id: null, platformId: null });
  });

  it('are named where aliases are off', async () => {
    const { caseId } = sellerCase();
    await exportPack(w.desk, request(caseId, false));
    expect(await everything()).toContain('李娜');
  });
});

describe('a redacted copy', () => {
  const none = new NameMask([], []);
  it('of nothing is the record itself, with nothing withheld', () => {
    const { record } = subjectMessage(3);
    expect(redactedCopy(record, [], null, none)).toEqual({ record, withheld: new Map() });
  });

  it('never leaves half a character', () => {
    const { record } = testMessage(1, { text: 'a😀b' });
    const copy = redactedCopy(
      record,
      [{ part: 'text', spans: [{ start: 0, end: 2 }], reason: 'x' }],
      null,
      none,
    );
    expect(copy.record.text).toBe('███b');
  });

  it('keeps a name that a party bears too, and names of one character', () => {
    const mask = new NameMask(['王芳', '李', '王芳芳'], ['王芳']);
    expect(mask.text('王芳、王芳芳、李')).toBe('王芳、███、李');
  });
});
