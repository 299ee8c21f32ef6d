/** What a free and a premium listener get of a track, and what an address opens. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { COGNITO_CLAIMS } from '../../src/catalog/api/access/claim-mapping.ts';
import type { MediaRecord } from '../../src/catalog/segments/catalog-records.ts';
import { audioKey } from '../../src/catalog/segments/keys.ts';
import { mediaAddressSchema, problemSchema, type MediaAddress } from '../../src/contract/catalog-http.ts';
import { idOf, sha256Of, trackRecord } from '../builders/catalog-records.ts';
import {
  bearing,
  openServiceHome,
  type RunningService,
  type ServiceHome,
} from '../builders/catalog-service.ts';
import { startCognitoLikeIssuer, type CognitoLikeIssuer } from '../fakes/cognito-like-issuer.ts';

const WHOLE = idOf('track', 'Flussabwärts/Whole');
const FLAC_ONLY = idOf('track', 'Flussabwärts/Flac only');
const SMALL_MP3 = idOf('track', 'Flussabwärts/Small mp3');

const mediaOf = (
  title: string,
  quality: MediaRecord['quality'],
  format: { codec: string; contentType: string; extension: string; lossless: boolean; bitrateBps: number },
): MediaRecord => {
  const sha256 = sha256Of(`${title} ${quality}`);
  const { extension, ...rest } = format;
  return {
    quality,
    key: audioKey(sha256, extension),
    sha256,
    bytes: 10,
    format: { ...rest, sampleRateHz: 48_000, channels: 2, bitDepth: null },
    encoderDelaySamples: 0,
    encoderPaddingSamples: 0,
    lengthSamples: 480_000,
  };
};
const FLAC = {
  codec: 'flac',
  contentType: 'audio/flac',
  extension: 'flac',
  lossless: true,
  bitrateBps: 900_000,
};
const opus = (bitrateBps: number) => ({
  codec: 'opus',
  contentType: 'audio/mp4',
  extension: 'm4a',
  lossless: false,
  bitrateBps,
});
const MP3 = {
  codec: 'mp3',
  contentType: 'audio/mpeg',
  extension: 'mp3',
  lossless: false,
  bitrateBps: 128_000,
};

let issuer: CognitoLikeIssuer;
let home: ServiceHome;
let service: RunningService;
let free = '';
let premium = '';

beforeAll(async () => {
  issuer = await startCognitoLikeIssuer();
  home = await openServiceHome();
  await home.publish([
    trackRecord('Whole', {
      media: [
        mediaOf('Whole', 'original', FLAC),
        mediaOf('Whole', 'normal', opus(160_000)),
        mediaOf('Whole', 'low', opus(96_000)),
      ],
    }),
    trackRecord('Flac only', { media: [mediaOf('Flac only', 'original', FLAC)] }),
    trackRecord('Small mp3', { media: [mediaOf('Small mp3', 'original', MP3)] }),
  ]);
  for (const quality of ['original', 'normal', 'low'] as const) {
    const { key, format } = mediaOf('Whole', quality, quality === 'original' ? FLAC : opus(1));
    await home.store.put(key, Buffer.from(quality), { contentType: format.contentType });
  }
  const { issuer: address, clientId } = issuer;
  service = await home.start({
    signIn: {
      mode: {
        kind: 'issuer',
        issuer: address,
        clientId,
        audience: null,
        scope: 'openid',
        resource: null,
        claims: COGNITO_CLAIMS,
      },
    },
  });
  free = await issuer.sign(issuer.accessClaims({ sub: 'free', username: 'free', groups: [] }));
  premium = await issuer.sign(issuer.accessClaims({ sub: 'premium', username: 'p', groups: ['premium'] }));
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await home.close();
  await issuer.close();
});

const askMedia = (token: string, trackId: string, query = ''): Promise<Response> =>
  service.fetch(`/v1/tracks/${trackId}/media${query}`, bearing(token));
const media = async (token: string, trackId: string, query = ''): Promise<MediaAddress> =>
  mediaAddressSchema.parse(await (await askMedia(token, trackId, query)).json());

describe('the quality that is handed out', () => {
  it.each([
    ['free', '', 'normal'],
    ['free', '?quality=normal', 'normal'],
    ['free', '?quality=low', 'low'],
    ['premium', '', 'lossless'],
    ['premium', '?quality=high', 'normal'],
    ['premium', '?quality=low', 'low'],
    ['premium', '?purpose=keep', 'lossless'],
  ])('to a %s listener for "%s" is %s, and the address opens just that', async (tier, query, quality) => {
    const address = await media(tier === 'free' ? free : premium, WHOLE, query);
    expect(address.quality).toBe(quality);
    expect(address.sha256).toBe(sha256Of(`Whole ${quality === 'lossless' ? 'original' : quality}`));
    expect(await (await fetch(address.url)).text()).toBe(quality === 'lossless' ? 'original' : quality);
    const others = ['low', 'normal', 'lossless'].filter((other) => other !== quality);
    expect(address.others?.map((other) => other.quality).sort()).toEqual(others.sort());
  });

  it('counts a small file that came so as what it is', async () => {
    expect((await media(free, SMALL_MP3)).quality).toBe('normal');
  });

  it.each([
    [WHOLE, '?quality=high'],
    [WHOLE, '?quality=lossless'],
    [WHOLE, '?purpose=keep'],
    [WHOLE, '?purpose=keep&quality=low'],
    [FLAC_ONLY, ''],
    [FLAC_ONLY, '?quality=low'],
  ])('is none to a free listener of %s for "%s", never quietly another', async (trackId, query) => {
    const response = await askMedia(free, trackId, query);
    expect(response.status).toBe(403);
    expect(problemSchema.parse(await response.json()).code).toBe('premium_required');
  });

  it.each(['?quality=best', '?quality=LOSSLESS', '?quality=low&quality=lossless', '?purpose=own'])(
    'is none for "%s", which means nothing',
    async (query) => {
      expect((await askMedia(free, WHOLE, query)).status).toBe(400);
    },
  );
});

describe('an address', () => {
  it('of one object opens no other, not even the same track in another quality', async () => {
    const url = new URL((await media(free, WHOLE)).url);
    const lossless = new URL((await media(premium, WHOLE)).url);
    const swapped = await fetch(`${url.origin}${lossless.pathname}${url.search}`);
    expect(swapped.status).toBe(403);
    expect(await swapped.text()).not.toContain('original');
  });

  it('is dead when its minutes are over', async () => {
    const { url, expiresAt } = await media(free, WHOLE);
    expect((await fetch(url)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(expiresAt) });
    expect((await fetch(url)).status).toBe(403);
  });
});
