import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionSnapshot } from '../../src/contract/session.ts';
import { createMemorySecrets } from '../../src/main/secrets/memory-secrets.ts';
import { openHost } from './open-host.ts';
import { startOrigin } from './origin-server.ts';
import { SERVICE_INFO, startServiceStandIn, type ServiceStandIn } from './service-stand-in.ts';
import { buildTrack } from './track-builder.ts';
import { audioBytes, bodyOf, sha256Of, until } from './track-cache-fixture.ts';

const OFFER = {
  issuer: 'http://127.0.0.1:9/identity',
  clientId: 'riffle-desktop',
  scope: 'openid offline_access',
  resource: null,
  demo: false,
};

describe('a host with accounts', () => {
  let first: ServiceStandIn;
  let second: ServiceStandIn;
  beforeEach(async () => {
    first = await startServiceStandIn();
    second = await startServiceStandIn();
    second.answer('/v1/service', { json: { ...SERVICE_INFO, name: 'Second' } });
  });
  afterEach(() => Promise.all([first.close(), second.close()]));

  it('shows nothing of anyone while nobody is signed in', async () => {
    first.answer('/v1/service', { json: { ...SERVICE_INFO, signIn: OFFER } });
    const { host } = await openHost(first.url);
    await until('it is decided', () => host.snapshot().session.session.state === 'signed_out');

    expect(await host.call('catalog.home', null)).toMatchObject({
      ok: false,
      error: { code: 'sign_in_required' },
    });
    const audio = await host.serveTrack(new Request(`http://127.0.0.1/tracks/${buildTrack('nobody').id}`));
    expect(audio.status).toBe(401);
    expect((await host.serveArtwork(new Request('http://127.0.0.1/artwork/a/96'))).status).toBe(404);
    expect(host.snapshot()).toMatchObject({ history: [], downloads: { pins: [] } });
    // What belongs to the computer is there all the same.
    expect(await host.call('settings.change', { theme: 'dark' })).toMatchObject({ ok: true });
  });

  it('keeps the history, queue and audio of each account apart, and forgets one without touching the other', async () => {
    const origin = await startOrigin();
    const track = buildTrack('onlyhere');
    const audio = audioBytes(50_000);
    origin.put('/audio', audio);
    first.answer(`/v1/tracks/${track.id}/media`, {
      json: {
        url: origin.url('/audio'),
        expiresAt: '2999-01-01T00:00:00.000Z',
        contentType: 'audio/flac',
        bytes: audio.byteLength,
        sha256: sha256Of(audio),
      },
    });
    const { host, folder } = await openHost(first.url, { secrets: createMemorySecrets() });
    const snapshot = (): SessionSnapshot => host.snapshot().session;
    const told: string[] = [];
    host.subscribe('history', (history) => told.push(`${history.length} played`));
    await host.call('history.record', { track });
    const response = await host.serveTrack(new Request(`http://127.0.0.1/tracks/${track.id}`));
    expect(sha256Of(await bodyOf(response))).toBe(sha256Of(audio));
    await until('it is cached', () => host.snapshot().status.cache.tracks === 1);
    const [one] = snapshot().accounts;

    await host.call('session.signIn', { serviceUrl: second.url, via: 'browser' });
    await until('the other is current', () => snapshot().accounts.length === 2);
    expect(host.snapshot()).toMatchObject({ history: [], status: { cache: { tracks: 0 } } });
    expect(told.at(-1)).toBe('0 played');
    const elsewhere = await host.serveTrack(new Request(`http://127.0.0.1/tracks/${track.id}`));
    expect(elsewhere.status).toBe(404);
    const two = snapshot().accounts.find(({ id }) => id !== one?.id);

    await host.call('session.signOut', { accountId: two?.id });
    expect(snapshot()).toMatchObject({ session: { state: 'signed_out' }, accounts: [{ id: one?.id }] });
    expect(await readdir(join(folder, 'data', 'accounts'))).toEqual([one?.id]);
    await host.call('session.switchTo', { accountId: one?.id });
    expect(host.snapshot()).toMatchObject({ history: [{ track: { id: track.id } }] });
    await until('its music is there', () => host.snapshot().status.cache.tracks === 1);

    await host.call('session.signOut', { accountId: one?.id });
    expect(await readdir(join(folder, 'data', 'accounts'))).toEqual([]);
    expect(await readdir(join(folder, 'cache', 'audio'))).toEqual([]);
    await origin.close();
  });
});
