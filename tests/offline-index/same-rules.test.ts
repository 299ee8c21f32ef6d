/**
 * What is found without a network is what is found with one: the service's index and the app's are given the same catalog and
 * asked the same questions.
 */
import { isDeepStrictEqual } from 'node:util';
import { onTestFinished, describe, expect, it } from 'vitest';
import type { CatalogReader } from '../../src/catalog/index/catalog-reader.ts';
import type { OfflineIndex } from '../../src/main/offline-index/offline-index.ts';
import { openIndexWorkshop } from '../builders/index-files.ts';
import { catalogOfManyScripts, queriesFor } from './catalog-of-many-scripts.ts';
import { openOfflineIndex } from './open-offline-index.ts';

const QUERIES = 800;
const PAGE = 200;

const everything = <Item>(
  read: (request: { cursor: string | undefined; limit: number }) => {
    readonly items: readonly Item[];
    readonly nextCursor: string | null;
  } | null,
  limit = PAGE,
): readonly Item[] => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = read({ cursor, limit });
    items.push(...(page?.items ?? []));
    cursor = page?.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};

const servedFrom = async (seed: number): Promise<CatalogReader> => {
  const workshop = await openIndexWorkshop();
  onTestFinished(() => workshop.close());
  return workshop.publish(catalogOfManyScripts(seed));
};

/** Sees all of a catalog, as somebody does who opens every page of it: tracks in lists first, their albums later. */
const seeAll = async (index: OfflineIndex, service: CatalogReader): Promise<void> => {
  const albums = everything((request) => service.albums('newest', request)).map((album) =>
    service.album(album.id),
  );
  for (const artist of everything((request) => service.artists(request))) {
    const tracks = everything((request) => service.artistTracks(artist.id, request));
    index.see({ kind: 'tracks', tracks: tracks.slice(0, 3) });
  }
  for (const album of albums) if (album !== null) index.see({ kind: 'album', album });
  index.see({ kind: 'artists', artists: everything((request) => service.artists(request)) });
  await index.settled();
};

describe('the same catalog, with and without the service', () => {
  /*
   * Nothing is left to chance in the order: equally good and equally often played tracks come newest release first, then by a
   * hash of their id. Two things have to be so for that to hold, and are so here: the album was seen (a track alone does not
   * say when it was released), and all tracks of an album or artist were seen (that is how often they are played). A
   * corrected word is written as the first title wrote it that came along; no word is written in two ways here.
   */
  it.each([1, 2])(
    `gives the same answer to each of ${QUERIES} queries, in the same order (catalog %i)`,
    async (seed) => {
      const service = await servedFrom(seed);
      const { index } = await openOfflineIndex();
      await seeAll(index, service);
      const names = [
        ...everything((request) => service.artists(request)).map((artist) => artist.name),
        ...everything((request) => service.albums('title', request)).flatMap((album) => [
          album.title,
          ...(service.album(album.id)?.discs.flatMap((disc) => disc.tracks.map((track) => track.title)) ??
            []),
        ]),
      ];
      const differing: unknown[] = [];
      const kinds = { corrected: 0, capped: 0, empty: 0 };
      for (const query of [...queriesFor(names, QUERIES, seed), '', ' ', '東', 'の', '"', 'b', 'band']) {
        const online = service.search({ query, limit: 60, correct: true });
        const offline = index.known.search({ query, limit: 60 });
        if (!isDeepStrictEqual(offline, online)) differing.push({ query, offline, online });
        if (online.correctedQuery !== null) kinds.corrected += 1;
        if (online.tracks.capped) kinds.capped += 1;
        if (online.best === null) kinds.empty += 1;
      }
      expect(differing).toEqual([]);
      // The queries were worth asking.
      expect(kinds.corrected).toBeGreaterThan(50);
      expect(kinds.capped).toBeGreaterThan(10);
      expect(kinds.empty).toBeGreaterThan(5);
    },
    120_000,
  );

  it('gives one kind only, and takes the letters as typed, as the service does', async () => {
    const service = await servedFrom(4);
    const { index } = await openOfflineIndex();
    await seeAll(index, service);
    for (const query of ['band', 'rivr', 'löss', '東京']) {
      for (const kind of ['track', 'album', 'artist'] as const) {
        for (const correct of [true, false]) {
          const online = service.search({ query, limit: 20, kind, correct });
          expect(index.known.search({ query, kind, correct })).toEqual(online);
        }
      }
    }
  });

  it('lists albums, artists and tracks in the same order, whatever the order', async () => {
    const service = await servedFrom(5);
    const { index } = await openOfflineIndex();
    await seeAll(index, service);
    for (const order of ['newest', 'popular', 'title'] as const) {
      expect(everything((request) => index.known.albums({ ...request, order }), 7)).toEqual(
        everything((request) => service.albums(order, request)),
      );
    }
    expect(everything((request) => index.known.artists(request), 7)).toEqual(
      everything((request) => service.artists(request)),
    );
    for (const { id } of everything((request) => service.artists(request))) {
      expect(everything((request) => index.known.artistTracks({ ...request, id }), 7)).toEqual(
        everything((request) => service.artistTracks(id, request)),
      );
      expect(everything((request) => index.known.artistAlbums({ ...request, id }), 3)).toEqual(
        everything((request) => service.artistAlbums(id, request)),
      );
    }
    for (const { id } of everything((request) => service.genres(request))) {
      expect(everything((request) => index.known.genreTracks({ ...request, id }), 50)).toEqual(
        everything((request) => service.genreTracks(id, request)),
      );
      expect(everything((request) => index.known.genreAlbums({ ...request, id }), 50)).toEqual(
        everything((request) => service.genreAlbums(id, request)),
      );
    }
  });

  it('goes on in the middle of a list when the network goes, and back when it returns', async () => {
    const service = await servedFrom(6);
    const { index } = await openOfflineIndex();
    await seeAll(index, service);
    index.see({ kind: 'genres', genres: service.genres({ limit: PAGE }).items });
    await index.settled();
    const genre = service.genres({ limit: 1 }).items[0]?.id ?? '';
    const artist = service.search({ query: 'band', limit: 1, correct: false }).artists.items[0]?.id ?? '';
    type Asked = { cursor: string | undefined; limit: number };
    const lists = [
      [(ask: Asked) => service.albums('newest', ask), (ask: Asked) => index.known.albums(ask)],
      [
        (ask: Asked) => service.albums('title', ask),
        (ask: Asked) => index.known.albums({ ...ask, order: 'title' as const }),
      ],
      [(ask: Asked) => service.artists(ask), (ask: Asked) => index.known.artists(ask)],
      [(ask: Asked) => service.genres(ask), (ask: Asked) => index.known.genres(ask)],
      [
        (ask: Asked) => service.artistTracks(artist, ask),
        (ask: Asked) => index.known.artistTracks({ ...ask, id: artist }),
      ],
      [
        (ask: Asked) => service.artistAlbums(artist, ask),
        (ask: Asked) => index.known.artistAlbums({ ...ask, id: artist }),
      ],
      [
        (ask: Asked) => service.genreTracks(genre, ask),
        (ask: Asked) => index.known.genreTracks({ ...ask, id: genre }),
      ],
      [
        (ask: Asked) => service.genreAlbums(genre, ask),
        (ask: Asked) => index.known.genreAlbums({ ...ask, id: genre }),
      ],
    ] as const;
    for (const [online, offline] of lists) {
      let turn = 0;
      const inTurn = everything<{ readonly id: string }>((ask) => {
        turn += 1;
        return turn % 2 === 1 ? online(ask) : offline(ask);
      }, 1);
      const whole = everything<{ readonly id: string }>(online);
      expect(inTurn.map((item) => item.id)).toEqual(whole.map((item) => item.id));
      expect(turn).toBeGreaterThan(1);
    }
  });
});
