import type { ArtistRef } from '../../contract/catalog-http.ts';
import type { ArtistRecord } from '../segments/catalog-records.ts';
import type { ArtistCredit } from './artists-from-tags.ts';
import { compareTexts } from './clean-text.ts';
import { artistIdOf } from './ids.ts';

/** The artists that records refer to, each under one name. */
export interface ArtistDirectory {
  ref(credit: ArtistCredit): ArtistRef;
  /** Artists that were asked for, in the order of their ids. */
  records(): readonly ArtistRecord[];
}

/**
 * Names each artist as most credits spell it; the spelling of the previous catalog stays while anyone still uses it.
 *
 * @param credits of the files that are being planned.
 * @param unread artists of all other tracks of the library.
 */
export function createArtistDirectory(
  credits: Iterable<ArtistCredit>,
  unread: Iterable<ArtistRef>,
  previous: ReadonlyMap<string, ArtistRecord>,
): ArtistDirectory {
  const spellings = new Map<string, Map<string, number>>();
  const count = (id: string, name: string): void => {
    const names = spellings.get(id) ?? new Map<string, number>();
    names.set(name, (names.get(name) ?? 0) + 1);
    spellings.set(id, names);
  };
  for (const { id, name } of unread) count(id, name);
  const known = new Map<string, { sortName: string | null; musicBrainzArtistId: string | null }>();
  for (const credit of credits) {
    const id = artistIdOf(credit.name);
    count(id, credit.name);
    const before = known.get(id);
    known.set(id, {
      sortName: before?.sortName ?? credit.sortName,
      musicBrainzArtistId: before?.musicBrainzArtistId ?? credit.musicBrainzId,
    });
  }
  const asked = new Map<string, ArtistRecord>();
  return {
    ref: (credit) => {
      const id = artistIdOf(credit.name);
      const record = asked.get(id) ?? makeRecord(id, credit);
      asked.set(id, record);
      return { id, name: record.name };
    },
    records: () => [...asked.values()].sort((left, right) => compareTexts(left.id, right.id)),
  };

  function makeRecord(id: string, credit: ArtistCredit): ArtistRecord {
    const names = spellings.get(id) ?? new Map([[credit.name, 1]]);
    const before = previous.get(id);
    const facts = known.get(id);
    const name =
      before !== undefined && names.has(before.name) ? before.name : (mostUsed(names) ?? credit.name);
    return {
      kind: 'artist',
      id,
      name,
      sortName: facts?.sortName ?? before?.sortName ?? null,
      musicBrainzArtistId: facts?.musicBrainzArtistId ?? before?.musicBrainzArtistId ?? null,
    };
  }
}

function mostUsed(names: ReadonlyMap<string, number>): string | null {
  const ordered = [...names].sort((left, right) => right[1] - left[1] || compareTexts(left[0], right[0]));
  return ordered[0]?.[0] ?? null;
}
