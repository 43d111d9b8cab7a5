// Importing in the real window: a folder and an archive dropped, a table described, a list compared.
// Each test continues where the one before it ended.
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { type Launched, launchDocket } from './launch.ts';
import { answerSaveDialog, choose, goTo, jobsDone, notice } from './steps/desk.ts';
import { cardOf, describeColumns, drawerOf, dropFiles, importDrawer, setColumn } from './steps/drop.ts';
import { confirmRecoveryKey, createWorkspace } from './steps/start.ts';

const CHAT = [
  '12/31/20, 23:58 - Alice: see you at midnight',
  '1/1/21, 00:01 - Bob: happy new year',
  '1/1/21, 00:03 - Alice: <Media omitted>',
  '',
].join('\n');
// The same chat kept by both: Bob's clock is a minute ahead, he lacks one message and has another wording.
const ALICE_KEPT = [
  '3/1/26, 09:05 - Alice: 合同今天能签吗',
  '3/1/26, 09:06 - Bob: 可以，下午三点',
  '3/1/26, 09:08 - Alice: 别走公司的账',
  '3/1/26, 09:10 - Bob: 好的，明白了',
  '3/1/26, 09:12 - Alice: 谢谢',
  '',
].join('\n');
const BOB_KEPT = ALICE_KEPT.replaceAll(
  /09:(\d\d)/g,
  (_, minute) => `09:${String(Number(minute) + 1).padStart(2, '0')}`,
)
  .replace(/.*别走公司的账\n/, '')
  .replace('下午三点', '下午四点');
const TABLE = [
  '群聊导出 第 3 批',
  '序,当地时刻,谁,说了什么',
  '1,2026/3/1 9:05,王五,早上好',
  '2,2026/3/1 9:06,赵六,今天的货到了吗',
  '3,2026/3/1 9:08,王五,到了，在仓库',
  '',
].join('\r\n');
const DAY_AND_TIME = [
  '哪天,几点,谁,说了什么',
  '2026/3/2,9:05,王五,货发了',
  '2026/3/2,17:40,赵六,收到',
  '',
].join('\r\n');
const ROSTER = [
  '工号,姓名,部门,入职日期,离职日期',
  'E1,张三,采购部,2020-01-05,',
  'E2,李四,仓储部,2021-06-01,',
  '',
].join('\r\n');
const NEXT_ROSTER = [
  '工号,姓名,部门,入职日期,离职日期',
  'E1,张三,采购部,2020-01-05,2026-10-31',
  'E3,王五,仓储部,下周一,',
  '',
].join('\r\n');

describe('importing', () => {
  let folder: string;
  let docket: Launched;
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-imports-'));
    await mkdir(at('exports/media'), { recursive: true });
    await writeFile(at('exports/WhatsApp Chat with Bob.txt'), CHAT);
    await writeFile(at('exports/media/IMG-1.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
    await writeFile(at('WhatsApp Chat with Bob, Alice.txt'), ALICE_KEPT);
    await writeFile(at('WhatsApp Chat with Alice, Bob.txt'), BOB_KEPT);
    await writeFile(at('其他软件.csv'), TABLE);
    await writeFile(at('日期分列.csv'), DAY_AND_TIME);
    await writeFile(at('员工花名册2026-10.csv'), ROSTER);
    await writeFile(at('员工花名册2026-11.csv'), NEXT_ROSTER);
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.from(CHAT.replaceAll('Bob', 'Carol')), '_chat.txt');
    zip.addBuffer(Buffer.alloc(2000, 7), 'VIDEO-1.mp4');
    zip.addBuffer(Buffer.from('elsewhere'), 'link-to-elsewhere', { mode: 0o120777 });
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(at('chats.zip')));
    docket = await launchDocket({
      userData: at('data'),
      args: ['--lang=zh-CN'],
      env: { DOCKET_KEYS: at('keys') },
    });
    await createWorkspace(docket.window, { name: '周明', passphrase: 'lantern orchard 41' });
    await confirmRecoveryKey(docket.window);
  });
  afterAll(async () => {
    await docket?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a folder and an archive, dropped together: what is read, what is not, what is refused', async () => {
    const { window } = docket;
    // The screen changes under the pointer while the files are held over it.
    await dropFiles(window, [at('exports'), at('chats.zip')], async () => {
      await window.evaluate("location.hash = '#/imports'");
      await window.getByRole('heading', { level: 1, name: '导入' }).waitFor();
    });
    const dropped = cardOf(window, 'exports');
    await dropped.getByText('导入其中 1 个文件中的 1 个').waitFor();
    expect(await dropped.innerText()).toContain('1 个图片、音频、视频文件');
    const archive = cardOf(window, 'chats.zip');
    await archive.getByText('_chat.txt').waitFor();
    expect(await archive.innerText()).toMatch(/1 个文件被拒绝[\s\S]*link-to-elsewhere[\s\S]*符号链接/);
    await importDrawer(window);
    const refused = window.getByRole('dialog', { name: '1 个文件未导入' });
    await refused.getByText('符号链接，不跟随').waitFor();
    await window.keyboard.press('Escape');
    expect(await notice(window, '已导入 3 个来源')).toContain('6 条消息');
    await jobsDone(window);
    const grid = window.getByRole('grid', { name: '导入' });
    expect(await grid.getByRole('row').filter({ hasText: 'chats.zip' }).innerText()).toContain('压缩包');
  });

  test('a table of another program: its columns are described, tried on real rows, and saved', async () => {
    const { window } = docket;
    await dropFiles(window, [at('其他软件.csv')]);
    const wizard = await describeColumns(window, '其他软件.csv');
    const header = wizard.getByLabel('表头行（0 为无）');
    await header.fill('2');
    await wizard.getByRole('combobox', { name: '列“说了什么”是' }).waitFor();
    await setColumn(window, wizard, '说了什么', '消息内容');
    await setColumn(window, wizard, '谁', '发送者');
    await setColumn(window, wizard, '当地时刻', '发送时间');
    await wizard.getByText('3 个时间中读出 3 个').first().waitFor();
    await wizard.getByLabel('会话名称').fill('仓库群');
    await wizard.getByLabel('映射名称').fill('他家软件');
    await wizard.getByRole('button', { name: '按此读取' }).click();
    await notice(window, '已保存映射“他家软件”');
    const card = cardOf(window, '其他软件.csv');
    await card.getByText('今天的货到了吗').waitFor();
    await importDrawer(window);
    expect(await notice(window, '已导入 1 个来源')).toContain('3 条消息');
    await jobsDone(window);
  });

  test('a table with the day in a column of its own: both columns make the time', async () => {
    const { window } = docket;
    await dropFiles(window, [at('日期分列.csv')]);
    const wizard = await describeColumns(window, '日期分列.csv');
    await setColumn(window, wizard, '说了什么', '消息内容');
    await setColumn(window, wizard, '谁', '发送者');
    await setColumn(window, wizard, '几点', '发送时间');
    await setColumn(window, wizard, '哪天', '日期（与时间分列时）');
    await wizard.getByText('2 个时间中读出 2 个').first().waitFor();
    await wizard.getByLabel('会话名称').fill('仓库群');
    await wizard.getByLabel('映射名称').fill('日期分列');
    await wizard.getByRole('button', { name: '按此读取' }).click();
    await notice(window, '已保存映射“日期分列”');
    const card = cardOf(window, '日期分列.csv');
    await card.getByText('2026/3/2 17:40').first().waitFor();
    await importDrawer(window);
    expect(await notice(window, '已导入 1 个来源')).toContain('2 条消息');
    await jobsDone(window);
  });

  test('a roster: the first import, then the difference before the second is applied', async () => {
    const { window } = docket;
    await dropFiles(window, [at('员工花名册2026-10.csv')]);
    const first = cardOf(window, '员工花名册2026-10.csv');
    await first.getByText('这是该清单的首次导入。').waitFor();
    await importDrawer(window);
    await notice(window, '已导入 1 个来源');
    await jobsDone(window);

    await dropFiles(window, [at('员工花名册2026-11.csv')]);
    const second = cardOf(window, '员工花名册2026-11.csv').getByRole('region', { name: '人员名册的变化' });
    await second.getByText('新增 1').waitFor();
    const shown = await second.innerText();
    expect(shown).toContain('变更 1');
    expect(shown).toContain('减少 1');
    expect(shown).toMatch(/第 3 行: 不是日期，按原文保留[\s\S]*下周一/);
    await importDrawer(window);
    await notice(window, '已导入 1 个来源');
    await jobsDone(window);
  });

  test('the list says what is in force, what each import changed, and gives a template', async () => {
    const { window } = docket;
    await goTo(window, '清单');
    await window.getByRole('grid', { name: '清单' }).getByText('员工花名册').click();
    const panel = window.getByRole('complementary');
    await panel.getByRole('cell', { name: '2026-10-31' }).waitFor();
    expect(await panel.getByRole('row').count()).toBe(1 + 2);
    await panel.getByRole('tab', { name: '变化' }).click();
    await panel.getByText('减少 1').waitFor();
    await choose(window, panel.getByRole('combobox', { name: '历次导入' }), /2026-10\.csv/);
    await panel.getByText('新增 2').waitFor();
    await answerSaveDialog(docket, at('模板.csv'));
    await window.getByRole('button', { name: '下载模板' }).click();
    await window.getByRole('menuitem', { name: '许可资质' }).click();
    expect(await notice(window, '已保存模板')).toContain('模板.csv');
    expect(await drawerOf(window).count()).toBe(0);
  });

  test('both sides of one chat: what only one of them tells, what differs, and the table of it', async () => {
    const { window } = docket;
    await goTo(window, '导入');
    await dropFiles(window, [
      at('WhatsApp Chat with Bob, Alice.txt'),
      at('WhatsApp Chat with Alice, Bob.txt'),
    ]);
    await cardOf(window, 'WhatsApp Chat with Bob, Alice.txt').getByText('别走公司的账').waitFor();
    await cardOf(window, 'WhatsApp Chat with Alice, Bob.txt').getByText('下午四点').waitFor();
    await importDrawer(window);
    await notice(window, '已导入 2 个来源');
    await jobsDone(window);

    await goTo(window, '双方核对');
    await choose(
      window,
      window.getByRole('combobox', { name: '甲方导出' }),
      'WhatsApp Chat with Bob, Alice.txt',
    );
    await choose(
      window,
      window.getByRole('combobox', { name: '乙方导出' }),
      'WhatsApp Chat with Alice, Bob.txt',
    );
    await window.getByRole('button', { name: '开始核对' }).click();
    const grid = window.getByRole('grid', { name: '双方核对' });
    await grid.getByText('别走公司的账').waitFor();
    expect(await grid.getByRole('row').count()).toBe(1 + 2);
    await answerSaveDialog(docket, at('核对.csv'));
    await window.getByRole('button', { name: '导出 CSV' }).click();
    await notice(window, '核对结果已导出');
    const saved = await readFile(at('核对.csv'), 'utf8');
    expect(saved).toContain('别走公司的账');
    expect(saved).toMatch(/下午三点[\s\S]*下午四点/);
  });
});
