/** Which album or artist of the catalog is meant by its name: only what is called just that, everything else is a proposal. */
import { normalise } from '../search-text/normalise.ts';
import type { Match } from './match.ts';
import { artistNamesIn } from './recording-name.ts';

export interface NamedThing {
  readonly id: string;
  readonly title: string;
  /** Empty for an artist. */
  readonly artists: readonly string[];
}

const MOST_ALTERNATIVES = 5;

/** `candidates` best known first. Several of one name and the same artists are one album sold twice: the first is taken. */
export const matchNamed = (
  wanted: Pick<NamedThing, 'title' | 'artists'>,
  candidates: readonly NamedThing[],
): Match => {
  const title = normalise(wanted.title);
  const artists = artistNamesIn(wanted.artists);
  const isBy = (thing: NamedThing): boolean =>
    artists.length === 0 || artistNamesIn(thing.artists).some((name) => artists.includes(name));
  const near = candidates.filter(isBy);
  const exact = near.filter((thing) => normalise(thing.title) === title);
  const [first] = exact;
  const others = near.filter(({ id }) => id !== first?.id).slice(0, MOST_ALTERNATIVES);
  const alternatives = others.map(({ id }) => id);
  // Two artists of one name are two people.
  const isClear = exact.length === 1 || (exact.length > 1 && artists.length > 0);
  if (first !== undefined && isClear) return { kind: 'exact', id: first.id, alternatives };
  if (near.length === 0) return { kind: 'none', id: null, alternatives: [] };
  return {
    kind: 'ambiguous',
    id: null,
    alternatives: near.slice(0, MOST_ALTERNATIVES).map(({ id }) => id),
  };
};
