import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { TrackDetails } from '../../src/contract/catalog-http.ts';
import { HostFailure } from '../../src/contract/host-error.ts';
import { seekPointsSchema } from '../../src/contract/seek-points.ts';
import { serveSeekPoints, type SeekPointSources } from '../../src/main/track-cache/serve-seek-points.ts';
import { seekPointsUrl, trackUrl } from '../../src/contract/track-url.ts';
import { handClock } from './hand-clock.ts';
import { openHost } from './open-host.ts';
import { startOrigin } from './origin-server.ts';
import { startServiceStandIn } from './service-stand-in.ts';
import {
  audioBytes,
  createCacheFixture,
  sha256Of,
  trackIdFor,
  type CacheFixture,
} from './track-cache-fixture.ts';

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
    await expect.poll(() => clock.waiting(), { timeout: 10_000, interval: 10 }).toBe(1);
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

describe('the host whole', () => {
  it('asks the service once, for the page and for who seeks, and knows it without the service', async () => {
    const [service, origin] = await Promise.all([startServiceStandIn(), startOrigin()]);
    onTestFinished(() => origin.close());
    const trackId = trackIdFor('song');
    origin.put('/song', AUDIO);
    service.answer(`/v1/tracks/${trackId}/media`, {
      json: {
        url: origin.url('/song'),
        expiresAt: '2999-01-01T00:00:00.000Z',
        contentType: 'audio/mpeg',
        bytes: AUDIO.byteLength,
        sha256: sha256Of(AUDIO),
      },
    });
    service.answer(`/v1/tracks/${trackId}/details`, { json: INTO_THIS });
    const { host } = await openHost(service.url);
    const address = `http://127.0.0.1${trackUrl('web', trackId)}`;
    const seekPoints = () => host.serveTrack(new Request(seekPointsUrl(address)));
    const heard = await host.serveTrack(new Request(address));
    await heard.arrayBuffer();

    await host.call('catalog.trackDetails', { id: trackId });
    expect(await (await seekPoints()).json()).toEqual(POINTS);
    expect(service.asked.filter((path) => path.endsWith('/details'))).toHaveLength(1);

    await service.close();
    expect(await (await seekPoints()).json()).toEqual(POINTS);
  });
});
