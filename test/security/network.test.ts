// The window reaches no network: nothing that the page or the session tries arrives at a listening server.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Launched, launchDocket } from '../e2e/launch.ts';

let docket: Launched;
let server: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  // No connection is kept, so that every request would be one more.
  server = createServer((_, response) => response.writeHead(200, { connection: 'close' }).end('reached'));
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  docket = await launchDocket();
});
afterAll(async () => {
  await docket?.close();
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => {
  connections = 0;
});

test('the watched server can be reached from outside the window', async () => {
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('reached');
  expect(connections).toBe(1);
});

describe('from the page', () => {
  /** Page code with `url` in scope; calls `reached` or `refused`. */
  const ATTEMPTS: Record<string, string> = {
    fetch: `fetch(url, { mode: 'no-cors' }).then(reached, refused)`,
    'a request': `const r = new XMLHttpRequest(); r.onload = reached; r.onerror = refused; r.open('GET', url); r.send()`,
    'a beacon': `navigator.sendBeacon(url, 'x'); setTimeout(refused, 500)`,
    'an image': `const i = new Image(); i.onload = reached; i.onerror = refused; i.src = url`,
    'a script': element('script', 'src'),
    'a style sheet': element('link', 'href', `e.rel = 'stylesheet'`),
    'a prefetch': element('link', 'href', `e.rel = 'prefetch'; setTimeout(refused, 500)`),
    // A refused frame loads an error page of its own, so that only the server can tell.
    'a frame': element('iframe', 'src', `e.onload = null; setTimeout(refused, 500)`),
    'an object': element('object', 'data', `e.onload = null; setTimeout(refused, 500)`),
    'a style': `document.body.style.backgroundImage = 'url(' + url + ')'; setTimeout(refused, 500)`,
    'a module': `import(url).then(reached, refused)`,
    'a web socket': `const s = new WebSocket(url.replace('http', 'ws')); s.onopen = reached; s.onerror = refused`,
    'an event source': `const s = new EventSource(url); s.onopen = reached; s.onerror = refused`,
    'a form': `const f = document.createElement('form'); f.method = 'post'; f.action = url; document.body.append(f); f.submit(); setTimeout(refused, 500)`,
    'a WebRTC server': `const c = new RTCPeerConnection({ iceServers: [{ urls: url.replace('http://', 'turn:').replace(/.$/, '?transport=tcp'), username: 'u', credential: 'c' }] });
      c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o)); setTimeout(refused, 1500)`,
  };

  const cases = Object.keys(ATTEMPTS).flatMap((what) =>
    ['127.0.0.1', 'localhost'].map((host) => ({ what, host })),
  );

  test.for(cases)('$what does not reach $host', async ({ what, host }) => {
    const outcome = await docket.window.evaluate(`new Promise((resolve) => {
      const url = ${JSON.stringify(`http://${host}:${port}/`)};
      const reached = () => resolve('reached'), refused = () => resolve('refused');
      ${ATTEMPTS[what]};
    })`);
    expect(outcome).toBe('refused');
    expect(connections).toBe(0);
    expect(docket.window.url()).toMatch(/^app:\/\/docket\//);
  });

  function element(tag: string, attribute: string, more = ''): string {
    return `const e = document.createElement('${tag}'); e.onload = reached; e.onerror = refused; ${more}; e.${attribute} = url; document.head.append(e)`;
  }
});

describe('below the page, where no content security policy helps', () => {
  test('a request of the session is refused', async () => {
    const outcome = await docket.app.evaluate(
      ({ session }, url) =>
        session.defaultSession.fetch(url).then(
          () => 'reached',
          (error: Error) => error.message,
        ),
      `http://127.0.0.1:${port}/`,
    );
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(connections).toBe(0);
  });

  test("a request past the session's filter finds no host", async () => {
    const outcome = await docket.app.evaluate(async ({ session }, url) => {
      const unfiltered = session.fromPartition('unfiltered');
      return unfiltered.fetch(url).then(
        () => 'reached',
        (error: Error) => error.message,
      );
    }, `http://127.0.0.1:${port}/`);
    expect(outcome).toContain('ERR_NAME_NOT_RESOLVED');
    expect(connections).toBe(0);
  });

  test.for(['example.com', 'localhost', 'update.googleapis.com'])('%s has no address', async (host) => {
    const outcome = await docket.app.evaluate(
      ({ session }, name) =>
        session.defaultSession.resolveHost(name).then(
          () => 'resolved',
          (error: Error) => error.message,
        ),
      host,
    );
    expect(outcome).toContain('ERR_NAME_NOT_RESOLVED');
  });

  test('no proxy is asked for or found', async () => {
    const proxy = await docket.app.evaluate(({ session }) =>
      session.defaultSession.resolveProxy('https://example.com'),
    );
    expect(proxy).toBe('DIRECT');
  });
});
