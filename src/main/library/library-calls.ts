/** The window's calls, each of which waits until the library has been read. */
import type { LibraryApi, PlaylistsApi } from '../../contract/library.ts';

interface Apis {
  readonly library: LibraryApi;
  readonly playlists: PlaylistsApi;
}

/** `opening` rejects when it cannot be read now; the call then does, too. */
export const libraryCalls = (opening: () => Promise<Apis>): Apis => {
  const waiting =
    <Request, Reply>(choose: (apis: Apis) => (request: Request) => Promise<Reply>) =>
    async (request: Request): Promise<Reply> =>
      choose(await opening())(request);
  return {
    library: {
      get: () => waiting(({ library }) => library.get)(undefined),
      tracks: waiting(({ library }) => library.tracks),
      albums: waiting(({ library }) => library.albums),
      artists: waiting(({ library }) => library.artists),
      save: waiting(({ library }) => library.save),
      unsave: waiting(({ library }) => library.unsave),
      marks: waiting(({ library }) => library.marks),
      ids: waiting(({ library }) => library.ids),
      shelf: () => waiting(({ library }) => library.shelf)(undefined),
      createFolder: waiting(({ library }) => library.createFolder),
      renameFolder: waiting(({ library }) => library.renameFolder),
      place: waiting(({ library }) => library.place),
      put: waiting(({ library }) => library.put),
      take: waiting(({ library }) => library.take),
      undo: waiting(({ library }) => library.undo),
      sync: () => waiting(({ library }) => library.sync)(undefined),
    },
    playlists: {
      get: waiting(({ playlists }) => playlists.get),
      openShared: waiting(({ playlists }) => playlists.openShared),
      items: waiting(({ playlists }) => playlists.items),
      trackIds: waiting(({ playlists }) => playlists.trackIds),
      create: waiting(({ playlists }) => playlists.create),
      edit: waiting(({ playlists }) => playlists.edit),
      setPicture: waiting(({ playlists }) => playlists.setPicture),
      delete: waiting(({ playlists }) => playlists.delete),
      add: waiting(({ playlists }) => playlists.add),
      move: waiting(({ playlists }) => playlists.move),
      remove: waiting(({ playlists }) => playlists.remove),
      moveTo: waiting(({ playlists }) => playlists.moveTo),
      duplicates: waiting(({ playlists }) => playlists.duplicates),
      preview: waiting(({ playlists }) => playlists.preview),
      invite: waiting(({ playlists }) => playlists.invite),
      revokeInvitations: waiting(({ playlists }) => playlists.revokeInvitations),
      join: waiting(({ playlists }) => playlists.join),
      setRole: waiting(({ playlists }) => playlists.setRole),
    },
  };
};
