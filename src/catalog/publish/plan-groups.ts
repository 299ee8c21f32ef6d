import { nameKey } from './clean-text.ts';
import type { AlbumMember } from './plan-albums.ts';

/**
 * Sorts tracks into albums. Tracks of one album key are one album, unless they are tagged with different album artists:
 * then each of those has its own. Tracks without an album artist join the only one there is. Where none is tagged, and two
 * artists both have a track 1, these are two albums of one name in one folder (`Greatest Hits`).
 */
export function albumGroups(members: readonly AlbumMember[]): ReadonlyMap<string, readonly AlbumMember[]> {
  const groups = new Map<string, readonly AlbumMember[]>();
  for (const [key, alike] of groupBy(members, ({ facts }) => facts.tags.albumKey)) {
    const tagged = new Set(alike.map(taggedArtists).filter((artists) => artists !== ''));
    const isOneRelease = alike.some(({ facts }) => facts.tags.musicBrainzReleaseId !== null);
    if (isOneRelease || tagged.size === 1 || (tagged.size === 0 && !hasRivals(alike))) {
      groups.set(key, alike);
      continue;
    }
    const byArtist = groupBy(alike, tagged.size === 0 ? leadArtist : taggedArtists);
    for (const [artists, own] of byArtist) groups.set(`${key}\n\n${artists}`, own);
  }
  return groups;
}

const taggedArtists = ({ facts }: AlbumMember): string =>
  (facts.tags.albumArtists ?? []).map((artist) => nameKey(artist.name)).join('\n');

const leadArtist = ({ facts }: AlbumMember): string => nameKey(facts.tags.artists[0]?.name ?? '');

/** Whether two artists have a track of the same number. */
function hasRivals(members: readonly AlbumMember[]): boolean {
  const numbered = members.filter(({ facts }) => facts.tags.trackNumber !== null);
  const places = groupBy(numbered, ({ facts }) => `${facts.tags.discNumber}/${facts.tags.trackNumber}`);
  return [...places.values()].some((tracks) => new Set(tracks.map(leadArtist)).size > 1);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
