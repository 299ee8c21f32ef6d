/** Looks for what recordings from elsewhere may be: in the service, and over what this computer knows while that does not answer. */
import type { SearchReply, Track } from '../../contract/catalog-http.ts';
import { catalogPaths } from '../../contract/catalog-http.ts';
import type { FoundThing } from '../../contract/exchange.ts';
import type { HostApi } from '../../contract/host-api.ts';
import { matchReplySchema, MOST_MATCH_CANDIDATES, type MatchItem } from '../../contract/match-http.ts';
import { candidatesOf } from '../../core/exchange/candidates.ts';
import type { ExchangeTrack } from '../../core/exchange/exchange.ts';
import { matchNamed } from '../../core/exchange/match-named.ts';
import { matchOf, type Match, type MatchCandidate } from '../../core/exchange/match.ts';
import type { SavedKind } from '../../core/library/operations.ts';
import type { ServiceRequests } from '../catalog-client/service-requests.ts';
import type { OfflineIndex } from '../offline-index/offline-index.ts';
import type { RowResult } from './import-entries.ts';

export interface Finder {
  /** For each of them, in order, at most `MOST_MATCH_ITEMS` of one kind. Rejects with the service's failure. */
  find(kind: SavedKind, wanted: readonly ExchangeTrack[]): Promise<readonly RowResult[]>;
  /** What is known here and beyond doubt; null for everything else, which is to be asked of the service. */
  findHere(kind: SavedKind, wanted: ExchangeTrack): RowResult | null;
}

/** What no title is longer than; the service takes no more. */
const MOST_LETTERS = 500;
const LOOKED_AT = 40;
const FOUND_ALBUMS = 10;

const candidateOf = ({ id, title, artists, album, durationMs, isrc }: Track): MatchCandidate => ({
  id,
  title,
  artists: artists.map(({ name }) => name),
  album: album.title,
  durationMs,
  isrc,
});
const thingOf = ({ id, title, artists, album, durationMs }: MatchCandidate): FoundThing => ({
  id,
  title,
  artists,
  album,
  durationMs,
});
const itemOf = ({ title, artists, isrc, catalogId }: ExchangeTrack): MatchItem => ({
  title: title.slice(0, MOST_LETTERS),
  artists: artists.slice(0, 20).map((name) => name.slice(0, MOST_LETTERS)),
  isrc,
  catalogId: catalogId !== null && /^[0-9a-v]{20}$/u.test(catalogId) ? catalogId : null,
});

const resultOf = (match: Match, things: readonly FoundThing[]): RowResult => {
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  return {
    kind: match.kind,
    found: match.id === null ? null : (byId.get(match.id) ?? null),
    alternatives: match.alternatives.flatMap((id) => byId.get(id) ?? []),
  };
};

const namedIn = (kind: 'album' | 'artist', reply: SearchReply): readonly FoundThing[] =>
  kind === 'album'
    ? reply.albums.items.map(({ id, title, artists }) => ({
        id,
        title,
        artists: artists.map(({ name }) => name),
        album: null,
        durationMs: null,
      }))
    : reply.artists.items.map(({ id, name }) => ({
        id,
        title: name,
        artists: [],
        album: null,
        durationMs: null,
      }));

const namedQuery = ({ title, artists }: ExchangeTrack): string =>
  `${title} ${artists[0] ?? ''}`.trim().slice(0, 200);

export const createFinder = (options: {
  readonly post: ServiceRequests['post'];
  readonly search: HostApi['catalog']['search'];
  readonly index: Pick<OfflineIndex, 'track' | 'known'>;
}): Finder => {
  const { post, search, index } = options;

  const findNamed = async (kind: 'album' | 'artist', wanted: ExchangeTrack): Promise<RowResult> => {
    const query = namedQuery(wanted);
    if (query === '') return { kind: 'none', found: null, alternatives: [] };
    const things = namedIn(kind, await search({ query, kind, limit: FOUND_ALBUMS, correct: true }));
    return resultOf(matchNamed(wanted, things), things);
  };
  const isSure = ({ kind }: RowResult): boolean => kind === 'id' || kind === 'isrc' || kind === 'exact';

  return {
    async find(kind, wanted) {
      if (kind !== 'track') {
        const results: RowResult[] = [];
        for (const each of wanted) results.push(await findNamed(kind, each));
        return results;
      }
      const { candidates } = await post(catalogPaths.match, { items: wanted.map(itemOf) }, matchReplySchema);
      return wanted.map((track, place) => {
        const list = candidates[place] ?? [];
        return resultOf(matchOf(track, list), list.map(thingOf));
      });
    },
    findHere(kind, wanted) {
      if (kind !== 'track') return null;
      const here = candidatesOf(itemOf(wanted), {
        byId(id) {
          const track = index.track(id);
          return track === null ? null : candidateOf(track);
        },
        // What is known here is filed by its text alone.
        byIsrc: () => [],
        search: (query, { correct }) =>
          index.known
            .search({ query: query.slice(0, 200), kind: 'track', limit: LOOKED_AT, correct })
            ?.tracks.items.map(candidateOf) ?? [],
      }).slice(0, MOST_MATCH_CANDIDATES);
      const result = resultOf(matchOf(wanted, here), here.map(thingOf));
      return isSure(result) ? result : null;
    },
  };
};
