import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchReply } from '../../contract/catalog-http.ts';
import { handClock, type HandClock } from '../../../tests/host/hand-clock.ts';
import { startServiceStandIn, type ServiceStandIn } from '../../../tests/host/service-stand-in.ts';
import { manyTracks } from '../../../tests/offline-index/many-tracks.ts';
import { openOfflineIndex } from '../../../tests/offline-index/open-offline-index.ts';
import type { OfflineIndex } from '../offline-index/offline-index.ts';
import { systemClock } from '../ports.ts';
import { createCatalogClient } from './catalog-client.ts';
import { createCatalogWithOffline } from './catalog-with-offline.ts';
import { createServiceRequests } from './service-requests.ts';

const KNOWN = manyTracks(20);
const NEW = manyTracks(20, 100);
const [known] = KNOWN;
const [fresh] = NEW;
if (known === undefined || fresh === undefined) throw new Error('tracks are needed');
const artistId = known.artists[0]?.id ?? '';

const page = <Item>(items: readonly Item[]) => ({ items, nextCursor: null, total: items.length });
const hits = <Item>(items: readonly Item[]) => ({ items, total: items.length, capped: false });
const found = (query: string, tracks: SearchReply['tracks']['items']): SearchReply => ({
  query,
  correctedQuery: null,
  best: null,
  tracks: hits(tracks),
  albums: hits([]),
  artists: hits([]),
});
const notFound = { status: 404, json: { type: 'about:blank', title: 'No', status: 404, code: 'not_found' } };

describe('the catalog with what this computer knows behind it', () => {
  let service: ServiceStandIn;
  let index: OfflineIndex;
  let clock: HandClock;
  let isUnreachable: boolean;
  /** What a request waits for on its way. */
  let line: Promise<void>;
  let catalog: ReturnType<typeof createCatalogWithOffline>;

  const connect = (): typeof catalog =>
    createCatalogWithOffline({
      service: createCatalogClient(
        createServiceRequests({
          serviceUrl: service.url,
          fetch: async (...request) => {
            await line;
            return fetch(...request);
          },
          clock: systemClock,
          isOnline: () => true,
          onOutcome: () => undefined,
          closing: new AbortController().signal,
        }),
      ),
      index,
      clock,
      isUnreachable: () => isUnreachable,
    });
  const patienceRunsOut = async (): Promise<void> => {
    await expect.poll(() => clock.waiting()).toBe(1);
    await clock.advance(10_000);
  };

  beforeEach(async () => {
    service = await startServiceStandIn();
    ({ index } = await openOfflineIndex());
    index.see({ kind: 'tracks', tracks: KNOWN });
    await index.settled();
    clock = handClock();
    isUnreachable = false;
    line = Promise.resolve();
    catalog = connect();
  });
  afterEach(async () => {
    await service.close();
    // Whoever has been answered waits for nothing any more.
    if (clock.waiting() > 0) throw new Error('somebody still waits');
  });

  it('gives what the service says, and knows it afterwards', async () => {
    service.answer(`/v1/artists/${artistId}/tracks`, { json: page(NEW) });

    expect(await catalog.artistTracks({ id: artistId })).toEqual(page(NEW));

    await index.settled();
    expect(index.track(fresh.id)).toEqual(fresh);
  });

  it('answers from this computer, and says so, when the service is gone', async () => {
    await service.close();

    expect(await catalog.artistTracks({ id: artistId, limit: 3 })).toMatchObject({
      total: KNOWN.length,
      fromComputer: true,
    });
    expect(await catalog.album({ id: known.album.id })).toMatchObject({
      title: known.album.title,
      fromComputer: true,
    });
    expect(await catalog.search({ query: 'sogn 7' })).toMatchObject({
      query: 'sogn 7',
      correctedQuery: 'song 7',
      fromComputer: true,
    });
    expect(await catalog.home()).toMatchObject({ totals: { tracks: KNOWN.length }, fromComputer: true });
    for (const list of [
      catalog.albums({}),
      catalog.artists({}),
      catalog.genres({}),
      catalog.genre({ id: 'jazz' }),
      catalog.genreTracks({ id: 'jazz' }),
      catalog.genreAlbums({ id: 'jazz' }),
      catalog.artist({ id: artistId }),
      catalog.artistAlbums({ id: artistId }),
    ]) {
      expect(await list).toMatchObject({ fromComputer: true });
    }
  });

  it('fails as the service does when nothing is known here either', async () => {
    await service.close();

    await expect(catalog.album({ id: fresh.album.id })).rejects.toMatchObject({
      code: 'service_unreachable',
    });
    await expect(catalog.trackDetails({ id: known.id })).rejects.toMatchObject({
      code: 'service_unreachable',
    });
  });

  it('takes the word of the service that something is not there', async () => {
    service.answer(`/v1/albums/${known.album.id}`, notFound);

    await expect(catalog.album({ id: known.album.id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('does not ask a service that is known to be gone, but for what nobody here knows', async () => {
    isUnreachable = true;

    expect(await catalog.album({ id: known.album.id })).toMatchObject({ fromComputer: true });
    expect(await catalog.search({ query: 'no such thing' })).toMatchObject({
      query: 'no such thing',
      best: null,
      fromComputer: true,
    });
    expect(service.asked).toEqual([]);

    service.answer('/v1/tracks/x/details', { json: { waveform: null, lyrics: null } });
    expect(await catalog.trackDetails({ id: 'x' })).toEqual({ waveform: null, lyrics: null });
  });

  it('answers from this computer when the sign-in was taken back', async () => {
    service.answer(`/v1/albums/${known.album.id}`, { status: 401 });

    expect(await catalog.album({ id: known.album.id })).toMatchObject({ fromComputer: true });
  });

  it('finds on this computer what a silent service does not', async () => {
    service.answer('/v1/search', { silent: true });

    const reply = catalog.search({ query: 'song 7' });
    await patienceRunsOut();

    expect(await reply).toMatchObject({
      query: 'song 7',
      best: { kind: 'track', track: KNOWN[7] },
      fromComputer: true,
    });
  });

  it('waits on for a slow service when nothing is found here', async () => {
    service.answer('/v1/search', { json: found('song 105', [NEW[5] ?? fresh]) });
    const slow = Promise.withResolvers<void>();
    line = slow.promise;

    const reply = catalog.search({ query: 'song 105' });
    await patienceRunsOut();
    slow.resolve();

    expect(await reply).toEqual(found('song 105', [NEW[5] ?? fresh]));
  });

  it('files a late answer, and lets nobody wait for it', async () => {
    service.answer('/v1/search', { json: found('song', NEW) });
    const slow = Promise.withResolvers<void>();
    line = slow.promise;

    const reply = catalog.search({ query: 'song' });
    await patienceRunsOut();
    expect(await reply).toMatchObject({ fromComputer: true });
    expect(index.track(fresh.id)).toBeNull();
    slow.resolve();

    await expect.poll(() => index.track(fresh.id)).toEqual(fresh);
  });

  it('gives a page that is known here when a silent service would keep somebody waiting', async () => {
    service.answer(`/v1/albums/${known.album.id}`, { silent: true });

    const reply = catalog.album({ id: known.album.id });
    await patienceRunsOut();

    expect(await reply).toMatchObject({ id: known.album.id, fromComputer: true });
  });
});
