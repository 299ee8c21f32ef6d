import { cleanText, cleanTexts, nameKey } from './clean-text.ts';

/** An artist as a file credits them. */
export interface ArtistCredit {
  readonly name: string;
  readonly sortName: string | null;
  readonly musicBrainzId: string | null;
}

export const UNKNOWN_ARTIST: ArtistCredit = { name: 'Unknown artist', sortName: null, musicBrainzId: null };
/** MusicBrainz' special-purpose artist of compilations. */
export const VARIOUS_ARTISTS: ArtistCredit = {
  name: 'Various Artists',
  sortName: null,
  musicBrainzId: '89ad4ac3-39f7-470e-963a-56509c546377',
};

const MOST_ARTISTS = 20;
const GUEST = /^(.+?)\s+[([]?(?:feat\.?|ft\.?|featuring)\s+([^()[\]]+?)[)\]]?$/i;
const GUEST_IN_TITLE = /[([](?:feat\.?|ft\.?|featuring)\s+([^()[\]]+?)[)\]]/i;

export interface ArtistTags {
  /** The single display string. */
  readonly artist: unknown;
  /** Several values where the tag truly has several. */
  readonly artists: readonly unknown[] | undefined;
  readonly sortName: unknown;
  readonly musicBrainzIds: readonly string[] | undefined;
  /** An older tag format split this value at slashes by itself. */
  readonly splitAtSlashes: boolean;
}

/**
 * The credits of a file. Only proper multi-value tags make several artists, plus guests after `feat.`, as one credit: no
 * splitting at `&`, `,` or `and`, which are parts of names (`Earth, Wind & Fire`).
 */
export function artistCredits(tags: ArtistTags): readonly ArtistCredit[] {
  const listed = tags.splitAtSlashes ? rejoined(cleanTexts(tags.artists)) : cleanTexts(tags.artists);
  const display = cleanText(tags.artist);
  const names = listed.length > 0 ? listed : display === null ? [] : [display];
  const single = names.length === 1 ? names[0] : undefined;
  const guest = single === undefined ? null : GUEST.exec(single);
  const credited = guest === null ? names : cleanTexts([guest[1], guest[2]]);
  return credited.slice(0, MOST_ARTISTS).map((name, index) => ({
    name,
    sortName: credited.length === 1 ? sortNameOf(tags.sortName, name) : null,
    musicBrainzId:
      tags.musicBrainzIds?.length === credited.length ? uuidOf(tags.musicBrainzIds[index]) : null,
  }));
}

/** Adds the guest that a title names (`Song (feat. Ada)`), keeping the title as it is. */
export function withGuestOfTitle(credits: readonly ArtistCredit[], title: string): readonly ArtistCredit[] {
  const name = cleanText(GUEST_IN_TITLE.exec(title)?.[1]);
  if (name === null || credits.length === 0) return credits;
  const isCredited = credits.some((credit) => nameKey(name).includes(nameKey(credit.name)));
  return isCredited ? credits : [...credits, { name, sortName: null, musicBrainzId: null }];
}

/** A MusicBrainz identifier, or null when it is none. */
export function uuidOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null;
}

/** `AC` and `DC` came from one `AC/DC`: short pieces are parts of a name, not artists. */
function rejoined(names: readonly string[]): readonly string[] {
  return names.length > 1 && names.some((name) => name.length <= 3) ? [names.join('/')] : names;
}

function sortNameOf(value: unknown, name: string): string | null {
  const sortName = cleanText(value);
  return sortName === null || nameKey(sortName) === nameKey(name) ? null : sortName;
}

/** Whether two credits name one artist. */
export function isSameArtist(left: ArtistCredit, right: ArtistCredit): boolean {
  return nameKey(left.name) === nameKey(right.name);
}
