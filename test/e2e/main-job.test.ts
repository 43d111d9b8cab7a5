// The whole job in the real window by mouse and keyboard: from an empty machine to a pack that a
// stranger verifies. Each test continues where the one before it ended.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/runtime/paths.ts';
import { sampleFiles } from '../../src/core/app/imports/sample.ts';
import { type Launched, launchDocket } from './launch.ts';
import { approve, decide, exportPack, fileReports, openTab } from './steps/case.ts';
import { type Answer, docket as commandLine } from './steps/command-line.ts';
import { goTo, notice, tile } from './steps/desk.ts';
import { importFiles, ledgerOf } from './steps/import.ts';
import {
  beginReview,
  decideByKey,
  detect,
  markedInContext,
  openCase,
  queueOf,
  showVerdict,
} from './steps/review.ts';
import { addOfficer, confirmRecoveryKey, createWorkspace, tryUnlock } from './steps/start.ts';
import { changeByteOf } from './steps/zip.ts';

const FIRST = { name: '周明', passphrase: 'lantern orchard 41' };
const SECOND = { name: '林晓', passphrase: 'harbour violin 77' };
const WRONG = 'neither of the two';
/** Posts part-time scams, gambling, cigarettes and false papers into the work group. */
const SENDER = '丛辉';
const TITLE = '兼职诈骗与赌博推广';
const CLOSURE = '永久封禁账号';
const AUTHORISATION = {
  authorisedBy: '合规部 周主任',
  purpose: '工作群专项检查',
  scope: '第一季度的工作群消息',
  basis: '本单位规章制度',
};

describe('the main job', () => {
  const files = sampleFiles(join(ROOT, 'resources'));
  let folder: string;
  let env: Record<string, string>;
  let docket: Launched;
  let pack: string;
  let root: string;
  const open = () => launchDocket({ userData: folder, args: ['--lang=zh-CN'], env });
  const stats = (): Promise<Answer> =>
    commandLine(['stats', '--json', '--workspace', join(folder, 'workspace')], {
      ...env,
      DOCKET_KEY: FIRST.passphrase,
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-main-job-'));
    env = { DOCKET_KEYS: join(folder, 'keys') };
    pack = join(folder, 'pack.zip');
    docket = await open();
  });
  afterAll(async () => {
    await docket?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('first start: profile, officer, passphrase, recovery key', async () => {
    expect(await createWorkspace(docket.window, FIRST)).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
    await confirmRecoveryKey(docket.window);
    const title = () =>
      docket.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await expect.poll(title).toMatch(/^概览 · 工作站 [0-9A-Z]{2} · 案卷$/);
  });

  test('a second officer with a passphrase of their own', async () => {
    await addOfficer(docket.window, SECOND, '合规主管');
    expect(await docket.window.getByRole('row', { name: new RegExp(SECOND.name) }).innerText()).toContain(
      '合规主管',
    );
  });

  test('imports the sample with every conversation, under an authority record; each ledger balances', async () => {
    await importFiles(docket, files, AUTHORISATION);
    for (const file of files) {
      expect(await ledgerOf(docket.window, basename(file)), file).toEqual({
        balance: '与文件大小一致',
        authority: `${AUTHORISATION.authorisedBy} · ${AUTHORISATION.purpose}`,
      });
    }
  });

  test('finds messages by a word of two characters', async () => {
    await goTo(docket.window, '消息');
    await docket.window.getByPlaceholder('搜索消息内容').fill('免税');
    const rows = docket.window
      .getByRole('grid', { name: '消息' })
      .getByRole('row')
      .filter({ hasText: '免税' });
    await expect.poll(() => rows.count()).toBeGreaterThan(0);
    expect(await docket.window.getByRole('grid', { name: '消息' }).getByRole('row').count()).toBe(
      (await rows.count()) + 1,
    );
  });

  test('detects', async () => {
    expect(await detect(docket.window)).toMatch(/共检查 2,076 条消息，命中 \d+ 处/);
  });

  test('reviews by keyboard: the hit in its context, verdicts, a reason, undo', async () => {
    const { window } = docket;
    await queueOf(window, SENDER);
    await beginReview(window);
    expect((await markedInContext(window)).length).toBeGreaterThan(0);
    for (let hit = 0; hit < 3; hit += 1) await decideByKey(window, 'c', '属实');
    await decideByKey(window, 'd', '不成立', 5);
    await window.keyboard.press('Control+z');
    await notice(window, '已撤销 1 条命中的研判');
    for (let hit = 0; hit < 3; hit += 1) await decideByKey(window, 'c', '属实');
    await decideByKey(window, 'd', '不成立', 1);
  });

  test('opens a case from the confirmed hits', async () => {
    const { window } = docket;
    await showVerdict(window, '属实');
    await expect.poll(() => window.getByRole('grid', { name: '研判' }).getByRole('row').count()).toBe(1 + 6);
    expect(await openCase(window, TITLE)).toMatch(/^C-[0-9A-Z]{2}-0001$/);
    const overview = await openTab(window, '概况');
    expect(await overview.getByRole('row', { name: new RegExp(`^${SENDER} 发布者`) }).count()).toBe(1);
    const exhibits = await openTab(window, '证物');
    expect(await exhibits.getByRole('row', { name: /^E-/ }).count()).toBeGreaterThan(1);
    const timeline = await openTab(window, '经过');
    expect(await timeline.getByRole('listitem').first().innerText()).toContain('立案');
  });

  test('closes the account for good: a deviation with its reason, and the second officer with their own unlock', async () => {
    const { window } = docket;
    await decide(window, SENDER, CLOSURE, '多类违法内容，多次伪装规避，影响恶劣');
    const form = await approve(window, { ...SECOND, passphrase: WRONG });
    await form.getByText('口令与该人员不符').waitFor();
    await approve(window, SECOND);
    await notice(window, '复核通过，决定生效');
    const tab = await openTab(window, '处置决定');
    await tab.getByText(`${SECOND.name}复核通过`).waitFor();
    expect(await tab.innerText()).toMatch(new RegExp(`${CLOSURE}\\s+已生效`));
  });

  test('files the reports with receipt numbers', async () => {
    expect(await fileReports(docket.window)).toBeGreaterThan(0);
    expect(await docket.window.getByRole('region', { name: '尚待办理' }).innerText()).not.toContain('报告');
  });

  test('exports the evidence pack and shows its root', async () => {
    root = await exportPack(docket, pack);
    expect(root).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a stranger verifies the pack, and is told which file has one byte changed', async () => {
    const whole = await commandLine(['verify', pack]);
    expect(whole).toMatchObject({ code: 0, stdout: expect.stringContaining(root) });

    const changed = join(folder, 'changed.zip');
    await writeFile(changed, changeByteOf(await readFile(pack), 'data/messages.csv'));
    const refused = await commandLine(['verify', changed]);
    expect(refused.code).not.toBe(0);
    expect(refused.stdout).toContain('data/messages.csv: changed');
    expect(refused.stdout).toContain('The pack is NOT intact.');
  });

  test('the command line is told that the window has the workspace', async () => {
    expect(await stats()).toMatchObject({ code: 4, stderr: expect.stringContaining('workspace-in-use') });
  });

  test('the window and the command line tell the same numbers', async () => {
    await goTo(docket.window, '概览');
    const shown = {
      openHits: await tile(docket.window, '待研判命中'),
      openCases: await tile(docket.window, '未结案卷'),
      messages: await tile(docket.window, '消息'),
      accounts: await tile(docket.window, '账号'),
      sources: await tile(docket.window, '来源文件'),
    };
    await docket.close();
    const { code, stdout } = await stats();
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals).toMatchObject({ ...shown, openDuties: 0, undetected: 0 });
    expect(shown.messages).toBe(2076);
  });

  test('after a new start a wrong passphrase is told as such, and the right one opens', async () => {
    docket = await open();
    await tryUnlock(docket.window, { ...FIRST, passphrase: WRONG });
    await docket.window.getByRole('alert').filter({ hasText: '口令或恢复密钥不正确' }).waitFor();
    await tryUnlock(docket.window, FIRST);
    await docket.window.getByRole('heading', { level: 1, name: '概览' }).waitFor();
  });
});
