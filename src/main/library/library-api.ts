/** What the window asks about what is saved and about the shelf. */
import type { LibraryApi, LibraryState, ShelfEntry, Undoable } from '../../contract/library.ts';
import { HostFailure } from '../../contract/host-error.ts';
import { folderIdOf, folderKey } from '../../core/library/shelf-tree.ts';
import type { ShelfEdit } from '../../core/library/edits.ts';
import { playlistIdOf, type DocumentName } from '../../core/library/documents.ts';
import type { ShelfKey } from '../../core/library/operations.ts';
import type { KnownThings } from './known-rows.ts';
import type { Library } from './library.ts';
import type { PlaylistLists } from './playlist-lists.ts';
import { newItemId } from './random-ids.ts';
import type { SavedLists } from './saved-lists.ts';

export const playlistKey = (id: string): ShelfKey => `playlist:${id}`;
const playlistOf = (key: ShelfKey): string | null => playlistIdOf(key as DocumentName);

export const createLibraryApi = (options: {
  readonly library: Library;
  readonly saved: SavedLists;
  readonly playlists: PlaylistLists;
  readonly things: KnownThings;
  readonly state: () => LibraryState;
  readonly syncNow: () => Promise<void>;
}): LibraryApi => {
  const { library, saved, playlists, things, state } = options;
  const shelf = () => library.documents.shelf().replica().view();
  const onShelf = (...edits: readonly ShelfEdit[]): Promise<Undoable> =>
    library.change([{ kind: 'shelf', edits }]);
  const hasFolder = (folderId: string | null): void => {
    if (folderId !== null && !shelf().entries.has(folderKey(folderId)))
      throw new HostFailure('not_found', `there is no folder ${folderId}`);
  };

  const entriesIn = async (folderId: string | null): Promise<readonly ShelfEntry[]> => {
    const entries: ShelfEntry[] = [];
    for (const { key, name } of shelf().in(folderId)) {
      const inner = folderIdOf(key);
      if (inner !== null) {
        const inside = await entriesIn(inner);
        entries.push({ kind: 'folder', key, folderId: inner, name: name ?? '', entries: inside });
        continue;
      }
      const id = playlistOf(key);
      const playlist = id === null ? null : await headOrNull(id);
      if (playlist !== null) entries.push({ kind: 'playlist', key, playlist });
    }
    return entries;
  };
  /** On the shelf stands also what has not been read yet, or is another's and gone. */
  const headOrNull = async (id: string) => {
    try {
      return await playlists.head(id);
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  };

  return {
    get: async () => state(),
    tracks: (request) => saved.page('track', request, things.track),
    albums: (request) => saved.page('album', request, things.album),
    artists: (request) => saved.page('artist', request, things.artist),
    save: ({ kind, ids, savedAtMs }) => {
      const items = ids.map((id, place) => ({ id, atMs: savedAtMs?.[place] }));
      return library.change([{ kind: 'saved', edits: [{ type: 'save', kind, items }] }]);
    },
    unsave: ({ kind, ids }) => library.change([{ kind: 'saved', edits: [{ type: 'unsave', kind, ids }] }]),
    marks: async ({ kind, ids }) => saved.marks(kind, ids),
    ids: ({ kind, ...order }) => saved.ids(kind, order),
    shelf: () => entriesIn(null),
    async createFolder({ name, folderId }) {
      hasFolder(folderId);
      const id = newItemId();
      const before = shelf().in(folderId)[0]?.key ?? null;
      const entries = [{ key: folderKey(id), name }];
      const { undo } = await onShelf({ type: 'put', target: { folderId, before }, entries });
      return { undo, folderId: id };
    },
    async renameFolder({ folderId, name }) {
      hasFolder(folderId);
      return onShelf({ type: 'rename', key: folderKey(folderId), name });
    },
    async place({ keys, folderId, before }) {
      hasFolder(folderId);
      return onShelf({ type: 'place', target: { folderId, before }, keys });
    },
    async put({ playlistId, folderId }) {
      hasFolder(folderId);
      const { role, details } = playlists.view(playlistId);
      // Other devices come to it by its id alone.
      if (role === 'visitor' && details.visibility !== 'public')
        throw new HostFailure('forbidden', 'what is shared by a secret link does not stand on a shelf');
      const key = playlistKey(playlistId);
      const target = { folderId, before: null };
      return shelf().entries.has(key)
        ? onShelf({ type: 'place', target, keys: [key] })
        : onShelf({ type: 'put', target, entries: [{ key, name: null }] });
    },
    take: ({ keys }) => onShelf({ type: 'take', keys }),
    undo: ({ token }) => library.undo(token),
    async sync() {
      await options.syncNow();
      return state();
    },
  };
};

/** The playlists that stand on the shelf, whosever they are, and whether or not there is anything to show of them. */
export const shelvedPlaylists = (library: Library): readonly string[] =>
  [...library.documents.shelf().replica().view().entries.keys()].flatMap((key) => playlistOf(key) ?? []);

/** The playlists that the shelf shows. */
export const shownPlaylists = (library: Library, playlists: PlaylistLists): readonly string[] =>
  shelvedPlaylists(library).flatMap((id) => {
    try {
      playlists.view(id);
      return [id];
    } catch (error) {
      // Deleted, or not this listener's any more: it is not shown.
      if (isNotFound(error)) return [];
      throw error;
    }
  });

const isNotFound = (error: unknown): boolean => error instanceof HostFailure && error.code === 'not_found';
