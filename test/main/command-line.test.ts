import { expect, test, vi } from 'vitest';
import { commandArguments } from '../../src/main/command-line.ts';

vi.mock('electron', () => ({ app: {} }));

const EXE = '/opt/docket/docket';
const FOLDER = '/home/me/docket';

test.for<[string, string[], string[] | undefined]>([
  ['no argument', [], undefined],
  ['only a switch of Chromium', ['--lang=zh-CN'], undefined],
  ['a test driver', ['--inspect=0', '--remote-debugging-port=0', '--no-sandbox', '--disable-gpu'], undefined],
  ['a command', ['import', 'chats.csv', '--json'], ['import', 'chats.csv', '--json']],
  ['an option before the command', ['--workspace', '/w', 'hits'], ['--workspace', '/w', 'hits']],
  ['a command as root', ['--no-sandbox', 'verify', 'p.zip'], ['verify', 'p.zip']],
  ['the version', ['--version'], ['--version']],
  ['help', ['--help'], ['--help']],
])('a packaged program with %s', ([, args, expected]) => {
  expect(commandArguments([EXE, ...args], undefined)).toEqual(expected);
});

test.for<[string, string[], string[] | undefined]>([
  ['no argument', [], undefined],
  ['a switch', ['--lang=zh-CN'], undefined],
  ['a command', ['scan', '--pack', 'p.json'], ['scan', '--pack', 'p.json']],
])('a checkout with %s', ([, args, expected]) => {
  const before = ['/cache/electron', '-r', '/driver.js', '--no-sandbox', `${FOLDER}/`];
  expect(commandArguments([...before, ...args], FOLDER)).toEqual(expected);
});
