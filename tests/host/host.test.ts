import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOST_METHODS, type HostStatus } from '../../src/contract/host-api.ts';
import type { SavedPosition, SavedQueue } from '../../src/contract/playback-session.ts';
import { isHostMethod } from '../../src/main/bind-calls.ts';
import { openHost } from './open-host.ts';
import { startServiceStandIn, type ServiceStandIn } from './service-stand-in.ts';
import { buildTrack } from './track-builder.ts';
import { audioBytes, bodyOf, sha256Of, trackIdFor, until } from './track-cache-fixture.ts';
import { startOrigin } from './origin-server.ts';

const COVER = 'c'.repeat(64);

describe('the host', () => {
  let service: ServiceStandIn;
  beforeEach(async () => {
    service = await startServiceStandIn();
  });
  afterEach(() => service.close());

  const reachable = ({ service: state }: HostStatus) => state.state === 'reachable';

  it('has a handler for every method of the contract, and for nothing else', async () => {
    const { host } = await openHost(service.url);

    expect(Object.keys(host.handlers).sort()).toEqual(Object.keys(HOST_METHODS).sort());
    expect(isHostMethod('constructor')).toBe(false);
    expect(await host.call('constructor', null)).toMatchObject({
      ok: false,
      error: { code: 'invalid_argument' },
    });
  });

  it('knows the service soon after it starts, without being asked', async () => {
    const { host } = await openHost(service.url);
    await until('the service is known', () => reachable(host.snapshot().status));

    expect(await host.call('app.info', undefined)).toEqual({
      ok: true,
      value: {
        name: 'Riffle',
        version: '1.2.3',
        platform: 'linux',
        locale: 'de-AT',
        shell: 'web',
        licence: 'MIT',
      },
    });
  });

  it.each([
    ['catalog.album', { id: '../secret' }],
    ['catalog.album', undefined],
    ['catalog.home', { surprise: true }],
    ['catalog.albums', { limit: 1_000 }],
    ['catalog.search', { query: 'x'.repeat(201) }],
    ['history.recent', { limit: 0 }],
    ['playback.saveQueue', { version: 2 }],
    ['settings.change', { theme: 'plaid' }],
    ['settings.change', { unheardOf: 1 }],
    ['app.openExternal', { url: 'file:///etc/passwd' }],
    ['app.openExternal', { url: 'javascript:alert(1)' }],
  ])('refuses %s(%j) before anything is done', async (method, argument) => {
    const { host, opened } = await openHost(service.url);
    await until('the service is known', () => reachable(host.snapshot().status));

    expect(await host.call(method, argument)).toMatchObject({
      ok: false,
      error: { code: 'invalid_argument' },
    });

    // Who and what the service is, and nothing of its catalog.
    expect(service.asked.filter((path) => path !== '/v1/service' && path !== '/v1/me')).toEqual([]);
    expect(opened).toEqual([]);
  });

  it('opens web pages and mail outside', async () => {
    const { host, opened } = await openHost(service.url);

    await host.call('app.openExternal', { url: 'https://riffle.example/a?b=c' });
    await host.call('app.openExternal', { url: 'mailto:hello@riffle.example' });

    expect(opened).toEqual(['https://riffle.example/a?b=c', 'mailto:hello@riffle.example']);
  });

  it('passes on what the catalog says, and its failures as codes', async () => {
    const { host } = await openHost(service.url);
    service.answer('/v1/artists', { json: { items: [], nextCursor: null, total: 0 } });

    expect(await host.call('catalog.artists', {})).toEqual({
      ok: true,
      value: { items: [], nextCursor: null, total: 0 },
    });
    expect(await host.call('catalog.album', { id: trackIdFor('gone') })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('tells of the service going and coming back, and of nothing in between', async () => {
    const { host } = await openHost(service.url);
    await until('the service is known', () => reachable(host.snapshot().status));
    const told: string[] = ['reachable'];
    host.subscribe('status', ({ service: { state } }) => {
      // Other parts of the status change by themselves.
      if (told.at(-1) !== state) told.push(state);
    });
    const { port } = new URL(service.url);

    await service.close();
    await host.call('catalog.home', null);
    await host.call('catalog.genres', {});
    service = await startServiceStandIn(Number(port));
    const status = await host.call('status.check', null);

    expect(status).toMatchObject({ ok: true, value: { service: { state: 'reachable' } } });
    expect(told).toEqual(['reachable', 'unreachable', 'reachable']);
  });

  it('keeps queue and position across a restart', async () => {
    const entry = { entryId: 'e1', track: buildTrack('song') };
    const queue: SavedQueue = {
      version: 1,
      played: [],
      current: entry,
      requested: [],
      upcoming: [{ entryId: 'e2', track: buildTrack('next') }],
      naturalOrder: ['e1', 'e2'],
      shuffle: false,
      shuffleSeed: 7,
      repeat: 'all',
      origin: { kind: 'album', id: trackIdFor('album'), title: 'Album' },
    };
    const position: SavedPosition = {
      version: 1,
      entryId: 'e1',
      positionMs: 61_250,
      volume: 0.5,
      muted: false,
    };
    const first = await openHost(service.url);
    await first.host.call('playback.saveQueue', queue);
    await first.host.call('playback.savePosition', position);
    await first.host.close();

    const second = await openHost(service.url, {
      dataFolder: `${first.folder}/data`,
      cacheFolder: `${first.folder}/cache`,
    });

    expect(await second.host.call('playback.load', undefined)).toEqual({
      ok: true,
      value: { queue, position },
    });
  });

  it('tells every listener of changed settings and new history until they leave', async () => {
    const { host } = await openHost(service.url);
    const themes: string[] = [];
    const plays: number[] = [];
    const leave = host.subscribe('settings', ({ theme }) => themes.push(theme));
    host.subscribe('history', (entries) => plays.push(entries.length));

    await host.call('settings.change', { theme: 'dark' });
    leave();
    await host.call('settings.change', { theme: 'light' });
    await host.call('history.record', { track: buildTrack('song') });

    expect(themes).toEqual(['dark']);
    expect(plays).toEqual([1]);
    expect(host.snapshot()).toMatchObject({
      settings: { theme: 'light' },
      history: [{ track: { title: 'song' } }],
    });
  });

  it('plays a track by either shell’s address and counts it in the status', async () => {
    const origin = await startOrigin();
    const audio = audioBytes(100_000);
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
    const { host } = await openHost(service.url);

    const web = await host.serveTrack(new Request(`http://127.0.0.1/tracks/${trackId}`));
    expect(Buffer.compare(await bodyOf(web), audio)).toBe(0);
    await until('it is kept', () => host.snapshot().status.cache.tracks === 1);
    const electron = await host.serveTrack(new Request(`track://audio/${trackId}`));
    expect(Buffer.compare(await bodyOf(electron), audio)).toBe(0);

    expect(origin.requests).toHaveLength(1);
    expect(await host.call('cache.clear', null)).toMatchObject({
      ok: true,
      value: { cache: { tracks: 0, bytes: 0 } },
    });
    await origin.close();
  });

  it('shows a cover from the service once, and from the disk ever after', async () => {
    const picture = audioBytes(2_000);
    service.answer(`/v1/artwork/${COVER}/256`, { body: picture, headers: { 'content-type': 'image/webp' } });
    const { host } = await openHost(service.url);
    const covers = () => service.asked.filter((path) => path.startsWith('/v1/artwork')).length;

    const [one, two] = await Promise.all(
      ['http://127.0.0.1/artwork', 'artwork://image'].map((base) =>
        host.serveArtwork(new Request(base.endsWith('//') ? `${base}${COVER}/256` : `${base}/${COVER}/256`)),
      ),
    );

    expect(Buffer.compare(await bodyOf(one ?? Response.error()), picture)).toBe(0);
    expect(Buffer.compare(await bodyOf(two ?? Response.error()), picture)).toBe(0);
    expect(covers()).toBe(1);
    await service.close();
    service = await startServiceStandIn();
    const later = await host.serveArtwork(new Request(`http://127.0.0.1/artwork/${COVER}/256`));
    expect(later.status).toBe(200);
    expect(later.headers.get('cache-control')).toContain('immutable');
    expect(covers()).toBe(0);
  });

  it.each([
    [`/artwork/${COVER}/100`, 400],
    ['/artwork/not-a-hash/256', 400],
    ['/artwork/..%2F..%2Fetc/256', 400],
    [`/artwork/${'d'.repeat(64)}/256`, 404],
    ['/elsewhere', 404],
  ])('answers %s with %i', async (path, status) => {
    const { host } = await openHost(service.url);

    expect((await host.serveArtwork(new Request(`http://127.0.0.1${path}`))).status).toBe(status);
  });
});
