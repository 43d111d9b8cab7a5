import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { assetPath } from '../../src/main/app-protocol.ts';
import { isAllowedRequest } from '../../src/main/security.ts';

vi.mock('electron', () => ({ app: {}, protocol: {} }));

describe('isAllowedRequest', () => {
  const DEV = 'http://localhost:5173';
  test.for<[string, boolean, boolean]>([
    // URL, in a build, under the dev server
    ['app://docket/index.html', true, true],
    ['app://docket', true, true],
    ['app://docket.example/index.html', false, false],
    ['app://other/', false, false],
    ['data:image/png;base64,AA==', true, true],
    ['blob:app://docket/0000', true, true],
    ['devtools://devtools/bundled/inspector.html', true, true],
    ['file:///etc/passwd', false, false],
    ['https://example.com/', false, false],
    ['http://127.0.0.1/', false, false],
    ['http://localhost:5173/main.tsx', false, true],
    ['ws://localhost:5173/', false, true],
    ['http://localhost:5174/', false, false],
    ['ftp://localhost:5173/', false, false],
  ])('%s', ([url, inBuild, inDev]) => {
    expect([isAllowedRequest(url, undefined), isAllowedRequest(url, DEV)]).toEqual([inBuild, inDev]);
  });
});

describe('assetPath', () => {
  const ROOT = join('/app', 'out', 'renderer');
  test.for<[string, string | undefined]>([
    ['app://docket/index.html', join(ROOT, 'index.html')],
    ['app://docket/assets/a%20b.js', join(ROOT, 'assets', 'a b.js')],
    ['app://docket/', undefined],
    ['app://other/index.html', undefined],
    ['app://docket/..%2fmain%2findex.js', undefined],
    ['app://docket/..%5cmain', undefined],
    ['app://docket/%00', undefined],
    ['app://docket/%', undefined],
    ['app://docket/assets/..%2f..%2f..%2fetc/passwd', undefined],
  ])('%s', ([url, expected]) => {
    expect(assetPath(ROOT, url)).toBe(expected);
  });
});
