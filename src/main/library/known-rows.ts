/** What lists look at of each thing: texts folded once, in memory, read from the offline index as they are asked for. */
import type { AlbumSummary, ArtistSummary, Track } from '../../contract/catalog-http.ts';
import type { SavedKind } from '../../core/library/operations.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import { normalise } from '../../core/search-text/normalise.ts';
import type { Steps } from '../../core/work/steps.ts';
import { inSlices } from '../in-slices.ts';

/** Single things of the catalog by their ids; null: not known on this computer. */
export interface KnownThings {
  track(id: string): Track | null;
  album(id: string): AlbumSummary | null;
  artist(id: string): ArtistSummary | null;
}

/** Texts are folded as search folds them; what a kind does not have is empty or null. */
export interface KnownRow {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  /** Title, artists and album, words apart by one space, with a space before and after. */
  readonly words: string;
  readonly durationMs: number | null;
  /** As the catalog has it: `1999`, `1999-04` or a whole date. */
  readonly released: string | null;
}

export interface KnownRows {
  row(kind: SavedKind, id: string): KnownRow | null;
  /** Reads those that were not read before, a little at a time, so that `row` is quick for each of them. */
  read(kind: SavedKind, ids: Iterable<string>): Promise<void>;
  /** They are told anew. */
  forget(kind: SavedKind, ids: readonly string[]): void;
  /** Moves with what was told anew. */
  revision(): number;
}

const rowOf = (
  texts: {
    readonly title: string;
    readonly artists: readonly { readonly name: string }[];
    readonly album: string;
  },
  facts: Pick<KnownRow, 'durationMs' | 'released'>,
): KnownRow => {
  const artists = texts.artists.map(({ name }) => normalise(name));
  const title = normalise(texts.title);
  const album = normalise(texts.album);
  return {
    title,
    artist: artists[0] ?? '',
    album,
    words: ` ${[title, ...artists, album].join(' ')} `,
    ...facts,
  };
};

export const createKnownRows = (things: KnownThings): KnownRows => {
  const rows: Readonly<Record<SavedKind, Map<string, KnownRow>>> = {
    track: new Map(),
    album: new Map(),
    artist: new Map(),
  };
  let revision = 0;
  const made = (kind: SavedKind, id: string): KnownRow | null => {
    switch (kind) {
      case 'track': {
        const track = things.track(id);
        if (track === null) return null;
        const { title, artists, durationMs } = track;
        const released = things.album(track.album.id)?.releaseDate ?? null;
        return rowOf({ title, artists, album: track.album.title }, { durationMs, released });
      }
      case 'album': {
        const album = things.album(id);
        if (album === null) return null;
        const { title, artists, durationMs, releaseDate } = album;
        return rowOf({ title, artists, album: '' }, { durationMs, released: releaseDate });
      }
      case 'artist': {
        const artist = things.artist(id);
        if (artist === null) return null;
        return rowOf({ title: artist.name, artists: [], album: '' }, { durationMs: null, released: null });
      }
      default:
        return assertNever(kind);
    }
  };
  const row = (kind: SavedKind, id: string): KnownRow | null => {
    const known = rows[kind].get(id) ?? made(kind, id);
    if (known !== null) rows[kind].set(id, known);
    return known;
  };
  /** The file of the index is asked for each. */
  function* readInSteps(kind: SavedKind, ids: Iterable<string>): Steps<void> {
    for (const id of ids) {
      row(kind, id);
      yield;
    }
  }
  return {
    row,
    read: (kind, ids) => inSlices(readInSteps(kind, ids)),
    revision: () => revision,
    forget(kind, ids) {
      revision += 1;
      for (const id of ids) rows[kind].delete(id);
    },
  };
};

/** Whether every word of a filter begins one of the row's; what is not known passes an empty filter alone. */
export const filterOf = (filter: string | undefined): ((row: KnownRow | null) => boolean) | null => {
  const words = normalise(filter ?? '')
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  return (row) => row !== null && words.every((word) => row.words.includes(` ${word}`));
};
