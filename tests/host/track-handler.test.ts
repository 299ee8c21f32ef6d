import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { audioFactsFromHeader } from '../../src/contract/audio-facts.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import {
  audioBytes,
  bodyOf,
  createCacheFixture,
  sha256Of,
  until,
  type CacheFixture,
} from './track-cache-fixture.ts';

const AUDIO = audioBytes(300_000);

describe('the track handler', () => {
  let fixture: CacheFixture;
  let trackId: string;

  beforeAll(async () => {
    fixture = await createCacheFixture();
    trackId = fixture.publish('song', AUDIO);
  });
  afterAll(() => fixture.close());

  const etag = `"${sha256Of(AUDIO)}"`;

  it.each([
    [{}, 200, null, 0, 299_999],
    [{ range: 'bytes=0-' }, 206, 'bytes 0-299999/300000', 0, 299_999],
    [{ range: 'bytes=10-19' }, 206, 'bytes 10-19/300000', 10, 19],
    [{ range: 'bytes=-5' }, 206, 'bytes 299995-299999/300000', 299_995, 299_999],
    [{ range: 'bytes=299999-400000' }, 206, 'bytes 299999-299999/300000', 299_999, 299_999],
    [{ range: 'bytes=1-2,5-6' }, 200, null, 0, 299_999],
    [{ range: 'bytes=10-19', 'if-range': etag }, 206, 'bytes 10-19/300000', 10, 19],
    [{ range: 'bytes=10-19', 'if-range': '"stale"' }, 200, null, 0, 299_999],
  ] as const)(
    'answers %j with %i and exactly the bytes',
    async (headers, status, contentRange, first, last) => {
      const response = await fixture.get(trackId, headers);

      expect(response.status).toBe(status);
      expect(response.headers.get('content-range')).toBe(contentRange);
      expect(response.headers.get('content-length')).toBe(String(last - first + 1));
      expect(response.headers.get('content-type')).toBe('audio/flac');
      expect(response.headers.get('accept-ranges')).toBe('bytes');
      expect(response.headers.get('etag')).toBe(etag);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(Buffer.compare(await bodyOf(response), AUDIO.subarray(first, last + 1))).toBe(0);
    },
  );

  it('says with every answer how the audio plays, from the service and from the disk', async () => {
    const audio = { sampleRateHz: 44_100, lengthSamples: 181_237, delaySamples: 1105, codec: 'mp3' };
    const exact = fixture.publish('exact', audioBytes(70_000, 5), { audio });
    const said = 'rate=44100;length=181237;delay=1105;codec=mp3';

    const first = await fixture.get(exact);
    expect(first.headers.get('riffle-audio')).toBe(said);
    expect(first.headers.get('access-control-expose-headers')).toContain('riffle-audio');
    await bodyOf(first);
    await until('the audio is kept', () => fixture.cache.holding(exact)?.isWhole === true);
    await fixture.restart();
    fixture.failService(new HostFailure('offline', 'no network'));
    const kept = await fixture.get(exact, { range: 'bytes=0-9' });
    await bodyOf(kept);
    const head = await fixture.get(exact, {}, 'HEAD');
    fixture.failService(null);

    expect(audioFactsFromHeader(kept.headers.get('riffle-audio'))).toEqual(audio);
    expect(head.headers.get('riffle-audio')).toBe(said);
  });

  it('learns it for what was kept before the service said it', async () => {
    const content = audioBytes(70_000, 6);
    const old = fixture.publish('old', content);
    const silent = await fixture.get(old);
    expect(silent.headers.get('riffle-audio')).toBeNull();
    await bodyOf(silent);
    await until('the audio is kept', () => fixture.cache.holding(old)?.isWhole === true);
    fixture.publish('old', content, {
      audio: { sampleRateHz: 48_000, lengthSamples: 9, delaySamples: 0, codec: 'opus' },
    });
    await fixture.restart();

    const headers = async (): Promise<string | null> =>
      (await fixture.get(old, {}, 'HEAD')).headers.get('riffle-audio');
    await until('it is known', async () => (await headers()) === 'rate=48000;length=9;delay=0;codec=opus');
    await fixture.restart(async () => {
      await rm(join(await fixture.audioFolder(), 'index.sqlite'));
    });
    expect(await headers()).not.toBeNull();
  });

  it('gives the length with 416 when nothing of the range is there', async () => {
    const response = await fixture.get(trackId, { range: 'bytes=300000-' });

    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */300000');
  });

  it('answers HEAD with the headers of a GET without Range, and asks the edge nothing', async () => {
    const other = fixture.publish('unheard', audioBytes(1_000, 7));
    const before = fixture.origin.requests.length;

    const response = await fixture.get(other, { range: 'bytes=0-1' }, 'HEAD');

    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('1000');
    expect(await bodyOf(response)).toHaveLength(0);
    expect(fixture.origin.requests).toHaveLength(before);
  });

  it('refuses other methods and says which it takes', async () => {
    const response = await fixture.get(trackId, {}, 'PUT');

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('tells what is no id from an id that is not in the catalog', async () => {
    expect((await fixture.get('../../etc/passwd')).status).toBe(400);
    expect((await fixture.get('z'.repeat(20))).status).toBe(404);
  });

  it('says 503 while the service cannot be asked', async () => {
    fixture.failService(new HostFailure('offline', 'no network'));
    const response = await fixture.get('y'.repeat(20));
    fixture.failService(null);

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ code: 'offline' });
  });

  it('gives, for any range, the slice of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(299_999), fc.nat(299_999), async (one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const body = await bodyOf(await fixture.get(trackId, { range: `bytes=${first}-${last}` }));
        expect(Buffer.compare(body, AUDIO.subarray(first, last + 1))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
