import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { meSchema } from '../../src/contract/account-http.ts';
import {
  albumPageSchema,
  albumSchema,
  artistPageSchema,
  artistSchema,
  catalogPaths,
  genrePageSchema,
  genreSchema,
  homeSchema,
  mediaAddressSchema,
  problemSchema,
  searchReplySchema,
  serviceInfoSchema,
  trackDetailsSchema,
  trackPageSchema,
  trackSchema,
} from '../../src/contract/catalog-http.ts';
import { libraryPaths } from '../../src/contract/library-http.ts';
import { artworkKey, detailsKey } from '../../src/catalog/segments/keys.ts';
import {
  albumRecord,
  albumWithTracks,
  artistRecord,
  artworkOf,
  idOf,
  sha256Of,
  trackRecord,
} from '../builders/catalog-records.ts';
import { openServiceHome, type RunningService, type ServiceHome } from '../builders/catalog-service.ts';

const ARTIST = idOf('artist', 'Lene Wörner Trio');
const ALBUM = idOf('album', 'Flussabwärts');
const TRACK = idOf('track', 'Flussabwärts/Kiesbett');
const ARTWORK = artworkOf('Flussabwärts').id;
const DETAILS = detailsKey(sha256Of('details'));
const UNKNOWN = '0'.repeat(20);
const SMALL_ARTWORK = sha256Of('artwork:Small');

let home: ServiceHome;
let service: RunningService;

beforeAll(async () => {
  home = await openServiceHome();
  await home.publish([
    ...albumWithTracks('Flussabwärts', {
      tracks: ['Schwelle, erste Fassung', 'Delta'],
      track: { genres: ['Jazz', 'Neue Musik'], plays: 10 },
    }),
    trackRecord('Kiesbett', { detailsKey: DETAILS, hasLyrics: true, plays: 99 }),
    artistRecord('Halden'),
    albumRecord('Small', { artist: 'Halden' }),
    trackRecord('One', { albumTitle: 'Small', artist: 'Halden' }),
    ...Array.from({ length: 23 }, (_, number) =>
      albumWithTracks(`Album ${number}`, {
        artist: `Artist ${number % 7}`,
        tracks: ['First', 'Second'],
        album: { releaseDate: `19${70 + number}` },
        track: { genres: [`Genre ${number % 5}`] },
      }),
    ).flat(),
  ]);
  const json = { contentType: 'application/json' };
  const details = {
    waveform: [0, 128, 255],
    lyrics: { language: 'de', lines: [{ atMs: null, text: 'Kies' }] },
  };
  await home.store.put(DETAILS, Buffer.from(JSON.stringify(details)), json);
  const image = { contentType: 'image/webp' };
  for (const size of [96, 256, 512, 1024])
    await home.store.put(artworkKey(ARTWORK, size), Buffer.from(`${size}`), image);
  await home.store.put(artworkKey(SMALL_ARTWORK, 96), Buffer.from('96'), image);
  service = await home.start();
});
afterAll(() => home.close());

/** Answered otherwise than to GET, or not by JSON. */
const OTHERWISE: ReadonlySet<string> = new Set([
  catalogPaths.artwork,
  catalogPaths.servicePicture,
  catalogPaths.lease,
  catalogPaths.adBreak,
  catalogPaths.adEvents,
  catalogPaths.adReport,
  catalogPaths.reports,
  catalogPaths.match,
  catalogPaths.updateReports,
]);
/** One address for each other path of the contract, with the schema of its answer. */
const ANSWERS: readonly (readonly [path: string, address: string, schema: z.ZodType])[] = [
  [catalogPaths.service, '/v1/service', serviceInfoSchema],
  [catalogPaths.me, '/v1/me', meSchema],
  [catalogPaths.home, '/v1/home', homeSchema],
  [catalogPaths.albums, '/v1/albums?order=title&limit=3', albumPageSchema],
  [catalogPaths.album, `/v1/albums/${ALBUM}`, albumSchema],
  [catalogPaths.artists, '/v1/artists', artistPageSchema],
  [catalogPaths.artist, `/v1/artists/${ARTIST}`, artistSchema],
  [catalogPaths.artistAlbums, `/v1/artists/${ARTIST}/albums`, albumPageSchema],
  [catalogPaths.artistTracks, `/v1/artists/${ARTIST}/tracks`, trackPageSchema],
  [catalogPaths.tracks, `/v1/tracks?ids=${TRACK},${UNKNOWN}`, trackPageSchema],
  [catalogPaths.track, `/v1/tracks/${TRACK}`, trackSchema],
  [catalogPaths.trackDetails, `/v1/tracks/${TRACK}/details`, trackDetailsSchema],
  [catalogPaths.trackMedia, `/v1/tracks/${TRACK}/media`, mediaAddressSchema],
  [catalogPaths.genres, '/v1/genres', genrePageSchema],
  [catalogPaths.genre, '/v1/genres/neue-musik', genreSchema],
  [catalogPaths.genreAlbums, '/v1/genres/neue-musik/albums', albumPageSchema],
  [catalogPaths.genreTracks, '/v1/genres/neue-musik/tracks', trackPageSchema],
  [catalogPaths.search, '/v1/search?query=kies', searchReplySchema],
  [catalogPaths.live, '/health/live', z.object({ status: z.literal('ok') })],
  [catalogPaths.ready, '/health/ready', z.object({ status: z.literal('ok'), revision: z.literal(1) })],
];
const asDocumented = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

describe('the paths of the contract', () => {
  it.each(ANSWERS)('%s is answered by its schema', async (_path, address, schema) => {
    const response = await service.fetch(address);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const body: unknown = await response.json();
    expect(schema.parse(body)).toEqual(body);
  });

  it('are all in the OpenAPI document, and nothing else is', async () => {
    const document = await service.get(
      '/openapi.json',
      z.object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
    );
    expect(document.openapi).toBe('3.1.0');
    const { openapi: _document, ...described } = catalogPaths;
    const paths = [...Object.values(described), ...Object.values(libraryPaths)];
    expect(Object.keys(document.paths).sort()).toEqual(paths.map(asDocumented).sort());
    expect(ANSWERS.map(([path]) => path).sort()).toEqual(
      Object.values(described)
        .filter((path) => !OTHERWISE.has(path))
        .sort(),
    );
  });

  it('are answered to HEAD without a body', async () => {
    const response = await service.fetch('/v1/home', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('what is said', () => {
  it('gives an album with its discs in order and its genres', async () => {
    const album = await service.get(`/v1/albums/${ALBUM}`, albumSchema);
    expect(album).toMatchObject({ title: 'Flussabwärts', trackCount: 3, durationMs: 645_000 });
    expect(album.discs[0]?.tracks.map((track) => track.title)).toEqual([
      'Kiesbett',
      'Schwelle, erste Fassung',
      'Delta',
    ]);
    // So that a queue can play at the gain of an album without asking for it.
    expect(album.loudness).not.toBeNull();
    expect(album.discs[0]?.tracks[0]?.albumLoudness).toEqual(album.loudness);
    expect(album.genres.map((genre) => genre.name)).toEqual(['Jazz', 'Neue Musik']);
  });

  it('gives tracks by id in the order asked for, without those that are not there', async () => {
    const delta = idOf('track', 'Flussabwärts/Delta');
    const { items } = await service.get(`/v1/tracks?ids=${delta},${UNKNOWN},${TRACK}`, trackPageSchema);
    expect(items.map((track) => track.title)).toEqual(['Delta', 'Kiesbett']);
  });

  it('gives what is popular only by plays that were reported', async () => {
    const { popularTracks, totals } = await service.get('/v1/home', homeSchema);
    expect(popularTracks.map((track) => track.title)).toEqual([
      'Kiesbett',
      'Schwelle, erste Fassung',
      'Delta',
    ]);
    expect(totals).toEqual({ tracks: 50, albums: 25, artists: 9 });
  });

  it('gives waveform and lyrics, or nulls for a track that has none', async () => {
    const details = await service.get(`/v1/tracks/${TRACK}/details`, trackDetailsSchema);
    expect(details.lyrics?.lines[0]?.text).toBe('Kies');
    const none = await service.get(
      `/v1/tracks/${idOf('track', 'Flussabwärts/Delta')}/details`,
      trackDetailsSchema,
    );
    expect(none).toEqual({ waveform: null, lyrics: null });
  });

  it('gives an address that lives ten minutes', async () => {
    const media = await service.get(`/v1/tracks/${TRACK}/media`, mediaAddressSchema);
    expect(media.url.startsWith(`${service.url}/objects/audio/`)).toBe(true);
    expect(media.contentType).toBe('audio/flac');
    const secondsLeft = (Date.parse(media.expiresAt) - Date.now()) / 1000;
    expect(secondsLeft).toBeGreaterThan(580);
    expect(secondsLeft).toBeLessThanOrEqual(600);
  });
});

describe('artwork', () => {
  it('is redirected to an address that outlives the redirect', async () => {
    const response = await service.fetch(`/v1/artwork/${ARTWORK}/512`);
    expect(response.status).toBe(302);
    expect(response.headers.get('cache-control')).toBe('public, max-age=1500');
    const image = await fetch(response.headers.get('location') ?? '');
    expect(await image.text()).toBe('512');
    expect(image.headers.get('content-type')).toBe('image/webp');
  });

  it('is never enlarged: the next smaller size stands in', async () => {
    const response = await service.fetch(`/v1/artwork/${SMALL_ARTWORK}/1024`);
    expect(await (await fetch(response.headers.get('location') ?? '')).text()).toBe('96');
  });

  it.each([
    [`/v1/artwork/${sha256Of('nothing')}/512`, 404],
    [`/v1/artwork/${ARTWORK}/500`, 400],
    ['/v1/artwork/../512', 404],
    ['/v1/artwork/xyz/512', 400],
  ])('%s is answered with %i', async (address, status) => {
    expect((await service.fetch(address)).status).toBe(status);
  });
});

describe('pages', () => {
  const walk = async (address: string): Promise<readonly string[]> => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const next = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: z.infer<typeof pageOfIds> = await service.get(`${address}limit=2${next}`, pageOfIds);
      ids.push(...page.items.map((item) => item.id));
      expect(page.total).toBeGreaterThanOrEqual(ids.length);
      cursor = page.nextCursor;
      if (cursor === null) expect(ids).toHaveLength(page.total);
    } while (cursor !== null);
    return ids;
  };
  const pageOfIds = z.object({
    items: z.array(z.object({ id: z.string() })),
    nextCursor: z.string().nullable(),
    total: z.number(),
  });

  it.each([
    '/v1/albums?order=newest&',
    '/v1/albums?order=popular&',
    '/v1/albums?order=title&',
    '/v1/artists?',
    '/v1/genres?',
    `/v1/artists/${ARTIST}/tracks?`,
    `/v1/artists/${idOf('artist', 'Artist 1')}/albums?`,
    '/v1/genres/genre-1/albums?',
    '/v1/genres/genre-1/tracks?',
  ])('%s gives everything exactly once', async (address) => {
    const ids = await walk(address);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
  });

  it('end with a cursor of null', async () => {
    const { nextCursor } = await service.get('/v1/albums?limit=200', albumPageSchema);
    expect(nextCursor).toBeNull();
  });

  it.each(['nonsense', 'WyJhbGJ1bXMiXQ', Buffer.from('["artists","a","b"]').toString('base64url'), ''])(
    'refuse the cursor %j',
    async (cursor) => {
      const response = await service.fetch(`/v1/albums?cursor=${cursor}`);
      expect(response.status).toBe(400);
    },
  );
});

describe('problems', () => {
  it.each([
    ['/v1/nothing', 404, 'not_found'],
    ['/', 404, 'not_found'],
    [`/v1/albums/${UNKNOWN}`, 404, 'not_found'],
    [`/v1/artists/${UNKNOWN}/tracks`, 404, 'not_found'],
    [`/v1/tracks/${UNKNOWN}/media`, 404, 'not_found'],
    [`/v1/tracks/${UNKNOWN}/details`, 404, 'not_found'],
    ['/v1/genres/polka', 404, 'not_found'],
    ['/v1/albums/short', 400, 'invalid_request'],
    ['/v1/albums?limit=0', 400, 'invalid_request'],
    ['/v1/albums?limit=201', 400, 'invalid_request'],
    ['/v1/albums?order=random', 400, 'invalid_request'],
    ['/v1/tracks', 400, 'invalid_request'],
    ['/v1/tracks?ids=', 400, 'invalid_request'],
    ['/v1/search', 400, 'invalid_request'],
    [`/v1/search?query=${'a'.repeat(201)}`, 400, 'invalid_request'],
    ['/v1/search?query=a&kind=playlist', 400, 'invalid_request'],
    ['/v1/albums/%E0%A4%A', 400, 'invalid_request'],
  ])('%s is %i %s', async (address, status, code) => {
    const response = await service.fetch(address);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
    expect(problemSchema.parse(await response.json())).toMatchObject({ status, code });
  });
});

describe('entity tags', () => {
  it('let a client that has the answer keep it', async () => {
    const first = await service.fetch('/v1/home');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/".+"$/);
    expect(first.headers.get('cache-control')).toContain('max-age=10');
    const again = await service.fetch('/v1/home', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    const other = await service.fetch('/v1/home', { headers: { 'if-none-match': 'W/"other"' } });
    expect(other.status).toBe(200);
  });

  it('are not given to addresses that expire', async () => {
    const response = await service.fetch(`/v1/tracks/${TRACK}/media`);
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
