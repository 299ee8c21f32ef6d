/** What the window asks about playlists. */
import type { PlaylistHead, PlaylistsApi, Undoable } from '../../contract/library.ts';
import type { MemberRole } from '../../core/library/operations.ts';
import { readPlaylistShare } from '../../core/share/share-link.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { PlaylistEdit } from '../../core/library/edits.ts';
import { NEW_DETAILS } from '../../core/library/playlist-view.ts';
import { MOST_IMAGE_BYTES } from '../../contract/library-http.ts';
import type { LibraryEdit } from './library-edit.ts';
import type { Library } from './library.ts';
import { playlistKey } from './library-api.ts';
import type { KnownThings } from './known-rows.ts';
import type { PlaylistLists } from './playlist-lists.ts';
import { newPlaylistId } from './random-ids.ts';
import type { SmartLists } from './smart-lists.ts';

/** What only the service can do about playlists. Everything rejects with a `HostFailure`. */
export interface PlaylistService {
  /** Asks for somebody else's playlist; it can be looked at when it resolves. */
  visit(id: string, shareId?: string): Promise<void>;
  uploadPicture(image: Uint8Array<ArrayBuffer>, contentType: string): Promise<string>;
  invite(id: string, role: MemberRole): Promise<{ readonly url: string; readonly expiresAt: string }>;
  revokeInvitations(id: string): Promise<void>;
  /** The playlist is here when it resolves. Gives its id. */
  join(code: string): Promise<string>;
}

export const createPlaylistsApi = (options: {
  readonly library: Library;
  readonly playlists: PlaylistLists;
  readonly smart: SmartLists;
  readonly things: KnownThings;
  readonly service: PlaylistService;
  readonly userId: string;
}): PlaylistsApi => {
  const { library, playlists, smart, things, service, userId } = options;
  const edit = (id: string, ...edits: readonly PlaylistEdit[]): Promise<Undoable> => {
    playlists.own(id);
    return library.change([{ kind: 'playlist', id, edits }]);
  };
  const onShelf = (id: string, folderId: string | null): LibraryEdit => {
    const before = library.documents.shelf().replica().view().in(folderId)[0]?.key ?? null;
    const entries = [{ key: playlistKey(id), name: null }];
    return { kind: 'shelf', edits: [{ type: 'put', target: { folderId, before }, entries }] };
  };
  const offShelf = (id: string): LibraryEdit => ({
    kind: 'shelf',
    edits: [{ type: 'take', keys: [playlistKey(id)] }],
  });
  const added = (trackIds: readonly string[], before: string | null): PlaylistEdit => ({
    type: 'add',
    before,
    tracks: trackIds.map((trackId) => ({ trackId })),
  });

  /** Null: it is not the listener's own. */
  const ownHead = async (id: string): Promise<PlaylistHead | null> => {
    try {
      playlists.own(id);
      return await playlists.head(id);
    } catch (error) {
      if (error instanceof HostFailure && (error.code === 'not_found' || error.code === 'forbidden'))
        return null;
      throw error;
    }
  };

  return {
    async get({ id }) {
      const own = await ownHead(id);
      if (own !== null) return own;
      if (library.documents.playlist(id)?.replica().view().isDeleted === true)
        throw new HostFailure('not_found', `playlist ${id} is deleted`);
      await service.visit(id);
      return playlists.head(id);
    },
    async openShared({ shareId }) {
      const share = readPlaylistShare(shareId);
      if (share === null) throw new HostFailure('not_found', 'nothing is shared under such an id');
      const { playlistId } = share;
      const own = await ownHead(playlistId);
      if (own !== null) return own;
      await service.visit(playlistId, shareId);
      return playlists.head(playlistId);
    },
    items: (request) => playlists.page(request),
    trackIds: async (order) =>
      (await playlists.ordered(order)).map(({ itemId, trackId }) => ({ itemId, trackId })),
    async create({ name, description = '', rules = null, trackIds = [], folderId = null }) {
      const id = newPlaylistId();
      const details = { ...NEW_DETAILS, name, description, rules };
      const edits: readonly PlaylistEdit[] = [
        { type: 'create', details },
        ...(trackIds.length === 0 ? [] : [added(trackIds, null)]),
      ];
      const { undo } = await library.change([{ kind: 'playlist', id, edits }, onShelf(id, folderId)]);
      return { undo, playlist: await playlists.head(id) };
    },
    edit: async ({ id, changes }) => edit(id, { type: 'edit', changes }),
    async setPicture({ id, dataUrl }) {
      playlists.own(id);
      if (dataUrl === null) return edit(id, { type: 'edit', changes: { picture: { kind: 'covers' } } });
      const [, contentType = '', base64 = ''] = /^data:([a-z/]+);base64,(.*)$/.exec(dataUrl) ?? [];
      const image = Uint8Array.from(Buffer.from(base64, 'base64'));
      if (image.byteLength === 0 || image.byteLength > MOST_IMAGE_BYTES)
        throw new HostFailure('invalid_argument', 'a picture has at most 4 MB');
      const imageId = await service.uploadPicture(image, contentType);
      return edit(id, { type: 'edit', changes: { picture: { kind: 'own', imageId } } });
    },
    async delete({ id }) {
      playlists.own(id);
      return library.change([{ kind: 'playlist', id, edits: [{ type: 'delete' }] }, offShelf(id)]);
    },
    async add({ id, trackIds, before = null, duplicates }) {
      const there = new Set<string>();
      if (duplicates === 'skip') for (const { trackId } of await playlists.all(id)) there.add(trackId);
      const wanted =
        duplicates === 'skip' ? [...new Set(trackIds)].filter((each) => !there.has(each)) : trackIds;
      const { undo } = await edit(id, added(wanted, before));
      return { undo, added: wanted.length, skipped: trackIds.length - wanted.length };
    },
    move: async ({ id, itemIds, before }) => edit(id, { type: 'move', itemIds, before }),
    remove: async ({ id, itemIds }) => edit(id, { type: 'remove', itemIds }),
    async moveTo({ id, itemIds, to }) {
      playlists.own(id);
      playlists.own(to);
      const moved = new Set(itemIds);
      const items = (await playlists.all(id)).filter(({ itemId }) => moved.has(itemId));
      if (id === to)
        return edit(id, { type: 'move', itemIds: items.map(({ itemId }) => itemId), before: null });
      return library.change([
        {
          kind: 'playlist',
          id: to,
          edits: [
            added(
              items.map(({ trackId }) => trackId),
              null,
            ),
          ],
        },
        {
          kind: 'playlist',
          id,
          edits: [{ type: 'remove', itemIds: items.map(({ itemId }) => itemId) }],
        },
      ]);
    },
    duplicates: ({ id }) => playlists.duplicates(id),
    async preview({ rules, limit }) {
      const tracks = await smart.tracks(rules);
      return {
        tracks: tracks.slice(0, limit).flatMap(({ trackId }) => things.track(trackId) ?? []),
        total: tracks.length,
        durationMs: tracks.reduce((sum, { durationMs }) => sum + durationMs, 0),
      };
    },
    async invite({ id, role }) {
      playlists.own(id);
      return service.invite(id, role);
    },
    async revokeInvitations({ id }) {
      playlists.own(id);
      await service.revokeInvitations(id);
    },
    async join({ code }) {
      const id = await service.join(code);
      await library.change([onShelf(id, null)]);
      return playlists.head(id);
    },
    async setRole({ id, userId: member, role }) {
      const change: PlaylistEdit = { type: 'member', userId: member, role };
      if (member !== userId || role !== null) return edit(id, change);
      playlists.own(id);
      await library.change([{ kind: 'playlist', id, edits: [change] }, offShelf(id)]);
      // Who has left is let in again by the owner alone.
      return { undo: null };
    },
  };
};
