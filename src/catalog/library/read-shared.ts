/** Playlists as those see them who hold a link and are no members. */
import type { PlaylistDetails } from '../../core/library/operations.ts';
import type { PlaylistView } from '../../core/library/playlist-view.ts';
import { wallMsOf } from '../../core/library/stamp.ts';
import type { SharedPlaylist } from '../../contract/library-http.ts';
import type { Documents } from './documents.ts';
import { playlistRef } from './library-keys.ts';
import type { Profiles } from './profiles.ts';
import type { SharedLink, Shares } from './shares.ts';

type Closed = Exclude<SharedLink, { readonly is: 'open' }>;

/** For its page: what it is called, and its first tracks. */
export type SharedLook =
  | Closed
  | {
      readonly is: 'open';
      readonly details: PlaylistDetails;
      readonly itemCount: number;
      readonly trackIds: readonly string[];
    };

/** For the app: all of it. */
export type SharedReading = Closed | { readonly is: 'open'; readonly playlist: SharedPlaylist };

export interface ReadShared {
  look(shareId: string, mostTracks: number): Promise<SharedLook>;
  read(shareId: string): Promise<SharedReading>;
}

export const createReadShared = (options: {
  readonly documents: Pick<Documents, 'look'>;
  readonly shares: Pick<Shares, 'follow'>;
  readonly profiles: Pick<Profiles, 'nameOf'>;
}): ReadShared => {
  const { documents, shares, profiles } = options;

  const seen = async <Seen>(
    shareId: string,
    see: (view: PlaylistView, revision: number) => Seen,
  ): Promise<Closed | (Extract<SharedLink, { readonly is: 'open' }> & { readonly seen: Seen })> => {
    const link = await shares.follow(shareId);
    if (link.is !== 'open') return link;
    return documents.look(playlistRef(link.playlistId), ({ replica, revision }) => {
      const view = replica.view();
      // Asked again: it may have become so in this very moment.
      if (view.isDeleted) return { is: 'gone' };
      if (link.isById && view.details.visibility !== 'public') return { is: 'unknown' };
      return { ...link, seen: see(view, revision) };
    });
  };

  return {
    async look(shareId, mostTracks) {
      const found = await seen(shareId, ({ details, items }) => ({
        details,
        itemCount: items.length,
        trackIds: items.slice(0, mostTracks).map(({ trackId }) => trackId),
      }));
      return found.is === 'open' ? { is: 'open', ...found.seen } : found;
    },
    async read(shareId) {
      const found = await seen(shareId, ({ details, items, owner, changedAt }, revision) => ({
        owner,
        rest: {
          ...details,
          items: [...items].map(({ itemId, trackId, addedAtMs }): SharedPlaylist['items'][number] => [
            itemId,
            trackId,
            addedAtMs,
          ]),
          changedAt: new Date(changedAt === null ? 0 : wallMsOf(changedAt)).toISOString(),
          revision,
        },
      }));
      if (found.is !== 'open') return found;
      const { owner, rest } = found.seen;
      // Whoever makes a playlist public is named with it; a link to a private one names nobody.
      const named =
        found.isById && owner !== null ? { userId: owner, name: await profiles.nameOf(owner) } : null;
      return { is: 'open', playlist: { id: found.playlistId, ...rest, owner: named } };
    },
  };
};
