// The window's page is served under app://docket/, from out/renderer and nowhere else. A scheme of
// its own rather than file:, because a file page may read every file it can name.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';
import { protocol } from 'electron';

const SCHEME = 'app';
const HOST = 'docket';

export const APP_ORIGIN = `${SCHEME}://${HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/**
 * Scripts, fonts and workers only from the build. Styles also inline: Mantine and Recharts make style
 * elements at run time. Pictures also from data and blob, which is how attachments reach the page.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Pages offered for printing by URL; each for as long as it is printed. */
const offered = new Map<string, string>();

/** What a printed page may use: nothing but its own inline style. */
const PRINT_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** Serves a page from memory, so that its text never lies on the disk, until it is withdrawn. */
export function offerPage(html: string): { url: string; withdraw(): void } {
  const url = `${APP_ORIGIN}/print/${randomUUID()}`;
  offered.set(url, html);
  return { url, withdraw: () => void offered.delete(url) };
}

/** Declares the scheme. Before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves `folder` under the app's origin. After Electron is ready. */
export function serveApp(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const page = offered.get(request.url);
    if (page !== undefined) {
      const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PRINT_POLICY };
      return new Response(page, { headers });
    }
    const file = assetPath(folder, request.url);
    const type = file && CONTENT_TYPES[extname(file)];
    if (!file || !type) return new Response(null, { status: 404 });
    try {
      return new Response(await readFile(file), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
          'Referrer-Policy': 'no-referrer',
          'Cross-Origin-Opener-Policy': 'same-origin',
        },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

/** The file that an app URL names inside `folder`; undefined for another host and for any way out. */
export function assetPath(folder: string, url: string): string | undefined {
  const { host, pathname } = new URL(url);
  if (host !== HOST) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.includes('\\')) return undefined;
  const path = join(folder, name);
  const inside = relative(folder, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? undefined : path;
}
