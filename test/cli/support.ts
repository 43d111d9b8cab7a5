/** Runs the command line as a person would: a process of its own, with its own folders. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../builders/bench.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  readonly folder: string;
  /** Path inside the terminal's folder. */
  at(name: string): string;
  start(...args: string[]): ChildProcess;
  run(...args: string[]): Promise<Ran>;
  /** The command's one JSON value; fails where the exit code is not 0. */
  json<T>(...args: string[]): Promise<T>;
  /** Sets the passphrase for later commands; null takes it away. */
  key(passphrase: string | null): void;
  remove(): void;
}

export function terminal(): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'docket-cli-'));
  let passphrase: string | null = 'correct horse battery';
  const start = (...args: string[]) => {
    const { DOCKET_KEY: _, ...env } = process.env;
    return spawn(process.execPath, [join(ROOT, 'bin', 'docket.js'), ...args], {
      env: {
        ...env,
        DOCKET_USER_DATA: join(folder, 'data'),
        DOCKET_KEYS: join(folder, 'keys'),
        ...(passphrase === null ? {} : { DOCKET_KEY: passphrase }),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  };
  const run = (...args: string[]) => collect(start(...args));
  return {
    folder,
    at: (name) => join(folder, name),
    start,
    run,
    async json<T>(...args: string[]) {
      const { code, stdout, stderr } = await run(...args, '--json');
      if (code !== 0) throw new Error(`docket ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout) as T;
    },
    key(next) {
      passphrase = next;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function collect(child: ChildProcess): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.end();
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** A WeChatMsg CSV of so many rows; every twentieth says something that a shipped rule finds. */
export function wechatCsv(rows: number): string {
  const lines = [
    '\ufefflocalId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender',
  ];
  for (let row = 0; row < rows; row++) {
    const text =
      row % 20 === 0 ? `专业办证刻章，加微信 banzheng${row}` : `第${row}条：今天的货到了，晚点再对一下库存`;
    const who = row % 37;
    lines.push(
      `${row + 1},9,1,0,0,${1767578400 + row * 7},3,${text},2026-01-05 10:00:00,员工${who},员工${who},wxid_${who}`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}
