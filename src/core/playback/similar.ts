/** Which tracks go on where a queue ends: music like what was just heard. */
import { randomSource } from './random.ts';
import { shuffledApart } from './shuffle.ts';

export interface SimilarTrack {
  readonly id: string;
  readonly artists: readonly { readonly id: string }[];
  readonly genres: readonly { readonly id: string }[];
}

export interface SimilarRequest<Track extends SimilarTrack> {
  readonly candidates: readonly Track[];
  /** What was heard last; at least one. */
  readonly heard: readonly Track[];
  /** Artists that are like those that were heard. */
  readonly relatedArtistIds: ReadonlySet<string>;
  /** Ids of tracks that must not come: heard lately, or waiting. */
  readonly excluded: ReadonlySet<string>;
  /** A whole number from 0 to 2^53 - 1; the same one chooses the same tracks. */
  readonly seed: number;
  readonly count: number;
}

const RESOLUTION = 2 ** 32;
/** The same artist is near, but would soon be all there is; a related one is what a listener is glad to find. */
const SAME_ARTIST = 2;
const RELATED_ARTIST = 3;

const idsIn = <Track extends SimilarTrack>(
  tracks: readonly Track[],
  part: 'artists' | 'genres',
): ReadonlySet<string> => new Set(tracks.flatMap((track) => track[part].map(({ id }) => id)));

/** How close a track is to what was heard; 1 at least. */
const closenessTo = <Track extends SimilarTrack>({
  heard,
  relatedArtistIds,
}: SimilarRequest<Track>): ((track: Track) => number) => {
  const artistsHeard = idsIn(heard, 'artists');
  const genresHeard = idsIn(heard, 'genres');
  return ({ artists, genres }) =>
    1 +
    genres.filter(({ id }) => genresHeard.has(id)).length +
    (artists.some(({ id }) => artistsHeard.has(id)) ? SAME_ARTIST : 0) +
    (artists.some(({ id }) => relatedArtistIds.has(id)) ? RELATED_ARTIST : 0);
};

/**
 * At most `count` of the candidates, each once, none excluded, in an order that keeps artists apart. The closer one is to
 * what was heard, the likelier it comes: a weighted choice without putting back (Efraimidis and Spirakis, "Weighted random
 * sampling with a reservoir", 2006).
 */
export const similarTracks = <Track extends SimilarTrack>(
  request: SimilarRequest<Track>,
): readonly Track[] => {
  const { candidates, excluded, seed, count, heard } = request;
  const fresh = new Map(candidates.filter(({ id }) => !excluded.has(id)).map((track) => [track.id, track]));
  const random = randomSource(seed);
  const closeness = closenessTo(request);
  // By id, so that the order in which answers came in changes nothing.
  const drawn = [...fresh.values()]
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((track) => ({
      track,
      key: Math.log((random.below(RESOLUTION) + 1) / RESOLUTION) / closeness(track),
    }))
    .toSorted((one, other) => other.key - one.key)
    .slice(0, count)
    .map(({ track }) => track);
  const groupOf = (track: Track): string => track.artists[0]?.id ?? track.id;
  const last = heard.at(-1);
  return shuffledApart(drawn, groupOf, seed, last && groupOf(last));
};
