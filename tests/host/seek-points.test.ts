import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackDetails } from '../../src/contract/catalog-http.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import { seekPointsSchema } from '../../src/contract/seek-points.ts';
import { serveSeekPoints, type SeekPointSources } from '../../src/main/track-cache/serve-seek-points.ts';
import { handClock } from './hand-clock.ts';
import { audioBytes, createCacheFixture, sha256Of, type CacheFixture } from './track-cache-fixture.ts';

const AUDIO = audioBytes(60_000);
const POINTS = { everySamples: 44_928, firstByte: 417, steps: [16_301, 16_300] };
const detailsOf = (sha256: string): TrackDetails => ({
  waveform: null,
  lyrics: null,
  seeking: { sha256, points: POINTS },
});
const INTO_THIS = detailsOf(sha256Of(AUDIO));
const INTO_ANOTHER = detailsOf(sha256Of(audioBytes(10)));

describe('where the frames of a track lie', () => {
  let fixture: CacheFixture;
  let trackId: string;
  let asked: string[];
  const clock = handClock();

  beforeEach(async () => {
    fixture = await createCacheFixture();
    trackId = fixture.publish('song', AUDIO);
    asked = [];
  });
  afterEach(() => fixture.close());

  const answer = (sources: Partial<SeekPointSources> = {}, id = trackId, method = 'GET') =>
    serveSeekPoints(
      {
        describe: fixture.cache.describe,
        known: () => null,
        ask: ({ id: track }) => {
          asked.push(track);
          return Promise.resolve(INTO_THIS);
        },
        isUnreachable: () => false,
        clock,
        ...sources,
      },
      id,
      new Request('http://127.0.0.1/', { method }),
    );
  const pointsIn = async (response: Response) => seekPointsSchema.parse(await response.json());

  it('is what this computer knows, without a question', async () => {
    const response = await answer({ known: () => INTO_THIS });

    expect(await pointsIn(response)).toEqual(POINTS);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked).toEqual([]);
  });

  it('is asked of the service where nobody here knows it, or knows it of other audio', async () => {
    expect(await pointsIn(await answer())).toEqual(POINTS);
    expect(await pointsIn(await answer({ known: () => INTO_ANOTHER }))).toEqual(POINTS);
    expect(asked).toEqual([trackId, trackId]);
  });

  it('is nobody’s to say when it is of other audio, unknown, or late', async () => {
    const statuses = [
      await answer({ ask: () => Promise.resolve(INTO_ANOTHER) }),
      await answer({ ask: () => Promise.reject(new HostFailure('service_unreachable', 'gone')) }),
      await answer({ describe: () => Promise.reject(new HostFailure('not_found', 'no such track')) }),
    ].map(({ status }) => status);
    const late = answer({ ask: () => new Promise(() => undefined) });
    await expect.poll(() => clock.waiting()).toBe(1);
    await clock.advance(400);

    expect(statuses).toEqual([404, 404, 404]);
    expect((await late).status).toBe(404);
  });

  it('is not asked of a service that does not answer', async () => {
    expect((await answer({ isUnreachable: () => true })).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('refuses what is no id, and what is no question', async () => {
    expect((await answer({}, '../secret')).status).toBe(400);
    expect((await answer({}, trackId, 'POST')).status).toBe(405);
  });
});
