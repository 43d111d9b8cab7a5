// The window reaches no network, in three layers: the page's content security policy, a filter over
// every request of the session, and a resolver that knows no host. And it can do nothing but show
// its one page: no permission, no other page, no second window, no download.
import { join } from 'node:path';
import { app, type Session, type WebContents } from 'electron';
import { APP_ORIGIN, APP_PAGE, registerAppScheme, serveApp } from './app-protocol.ts';
import { outFolder } from './out-folder.ts';

/**
 * Chromium's own traffic (updates of components, variations, reports, DNS prefetching, proxy discovery),
 * switched off. `devServer` stays reachable: only in a checkout under `npm run dev`.
 */
export function hardenProcess(devServer: string | undefined): void {
  const resolvable = devServer ? `, EXCLUDE ${new URL(devServer).hostname}` : '';
  const switches: [string, string?][] = [
    ['disable-background-networking'],
    ['disable-component-update'],
    ['disable-domain-reliability'],
    ['disable-sync'],
    ['disable-breakpad'],
    ['dns-prefetch-disable'],
    ['no-pings'],
    ['no-proxy-server'],
    ['host-resolver-rules', `MAP * ~NOTFOUND${resolvable}`],
    ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
    ['force-webrtc-ip-handling-policy'],
  ];
  for (const [name, value] of switches) app.commandLine.appendSwitch(name, value);
  registerAppScheme();
  app.on('web-contents-created', (_, contents) => hardenContents(contents, devServer));
}

/** Serves the page and refuses everything else that the session could be asked for. */
export function hardenSession(session: Session, devServer: string | undefined): void {
  serveApp(join(outFolder(), 'renderer'));
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isAllowedRequest(details.url, devServer) });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Whether the session may load this URL: the app, what the page made itself, developer tools, the dev server. */
export function isAllowedRequest(url: string, devServer: string | undefined): boolean {
  const { protocol, host } = new URL(url);
  if (protocol === 'app:') return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
  if (protocol === 'data:' || protocol === 'blob:' || protocol === 'devtools:') return true;
  return devServer !== undefined && host === new URL(devServer).host && ['http:', 'ws:'].includes(protocol);
}

function hardenContents(contents: WebContents, devServer: string | undefined): void {
  const page = devServer ? new URL(devServer).href : APP_PAGE;
  contents.on('will-frame-navigate', (event) => {
    // The page may load itself again.
    if (event.url.split('#')[0] !== page || !event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
