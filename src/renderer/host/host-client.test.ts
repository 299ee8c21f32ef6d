// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HOST_METHODS } from '../../contract/host-api.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { host, shell, subscribe } from './host-client.ts';
import { standInHost } from './host-for-tests.ts';

afterEach(() => {
  Reflect.deleteProperty(window, 'riffle');
  vi.unstubAllGlobals();
});

describe('the host client', () => {
  it('has every method of the contract', () => {
    const methods = Object.entries(host).flatMap(([area, calls]) =>
      Object.keys(calls as object).map((name) => `${area}.${name}`),
    );
    expect(methods.sort()).toEqual(Object.keys(HOST_METHODS).sort());
  });

  it('gives the value of a call through Electron’s bridge', async () => {
    const { calls } = standInHost({ 'catalog.album': ({ id }: { id: string }) => ({ id, title: 'Löss' }) });
    expect(await host.catalog.album({ id: 'a1' })).toEqual({ id: 'a1', title: 'Löss' });
    expect(calls).toEqual([{ method: 'catalog.album', argument: { id: 'a1' } }]);
    expect(shell()).toBe('electron');
  });

  it('throws the host’s failure with its code', async () => {
    standInHost({
      'catalog.album': () => {
        throw new HostFailure('not_found', 'gone');
      },
    });
    await expect(host.catalog.album({ id: 'a1' })).rejects.toMatchObject({
      name: 'HostFailure',
      code: 'not_found',
    });
  });

  it('gives every listener the values pushed under its name, until it leaves', () => {
    const { push } = standInHost({});
    const seen: unknown[] = [];
    const leave = subscribe('history', (entries) => seen.push(entries));
    push('history', []);
    leave();
    push('history', []);
    expect(seen).toEqual([[]]);
  });

  it('posts to the web shell where there is no bridge', async () => {
    const fetched = vi.fn(async (_url: string, _options: RequestInit) =>
      Response.json({ ok: true, value: null }),
    );
    vi.stubGlobal('fetch', fetched);
    await host.history.clear();
    await host.catalog.search({ query: 'lene' });
    expect(shell()).toBe('web');
    expect(fetched.mock.calls.map(([url, options]) => [url, options.method, options.body])).toEqual([
      ['/host/history.clear', 'POST', 'null'],
      ['/host/catalog.search', 'POST', '{"query":"lene"}'],
    ]);
  });

  it('lets what is said as the page goes outlive it, unless it is too long for that', async () => {
    const fetched = vi.fn(async (_url: string, _options: RequestInit) =>
      Response.json({ ok: true, value: null }),
    );
    vi.stubGlobal('fetch', fetched);
    const place = { version: 1, entryId: 'e1', positionMs: 5000, volume: 1, muted: false } as const;
    await host.playback.savePosition(place);
    await host.playback.savePosition({ ...place, entryId: 'e'.repeat(70_000) });
    await host.history.clear();
    expect(fetched.mock.calls.map(([, options]) => options.keepalive)).toEqual([true, false, false]);
  });

  it.each([
    ['a page instead of a reply', async () => new Response('<html>', { status: 502 })],
    ['something that is no reply', async () => Response.json({ hello: 1 })],
    ['nothing', async () => Promise.reject(new TypeError('Failed to fetch'))],
  ])('calls it internal when the web shell answers with %s', async (_what, answer) => {
    vi.stubGlobal('fetch', answer);
    await expect(host.status.get()).rejects.toMatchObject({ name: 'HostFailure', code: 'internal' });
  });

  it('shares one event connection of the web shell and closes it with the last listener', () => {
    const sources: FakeEventSource[] = [];
    class FakeEventSource extends EventTarget {
      closed = false;
      readonly url: string;
      constructor(url: string) {
        super();
        this.url = url;
        sources.push(this);
      }
      close(): void {
        this.closed = true;
      }
    }
    vi.stubGlobal('EventSource', FakeEventSource);
    const seen: unknown[] = [];
    const leaveFirst = subscribe('settings', (settings) => seen.push(settings));
    const leaveSecond = subscribe('history', (entries) => seen.push(entries));
    const [source] = sources;
    source?.dispatchEvent(new MessageEvent('history', { data: '[]' }));
    leaveFirst();
    leaveFirst();
    expect([sources.length, source?.url, source?.closed, seen]).toEqual([1, '/host/events', false, [[]]]);
    leaveSecond();
    expect(source?.closed).toBe(true);
  });

  it('asks nothing any more, and answers nothing, once the window starts over', async () => {
    vi.resetModules();
    const leaving = await import('./host-client.ts');
    const { calls } = standInHost({ 'history.clear': () => undefined });
    await leaving.host.history.clear();
    leaving.leaveHost();
    await expect(leaving.host.history.clear()).rejects.toMatchObject({ code: 'cancelled' });
    expect(calls).toHaveLength(1);
  });
});
