/** Which entries of a catalog are looked at for a recording: the same in the service and over what a computer knows. */
import { isrcOf, type ExchangeTrack } from './exchange.ts';
import type { MatchCandidate } from './match.ts';
import { artistNamesIn, recordingNameOf, type RecordingName } from './recording-name.ts';
import { normalise } from '../search-text/normalise.ts';

/** A catalog, as far as it is asked. */
export interface MatchSource {
  byId(id: string): MatchCandidate | null;
  /** Most popular first. */
  byIsrc(isrc: string): readonly MatchCandidate[];
  /** As the search of the app: what holds all words, best first. `correct`: mistyped words are mended where nothing is found. */
  search(query: string, options: { readonly correct: boolean }): readonly MatchCandidate[];
}

/** What may be told of a recording when candidates are asked for. */
export type Wanted = Pick<ExchangeTrack, 'title' | 'artists' | 'isrc' | 'catalogId'>;

/** One of the single names: `A feat. B` is filed under either. */
const oneArtistOf = (artists: readonly string[]): string => {
  const [whole = '', first] = artistNamesIn(artists.slice(0, 1));
  return first ?? whole;
};

/** Searches from the strictest to the loosest; the first one that finds anything is the last. */
const queriesFor = ({ title, artists }: Wanted): readonly { query: string; correct: boolean }[] => {
  const { base } = recordingNameOf(title);
  const artist = oneArtistOf(artists);
  const loose = `${base} ${artist}`.trim();
  const asWritten = `${normalise(title)} ${artist}`.trim();
  return [
    ...(asWritten === loose ? [] : [{ query: asWritten, correct: false }]),
    { query: loose, correct: false },
    // Another spelling of the artist, or a mistyped word.
    { query: base, correct: false },
    { query: loose, correct: true },
  ].filter(({ query }) => query !== '');
};

/** 2: the same title and version; 1: the same title. */
const nearnessTo =
  (wanted: RecordingName) =>
  ({ title }: MatchCandidate): number => {
    const { base, versions } = recordingNameOf(title);
    if (base !== wanted.base) return 0;
    return versions.join(' ') === wanted.versions.join(' ') ? 2 : 1;
  };

/** Those that may be meant, for `matchOf` to decide, the likeliest first; none where nothing comes near. */
export const candidatesOf = (wanted: Wanted, source: MatchSource): readonly MatchCandidate[] => {
  const own = wanted.catalogId === null ? null : source.byId(wanted.catalogId);
  if (own !== null) return [own];
  const isrc = isrcOf(wanted.isrc);
  const sameCode = isrc === null ? [] : source.byIsrc(isrc);
  if (sameCode.length > 0 || normalise(wanted.title) === '') return sameCode;

  const found = new Map<string, MatchCandidate>();
  for (const { query, correct } of queriesFor(wanted)) {
    for (const candidate of source.search(query, { correct })) found.set(candidate.id, candidate);
    if (found.size > 0) break;
  }
  // Before any of them is left out: of a song that everybody plays there are many others, played more than the one that is meant.
  const nearness = nearnessTo(recordingNameOf(wanted.title));
  return Array.from(found.values(), (candidate) => ({ candidate, near: nearness(candidate) }))
    .toSorted((left, right) => right.near - left.near)
    .map(({ candidate }) => candidate);
};
