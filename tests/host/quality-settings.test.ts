import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaAddress } from '../../src/contract/catalog-http.ts';
import type { Settings } from '../../src/contract/settings.ts';
import type { HostPorts } from '../../src/main/ports.ts';
import { openHost } from './open-host.ts';
import { startOrigin, type OriginServer } from './origin-server.ts';
import { startServiceStandIn, type ServiceStandIn } from './service-stand-in.ts';
import { buildTrack } from './track-builder.ts';
import { audioBytes, bodyOf, sha256Of, trackIdFor, until } from './track-cache-fixture.ts';

describe('what the host asks the service for', () => {
  let service: ServiceStandIn;
  let origin: OriginServer;
  beforeEach(async () => {
    service = await startServiceStandIn();
    origin = await startOrigin();
  });
  afterEach(async () => {
    await service.close();
    await origin.close();
  });

  const addressOf = (name: string, audio: Uint8Array): MediaAddress => ({
    url: origin.url(`/${name}`),
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    contentType: 'audio/mp4',
    bytes: audio.byteLength,
    sha256: sha256Of(audio),
  });
  const publish = (name: string, seed: number, bytes = 400_000): string => {
    const audio = audioBytes(bytes, seed);
    origin.put(`/${name}`, audio);
    service.answer(`/v1/tracks/${trackIdFor(name)}/media`, { json: addressOf(name, audio) });
    return trackIdFor(name);
  };
  const qualityAskedFor = (trackId: string): string | null => {
    const asked = service.asked.find((path) => path.startsWith(`/v1/tracks/${trackId}/media`)) ?? '';
    return new URL(asked, service.url).searchParams.get('quality');
  };
  const open = async (settings: Partial<Settings>, ports: Partial<HostPorts> = {}) => {
    const { host } = await openHost(service.url, ports);
    await host.call('settings.change', settings);
    await until('the service is known', () => host.snapshot().status.service.state === 'reachable');
    const play = async (trackId: string): Promise<string | null> => {
      await bodyOf(await host.serveTrack(new Request(`http://shell/tracks/${trackId}`)));
      return qualityAskedFor(trackId);
    };
    return { host, play };
  };

  it('is the quality that is set', async () => {
    const { host, play } = await open({ streamingQuality: 'low' });
    expect(await play(publish('one', 1))).toBe('low');
    await host.call('settings.change', { streamingQuality: 'lossless' });
    expect(await play(publish('two', 2))).toBe('lossless');
  });

  it('is by itself a good one first, and the best once the line has shown that it can', async () => {
    const { play } = await open({});
    expect(await play(publish('one', 1))).toBe('high');
    // A machine that stands still in the middle of one makes the line look slow; the next ones tell better.
    let tracks = 1;
    await until('it is the best', async () => {
      tracks += 1;
      return (await play(publish(`track${tracks}`, tracks))) === 'lossless';
    });
  });

  it('is by itself a smaller one over a slow line', async () => {
    const { play } = await open({});
    const slow = publish('slow', 1, 40_000);
    // At most 416 kbit/s, less on a busy machine: high is not here in half the time it plays.
    origin.meetWith('/slow', { kind: 'slow', bytesPerSecond: 50_000 });
    await play(slow);
    expect(['low', 'normal']).toContain(await play(publish('next', 2)));
  });

  it('is, of what was only played and is to be kept, the quality for keeping', async () => {
    const { host, play } = await open({ streamingQuality: 'low', downloadQuality: 'lossless' });
    const trackId = trackIdFor('song');
    const [small, whole] = [audioBytes(40_000, 1), audioBytes(90_000, 2)];
    const others = [
      { quality: 'low', sha256: sha256Of(small) },
      { quality: 'lossless', sha256: sha256Of(whole) },
    ] as const;
    origin.put('/small', small);
    origin.put('/whole', whole);
    service.answer(`/v1/tracks/${trackId}`, { json: buildTrack('song') });
    service.answer(`/v1/tracks/${trackId}/media`, {
      json: { ...addressOf('small', small), quality: 'low', others },
    });
    expect(await play(trackId)).toBe('low');
    await until('it is cached', () => host.snapshot().status.cache.tracks === 1);
    service.answer(`/v1/tracks/${trackId}/media`, {
      json: { ...addressOf('whole', whole), quality: 'lossless', others },
    });
    await host.call('downloads.pin', { source: { kind: 'track', id: trackId } });
    await until('it is kept, once', () => {
      const { downloads, status } = host.snapshot();
      return downloads.pins[0]?.state.kind === 'kept' && status.cache.tracks + status.pinned.tracks === 1;
    });
    expect(service.asked).toContainEqual(expect.stringContaining('purpose=keep&quality=lossless'));
    const kept = await bodyOf(await host.serveTrack(new Request(`http://shell/tracks/${trackId}`)));
    expect(Buffer.compare(kept, whole)).toBe(0);
  });

  it('is at most a normal one where the network is paid by use, unless that does not matter', async () => {
    const { host, play } = await open({ streamingQuality: 'lossless' }, { isMetered: async () => true });
    await until('it is known', () => host.snapshot().status.isMetered === true);
    expect(await play(publish('one', 1))).toBe('normal');
    await host.call('settings.change', { fetchOnMetered: true });
    expect(await play(publish('two', 2))).toBe('lossless');
  });
});
