/** Puts what was found into the library: each list once, whatever is killed in between. */
import { MOST_DESCRIPTION_LETTERS, MOST_NAME_LETTERS } from '../../contract/library-operations-http.ts';
import type { LibraryApi, PlaylistsApi, ShelfEntry } from '../../contract/library.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { SavedKind } from '../../core/library/operations.ts';
import type { ImportEntry } from './import-entries.ts';
import type { ImportProgress } from './import-progress.ts';

/** A row of the import, and what it is in the catalog. */
interface Taking {
  readonly row: number;
  readonly id: string;
}

export interface TakePorts {
  readonly library: Pick<LibraryApi, 'save' | 'marks' | 'shelf'>;
  readonly playlists: Pick<PlaylistsApi, 'create' | 'add' | 'get' | 'trackIds'>;
  /** What was played elsewhere; plays that are known stay as they are. Rejects with a `HostFailure`. */
  readonly bringInPlays: (plays: readonly BroughtPlay[]) => Promise<void>;
  readonly nowMs: () => number;
}

export interface BroughtPlay {
  readonly trackId: string;
  readonly atMs: number;
  readonly heardMs: number;
}

/** At most so many at a time (`LibraryApi`). */
const MOST_MARKED = 500;
/** Tracks whose plays are brought in together. */
const MOST_PLAYED = 200;
const ORDER = { sort: 'own', descending: false } as const;
const UNNAMED = '–';

const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, place) =>
    items.slice(place * size, (place + 1) * size),
  );

const endsWith = (whole: readonly string[], end: readonly string[]): boolean =>
  whole.length >= end.length && end.every((id, place) => whole[whole.length - end.length + place] === id);

const playlistsOn = (entries: readonly ShelfEntry[]): readonly { id: string; name: string }[] =>
  entries.flatMap((entry) => (entry.kind === 'folder' ? playlistsOn(entry.entries) : [entry.playlist]));

export const takeOver = async (options: {
  readonly progress: ImportProgress;
  readonly ports: TakePorts;
  readonly write: (entry: ImportEntry) => Promise<void>;
  readonly onDone: (rows: number) => void;
  readonly signal: AbortSignal;
}): Promise<void> => {
  const { progress, ports, write, onDone, signal } = options;
  const { library, playlists } = ports;
  const trackIdsOf = async (id: string): Promise<readonly string[]> =>
    (await playlists.trackIds({ id, ...ORDER })).map(({ trackId }) => trackId);

  /** Null where the listener has deleted it meanwhile. */
  const stillThere = async (id: string | null): Promise<string | null> => {
    if (id === null) return null;
    try {
      return (await playlists.get({ id })).id;
    } catch (error) {
      if (error instanceof HostFailure && error.code === 'not_found') return null;
      throw error;
    }
  };

  /** A playlist that was made right before the app ended, and could not be written down any more. */
  const madeBefore = async (name: string, ids: readonly string[]): Promise<string | null> => {
    for (const playlist of playlistsOn(await library.shelf())) {
      if (playlist.name !== name) continue;
      const there = await trackIdsOf(playlist.id);
      if (there.length === ids.length && endsWith(there, ids)) return playlist.id;
    }
    return null;
  };

  const intoPlaylist = async (
    list: number,
    { name: given, description }: { readonly name: string; readonly description: string },
    ids: readonly string[],
    mayBeThere: boolean,
  ): Promise<string> => {
    const known = await stillThere(progress.playlistOf(list));
    if (known !== null) {
      const isThere = mayBeThere && endsWith(await trackIdsOf(known), ids);
      if (!isThere) await playlists.add({ id: known, trackIds: ids, duplicates: 'add' });
      return known;
    }
    const name = given.trim().slice(0, MOST_NAME_LETTERS) || UNNAMED;
    const before = mayBeThere ? await madeBefore(name, ids) : null;
    if (before !== null) return before;
    const { playlist } = await playlists.create({
      name,
      description: description.trim().slice(0, MOST_DESCRIPTION_LETTERS),
      trackIds: ids,
    });
    return playlist.id;
  };

  const save = async (kind: SavedKind, rows: readonly Taking[]): Promise<void> => {
    // Where no time is known the order is kept: each a moment before the next.
    const nowMs = ports.nowMs();
    const timed = new Map<string, number>();
    rows.forEach(({ row, id }, place) => {
      const addedAt = progress.plan.rows[row]?.wanted.addedAt ?? null;
      timed.set(id, addedAt === null ? nowMs - (rows.length - place) : Date.parse(addedAt));
    });
    for (const some of chunks(Array.from(timed), MOST_MARKED)) {
      // What is saved already keeps its date.
      const there = new Set(await library.marks({ kind, ids: some.map(([id]) => id) }));
      const fresh = some.filter(([id]) => !there.has(id));
      if (fresh.length === 0) continue;
      await library.save({
        kind,
        ids: fresh.map(([id]) => id),
        savedAtMs: fresh.map(([, atMs]) => Math.max(1, Math.min(atMs, nowMs))),
      });
    }
  };

  /** A few tracks at a time, so that a long history shows how far it is and goes on where it was. */
  const bringIn = async (place: number, all: readonly Taking[]): Promise<void> => {
    for (const some of chunks(all, MOST_PLAYED)) {
      signal.throwIfAborted();
      await ports.bringInPlays(
        some.flatMap(({ row, id }) =>
          (progress.plan.rows[row]?.plays ?? []).map(([atMs, heardMs]) => ({ trackId: id, atMs, heardMs })),
        ),
      );
      const rows = some.map(({ row }) => row);
      await write({ type: 'taken', list: place, rows, playlistId: null });
      onDone(rows.length);
    }
  };

  for (const [place, all] of progress.toTake()) {
    const list = progress.plan.lists[place];
    if (list === undefined) continue;
    if (list.kind === 'plays') {
      await bringIn(place, all);
      continue;
    }
    const begun = progress.begunTaking(place);
    signal.throwIfAborted();
    const rows = all.map(({ row }) => row);
    const ids = all.map(({ id }) => id);
    const mayBeThere = begun !== null && begun.length === rows.length && begun[0] === rows[0];
    await write({ type: 'taking', list: place, rows });
    let playlistId: string | null = null;
    if (list.kind === 'playlist') playlistId = await intoPlaylist(place, list, ids, mayBeThere);
    else await save(list.of, all);
    await write({ type: 'taken', list: place, rows, playlistId });
    onDone(rows.length);
  }
};
