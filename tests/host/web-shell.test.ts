import { request as httpRequest } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { listFiles } from '../../src/main/assets/asset-list.ts';
import { createAssets } from '../../src/main/assets/serve-assets.ts';
import { createWebShell, type WebShell } from '../../src/main/shells/web/web-shell.ts';
import { openHost, type OpenedHost } from './open-host.ts';
import { startServiceStandIn, type ServiceStandIn } from './service-stand-in.ts';
import { startOrigin } from './origin-server.ts';
import { audioBytes, bodyOf, sha256Of, trackIdFor, until } from './track-cache-fixture.ts';

const TOKEN = 'a-token-for-this-test';

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** `fetch` writes Host and Sec-Fetch headers by its own rules; here every header is ours. */
const raw = (
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (incoming) => {
        let text = '';
        incoming.on('data', (chunk) => {
          text += String(chunk);
        });
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });

describe('the web shell', () => {
  let service: ServiceStandIn;
  let opened: OpenedHost;
  let shell: WebShell;
  let cookie: string;

  beforeEach(async () => {
    service = await startServiceStandIn();
    opened = await openHost(service.url);
    const folder = join(opened.folder, 'renderer');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Riffle</title>');
    await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {};');
    await writeFile(join(opened.folder, 'secret.txt'), 'not for the window');
    const assets = createAssets({ folder, files: await listFiles(folder), shell: 'web' });
    shell = await createWebShell({ host: opened.host, assets, port: 0, token: TOKEN, log: opened.log });
    cookie = `riffle-${new URL(shell.origin).port}=${TOKEN}`;
  });
  afterEach(async () => {
    await shell.close();
    await service.close();
  });

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    raw(`${shell.origin}${path}`, { headers: { cookie, ...headers } });
  const call = (method: string, argument: unknown, headers: Readonly<Record<string, string>> = {}) =>
    raw(`${shell.origin}/host/${method}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(argument) ?? '',
    });

  it('lets in whoever opens the start address, and takes the token out of it', async () => {
    const answer = await raw(shell.startUrl, {});

    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/');
    expect(answer.headers['set-cookie']).toEqual([`${cookie}; HttpOnly; SameSite=Strict; Path=/`]);
    expect((await get('/')).text).toContain('<title>Riffle</title>');
  });

  it.each([
    ['without the cookie', '/', {}],
    ['with a wrong cookie', '/', { cookie: 'riffle-1=a-token-for-this-test' }],
    ['with a wrong token', '/?token=guess', {}],
    ['for a track without the cookie', `/tracks/${trackIdFor('a')}`, {}],
    ['for events without the cookie', '/host/events', {}],
  ])('refuses a request %s, in one sentence', async (_name, path, headers) => {
    const answer = await raw(`${shell.origin}${path}`, { headers });

    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/^Open the address that Riffle printed .+\.\n$/);
  });

  it.each([
    ['another host name (DNS rebinding)', { host: 'evil.example' }],
    ['the right name at another port', { host: '127.0.0.1:1' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['no origin to speak of', { origin: 'null' }],
    ['another site, by the browser’s own word', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s even with the cookie', async (_name, headers) => {
    expect((await get('/', headers)).status).toBe(403);
    expect((await call('status.get', null, headers)).status).toBe(403);
  });

  it('answers the window’s own requests', async () => {
    const own = { origin: shell.origin, 'sec-fetch-site': 'same-origin' };

    const answer = await call('settings.change', { theme: 'dark' }, own);

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ ok: true, value: { theme: 'dark' } });
  });

  it('gives failures as data, with 200', async () => {
    const answer = await call('catalog.album', { id: trackIdFor('gone') });

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('takes calls by POST and as JSON only', async () => {
    expect((await get('/host/status.get')).status).toBe(404);
    expect((await call('status.get', null, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await call('no.such', null)).status).toBe(200);
    const garbled = await raw(`${shell.origin}/host/status.get`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"half":',
    });
    expect(garbled.status).toBe(400);
  });

  it('serves the window under a strict policy, fresh, and its hashed files for ever', async () => {
    const page = await get('/');
    const script = await get('/assets/main-abc123.js');

    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('gives the page for deep addresses, so that they reload', async () => {
    expect((await get('/album/00000000000000000000')).text).toContain('<title>Riffle</title>');
    expect((await get('/search?q=a.b')).text).toContain('<title>Riffle</title>');
    expect((await get('/assets/missing.js')).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '//secret.txt',
  ])('gives nothing from outside the window’s files for %s', async (path) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(shell.origin);
      httpRequest({ host: '127.0.0.1', port, path, headers: { cookie, host: `127.0.0.1:${port}` } })
        .on('response', (incoming) => {
          let text = '';
          incoming.on('data', (chunk) => {
            text += String(chunk);
          });
          incoming.on('end', () => resolve(text));
        })
        .on('error', reject)
        .end();
    });
    expect(answer).not.toContain('not for the window');
  });

  it('streams what is now, and then every change, as named events', async () => {
    const { port } = new URL(shell.origin);
    const abort = new AbortController();
    const response = await fetch(`http://127.0.0.1:${port}/host/events`, {
      headers: { cookie },
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    })().catch(() => undefined);

    await until('the snapshot came', () =>
      /event: status\n[^]*event: settings\n[^]*event: history\n/.test(text),
    );
    await call('settings.change', { theme: 'light' });
    await until('the change came', () => text.includes('"theme":"light"'));

    abort.abort();
    await reading;
  });

  it('streams tracks with ranges, and gives up the edge when the listener skips', async () => {
    const origin = await startOrigin();
    onTestFinished(() => origin.close());
    const audio = audioBytes(500_000);
    const trackId = trackIdFor('song');
    origin.put('/song', audio);
    service.answer(`/v1/tracks/${trackId}/media`, {
      json: {
        url: origin.url('/song'),
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
        contentType: 'audio/mpeg',
        bytes: audio.byteLength,
        sha256: sha256Of(audio),
      },
    });

    const response = await fetch(`${shell.origin}/tracks/${trackId}`, {
      headers: { cookie, range: 'bytes=100-199' },
    });

    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 100-199/500000');
    expect(Buffer.compare(await bodyOf(response), audio.subarray(100, 200))).toBe(0);
    const skipped = await fetch(`${shell.origin}/tracks/${trackId}`, { headers: { cookie } });
    await skipped.body?.cancel();
    await until('it is kept all the same', () => opened.host.snapshot().status.cache.tracks === 1);
    expect(origin.requests).toHaveLength(1);
  });

  it('notices a listener who goes before there is a first byte, and lets what they then want have the line', async () => {
    const origin = await startOrigin();
    onTestFinished(() => origin.close());
    const [left, wanted] = ['left', 'wanted'].map((name, index) => {
      const trackId = trackIdFor(name);
      const audio = audioBytes(400_000, 1 + index);
      origin.put(`/${name}`, audio);
      service.answer(`/v1/tracks/${trackId}/media`, {
        json: {
          url: origin.url(`/${name}`),
          expiresAt: new Date(Date.now() + 600_000).toISOString(),
          contentType: 'audio/flac',
          bytes: audio.byteLength,
          sha256: sha256Of(audio),
        },
      });
      return { trackId, audio };
    });
    if (left === undefined || wanted === undefined) throw new Error('two tracks');
    await opened.host.call('cache.expect', { current: wanted.trackId, upcoming: [] });
    origin.meetWith('/left', { kind: 'late', byMs: 60_000 });
    const going = new AbortController();
    const gone = fetch(`${shell.origin}/tracks/${left.trackId}`, {
      headers: { cookie },
      signal: going.signal,
    });
    await until('it is asked for at the edge', () => origin.requests.length === 1);

    going.abort();

    await expect(gone).rejects.toThrow(/abort/i);
    await until('nobody asks the edge for it any more', async () => (await origin.openConnections()) === 0);
    const heard = await fetch(`${shell.origin}/tracks/${wanted.trackId}`, { headers: { cookie } });
    expect(Buffer.compare(await bodyOf(heard), wanted.audio)).toBe(0);
  });

  it('tears the connection when a track cannot be had to its end, rather than end it early', async () => {
    const origin = await startOrigin();
    onTestFinished(() => origin.close());
    const audio = audioBytes(500_000);
    const trackId = trackIdFor('song');
    origin.put('/song', audio);
    origin.meetWith('/song', { kind: 'flipped-bit' });
    service.answer(`/v1/tracks/${trackId}/media`, {
      json: {
        url: origin.url('/song'),
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
        contentType: 'audio/mpeg',
        bytes: audio.byteLength,
        sha256: sha256Of(audio),
      },
    });

    const response = await fetch(`${shell.origin}/tracks/${trackId}`, { headers: { cookie } });

    await expect(response.arrayBuffer()).rejects.toThrow(/./);
  });

  it('keeps a link that was navigated to for the page that comes, and gives one that was fetched at once', async () => {
    const open = (link: string, mode: string) =>
      get(`/open?link=${encodeURIComponent(link)}`, { 'sec-fetch-mode': mode });
    const waiting = () => opened.host.snapshot().commands.map(({ command }) => command);
    const artists = { kind: 'open', link: { kind: 'page', page: 'artists' } };
    const genres = { kind: 'open', link: { kind: 'page', page: 'genres' } };

    const answer = await open('riffle://open/artists', 'navigate');
    expect([answer.status, answer.headers.location, waiting()]).toEqual([303, '/', []]);
    await call('system.commands', null);
    expect(waiting()).toEqual([artists]);
    await open('riffle://open/genres', 'cors');
    expect(waiting()).toEqual([artists, genres]);
    expect((await open('javascript:alert(1)', 'navigate')).status).toBe(400);
    expect((await raw(`${shell.origin}/open?link=riffle://open/artists`, {})).status).toBe(403);
    await call('system.commands', null);
    expect(waiting()).toHaveLength(2);
  });

  it('closes with listeners still connected', async () => {
    const response = await fetch(`${shell.origin}/host/events`, { headers: { cookie } });

    await shell.close();

    await expect(response.text()).rejects.toThrow(/./);
    // The next test's `afterEach` closes again; a second shell stands in for the first.
    shell = await createWebShell({
      host: opened.host,
      assets: async () => new Response(null),
      port: 0,
      token: TOKEN,
      log: opened.log,
    });
  });
});
